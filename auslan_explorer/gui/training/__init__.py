"""Training maps beside the window, and the runs that come of it."""
