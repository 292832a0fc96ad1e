"""Whole jobs of a feature without Qt's widgets: window and command line call the same functions."""
