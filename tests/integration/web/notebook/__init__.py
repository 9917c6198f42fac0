"""A small app with one kind of record, to prove what every kind of record has. Installed in tests only."""
