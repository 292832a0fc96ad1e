"""Takes the pictures of the guide and the README from the real program, each at a fixed size.

`make screenshots` runs it under Xvfb; `make screenshots ARGS="film findings"` takes some of them alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
HOME = Path(tempfile.mkdtemp(prefix="auslan-explorer-pictures-"))
for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "AUSLAN_EXPLORER_DATA"):
    os.environ[name] = str(HOME)

import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402
from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget  # noqa: E402

from auslan_explorer import app  # noqa: E402
from auslan_explorer.core.session import Colouring, Layout  # noqa: E402
from auslan_explorer.core.splits import TEST  # noqa: E402
from auslan_explorer.draw.presets import FIGURES  # noqa: E402
from auslan_explorer.gui.actions.menus import ActionId  # noqa: E402
from auslan_explorer.gui.quality.stability_dock import StabilityDock  # noqa: E402
from auslan_explorer.gui.settings.preferences import Preferences  # noqa: E402
from auslan_explorer.gui.settings.store import Settings  # noqa: E402
from auslan_explorer.gui.style import Look  # noqa: E402
from auslan_explorer.gui.views.map2d.canvas import MapCanvas  # noqa: E402
from auslan_explorer.gui.window.main_window import MainWindow  # noqa: E402

IMAGES = ROOT / "docs" / "guide" / "images"
TOP = ROOT / "docs" / "images" / "window.png"
FILM = ROOT / "docs" / "images" / "paths.gif"
"""The moving picture at the top of the README."""
SIZE = (1440, 900)
SMALLER = (1180, 760)
"""For pictures of which one detail matters."""
SIGNS = ("think", "crazy", "sorry", "you")
"""What the picture of the window in the README shows."""


def wait(milliseconds: int) -> None:
    """Let the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def settle(window: MainWindow) -> None:
    """Wait until nothing is at work any more."""
    for _ in range(240):
        wait(500)
        if not window.jobs.running:
            break


def save(widget: QWidget, file: Path) -> None:
    """Save what is on screen where a widget is: its OpenGL too, which a widget does not draw into a picture."""
    wait(700)
    window = widget.window()
    if isinstance(window, MainWindow) and window.views is not None:
        map_view = window.views.panes[2].view
        # While the window changes its size, the map of the size before is stretched; after a change of theme both views
        # fade, and the window is painted once they are there.
        while isinstance(map_view, MapCanvas) and map_view.isVisible() and not map_view.is_sharp():
            wait(200)
        wait(700)
    corner = widget.mapToGlobal(widget.rect().topLeft())
    picture = widget.screen().grabWindow(0, corner.x(), corner.y(), widget.width(), widget.height())
    file.parent.mkdir(parents=True, exist_ok=True)
    picture.save(str(file))
    small(file)
    print(file.relative_to(ROOT), f"{file.stat().st_size / 1e3:.0f} kB", flush=True)


def small(file: Path) -> None:
    """Write a picture as small as it gets with each colour as it is: a palette would tint white paper."""
    with Image.open(file) as picture:
        whole = picture.convert("RGB")
    whole.save(file, optimize=True)


def open_window() -> MainWindow:
    """Open the program as it ships, with nobody's settings."""
    window = app.make_window(app.make_application(), app.open_activations(None), Settings(HOME / "window.ini"))
    window.resize(*SIZE)
    window.move(0, 0)
    window.show()
    wait(4000)
    return window


def select(window: MainWindow, sign: str, count: int = 1) -> None:
    """Select some recordings of a sign."""
    a = window.session.activations
    found = [i for i in range(len(a)) if a.signs[a.sign[i]] == sign]
    window.session.update(selected=tuple(found[:count]))


def the_window(window: MainWindow) -> None:
    """Take the whole window: as it opens, with a selection, dark."""
    window.docks.show("inspector", False)
    save(window, IMAGES / "window.png")
    window.docks.show("inspector", True)
    select(window, "crazy")
    settle(window)
    save(window, IMAGES / "selection.png")
    window.commands.settings.apply(Preferences(look=Look.DARK))
    save(window, IMAGES / "dark.png")
    window.commands.settings.apply(Preferences(look=Look.LIGHT))
    window.session.update(step=40)
    save(window, IMAGES / "playing.png")
    window.session.update(step=window.session.activations.steps - 1)


def the_top(window: MainWindow) -> None:
    """Take the picture at the top of the README: four signs in colour part of the way, and how early they are known."""
    a, before = window.session.activations, window.session.state
    signs = frozenset(a.signs.index(sign) for sign in SIGNS)
    window.session.update(
        colouring=Colouring.SIGN,
        selected=tuple(i for i in range(len(a)) if a.sign[i] in signs),
        step=(2 * a.steps) // 3,
    )
    window.docks.show("inspector", False)
    window.docks.show("answers", True)
    settle(window)
    save(window, TOP)
    window.docks.show("answers", False)
    window.session.update(colouring=before.colouring, selected=before.selected, step=before.step)


def the_docks(window: MainWindow) -> None:
    """Take each dock on the right alone."""
    select(window, "crazy")
    for name in sorted(window.docks.names):
        for other in window.docks.names:
            window.docks.show(other, other == name)
        settle(window)
        save(window.docks.dock(name), IMAGES / f"dock-{name}.png")
    for name in window.docks.names:
        window.docks.show(name, False)


