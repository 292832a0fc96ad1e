"""What the map is worth, and what survives retraining: the docks, and what the actions about them do."""
