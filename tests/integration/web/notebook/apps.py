"""Tells Django about the notebook."""

from django.apps import AppConfig


class NotebookConfig(AppConfig):
    """Notes, for tests."""

    name = "integration.web.notebook"
    label = "notebook"

    def ready(self) -> None:
        """Enter the register of notes."""
        from integration.web.notebook import register  # noqa: F401
