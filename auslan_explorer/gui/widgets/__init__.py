"""Widgets and small dialogs that any room uses."""
