"""The published weights against the article's figures: same positions, same misclassified pairs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from auslan_explorer.analysis.activate import activate
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.figures import figure_picture
from auslan_explorer.draw.presets import FIGURES
from auslan_explorer.io.models import load_published
from auslan_explorer.io.recordings import open_recordings

SHARED_FOLDER = Path(__file__).parents[3] / "shared"
pytestmark = pytest.mark.slow
# Read off figure-11-13.png: true sign in blue, the network's answer in red.
PAIRS = {
    ("God", "stubborn"), ("I", "more"), ("cold", "paper"), ("drink", "danger"), ("give", "happy"), ("glove", "shop"),
    ("how", "give"), ("hurt", "all"), ("lose", "how"), ("money", "spend"), ("not my problem", "ready"),
    ("sorry", "hot"), ("thank", "hot"), ("tray", "question"), ("when", "sad"), ("when", "maybe"), ("which", "danger"),
    ("wrong", "sorry"), ("yes", "no"),
}  # fmt: skip


@pytest.fixture(scope="module")
def published() -> Activations:
    data = SHARED_FOLDER / "data"
    if not (data / "tctodd.tar.gz").exists():
        pytest.skip(f"the real recordings are not at {data}")
    classifier, two, three = load_published(data / "published")
    recordings = open_recordings(data / "tctodd.tar.gz").article_subset(classifier.steps)
    return activate(classifier, recordings, {2: two, 3: three})


@pytest.mark.parametrize("number", [3, 4, 6, 7, 9])
def test_every_position_agrees_with_the_reference(published: Activations, number: int) -> None:
    file = SHARED_FOLDER / "reference" / f"figure-{number:02d}.png"
    image = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1].astype(int)
    # The frame runs from -3 to 3.2 and from 3.3 down to -2.6.
    dark = data.max(axis=2) < 60
    columns = np.flatnonzero(dark[100:500].mean(axis=0) > 0.9)
    rows = np.flatnonzero(dark[:, 50:550].mean(axis=1) > 0.9)
    left, right = columns[0], columns[columns < 610][-1]
    top, bottom = rows[0], rows[-1]
    state = FIGURES[number].state(published)
    t = Trajectories.build(published, published.projections[2], state.log_scale)
    shown = state.shown(published)
    vertices = t.last_vertex[shown] if state.last_only else np.flatnonzero(t.shown_vertices(shown))
    x = left + (t.vertices[vertices, 0] + 3) / 6.2 * (right - left)
    y = top + (3.3 - t.vertices[vertices, 1]) / 5.9 * (bottom - top)
    inside = (x > left + 2) & (x < right - 2) & (y > top + 2) & (y < bottom - 2)
    x, y = x[inside], y[inside]
    foreground = (np.ptp(data, axis=2) > 8) | (data.max(axis=2) < 245)
    near = np.zeros_like(foreground)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            near |= np.roll(foreground, (dy, dx), (0, 1))
    assert near[np.round(y).astype(int), np.round(x).astype(int)].mean() > 0.99
    if number in (7, 9):
        # And nothing stands where we draw nothing.
        coloured = np.ptp(data, axis=2) > 60
        coloured[:, right - 1 :] = False
        rows, columns = np.nonzero(coloured)
        away = [np.hypot(x - c, y - r).min() for r, c in zip(rows[::5], columns[::5], strict=True)]
        assert max(away) < 4


def test_the_misclassified_pairs_are_the_articles(published: Activations) -> None:
    for number in (11, 12, 13):  # no split is known: each shows all
        labels = [label for label in figure_picture(number, published).scene.labels if label.recording is not None]
        pairs = {(truth.text, answer.text) for truth, answer in zip(labels[::2], labels[1::2], strict=True)}
        assert pairs == PAIRS and len(labels) == 2 * len(PAIRS)
