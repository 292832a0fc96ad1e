"""Training as seen by the rest of the program: settings, events, runs, worker process; no TensorFlow and no Qt."""
