"""The explorer of measures: what there is, and everything about one."""
