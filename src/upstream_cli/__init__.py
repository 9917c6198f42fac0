"""The command: parse, make one call, print, answer with an exit code."""
