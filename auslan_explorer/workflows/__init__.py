"""Whole jobs of the program's features, without widgets: window and command line call the same functions."""
