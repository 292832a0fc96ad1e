"""Opens and saves files: activations, recordings, sessions, autosave."""
