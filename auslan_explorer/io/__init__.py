"""File formats: recordings, archives, caches, models. No code from a file is run; writes are atomic."""
