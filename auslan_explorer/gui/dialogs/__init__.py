"""Dialogs: each asks, and returns a value; the work is done by `gui.tasks`. Imported when first opened."""
