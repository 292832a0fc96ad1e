"""The window: views, docks and dialogs. Imports nothing of `ml`."""
