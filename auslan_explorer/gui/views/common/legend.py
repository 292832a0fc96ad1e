"""The colour legend of a pane: where it stands, and how the keyboard moves through its entries."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from auslan_explorer.core.selection import toggle
from auslan_explorer.core.session import Session
from auslan_explorer.draw.legend import HasLegend, LegendEntry
from auslan_explorer.draw.paint import legend_box, legend_rows
from auslan_explorer.gui.i18n import tr

_Key, _Mod = Qt.Key, Qt.KeyboardModifier
_MOVES = {_Key.Key_Up: -1, _Key.Key_Down: 1}
_SELECTS = (_Key.Key_Return, _Key.Key_Enter)

LEGEND_MARGIN = 16.0
"""Pixels from a pane's upper right corner to its legend."""
_MIN_MARGIN = 2.0


def legend_right(legend: HasLegend, width: float, scale: float) -> float:
    """Return the x of the legend's right edge in a pane.

    Parameters
    ----------
    legend : HasLegend
    width : float
        Of the pane, in logical pixels.
    scale : float
        Of the text, 1 at its usual size.

    Returns
    -------
    float
        Logical pixels from the pane's left edge: `LEGEND_MARGIN` from its right edge, or less in a narrow pane.
    """
    spare = (width - legend_box(legend, scale).width) / 2
    return width - min(LEGEND_MARGIN, max(spare, _MIN_MARGIN))


class LegendCursor(QObject):
    """Keyboard cursor in the legend of a view: arrows move it, Enter selects, Escape leaves. The view paints it.

    Parameters
    ----------
    session : Session
    view : QWidget
        The view; it gets the keyboard focus, and is the parent.
    get_legend : callable
        Returns what the view's legend shows; None if there is no legend.
    on_changed : callable
        Called after the row has changed, to repaint.

    Attributes
    ----------
    row : int
        Entry under the cursor, -1 if the keyboard is not in the legend.
    """

    # Of the class too: the collector may empty the object while its view, which goes with it, still sends events.
    row = -1

    def __init__(
        self,
        session: Session,
        view: QWidget,
        get_legend: Callable[[], HasLegend | None],
        on_changed: Callable[[], None],
    ) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._get_legend = get_legend
        self._on_changed = on_changed
        self._description = view.accessibleDescription()
        view.installEventFilter(self)

    def enter(self) -> bool:
        """Focus the view and move to the first entry; return False if there are no entries to select."""
        if not self._entries():
            return False
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._set_row(0)
        return True

    def leave(self) -> None:
        """Remove the cursor from the legend."""
        self._set_row(-1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle the cursor's keys while it is in the legend, and leave the legend when the view loses the focus."""
        if self.row < 0:
            return False
        if event.type() == QEvent.Type.FocusOut:
            self.leave()
        elif isinstance(event, QKeyEvent) and self._handles(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._on_key_press(event)
                return True
        return False

    @staticmethod
    def _handles(event: QKeyEvent) -> bool:
        return event.key() in (*_MOVES, *_SELECTS, _Key.Key_Escape)

    def _on_key_press(self, event: QKeyEvent) -> None:
        entries, key = self._entries(), _Key(event.key())
        if key == _Key.Key_Escape or not entries:
            self.leave()
        elif key in _MOVES:
            self._set_row((self.row + _MOVES[key]) % len(entries))
        else:
            adds = bool(event.modifiers() & _Mod.ControlModifier)
            toggle(self._session, entries[min(self.row, len(entries) - 1)].recordings, adds=adds)

    def _set_row(self, row: int) -> None:
        self.row = row
        entries = self._entries()
        described = self._description
        if 0 <= row < len(entries):
            described = tr(
                "Legend, {0}, {1} of {2}; Enter selects, Escape leaves", entries[row].text, row + 1, len(entries)
            )
        self._view.setAccessibleDescription(described)
        self._on_changed()

    def _entries(self) -> list[LegendEntry]:
        keyed = self._get_legend()
        return [] if keyed is None else [entry for entry in legend_rows(keyed) if entry.colour is not None]