def dialogs() -> list[QDialog]:
    """Return the dialogs that are open."""
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def the_dialogs(window: MainWindow) -> None:
    """Take each dialog that an action opens."""
    for key in (
        ActionId.SETTINGS,
        ActionId.DOWNLOAD,
        ActionId.EXPORT_PICTURE,
        ActionId.EXPORT_FILM,
        ActionId.EXPORT_DATA,
        ActionId.GALLERY,
    ):
        window.actions_[key].trigger()
        wait(3000 if key is ActionId.GALLERY else 500)
        for dialog in dialogs():
            dialog.raise_()
            save(dialog, IMAGES / f"dialog-{key}.png")
            dialog.close()


def the_tour(window: MainWindow) -> None:
    """Take the tour's card on selecting, and the palette."""
    window.commands.help.begin_tour()
    tour = window.commands.help.tour
    if tour is not None:
        tour.go(2)
        save(window, IMAGES / "tour.png")
        tour.end()


def the_figures() -> None:
    """Draw each figure of the article as the command line does."""
    from auslan_explorer.cli import main

    for number in FIGURES:
        file = IMAGES / f"figure-{number}.png"
        main(["render", "--figure", str(number), "--out", str(file), "--size", "900x760"])
        small(file)


def the_film() -> None:
    """Film all training paths as the command line does, small enough for the README."""
    from auslan_explorer.cli import main

    look = "--view both --turn 0 --azimuth -40 --size 840x420 --fps 10 --steps-per-frame 3 --hold 2"
    main(["film", "--out", str(FILM), *look.split()])
    print(FILM.relative_to(ROOT), f"{FILM.stat().st_size / 1e3:.0f} kB", flush=True)


def the_findings(window: MainWindow) -> None:
    """Take what the guide's page on findings shows: all mistakes, and a pair that only the map holds for alike."""
    window.docks.show("inspector", True)
    inspector = window.docks.dock("inspector")
    for button in inspector.findChildren(QAbstractButton):
        if button.text() == "Mistakes":
            button.click()
    a = window.session.activations
    window.session.update(selected=tuple(np.flatnonzero(a.predicted != a.sign).tolist()))
    settle(window)
    save(window, IMAGES / "finding-mistakes.png")
    window.docks.show("inspector", False)
    window.docks.show("stability", True)
    stability = window.docks.dock("stability")
    assert isinstance(stability, StabilityDock)
    for _ in range(60):
        if stability.model.rows:
            break
        wait(500)
    stability.search.setText("hear read")
    stability.table.selectRow(0)
    settle(window)
    save(window, IMAGES / "finding-pair.png")
    window.docks.show("stability", False)
    window.session.update(selected=())


def open_example(window: MainWindow, script: str) -> Path:
    """Run one of the guide's examples, open the cache that it writes, and return it."""
    file = HOME / f"{script}.h5"
    subprocess.run([sys.executable, str(ROOT / "docs" / "examples" / f"{script}.py"), str(file)], check=True)
    before = window.session.activations
    window.commands.files.open_path(file)
    for _ in range(60):
        if window.session.activations is not before:
            break
        wait(500)
    return file


def the_own_network(window: MainWindow) -> None:
    """Take the window with the network of the guide's first example."""
    open_example(window, "gru_cache")
    window.docks.show("inspector", False)
    settle(window)
    save(window, IMAGES / "own-network.png")


def the_vowels(window: MainWindow) -> None:
    """Take the window with a mistake of the guide's network of Keras, and the figure of two classes."""
    file = open_example(window, "vowels")
    a = window.session.activations
    window.resize(*SMALLER)
    window.docks.show("inspector", True)
    mistaken = np.flatnonzero((a.predicted != a.sign) & (a.split == TEST))
    window.session.update(selected=(int(mistaken[0]),), layout=Layout.MAP_2D)
    settle(window)
    save(window, IMAGES / "vowels.png")
    window.resize(*SIZE)
    pair = IMAGES / "vowels-pair.png"
    words = ["render", "--figure", "7", "--cache", str(file), "--out", str(pair), "--size", "720x540"]
    subprocess.run([sys.executable, str(ROOT / "main.py"), *words], check=True)
    small(pair)


def take(names: Sequence[str]) -> None:
    """Take the pictures of these parts anew; of all where none is named."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    in_window: dict[str, Callable[[MainWindow], None]] = {
        "window": the_window,
        "top": the_top,
        "docks": the_docks,
        "dialogs": the_dialogs,
        "tour": the_tour,
        "findings": the_findings,
        "own-network": the_own_network,
        "vowels": the_vowels,
    }
    drawn: dict[str, Callable[[], None]] = {"figures": the_figures, "film": the_film}
    unknown = set(names) - set(in_window) - set(drawn)
    if unknown:
        sys.exit(f"There are no pictures {', '.join(sorted(unknown))}; choose of {', '.join([*in_window, *drawn])}.")
    wanted = names or [*in_window, *drawn]
    if any(name in in_window for name in wanted):
        window = open_window()
        window.session.update(layout=Layout.BOTH)
        for name, step in in_window.items():
            if name in wanted:
                step(window)
        window.close()
    for name, draw in drawn.items():
        if name in wanted:
            draw()


if __name__ == "__main__":
    take(sys.argv[1:])
