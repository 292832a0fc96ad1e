"""Widgets and small dialogs shared by all feature folders."""
