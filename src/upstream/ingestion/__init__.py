"""One package of the library."""
