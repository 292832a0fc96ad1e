"""Measures computed from the arrays of core: accuracy, errors, map quality, neighbours, stability."""
