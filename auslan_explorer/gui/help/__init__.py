"""Guide, tour, explanation, about."""
