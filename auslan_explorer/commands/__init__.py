"""Commands of the command line: each module adds its own to the parser and runs them by the window's functions."""
