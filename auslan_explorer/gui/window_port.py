"""Interfaces of the main window that the feature folders use: reporting, showing docks, and the window itself."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QDockWidget, QMainWindow


class Reporter(Protocol):
    """Reports messages to the user."""

    def show_error(self, sentence: str, details: str = "") -> object:
        """Open a message box with an error and its optional details."""

    def show_notice(self, sentence: str) -> None:
        """Show a sentence above the views until it is closed; an empty one hides the notice."""

    def remove_notice(self, sentence: str) -> None:
        """Take a sentence out of the notice, if it is there."""

    def add_notice(self, sentence: str) -> None:
        """Append a sentence to the notice."""

    def show_status(self, sentence: str) -> None:
        """Show a sentence in the status bar for a few seconds."""


class Panels(Protocol):
    """The docks on the right, by object name."""

    def shown(self, name: str) -> bool:
        """Return whether a dock is shown."""

    def show(self, name: str, shown: bool = True) -> None:
        """Show or hide a dock."""

    def toggle(self, name: str) -> None:
        """Hide a dock that is in front; show any other."""

    def dock(self, name: str) -> QDockWidget:
        """Return a dock, made if it was not asked for before."""

    def made(self, name: str) -> QDockWidget | None:
        """Return a dock; None if it was not asked for yet."""


class WindowPort(Protocol):
    """The main window as other folders see it."""

    @property
    def widget(self) -> QMainWindow:
        """The main window, as parent of dialogs."""

    @property
    def full_screen(self) -> bool:
        """Whether the window is full screen."""

    def set_full_screen(self, full: bool) -> None:
        """Enter or leave full screen."""

    @property
    def sign_list_shown(self) -> bool:
        """Whether the sign list is shown."""

    def show_sign_list(self, shown: bool) -> None:
        """Show or hide the sign list."""

    def find_sign(self) -> None:
        """Show the sign list and focus its search field."""

    def listed_signs(self) -> frozenset[int]:
        """Return the indices of the signs that the list's search finds."""

    def reset_views(self) -> None:
        """Reset both views to show everything."""

    def open_palette(self) -> None:
        """Open the command palette."""
