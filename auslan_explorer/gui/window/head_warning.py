"""Says once of each network, in the notice above the views, that its head gives other answers than the network did."""

from __future__ import annotations

from PySide6.QtCore import QObject

from auslan_explorer.core.activations import HEAD_DISAGREES
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.window.notice_bar import NoticeBar


class HeadWarning(QObject):
    """Follows the open activations; what it said goes once others are open."""

    def __init__(self, session: Session, notice: NoticeBar) -> None:
        super().__init__(notice)
        self._session, self._notice = session, notice
        self._warned: set[str] = set()
        session.data_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Warn if the open activations are of such a network, and it was not said of it yet."""
        self._notice.remove_sentence(tr(HEAD_DISAGREES))
        a = self._session.activations
        if a.head_disagrees and a.fingerprint not in self._warned:
            self._warned.add(a.fingerprint)
            self._notice.append_sentence(tr(HEAD_DISAGREES))
