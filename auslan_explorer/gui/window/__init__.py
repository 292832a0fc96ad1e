"""The main window and what frames it: docks, toolbar, status bar, notices, command palette."""
