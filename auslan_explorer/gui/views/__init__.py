"""The middle of the window: the 2-D map, the 3-D scatter, and how they share the room."""
