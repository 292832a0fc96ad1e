"""Commands of the menu Help: guide, tour, explanation, about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shiboken6
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMainWindow

from auslan_explorer import paths
from auslan_explorer.core.selection import clear_selection, select
from auslan_explorer.core.session import Session
from auslan_explorer.gui.help.tour_stops import PartFinder, WindowPart
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.widgets.guide_link import linked_page
from auslan_explorer.gui.window_port import Panels

if TYPE_CHECKING:
    from auslan_explorer.gui.help.guide_dialog import GuideDialog
    from auslan_explorer.gui.help.tour import Tour

TOUR_SEEN = "tour_seen"
"""Settings key: whether the tour was read or skipped."""


class HelpCommands:
    """Commands that open the guide, the tour, the explanation and the about dialog.

    Parameters
    ----------
    session : Session
    settings : Settings
    find_part : callable
        Returns the widget of a `WindowPart`, or None.
    docks : Panels
    window : QMainWindow

    Attributes
    ----------
    tour : Tour or None
        The running tour, if any.
    """

    def __init__(
        self,
        session: Session,
        settings: Settings,
        find_part: PartFinder,
        docks: Panels,
        window: QMainWindow,
    ) -> None:
        self._session = session
        self._settings = settings
        self._find_part = find_part
        self._docks: Panels = docks
        self._example: tuple[int, bool] | None = None
        self._window = window
        self.tour: Tour | None = None
        self.guide_dialog: GuideDialog | None = None

    def open_guide(self) -> None:
        """Open the user guide in the browser, or in a dialog if the built guide or a browser is missing.

        In a dialog that is linked to a page (`link_to_guide`) that page is opened.
        """
        asking = QApplication.activeWindow()
        page = linked_page(asking)
        built = paths.guide_page(page)
        if built is not None and QDesktopServices.openUrl(QUrl.fromLocalFile(str(built))):
            return
        if self.guide_dialog is None or not shiboken6.isValid(self.guide_dialog):
            from auslan_explorer.gui.help.guide_dialog import GuideDialog

            self.guide_dialog = GuideDialog(built, self._window)
        if asking is not self.guide_dialog:
            self.guide_dialog.show_page(f"{page}.md")
        self.guide_dialog.show()
        self.guide_dialog.raise_()
        self.guide_dialog.activateWindow()

    def first_start(self) -> None:
        """Start the tour if it has not been seen and recordings are open."""
        if not self._settings.flag(TOUR_SEEN, False) and len(self._session.activations):
            self.begin_tour()

    def begin_tour(self) -> None:
        """Start the tour at its first card."""
        from auslan_explorer.gui.help.tour import Tour

        if self.tour is None or not shiboken6.isValid(self.tour):
            self.tour = Tour(self._window, self._find_part)
            self.tour.reached.connect(self._fill_inspector)
            self.tour.ended.connect(self._tour_ended)
        self.tour.begin()

    def _fill_inspector(self, part: object) -> None:
        """Show a recording in the inspector while the tour speaks of it, and take it away afterwards."""
        if self._example is not None and part is not WindowPart.INSPECTOR:
            example, was_shown = self._example
            self._example = None
            if self._session.state.selected == (example,):
                clear_selection(self._session)
            self._docks.show("inspector", was_shown)
        elif part is WindowPart.INSPECTOR and not self._session.state.selected:
            shown = np.flatnonzero(self._session.shown())
            if len(shown):
                self._example = int(shown[0]), self._docks.shown("inspector")
                select(self._session, shown[:1])
                self._docks.show("inspector")

    def _tour_ended(self) -> None:
        self._fill_inspector(None)
        self.tour = None
        self._settings.set_value(TOUR_SEEN, True)

    def show_explanation(self) -> None:
        """Open the popover that explains points and lines."""
        from auslan_explorer.gui.help.explanation import Explanation

        button = self._find_part(WindowPart.HELP_BUTTON)
        if button is not None:
            Explanation(self._session, self._window).open_below(button)

    def open_about(self) -> None:
        """Open the about dialog."""
        from auslan_explorer.gui.help.about_dialog import AboutDialog

        dialog = AboutDialog(self._window)
        dialog.show()
        dialog.raise_()
