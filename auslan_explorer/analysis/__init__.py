"""Figures computed from the arrays of core: accuracy, errors, map quality."""
