"""Pictures, films and tables leave the window: their dialogs."""
