"""Exceptions of the program: an error that a person reads, and cancellation."""

from __future__ import annotations


class UserError(Exception):
    """Raised for an error that the person can fix; its text is one sentence: what is wrong and what to do.

    The window shows the sentence in a dialog or pane; the command line prints it and exits with code 2.
    """


class Cancelled(Exception):
    """Raised when a long job was cancelled; nothing half-made is left behind."""
