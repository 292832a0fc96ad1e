"""The docks on the right, each made when first used: three places with pages as tabs, one page shown at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QMainWindow, QTabBar, QToolButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from auslan_explorer.draw.theme import TITLE
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.style import UNIT, font
from auslan_explorer.gui.tool_button import tool_button
from auslan_explorer.gui.widgets.elided_label import ElidedLabel
from auslan_explorer.gui.window.dock_widths import DockWidths

PLACES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        mark("Inspect"),
        (
            ("inspector", mark("Selection")),
            ("mistakes", mark("Mistakes")),
            ("answers", mark("Answers")),
        ),
    ),
    (mark("Map"), (("quality", mark("Quality")), ("stability", mark("Stability")), ("pairs", mark("Pairs")))),
    (mark("Train"), (("retrain", mark("Retrain")), ("runs", mark("Runs")))),
)
"""Title of each place, and the object name and title of each dock that is one of its pages."""


def place_of(name: str) -> int | None:
    """Return the index of the place that a dock is a page of; None if it stands by itself."""
    return next((at for at, (_, pages) in enumerate(PLACES) if name in dict(pages)), None)


class TabRow(QTabBar):
    """Row of tabs whose texts are never cut."""

    def __init__(self, name: str, texts: Sequence[str], current: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setUsesScrollButtons(False)
        # Reachable by Tab; a click does not take the focus, so that Space still plays.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for text in texts:
            self.addTab(text)
        self.setCurrentIndex(current)

    def mark_current(self, at: int) -> None:
        """Make a tab the current one without a signal."""
        with QSignalBlocker(self):
            self.setCurrentIndex(at)


class PageHead(QWidget):
    """Title bar of a page: the three places, a close button, and below them the pages of its place."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        at = place_of(dock.objectName())
        assert at is not None
        self._place = at
        title, pages = PLACES[at]
        self._page = [name for name, _ in pages].index(dock.objectName())
        self.places = TabRow(tr("Places"), [tr(each) for each, _ in PLACES], at, self)
        self.pages = TabRow(tr("Pages of {0}", tr(title)), [tr(each) for _, each in pages], self._page, self)
        name = tr(pages[self._page][1])
        self.close_button = tool_button(self, tr("Hide {0}", name), tr("Hide “{0}”", name), icon="x")
        above = QHBoxLayout()
        above.addWidget(self.places, 1)
        above.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT // 2, 0, UNIT // 2, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.pages)

    def show_own(self) -> None:
        """Mark the tabs of this head's own dock, after another one was chosen in it."""
        self.places.mark_current(self._place)
        self.pages.mark_current(self._page)


