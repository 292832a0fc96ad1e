"""Training from the window: the retraining dock, the map that morphs as it learns, and the runs that are kept."""
