"""Opens the export dialogs, and copies pictures to the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from auslan_explorer.core.session import Session
from auslan_explorer.draw.gesture import Gesture
from auslan_explorer.draw.view import Camera, View2D
from auslan_explorer.gui.export.picture_preview import draw_picture
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.gui.settings.preferences import default_film_settings, export_folder
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.style import current_theme
from auslan_explorer.gui.widgets.dialogs import open_beside
from auslan_explorer.gui.window_port import Reporter
from auslan_explorer.workflows.export import PictureOptions

if TYPE_CHECKING:
    from auslan_explorer.gui.export.export_dialog import ExportDialog, KeepView


class ShownViews(Protocol):
    """Interface of the views that exports need."""

    def picture_views(self) -> dict[int, View2D | Camera]: ...

    def gesture(self) -> Gesture | None: ...

    def focused_dims(self) -> int | None: ...


class ExportCommands:
    """Commands that export.

    Parameters
    ----------
    session : Session
    settings : Settings
        Gives the export folder and the defaults of films.
    jobs : Jobs
    views : callable
        Returns the views; None before anything was shown.
    reporter : Reporter
    parent : QWidget
        Parent of the dialogs.
    frames : RecordingFrames
    keep_view : callable or None
        Writes a session file, for commands that draw it.
    """

    def __init__(
        self,
        session: Session,
        settings: Settings,
        jobs: Jobs,
        views: Callable[[], ShownViews | None],
        reporter: Reporter,
        parent: QWidget,
        frames: RecordingFrames,
        keep_view: KeepView | None,
    ) -> None:
        self._frames = frames
        self._session = session
        self._settings = settings
        self._jobs = jobs
        self._views = views
        self._reporter = reporter
        self._parent = parent
        self._keep_view = keep_view

    def export_picture(self) -> None:
        """Open the dialog that exports a picture."""
        from auslan_explorer.gui.export.picture_dialog import ExportPictureDialog

        visible, hands = self._visible_ranges(), self._gesture()
        theme, keep = current_theme(), self._keep_view
        self._open(ExportPictureDialog(self._jobs, self._parent, self._session, theme, visible, hands, keep))

    def copy_picture(self) -> None:
        """Copy the focused view, or else the first shown, to the clipboard at twice its resolution."""
        views, seen = self._views(), self._visible_ranges()
        if views is None or not seen:
            return
        dims = views.focused_dims()
        dims = dims if dims in seen else min(seen)
        view = seen[dims]
        size = round(2 * view.width), round(2 * view.height)
        session = self._session
        options = PictureOptions(dims, size, current_theme(), view, beside=session.beside)
        drawing = partial(draw_picture, session.activations, session.projections, session.state, options)
        job = self._jobs.start(tr("Copying the picture"), drawing, makes_something=False)
        job.done.connect(QGuiApplication.clipboard().setImage)
        job.failed.connect(self._reporter.show_error)

    def export_data(self) -> None:
        """Open the dialog that exports paths, labels and predictions."""
        from auslan_explorer.gui.export.data_dialog import ExportDataDialog

        self._open(ExportDataDialog(self._jobs, self._parent, self._session))

    def export_for_elan(self) -> None:
        """Open the dialog that exports recordings for ELAN."""
        from auslan_explorer.gui.export.elan_dialog import ExportElanDialog

        self._open(ExportElanDialog(self._jobs, self._parent, self._session, self._frames, current_theme()))

    def export_film(self) -> None:
        """Open the dialog that exports a film of growing paths."""
        from auslan_explorer.gui.export.film_dialog import ExportFilmDialog

        options = default_film_settings(self._settings, current_theme())
        visible, hands = self._visible_ranges(), self._gesture()
        self._open(ExportFilmDialog(self._jobs, self._parent, self._session, options, visible, hands, self._keep_view))

    def _visible_ranges(self) -> dict[int, View2D | Camera]:
        views = self._views()
        return {} if views is None else views.picture_views()

    def _gesture(self) -> Gesture | None:
        views = self._views()
        return None if views is None else views.gesture()

    def _open(self, dialog: ExportDialog) -> None:
        dialog.offer(export_folder(self._settings))
        open_beside(dialog)
