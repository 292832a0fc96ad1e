"""The user's settings: their defaults, their storage, and the settings page."""
