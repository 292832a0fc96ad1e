"""The article's figures as presets, and the network's architecture."""
