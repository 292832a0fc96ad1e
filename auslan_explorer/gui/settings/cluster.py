"""The Dask cluster of the settings: its address, and whether its scheduler may run code here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.settings.preferences import read_preferences
from auslan_explorer.gui.settings.store import Settings


class Cluster(QObject):
    """Address of the cluster in the settings, and the question whether it is to be trusted.

    Signals
    -------
    changed
        Another address was set.

    Attributes
    ----------
    question : QMessageBox or None
        The open question, if any.
    trust : QPushButton
        Its "yes".
    """

    changed = Signal()

    def __init__(self, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._settings, self._window = settings, window
        self._trusted = ""
        self.question: QMessageBox | None = None
        self.trust: QPushButton | None = None

    @property
    def address(self) -> str:
        """Address of the scheduler; empty where this computer does all."""
        return read_preferences(self._settings).cluster_address

    def when_trusted(self, start: Callable[[str], None]) -> None:
        """Call `start` with the address: at once, or after a yes, which is asked for once for each address."""
        address = self.address
        if address in ("", self._trusted):
            start(address)
        elif self.question is not None:
            self.question.raise_()
        else:
            self._ask(address, start)

    def _ask(self, address: str, start: Callable[[str], None]) -> None:
        box = self.question = QMessageBox(
            QMessageBox.Icon.NoIcon,
            tr("Connect to a cluster"),
            tr("Is the cluster at {0} yours?", address),
            parent=self._window,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(
            tr("Whoever runs it can run code on this computer, with your rights: Dask’s messages carry Python objects.")
        )
        stay = box.addButton(tr("Do not connect"), QMessageBox.ButtonRole.RejectRole)
        self.trust = box.addButton(tr("Connect"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        self.trust.clicked.connect(lambda: self._on_trusted(address, start))
        box.finished.connect(self._on_answered)
        box.open()

    def _on_trusted(self, address: str, start: Callable[[str], None]) -> None:
        self._trusted = address
        QTimer.singleShot(0, self, lambda: start(address))

    def _on_answered(self) -> None:
        box, self.question = self.question, None
        if box is not None:
            box.deleteLater()
