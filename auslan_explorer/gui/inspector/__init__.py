"""The inspector: recording, sign, signs and confusion, followed from the selection."""
