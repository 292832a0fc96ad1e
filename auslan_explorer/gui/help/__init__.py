"""User guide, tour, explanation of the map, and the about dialog."""
