"""Opens the window on a cache, does one thing in it, and closes it; `tools/stops.py` stops it meanwhile.

python tools/stops_window.py {shown,playing,film,session,training} CACHE OUT
"""

from __future__ import annotations

import sys

from auslan_explorer import start  # from here on it listens to Ctrl+C

from functools import partial  # isort: skip
from pathlib import Path  # isort: skip
from typing import TYPE_CHECKING, Any  # isort: skip

if TYPE_CHECKING:
    from auslan_explorer.gui.window.main_window import MainWindow

SAVES = 30
SHOWN_MS = 1500


def play(window: MainWindow, _out: Path) -> None:
    """Play from the first step to the last."""
    window.session.watch(("step",), lambda: window.close() if _at_end(window) else None)
    window.playback.play()


def _at_end(window: MainWindow) -> bool:
    return bool(window.session.state.step >= window.session.activations.steps - 1)


def export_film(window: MainWindow, out: Path) -> None:
    """Export a film beside the window."""
    from auslan_explorer.draw.film_settings import FilmSettings
    from auslan_explorer.workflows import export

    settings = FilmSettings(width=320, height=240, frames=30)
    session = window.session
    shown = session.activations, session.projections, session.state
    work = partial(export.export_film, *shown, out / "a.gif", settings, {})
    window.jobs.start("Exporting a film", work, makes_something=True).done.connect(lambda _: window.close_unasked())


def save_session(window: MainWindow, out: Path) -> None:
    """Save the session again and again."""
    for step in range(SAVES):
        window.session.update(step=step % window.session.activations.steps)
        window.sessions.write(out / "a.auslan")
    window.close()


def train(window: MainWindow, _out: Path) -> None:
    """Train a map beside the window, which is saved as a run."""
    from auslan_explorer.training.settings import AutoencoderSettings

    controller = window.commands.training.controller
    controller.kept.connect(lambda _: window.close_unasked())
    controller.start(AutoencoderSettings(dims=2, epochs=2))


def wait(window: MainWindow, _out: Path) -> None:
    """Stand still for a while."""
    from PySide6.QtCore import QTimer

    QTimer.singleShot(SHOWN_MS, window.close)


ACTS = {"shown": wait, "playing": play, "film": export_film, "session": save_session, "training": train}


def main() -> int:
    """Open the window and do what the first argument says."""
    act, cache, out = ACTS[sys.argv[1]], sys.argv[2], Path(sys.argv[3])
    sys.argv[1:] = ["open", cache]
    from PySide6.QtCore import QTimer

    from auslan_explorer import app

    make = app.make_window

    def make_and_act(*arguments: Any, **options: Any) -> MainWindow:
        window = make(*arguments, **options)
        QTimer.singleShot(SHOWN_MS, partial(act, window, out))
        return window

    app.make_window = make_and_act
    return start.main()


if __name__ == "__main__":
    sys.exit(main())
