"""The commands: each module adds its own to the parser and does the work with the functions that the window uses."""
