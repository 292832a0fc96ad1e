"""Files: recordings, archives, caches, models. No code from a file is run; writes are whole or not at all."""
