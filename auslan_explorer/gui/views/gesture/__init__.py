"""The gesture behind a path: two gloves in step with playback."""
