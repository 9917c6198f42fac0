"""The one way into the trail, and the one way out of it."""
