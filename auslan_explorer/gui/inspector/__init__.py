"""The inspector: pages on the selected recording, sign or signs, and on confusions."""
