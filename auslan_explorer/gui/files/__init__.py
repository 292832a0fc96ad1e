"""Opening and saving: activations, recordings, sessions, autosave."""
