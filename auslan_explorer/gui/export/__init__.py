"""Pictures, films and tables leave the window: dialogs and their tasks."""
