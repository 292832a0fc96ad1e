"""Auslan Explorer: a look inside an LSTM that recognises Australian sign language from glove recordings."""

__version__ = "0.1.0"
