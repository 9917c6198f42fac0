"""The one way into the trail."""
