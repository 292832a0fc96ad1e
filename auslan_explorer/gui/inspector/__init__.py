"""The inspector: what is to be said of the selected recording or sign, and of all mistakes."""
