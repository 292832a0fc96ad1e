"""The one error that a person is meant to read."""

from __future__ import annotations


class UserError(Exception):
    """Something the person can mend; its text is one sentence that says what is wrong and what to do.

    The window shows the sentence in a dialog or pane; the command line prints it and exits with code 2.
    """


class Cancelled(Exception):
    """A long job was stopped on request; nothing half-made was left behind."""
