"""Helpers shared by tests of quality and stability."""

from __future__ import annotations


class Told:
    """Keeps the errors that were reported."""

    def __init__(self) -> None:
        self.errors: list[str] = []

    def show_error(self, sentence: str, details: str = "") -> None:
        self.errors.append(sentence)

    def show_notice(self, sentence: str) -> None:
        """Nothing is kept of notices."""

    add_notice = remove_notice = show_status = show_notice