class DockHead(QWidget):
    """Title bar of a dock that stands by itself: its title and a close button."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        row = QHBoxLayout(self)
        row.setContentsMargins(UNIT + UNIT // 2, UNIT // 2, UNIT // 2, UNIT // 2)
        name = dock.windowTitle()
        title = ElidedLabel(Qt.AlignmentFlag.AlignLeft, self)
        title.setFont(font(TITLE, strong=True))
        title.setText(name)
        row.addWidget(title, 1)
        self.close_button = tool_button(self, tr("Hide {0}", name), tr("Hide “{0}”", name), icon="x")
        row.addWidget(self.close_button)


class SideDocks(QObject):
    """The docks that actions show and hide; of those that are pages of a place one is shown at a time.

    None exists before it is first asked for: a start pays for what it shows.

    Signals
    -------
    changed()
        A dock was shown or hidden.
    """

    changed = Signal()

    def __init__(self, window: QMainWindow, widths: DockWidths) -> None:
        super().__init__(window)
        self._window, self._widths = window, widths
        self._makers: dict[str, Callable[[], QDockWidget]] = {}
        self._docks: dict[str, QDockWidget] = {}
        self._heads: dict[str, PageHead] = {}
        self._last = [pages[0][0] for _, pages in PLACES]
        self._on_show: dict[str, Callable[[], None]] = {}

    def add(self, name: str, make: Callable[[], QDockWidget], on_show: Callable[[], None] | None = None) -> None:
        """Add a dock on the right that is hidden, and made when it is first asked for.

        Parameters
        ----------
        name : str
            Its object name: a page of one of `PLACES`, or one that stands by itself below them.
        make : callable
            Called once.
        on_show : callable, optional
            Called whenever an action has shown the dock, for example to set its height.
        """
        self._makers[name] = make
        if on_show is not None:
            self._on_show[name] = on_show

    @property
    def names(self) -> tuple[str, ...]:
        """Object names of all docks, made or not."""
        return tuple(self._makers)

    @property
    def pages(self) -> tuple[str, ...]:
        """Object names of the docks that are pages of a place."""
        return tuple(name for name in self._makers if place_of(name) is not None)

    def made(self, name: str) -> QDockWidget | None:
        """Return a dock; None if it was not asked for yet."""
        return self._docks.get(name)

    def dock(self, name: str) -> QDockWidget:
        """Return a dock, made and hidden if it was not asked for before."""
        if name not in self._docks:
            self._docks[name] = dock = self._makers[name]()
            dock.hide()
            self._place(name, dock)
        return self._docks[name]

    def _place(self, name: str, dock: QDockWidget) -> None:
        """Give a new dock its title bar and its place in the window."""
        first = None
        if place_of(name) is not None:
            first = next((self._docks[each] for each in self._heads), None)
            head = PageHead(dock)
            self._heads[name] = head
            head.places.currentChanged.connect(partial(self._choose_place, head))
            head.pages.currentChanged.connect(partial(self._choose_page, head, name))
            dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
            self._add_title(dock, head, head.close_button)
        else:
            alone = DockHead(dock)
            self._add_title(dock, alone, alone.close_button)
        if first is not None:
            # In one place they keep its width.
            self._window.tabifyDockWidget(first, dock)
        else:
            self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        dock.visibilityChanged.connect(self._on_visibility_changed)

    def _add_title(self, dock: QDockWidget, head: QWidget, close_button: QToolButton) -> None:
        close_button.clicked.connect(partial(self.show, dock.objectName(), False))
        dock.setTitleBarWidget(head)

    def shown(self, name: str) -> bool:
        """Return whether a dock is shown."""
        return name in self._docks and not self._docks[name].isHidden()

    def show(self, name: str, shown: bool = True) -> None:
        """Show or hide a dock; a page takes the place of the one that was shown."""
        if not shown and name not in self._docks:
            return
        dock, at = self.dock(name), place_of(name)
        others = [self._docks[each] for each in self._heads if each != name] if at is not None else []
        before = next((each for each in others if not each.isHidden()), None)
        if shown and at is not None:
            self._last[at] = name
            for each in others:
                each.hide()
        dock.setVisible(shown)
        if shown:
            if before is None and at is not None:
                # Otherwise the widest of the pages sets the width, and the map gets only the rest.
                self._widths.fit()
            if name in self._on_show:
                self._on_show[name]()
        elif at is not None:
            self._widths.fit()
        self.changed.emit()

    def toggle(self, name: str) -> None:
        """Hide a dock that is shown; show any other."""
        self.show(name, not self.shown(name))

    def leave_one(self) -> None:
        """Leave one page shown where a stored layout has more of them."""
        visible = [name for name in self.pages if self.shown(name)]
        if visible:
            self.show(visible[0])

    def _choose_place(self, head: PageHead, at: int) -> None:
        self._turn_to(self._last[at], head, "places")

    def _choose_page(self, head: PageHead, name: str, at: int) -> None:
        place = place_of(name)
        assert place is not None
        self._turn_to(PLACES[place][1][at][0], head, "pages")

    def _turn_to(self, name: str, head: PageHead, row: str) -> None:
        held = getattr(head, row).hasFocus()
        self.show(name)
        head.show_own()
        if held:
            getattr(self._heads[name], row).setFocus()

    def _on_visibility_changed(self, _visible: bool) -> None:
        if isValid(self._window):  # the closing window hides its docks one by one
            self.changed.emit()
