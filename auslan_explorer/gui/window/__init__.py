"""The main window and its frame: docks, toolbar, status bar, notices, command palette."""
