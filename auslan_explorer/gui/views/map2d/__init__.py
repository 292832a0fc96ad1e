"""The 2-D map of paths."""
