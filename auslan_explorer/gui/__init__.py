"""The window: views, docks, dialogs. Never imports ml."""
