"""Dialog that exports recordings for ELAN, the annotation program of sign linguists."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from auslan_explorer.core.session import Session
from auslan_explorer.draw.theme import Theme
from auslan_explorer.gui.export.export_dialog import ExportDialog
from auslan_explorer.gui.export.offered_name import name_of_recordings
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.recording_frames import FramesState, RecordingFrames
from auslan_explorer.gui.widgets.text import format_count
from auslan_explorer.io.eaf_reader import SUFFIX
from auslan_explorer.io.file_names import safe_file_name
from auslan_explorer.workflows.again import elan_command
from auslan_explorer.workflows.elan import ElanOptions, export_for_elan

FILES = "Annotations of ELAN (*.eaf)"


class ExportElanDialog(ExportDialog):
    """Exports the selected, shown or all recordings as an annotation document with film and table beside it."""

    def __init__(self, jobs: Jobs, parent: QWidget, session: Session, frames: RecordingFrames, theme: Theme) -> None:
        super().__init__(
            tr("Export for ELAN"),
            tr(
                "Writes recordings one after the other with the sign, the network’s answer over time, its certainty and"
                " where it settles, to be annotated in ELAN. Corrected there, the file opens here again (Ctrl+O), as"
                " groups and colours."
            ),
            "elan",
            tr(FILES),
            SUFFIX,
            jobs,
            parent,
        )
        self._session, self._frames, self._theme = session, frames, theme
        count = len(session.activations)
        self.which = QComboBox(self)
        self.which.setAccessibleName(tr("Recordings"))
        self.form.addRow(tr("Recordings"), self.which)
        for name, rows in (
            (tr("What is selected"), session.state.selected.mask(count)),
            (tr("What is shown"), session.shown()),
            (tr("All"), np.ones(count, dtype=bool)),
        ):
            if rows.any():
                self.which.addItem(f"{name}: {format_count(int(rows.sum()), 'recording')}", rows)
        self.film = self._box(tr("The hands as a film (.mp4)"), checked=True)
        self.table = self._box(tr("Channels and certainty as a table (.csv)"), checked=True)
        self.pose = self._box(tr("The hands’ joints (.pose)"), checked=False)
        for box in (self.film, self.pose):
            self.form.setRowVisible(box, session.activations.wording.of_signs)
        self.which.currentIndexChanged.connect(self.renew_offer)
        frames.changed.connect(self._show_whether_at_hand)
        frames.request()
        self._show_whether_at_hand()
        self.offer()
        self.file.setFocus()

    def _box(self, text: str, *, checked: bool) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setAccessibleName(text)
        box.setChecked(checked)
        self.form.addRow("", box)
        return box

    def _show_whether_at_hand(self) -> None:
        """Offer the hands only where their recordings are at hand."""
        ready = self._frames.state is FramesState.READY
        numbers = ready or bool(self._session.activations.output_names)
        for box, possible in ((self.film, ready), (self.pose, ready), (self.table, numbers)):
            box.setEnabled(possible)
            box.setToolTip("" if possible else tr("Needs the recordings: File > Download recordings, or import them"))

    def offered_name(self) -> str:
        what = name_of_recordings(self._session.activations, np.asarray(self.which.currentData()))
        # Names with spaces are written into the document as they are, which not every program takes.
        return safe_file_name("-".join(what.split()))

    def _options(self) -> ElanOptions:
        film, table, pose = (box.isEnabled() and box.isChecked() for box in (self.film, self.table, self.pose))
        return ElanOptions(film, table, pose, self._theme.name)

    def extra_targets(self) -> tuple[Path, ...]:
        return self._options().beside(self.target())

    def _recordings(self) -> np.ndarray:
        return np.flatnonzero(self.which.currentData())

    def command(self) -> str:
        return elan_command(self._session.activations, self._recordings().tolist(), self.target(), self._options())

    def work(self) -> Callable[..., Path]:
        recordings = self._recordings().tolist()
        # As they are now: others may be imported while this is written.
        frames = {each: self._frames.frames_of(each) for each in recordings}
        return partial(
            export_for_elan,
            self._session.activations,
            recordings,
            self.target(),
            self._options(),
            frames.get,
            self.command(),
        )
