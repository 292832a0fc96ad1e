"""What rooms ask of the main window: to report something, to show a panel, and what only the window itself can do."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QMainWindow


class Reporter(Protocol):
    """Tells the person something."""

    def show_error(self, sentence: str, details: str = "") -> object:
        """Open a message box with what went wrong."""

    def show_notice(self, sentence: str) -> None:
        """Show a sentence above the views until it is closed; an empty one hides it."""

    def add_notice(self, sentence: str) -> None:
        """Show a sentence after the notice that is there."""

    def show_status(self, sentence: str) -> None:
        """Show a sentence in the status bar for a few seconds."""


class Panels(Protocol):
    """The docks on the right, by name."""

    def shown(self, name: str) -> bool:
        """Return whether a dock is shown."""

    def show(self, name: str, shown: bool = True) -> None:
        """Show or hide a dock."""

    def toggle(self, name: str) -> None:
        """Hide a dock that is in front; show any other."""


class WindowPort(Protocol):
    """The main window itself."""

    @property
    def widget(self) -> QMainWindow:
        """The window as parent of dialogs."""

    @property
    def full_screen(self) -> bool:
        """Whether it uses the whole screen."""

    def set_full_screen(self, full: bool) -> None:
        """Use the whole screen, or go back to what it was before."""

    @property
    def sign_list_shown(self) -> bool:
        """Whether the list of signs is shown."""

    def show_sign_list(self, shown: bool) -> None:
        """Show or hide the list of signs."""

    def find_sign(self) -> None:
        """Move the keyboard to the search field of the list of signs."""

    def listed_signs(self) -> frozenset[int]:
        """Return the signs that the search in the list finds."""

    def reset_views(self) -> None:
        """Show everything again in both views."""

    def open_palette(self) -> None:
        """Open the command palette."""
