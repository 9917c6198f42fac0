"""The programming interface: the same records under the same rules, for programs."""
