"""Dialogs that export pictures, films and data."""
