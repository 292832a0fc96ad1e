"""Tests of windows: those marked `gl` need OpenGL, which Qt's off-screen platform does not have."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from pytestqt.qtbot import QtBot

from auslan_explorer.app import collect_garbage_in_this_thread

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from auslan_explorer.core.session import Session
    from auslan_explorer.gui.views.map2d.canvas import MapCanvas
    from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D


PATIENCE_SECONDS = 60


def _why_no_opengl() -> str | None:
    """Try to create an OpenGL context in this process; return the reason if that fails."""
    if os.environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal"):
        return "Qt's off-screen platform has no OpenGL; `make test` runs this under Xvfb"
    from PySide6.QtGui import QOffscreenSurface, QOpenGLContext

    surface = QOffscreenSurface()
    surface.create()
    context = QOpenGLContext()
    if not context.create() or not context.makeCurrent(surface):
        return "this display gives no OpenGL context"
    context.doneCurrent()
    return None


@pytest.fixture(scope="session")
def opengl(qapp: object) -> None:
    """Skip the test, with the reason, if there is no OpenGL context."""
    reason = _why_no_opengl()
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def _garbage_is_collected_as_in_the_program(qapp: object) -> None:
    collect_garbage_in_this_thread()


@pytest.fixture(scope="session", autouse=True)
def _modules_are_no_garbage() -> Iterator[None]:
    """Exclude modules from garbage collection, which runs after each window: they take a fifth of its time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def _waits_are_patient() -> Iterator[None]:
    """A machine that has much else to do is many times as slow; only a test that fails takes the longer for it."""
    waits = (QtBot.waitActive, QtBot.waitExposed, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitUntil)
    usual = [wait.__kwdefaults__["timeout"] for wait in waits]
    for wait in waits:
        wait.__kwdefaults__["timeout"] = PATIENCE_SECONDS * 1000
    yield
    for wait, milliseconds in zip(waits, usual, strict=True):
        wait.__kwdefaults__["timeout"] = milliseconds


class _Whole(str):
    """A translated text that refuses None in the place of a value."""

    def format(self, *values: object) -> str:
        assert not any(value is None for value in values), f"“{self}” says {values}"
        return super().format(*values)


@pytest.fixture(scope="session", autouse=True)
def _texts_of_the_window_are_whole() -> Iterator[None]:
    """Fail a test in which the window would say None in the place of a value; see `texts_are_whole`."""
    from auslan_explorer.gui import i18n

    usual = i18n.QCoreApplication
    whole = SimpleNamespace(translate=lambda *asked: _Whole(usual.translate(*asked)))
    i18n.QCoreApplication = whole  # type: ignore[misc, assignment]
    yield
    i18n.QCoreApplication = usual  # type: ignore[misc]


@pytest.fixture
def texts_are_listed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test in which the window would say a text that the file for translators lacks.

    Why a group is empty, and the article's comparisons, are said by `core`, in English for everyone.
    """
    from auslan_explorer.core.groups import built_in_groups
    from auslan_explorer.core.words import GENERAL
    from auslan_explorer.gui import i18n
    from tests.made_up import made_up_activations
    from tools import translations

    usual, asked = i18n.QCoreApplication, set()

    def translate(context: str, text: str, *more: Any) -> str:
        asked.add(text if context == i18n.CONTEXT else "")
        return usual.translate(context, text, *more)

    monkeypatch.setattr(i18n, "QCoreApplication", SimpleNamespace(translate=translate))
    yield
    groups = built_in_groups(made_up_activations(), 0.5)
    of_core = {"There are none.", *(text for each in groups for text in (each.name, each.disabled_reason))}
    listed = {*translations.table_texts(), *translations.sentences(), *of_core, ""}
    assert asked - {GENERAL.say(text) for text in listed} - listed == set()


@pytest.fixture(autouse=True)
def _failures_are_heard() -> Iterator[None]:
    """Fail a test in which the program starts a job whose failure nobody would be told of."""
    from PySide6.QtCore import QMetaMethod

    from auslan_explorer.gui.jobs import Job, Jobs

    usual = Jobs.start

    def start(jobs: Jobs, title: str, work: Callable[..., Any], *, makes_something: bool) -> Job:
        job = usual(jobs, title, work, makes_something=makes_something)
        if sys._getframe(1).f_globals["__name__"].startswith("auslan_explorer."):
            job.finished.connect(lambda: heard(job))
        return job

    def heard(job: Job) -> None:
        # What was cancelled may have outlived whoever asked for it.
        followed = job._cancel_requested.is_set() or job.isSignalConnected(QMetaMethod.fromSignal(job.failed))
        assert followed, f"who is told that “{job.title}” failed?"

    Jobs.start = start  # type: ignore[method-assign]
    yield
    Jobs.start = usual  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _opengl_where_marked(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("gl"):
        request.getfixturevalue("opengl")


@pytest.fixture(autouse=True)
def _without_motion(qapp: object) -> Iterator[None]:
    """Switch animations off, so that tests see the final picture; tests of animations use `motion`."""
    from auslan_explorer.gui.animation import motion_reduced, reduce_motion

    before = motion_reduced()
    reduce_motion(True)
    yield
    reduce_motion(before)


@pytest.fixture
def motion(_without_motion: None) -> None:
    """Switch animations on."""
    from auslan_explorer.gui.animation import reduce_motion

    reduce_motion(False)


@pytest.fixture
def light_theme(qapp: QApplication) -> Iterator[None]:
    """Style the application as the program does, where sizes depend on it: all widgets that are left take it on."""
    from auslan_explorer.gui.style import Appearance, Look

    palette, sheet, letters = qapp.palette(), qapp.styleSheet(), qapp.font()
    appearance = Appearance(qapp, Look.LIGHT)
    yield
    appearance.deleteLater()
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)
    qapp.setFont(letters)


@pytest.fixture
def letters_as_known(light_theme: None) -> None:
    """Skip a test of known drawings on a machine with other letters than the one that made them."""
    from tests.gui.read_panel import letters_are_known

    if not letters_are_known():
        pytest.skip("letters are not as wide here as where the known drawings were made")


@pytest.fixture
def session() -> Session:
    """A session of synthetic activations."""
    from auslan_explorer.core.session import Session
    from tests.made_up import made_up_activations

    return Session(made_up_activations())


@pytest.fixture
def canvas(qtbot: QtBot, session: Session) -> Iterator[MapCanvas]:
    """The 2-D map in its own window, rendered."""
    from auslan_explorer.gui.views.map2d.canvas import MapCanvas

    widget = MapCanvas(session)
    qtbot.addWidget(widget)
    widget.resize(640, 520)
    with qtbot.waitExposed(widget):
        widget.show()
    qtbot.waitUntil(widget.is_sharp)
    yield widget
    widget.dispose()


@pytest.fixture
def scatter(opengl: None, qtbot: QtBot, session: Session) -> Iterator[Scatter3D]:
    """The 3-D view in its own window, without labels."""
    from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D

    widget = Scatter3D(session)
    qtbot.addWidget(widget)
    session.update(labels=False)
    widget.resize(500, 420)
    with qtbot.waitExposed(widget):
        widget.show()
    yield widget
    assert widget.unavailable_reason is None, "OpenGL raised an error"
