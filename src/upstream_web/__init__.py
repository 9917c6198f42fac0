"""The site: records, decisions and pages around the library."""
