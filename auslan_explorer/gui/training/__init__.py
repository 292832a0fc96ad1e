"""Retraining maps in a separate process, and the library of saved runs."""
