"""Each figure of the article in a real window, and what goes with them: gallery, hand usage, key of colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.app import make_window
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.colours import BOTH_HANDS, RIGHT_HAND
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.core.session import Colouring
from auslan_explorer.core.splits import NO_SPLIT
from auslan_explorer.draw.paint import font, legend_box
from auslan_explorer.draw.presets import FIGURES, Figure
from auslan_explorer.draw.theme import LIGHT, SMALL
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.figures import gallery
from auslan_explorer.gui.figures.architecture import ArchitectureDialog
from auslan_explorer.gui.figures.gallery import GalleryDialog
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.signs.model import Column
from auslan_explorer.gui.style import Appearance, Look
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from auslan_explorer.gui.views.view import ViewFactory
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.cache import read_cache
from tests.gui.view_parts import pixels as solid_pixels
from tests.gui.window_parts import StandIn
from tests.made_up import made_up_activations

SIGNS = ("crazy", "danger", "drink", "soon", "sorry", "think", "who", "you")


def activations() -> Activations:
    """Eight of the article's signs; in each split one recording is taken for another sign; "you" is mixed."""
    a = made_up_activations(recordings_per_sign=12)
    n = len(a)
    sign = (a.sign * 2 + np.arange(n) % 2).astype(np.int16)
    predicted = sign.copy()
    for split in (0, 1, 2):
        predicted[np.flatnonzero(a.split == split)[split]] = 7
    ratio = np.where(sign < 4, 0.05, 0.8).astype(np.float32)
    ratio[np.flatnonzero(sign == 7)[:2]] = 0.1
    head = None if a.head is None else replace(a.head, kernel=np.tile(a.head.kernel, 2), bias=np.tile(a.head.bias, 2))
    dense = DenseLayer(np.zeros((8, 2), np.float32), np.zeros(2, np.float32), "linear")
    back = DenseLayer(np.zeros((2, 8), np.float32), np.zeros(8, np.float32), "linear")
    return replace(
        a, sign=sign, predicted=predicted, signs=SIGNS, names=SIGNS, hand_ratio=ratio, head=head,
        autoencoders={2: Autoencoder((dense, back), 0)},
    )  # fmt: skip


@pytest.fixture
def solid() -> ViewFactory:
    """What stands in the 3-D pane, where no test looks at it."""
    return StandIn


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, solid: ViewFactory) -> Iterator[MainWindow]:
    palette, sheet, letters = qapp.palette(), qapp.styleSheet(), qapp.font()
    shown = make_window(qapp, activations(), Settings(tmp_path / "w.ini"), {2: MapCanvas, 3: solid})
    shown.resize(1280, 800)
    with qtbot.waitExposed(shown):
        shown.show()
    yield shown
    shown.close()
    shiboken6.delete(shown)
    Appearance(qapp, Look.LIGHT)
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)
    qapp.setFont(letters)


def canvas(window: MainWindow, qtbot: QtBot) -> MapCanvas:
    assert window.views is not None
    view = window.views.panes[2].view
    assert isinstance(view, MapCanvas)
    qtbot.waitUntil(view.is_sharp)
    return view


