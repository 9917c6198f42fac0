"""The chapters of the needs assessment, one module each: evidence in, chapter out."""
