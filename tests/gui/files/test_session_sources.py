"""A session of every kind of source is saved, and opened in a new window as the same picture, pixel for pixel."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.network import Autoencoder, Classifier, DenseLayer, Head
from auslan_explorer.core.origin import Kind
from auslan_explorer.core.session import Layout
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.training.events import AutoencoderTrained
from auslan_explorer.training.runs import RunStore, new_run
from auslan_explorer.training.settings import AutoencoderSettings
from auslan_explorer.workflows.recordings import run_published_networks
from tests.gui.training_parts import made_up_autoencoder
from tests.gui.window_parts import StandIn, made_up_activations, open_window

Opener = Callable[[Path], Activations]


def shipped(folder: Path) -> Activations:
    write_cache(folder / "activations.h5", made_up_activations())
    return read_cache(folder / "activations.h5")


def in_a_file(folder: Path) -> Activations:
    write_cache(folder / "mine.h5", made_up_activations())
    return read_cache(folder / "mine.h5")


def in_no_file(folder: Path) -> Activations:
    return made_up_activations()


def published(folder: Path) -> Activations:
    rows = np.random.default_rng(0).uniform(-1, 1, (6, 22))
    text = "".join("\t".join(f"{value:.6f}" for value in row) + "\n" for row in rows)
    with zipfile.ZipFile(folder / "recordings.zip", "w") as packed:
        for sign in ("hello", "name"):
            for trial in (1, 2, 3):
                packed.writestr(f"tctodd/tctodd1/{sign}-{trial}.tsd", text)
    return run_published_networks(folder / "weights", folder / "recordings.zip")


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(paths, "models_dir", lambda: tmp_path)
    rng = np.random.default_rng(0)

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.5, shape).astype(np.float32)

    classifier = Classifier(
        draw(22, 20), draw(5, 20), draw(20), Head(draw(5, 2), draw(2)), "hard_sigmoid", np.zeros(22, np.float32),
        np.ones(22, np.float32), 90, ("hello", "name"),
    )  # fmt: skip
    maps = [
        Autoencoder((DenseLayer(draw(5, k), draw(k), "linear"), DenseLayer(draw(k, 5), draw(5), "linear")), 0)
        for k in (2, 3)
    ]
    monkeypatch.setattr("auslan_explorer.io.published.load_published", lambda folder: (classifier, *maps))


def picture(window: MainWindow, qtbot: QtBot) -> QImage:
    view = window.views.panes[2].view if window.views is not None else None
    assert isinstance(view, MapCanvas)
    qtbot.waitUntil(lambda: view.is_sharp() and not window.jobs.running)
    return view.grab().toImage()


@pytest.mark.parametrize("with_run", [False, True], ids=["its own map", "a run"])
@pytest.mark.parametrize("source", [shipped, in_a_file, in_no_file, published])
def test_a_session_opens_as_it_was_saved(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, source: Opener, with_run: bool
) -> None:
    makers = {2: MapCanvas, 3: StandIn}
    file, a = tmp_path / "one.auslan", source(tmp_path)
    with open_window(qapp, qtbot, tmp_path / "first.ini", a, makers) as window:
        window.session.update(layout=Layout.MAP_2D, selected=(1, 2))
        if with_run:
            network = replace_units(made_up_autoencoder(2, 3), a.units)
            made = a.project(network, "")
            trained = AutoencoderTrained(network, 1, 1, 0.2, 0.1, 6.0, (0.4,), (0.2,), made.points, made.prefix)
            info = RunStore().save(new_run(a, AutoencoderSettings(dims=2), trained, {}, b"", "mine"))
            window.commands.training.applier.show_run(info)
            qtbot.waitUntil(lambda: window.session.state.run_2d == info.id)
        before = picture(window, qtbot)
        window.sessions.write(file)
        if a.origin.kind is Kind.MEMORY:
            qtbot.waitUntil((tmp_path / "one.h5").exists)
            qtbot.waitUntil(lambda: "one.h5" in file.read_text(encoding="utf-8"))
        state = window.session.state
    with open_window(qapp, qtbot, tmp_path / "first.ini", made_up_activations(), makers) as window:
        window.commands.files.open_path(file)
        qtbot.waitUntil(lambda: window.sessions.file == file)
        assert window.notice.isHidden(), window.notice.text.text()
        assert replace(window.session.state, step=state.step) == state
        qtbot.waitUntil(lambda: picture(window, qtbot) == before)  # once the layout is at rest


def replace_units(network: Autoencoder, units: int) -> Autoencoder:
    """Return an autoencoder of as many units, which are few in all these tests."""
    layers = list(network.layers)
    layers[0] = replace(layers[0], kernel=np.resize(layers[0].kernel, (units, layers[0].kernel.shape[1])))
    last = layers[-1]
    layers[-1] = replace(
        last, kernel=np.resize(last.kernel, (last.kernel.shape[0], units)), bias=np.resize(last.bias, units)
    )
    return Autoencoder(tuple(layers), network.bottleneck)


def test_published_weights_that_are_gone_are_said_to_be(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    file, a = tmp_path / "one.auslan", published(tmp_path)
    with open_window(qapp, qtbot, tmp_path / "first.ini", a) as window:
        window.sessions.write(file)
        (tmp_path / "recordings.zip").unlink()
        window.commands.files.show(made_up_activations())
        window.commands.files.open_path(file)
        qtbot.waitUntil(window.notice.isVisible)
        assert "published weights that it shows cannot be run again" in window.notice.text.text()
        # Its splits are not known, those of what is open are: something is shown all the same.
        assert window.session.shown().any() or not window.session.state.visible_signs
