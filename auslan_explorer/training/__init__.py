"""Training as the rest of the program knows it: settings, events, runs; no TensorFlow and no Qt."""