def pixels(view: MapCanvas) -> np.ndarray:
    image = view.grab().toImage()
    image = image.convertToFormat(image.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return data[..., 2::-1].astype(int)


def hued(image: np.ndarray, x: float, y: float) -> bool:
    spot = image[int(y) - 2 : int(y) + 3, int(x) - 2 : int(x) + 3]
    return bool((spot.max(axis=-1) - spot.min(axis=-1)).max() > 25)


@pytest.mark.parametrize("number", [n for n, figure in FIGURES.items() if figure.dims == 2])
def test_a_preset_draws_what_it_says_and_nothing_else(window: MainWindow, qtbot: QtBot, number: int) -> None:
    session, figure = window.session, FIGURES[number]
    session.update(log_scale=False, visible_signs=frozenset({0}), selected=(3,), step=4, colouring=Colouring.SPLIT)
    window.actions_[ActionId(f"figure_{number}")].trigger()
    view, a, t = canvas(window, qtbot), session.activations, session.trajectories(2)
    assert t is not None and session.state == figure.state(a)
    mistakes = [label for label in view._scene.labels if label.recording is not None]  # type: ignore[union-attr]
    assert len(mistakes) == (2 if figure.mistakes_in is not None else 0)
    assert view._scene.caption == figure.caption(a)  # type: ignore[union-attr]
    session.update(labels=False, mistakes=False)
    image = pixels(canvas(window, qtbot))
    x, y = view.view().to_pixels(t.vertices)
    shown = session.shown()
    assert shown.any() and all(hued(image, x[v], y[v]) for v in t.last_vertex[shown])
    if figure.signs:
        assert {a.signs[s] for s in np.unique(a.sign[shown])} == set(figure.signs)
    drawn = t.last_vertex if figure.dims != 2 else np.flatnonzero(t.shown_vertices(shown))
    far = [v for v in t.last_vertex[~shown] if np.hypot(x[drawn] - x[v], y[drawn] - y[v]).min() > 12]
    seen = [v for v in far if 2 < x[v] < view.width() - 3 and 2 < y[v] < view.height() - 3]
    assert not any(hued(image, x[v], y[v]) for v in seen)
    if number == 6:
        colours = {True: np.array(BOTH_HANDS), False: np.array(RIGHT_HAND)}
        for hands, rgb in colours.items():
            other = colours[not hands]
            for v in t.last_vertex[shown & ((a.hand_ratio >= 0.25) == hands)][:4]:  # type: ignore[operator]
                spot = image[int(y[v]) - 1 : int(y[v]) + 2, int(x[v]) - 1 : int(x[v]) + 2].reshape(-1, 3)
                foreground = 255 - spot[(255 - spot).sum(axis=1).argmax()]
                assert foreground @ (255 - rgb) / np.linalg.norm(255 - rgb) > foreground @ (
                    255 - other
                ) / np.linalg.norm(255 - other)


def test_a_figure_is_drawn_with_the_run_that_is_on_the_map(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    own = {dims: session.projections[dims] for dims in (2, 3)}
    for dims in (2, 3):
        session.add_projection(f"other {dims}", replace(own[dims], points=-own[dims].points))
    session.update(run_2d="other 2", run_3d="other 3")
    for number, figure in FIGURES.items():
        if not figure.dims:
            continue
        window.actions_[ActionId(f"figure_{number}")].trigger()
        assert (session.state.run_2d, session.state.run_3d) == ("other 2", "other 3"), number
        assert np.array_equal(session.projections[2].points, -own[2].points)
    window.actions_[ActionId.FIGURE_3].trigger()
    session.update(labels=False)
    t, shown = session.trajectories(2), session.shown()
    assert t is not None and shown.any()

    def ends_are_drawn() -> bool:
        view = canvas(window, qtbot)
        image, (x, y) = pixels(view), view.view().to_pixels(t.vertices)
        free = [v for v in t.last_vertex[shown] if y[v] > 90]  # the caption lies over the others
        return bool(free) and all(hued(image, x[v], y[v]) for v in free)

    # Another map's paths are laid out beside the window.
    qtbot.waitUntil(ends_are_drawn)
    window.actions_[ActionId.ORIGINAL_MAPS].trigger()
    assert session.projections[2] is own[2] and session.projections[3] is own[3]
    assert session.shown().tolist() == shown.tolist()


@pytest.mark.gl
@pytest.mark.parametrize("solid", [Scatter3D])
def test_figure_5_shows_points_in_3d_alone(window: MainWindow, qtbot: QtBot) -> None:
    session, figure = window.session, FIGURES[5]
    session.update(visible_signs=frozenset({0}), selected=(3,), step=4, colouring=Colouring.SPLIT, points=False)
    window.actions_[ActionId.FIGURE_5].trigger()
    assert window.views is not None and session.state == figure.state(session.activations)
    view = window.views.panes[3].view
    assert isinstance(view, Scatter3D) and view.view is not None
    assert view.isVisible() and not window.views.panes[2].isVisible()
    t = session.trajectories(3)
    assert t is not None
    assert view._overlay.caption == figure.caption(session.activations)
    image = solid_pixels(view)
    top = image[:60, 10:220]
    assert (top.max(axis=-1) < 110).sum() > 60, "the caption is written"
    xy, _ = view.view.project(t.vertices)
    shown = session.shown()
    assert shown.any() and all(hued(image, *xy[v]) for v in t.last_vertex[shown])
    # The middle of a long line has nothing on it: the figure has points only.
    a, b = xy[t.segments[t.shown_segments(shown)]].transpose(1, 0, 2)
    middles = ((a + b) / 2)[np.hypot(*(b - a).T) > 16]
    drawn = xy[t.shown_vertices(shown)]
    empty = [m for m in middles if np.hypot(*(drawn - m).T).min() > 7]
    assert empty and not any(hued(image, *m) for m in empty)


@pytest.mark.parametrize("number", [1, 2])
def test_a_network_is_drawn_with_its_layers(window: MainWindow, qtbot: QtBot, number: int) -> None:
    shipped = read_cache(paths.ships("activations.h5"))
    window.session.open(shipped)
    window.actions_[ActionId(f"figure_{number}")].trigger()
    [dialog] = window.findChildren(ArchitectureDialog)
    image = dialog.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1].astype(int)
    accent = np.abs(data - np.array(LIGHT.accent)).max(axis=-1) < 12
    assert accent.sum() > 2000, "the layer that the map is drawn from stands out"
    foreground = np.abs(data - np.array(LIGHT.foreground)).max(axis=-1) < 60
    rows = np.flatnonzero(foreground.any(axis=1))
    layers = 4 if number == 1 else 7
    assert (np.diff(rows) > 8).sum() >= layers, "a line of text for every layer"
    dialog.close()


def test_the_networks_open_as_pictures_and_say_what_is_missing(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.commands.figures.show(2)
    [dialog] = window.findChildren(ArchitectureDialog)
    dialog.save(tmp_path / "figure.svg")
    assert "<svg" in (tmp_path / "figure.svg").read_text()
    dialog.close()
    said: list[str] = []
    monkeypatch.setattr(window, "show_error", said.append)
    window.commands.figures.show(1)
    assert "not at hand" in said[0]


def test_the_gallery_draws_thumbnails_and_a_click_shows_the_figure(window: MainWindow, qtbot: QtBot) -> None:
    window.commands.figures.open_gallery()
    [dialog] = window.findChildren(GalleryDialog)
    assert list(dialog.cards) == list(range(1, 14))
    qtbot.waitUntil(lambda: not dialog.cards[13].picture.pixmap().isNull())
    image = dialog.cards[6].picture.pixmap().toImage().convertToFormat(dialog.grab().toImage().Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1].astype(int)
    assert (np.ptp(data, axis=-1) > 25).sum() > 100
    assert "not at hand" in dialog.cards[1].picture.text()
    QTest.mouseClick(dialog.cards[9], Qt.MouseButton.LeftButton)
    assert window.session.state.visible_signs == {SIGNS.index("think"), SIGNS.index("crazy")}
    dialog.close()


def test_thumbnails_that_cannot_be_drawn_are_said_on_their_cards(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = gallery.thumbnail

    def broken(figure: Figure, *how: Any) -> QImage:
        if figure.number == 9:
            raise OSError("the disk is gone")
        return usual(figure, *how)

    monkeypatch.setattr(gallery, "thumbnail", broken)
    window.commands.figures.open_gallery()
    [dialog] = window.findChildren(GalleryDialog)
    qtbot.waitUntil(lambda: bool(dialog.cards[13].picture.text()))
    for number, card in dialog.cards.items():
        if card.isEnabled() and number > 2:
            assert card.picture.pixmap().isNull() is (number >= 9)
            assert ("the disk is gone" in card.picture.text()) is (number >= 9), number
    dialog.close()


def test_where_splits_are_not_known_the_figures_of_mistakes_are_one(window: MainWindow, qtbot: QtBot) -> None:
    a = activations()
    window.commands.figures.open_gallery()
    [dialog] = window.findChildren(GalleryDialog)
    cards = [dialog.cards[number] for number in (11, 12, 13)]
    assert not any(card.isHidden() for card in cards)
    window.session.open(replace(a, split=np.full(len(a), NO_SPLIT, np.uint8)))
    assert [card.isHidden() for card in cards] == [False, True, True]
    said = cards[0].title.text() + cards[0].sentence.text()
    assert "11 to 13" in said and "split not known" in said and "figures 11, 12 and 13 are one" in said
    offered = [window.actions_[ActionId(f"figure_{number}")] for number in (11, 12, 13)]
    assert [action.isEnabled() for action in offered] == [True, False, False]
    assert "split not known" in offered[0].text() and "training" not in offered[0].toolTip()
    assert "not known" in offered[1].toolTip() and "figure 11" in offered[1].toolTip()
    cards[0].click()
    wrong = a.predicted != a.sign
    assert wrong[window.session.shown()].sum() == wrong.sum()
    for key in (ActionId.TRAIN, ActionId.COLOUR_SPLIT):
        assert not window.actions_[key].isEnabled() and "not known" in window.actions_[key].toolTip()
    window.session.open(a)
    assert offered[0].text().endswith("Misclassified, training")
    assert not any(card.isHidden() for card in cards) and cards[0].title.text().startswith("<b>11</b>")
    dialog.reject()


def test_the_open_gallery_follows_data_and_theme(window: MainWindow, qtbot: QtBot) -> None:
    window.commands.figures.open_gallery()
    [dialog] = window.findChildren(GalleryDialog)

    def background(number: int) -> int:
        picture = dialog.cards[number].picture.pixmap()
        return -1 if picture.isNull() else picture.toImage().pixelColor(1, 1).lightness()

    qtbot.waitUntil(lambda: background(13) > 200)
    window.appearance.choose(Look.DARK)
    qtbot.waitUntil(lambda: 0 <= background(13) < 60)
    some = activations()
    window.session.open(replace(some, predicted=some.sign.copy()))
    assert not dialog.cards[13].isEnabled() and "misclassified" in dialog.cards[13].sentence.text()
    qtbot.waitUntil(lambda: not window.jobs.running)
    dialog.close()
    qtbot.waitUntil(lambda: not window.findChildren(GalleryDialog))
    window.session.open(some)


def test_the_threshold_can_be_dragged_typed_and_moved_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    dock, session = window.hands, window.session
    window.actions_[ActionId.HAND_USAGE].trigger()
    qtbot.waitUntil(dock.isVisible)
    assert "4 of 8 signs" in dock.summary.text() and "you" in dock.mixed.text()
    QTest.mouseClick(
        dock.histogram, Qt.MouseButton.LeftButton, pos=QPoint(round(dock.histogram.x_of_threshold(0.4)), 40)
    )
    assert session.state.hand_threshold == pytest.approx(0.4, abs=0.02)
    assert session.state.colouring is Colouring.HANDS
    dock.histogram.setFocus()
    before = session.state.hand_threshold
    QTest.keyClick(dock.histogram, Qt.Key.Key_Right)
    assert session.state.hand_threshold == pytest.approx(before + 0.01)
    dock.value.setValue(0.02)
    assert session.state.hand_threshold == 0.02 and "0 of 8 signs" in dock.summary.text()
    assert dock.mixed.text() == "No sign is mixed."
    qtbot.mouseClick(dock.reset, Qt.MouseButton.LeftButton)
    model = window.signs.table.model()
    names = [model.index(row, Column.NAME) for row in range(model.rowCount())]
    marked = [index for index in names if index.data() != SIGNS[names.index(index)]]
    assert [SIGNS[names.index(index)] for index in marked] == ["you"]
    assert "2 of" in marked[0].data(Qt.ItemDataRole.ToolTipRole)
    you = int(SIGNS.index("you"))
    session.update(visible_signs=session.state.visible_signs - {you}, selected=())
    dock.mixed.linkActivated.emit(str(you))
    assert you in session.state.visible_signs and session.shown()[list(session.state.selected)].all()
    assert len(session.state.selected) > 1
    session.open(replace(activations(), hand_ratio=None))
    assert dock.missing.isVisible() and not dock.histogram.isVisible()
    action = window.actions_[ActionId.COLOUR_HANDS]
    assert not action.isEnabled() and "not known" in action.toolTip()


def test_the_panel_opens_beside_the_inspector_in_the_height_it_asks(window: MainWindow, qtbot: QtBot) -> None:
    window.session.open(activations())
    window.resize(1280, 800)
    window.docks.show("hands", False)
    window.docks.show("inspector")
    QApplication.processEvents()
    window.actions_[ActionId.HAND_USAGE].trigger()
    qtbot.waitUntil(lambda: window.hands.mixed.isVisible() and window.hands.height() > 300)
    [area] = window.hands.findChildren(QScrollArea)
    assert area.verticalScrollBar().maximum() == 0, "everything can be read without scrolling"


def test_a_click_on_the_key_selects_its_recordings(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.update(colouring=Colouring.HANDS)
    view = canvas(window, qtbot)
    assert view._scene is not None
    from PySide6.QtGui import QFontMetricsF

    row = QFontMetricsF(font(SMALL)).height() * 1.15
    left = view.width() - 16 - legend_box(view._scene).width
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(left + 20), round(16 + 1.5 * row)))
    ratio = session.activations.hand_ratio
    assert ratio is not None
    assert session.state.selected == tuple(np.flatnonzero(ratio >= 0.25).tolist())
    # Both entries stay, so that the other can be clicked next.
    assert [entry.text for entry in canvas(window, qtbot)._scene.legend_entries] == ["right hand", "both hands"]  # type: ignore[union-attr]


def test_confidence_is_computed_beside_the_window_and_needs_a_head(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_[ActionId.COLOUR_CONFIDENCE].trigger()
    qtbot.waitUntil(lambda: window.session.state.colouring is Colouring.CONFIDENCE)
    scene = canvas(window, qtbot)._scene
    assert scene is not None and scene.scale_legend is not None
    assert [text for _, text in scene.scale_legend.ticks] == ["0", "0.5", "1"]
    window.session.open(replace(activations(), head=None))
    action = window.actions_[ActionId.COLOUR_CONFIDENCE]
    assert not action.isEnabled() and "softmax" in action.toolTip()
    assert window.session.state.colouring is Colouring.TIME


def test_truth_is_blue_and_mistake_red_on_the_map(window: MainWindow, qtbot: QtBot) -> None:
    window.commands.figures.show(13)
    image = pixels(canvas(window, qtbot))
    for foreground in (LIGHT.truth, LIGHT.mistake):
        assert (np.abs(image - np.array(foreground)).max(axis=-1) < 40).sum() > 5


def test_names_of_mistakes_go_with_the_figure_that_has_brought_them(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    for number in (11, 12, 13):  # from one to the next they stay
        window.actions_[ActionId(f"figure_{number}")].trigger()
        QApplication.processEvents()
        assert session.state.mistakes
    for changes in (
        {"visible_signs": frozenset({0, 1})},
        {"splits": frozenset({1, 2})},
        {"visible_signs": frozenset({2}), "splits": frozenset({1})},
    ):
        window.actions_[ActionId("figure_11")].trigger()
        QApplication.processEvents()
        assert session.state.mistakes
        session.update(selected=(1,), step=3, colouring=Colouring.SIGN)
        QApplication.processEvents()
        assert session.state.mistakes, "the same recordings are shown"
        session.update(**changes)
        qtbot.waitUntil(lambda: not session.state.mistakes)
    window.actions_[ActionId.MISTAKES].trigger()
    window.actions_[ActionId.TICK_NONE].trigger()
    QApplication.processEvents()
    assert session.state.mistakes, "those that a person has asked for stay"


def test_a_figure_of_some_signs_is_zoomed_to_them_and_any_other_shows_everything(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    did: list[str] = []
    figures = window.commands.figures
    monkeypatch.setattr(figures, "_reset_views", lambda: did.append("reset"))
    monkeypatch.setattr(figures, "_zoom_to_shown", lambda: did.append("zoom"))
    for number, figure in FIGURES.items():
        if figure.dims:
            did.clear()
            figures.show(number)
            assert did == (["reset", "zoom"] if figure.signs else ["reset"]), number


def test_a_thumbnail_that_comes_late_is_not_shown_with_other_data(window: MainWindow, qtbot: QtBot) -> None:
    window.commands.figures.open_gallery()
    [dialog] = window.findChildren(GalleryDialog)
    qtbot.waitUntil(lambda: not window.jobs.running)
    before = dialog.cards[6].picture.pixmap().cacheKey()
    late = QImage(10, 10, QImage.Format.Format_RGB32)
    dialog._drawn.emit(dialog._round - 1, 6, late)
    assert dialog.cards[6].picture.pixmap().cacheKey() == before
    dialog._drawn.emit(dialog._round, 6, late)
    assert dialog.cards[6].picture.pixmap().cacheKey() != before
    dialog.close()
