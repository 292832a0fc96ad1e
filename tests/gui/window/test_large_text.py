"""At 200 % in the smallest window that is promised, every dock and dialog is read without scrolling sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QPushButton,
    QSlider,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from auslan_explorer.draw.theme import SMALL
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.playback.prediction_bars import Candidate
from auslan_explorer.gui.quality.figure_table import FIGURES
from auslan_explorer.gui.settings.preferences import Preferences
from auslan_explorer.gui.style import TEXT_SIZES, font
from auslan_explorer.gui.training.run_list import broken_lines
from auslan_explorer.gui.widgets.elided_label import elided
from auslan_explorer.gui.widgets.table_copy import table_text
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window.test_access import DIALOGS
from tests.gui.window_parts import open_window

SMALLEST = QSize(1024, 700)


@pytest.fixture(scope="module")
def shared(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    """One window for all of these."""
    folder = tmp_path_factory.mktemp("large")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUSLAN_EXPLORER_DATA", str(folder))
        with open_window(qapp, QtBot(request), folder / "window.json") as shown:
            yield shown
            shown.commands.settings.apply(Preferences())


@pytest.fixture
def window(shared: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window at its smallest, its text at its largest."""
    shared.appearance.choose_text_size(TEXT_SIZES[1])

    def is_smallest() -> bool:
        # The layout gives way bit by bit: an empty inspector leaves, buttons lose their words.
        shared.resize(SMALLEST)
        QApplication.processEvents()
        return shared.size() == SMALLEST

    qtbot.waitUntil(is_smallest)
    return shared


def cut_choices(root: QWidget) -> list[str]:
    """Return the choices that are not read whole."""
    cut = []
    for box in root.findChildren(QComboBox):
        if not box.isVisible():
            continue
        option = QStyleOptionComboBox()
        box.initStyleOption(option)
        field = box.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
        )
        if box.fontMetrics().horizontalAdvance(box.currentText()) > field.width():
            cut.append(box.currentText())
    return cut


def scrolled_sideways(root: QWidget) -> list[str]:
    """Return what is wider than its room."""
    return [
        f"{type(area).__name__} {area.accessibleName()}"
        for area in root.findChildren(QAbstractScrollArea)
        if area.isVisible() and area.horizontalScrollBar().maximum() > 0
    ]


def test_no_dock_is_scrolled_sideways_or_cuts_a_choice(window: MainWindow, qtbot: QtBot) -> None:
    window.session.update(selected=(1,))
    for name in window.docks.names:
        dock = window.docks.dock(name)
        window.docks.show(name)
        qtbot.waitUntil(lambda dock=dock: not scrolled_sideways(dock))
        assert cut_choices(dock) == [], name
        assert window.size() == SMALLEST, f"{name} widens the window"
        window.docks.show(name, False)


def test_no_dialog_is_scrolled_sideways_or_cuts_a_choice(window: MainWindow) -> None:
    for key in DIALOGS:
        if key is ActionId.GUIDE:
            continue  # its pages have their own test
        window.actions_[key].trigger()
        QApplication.processEvents()
        opened = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
        assert scrolled_sideways(opened[0]) == [] and cut_choices(opened[0]) == [], key
        opened[0].close()


def test_figures_stand_below_their_names_where_there_is_no_room_beside(window: MainWindow, qtbot: QtBot) -> None:
    window.docks.show("quality")
    table = window.quality.table
    qtbot.waitUntil(lambda: table.below)
    assert table.rowCount() == 2 * len(FIGURES)
    for row in range(0, table.rowCount(), 2):
        item = table.item(row, 0)
        assert item is not None
        room = table.visualRect(table.model().index(row, 0)).width()
        assert room >= QFontMetrics(table.font()).horizontalAdvance(item.text()), item.text()
    assert "explained variance" in table_text(table)
    window.appearance.choose_text_size(100)
    qtbot.waitUntil(lambda: not table.below)
    assert table.rowCount() == len(FIGURES)


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_handle_of_a_slider_is_round_and_whole(window: MainWindow, percent: int) -> None:
    window.appearance.choose_text_size(percent)
    window.actions_[ActionId.SETTINGS].trigger()
    page = window.commands.settings.page
    assert page is not None
    slider = page.text_size
    assert isinstance(slider, QSlider)
    QApplication.processEvents()
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    handle = slider.style().subControlRect(
        QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
    )
    assert slider.rect().contains(handle), (slider.rect(), handle)
    image = slider.grab().toImage()
    outside = image.pixelColor(handle.right() - 1, handle.top() + 1)
    assert outside == image.pixelColor(slider.width() - 1, 0), "the corners are not filled"
    page.close()


def test_names_of_guesses_are_whole_where_fewer_of_them_fit(window: MainWindow) -> None:
    bars, metrics = window.bar.answers, QFontMetricsF(font(SMALL, tabular=True))
    bars.guesses = tuple(Candidate(name, 0.2, name == "Norway") for name in ("Norway", "pen", "what", "know", "all"))
    bars.resize(round(3.2 * metrics.horizontalAdvance("✓ Norway")), 40)
    assert bars._count_columns(metrics) == 2
    bars.resize(6 * bars.width(), 40)
    assert bars._count_columns(metrics) == 5


def test_a_name_is_cut_at_its_end_in_little_room_and_else_in_the_middle(window: MainWindow) -> None:
    metrics = QFontMetrics(window.font())
    assert elided("experiment twenty", metrics, 6 * metrics.averageCharWidth()).startswith("exp")
    wide = elided("experiment with a long name, run 20", metrics, 24 * metrics.averageCharWidth())
    assert wide.startswith("exp") and wide.endswith("20")


def test_a_line_of_a_run_is_broken_where_it_would_be_cut(window: MainWindow) -> None:
    metrics, text = QFontMetrics(window.font()), "explains 0.612, 5-NN 88.1%"
    assert broken_lines(text, metrics, metrics.horizontalAdvance(text)) == [text]
    assert broken_lines(text, metrics, metrics.horizontalAdvance(text) - 1) == ["explains 0.612,", "5-NN 88.1%"]


def test_what_is_at_work_has_the_room_that_is_free(window: MainWindow, qtbot: QtBot) -> None:
    window.appearance.choose_text_size(100)
    label, needed = window.status.strip.label, "Measuring the map, about 50 s left, comparing neighbours"
    window.resize(1440, 800)
    qtbot.waitUntil(lambda: label.maximumWidth() >= label.fontMetrics().horizontalAdvance(needed))
    before = label.maximumWidth()
    label.setText("Measuring")
    QApplication.processEvents()
    assert label.maximumWidth() == before, "the cross stays where it is"


def test_pairs_of_signs_are_read_without_scrolling_sideways(window: MainWindow, qtbot: QtBot) -> None:
    window.docks.show("stability")
    table = window.stability.table
    table.show()
    qtbot.waitUntil(lambda: table.narrow and not scrolled_sideways(window.stability))
    names = table.horizontalHeader().sectionSize(0)
    assert table.isColumnHidden(3) and names >= table.fontMetrics().horizontalAdvance("danger /")
    assert table.rowHeight(0) == 0 or table.rowHeight(0) >= 2 * table.fontMetrics().height()
    window.appearance.choose_text_size(100)
    qtbot.waitUntil(lambda: not table.narrow)
    assert not table.isColumnHidden(3)
    needed = table.fontMetrics().horizontalAdvance("9.99 ○") + 8
    assert table.horizontalHeader().sectionSize(1) >= needed, "a distance and its ring are whole"


@pytest.mark.parametrize("percent", [100, 130, 200])
def test_fields_of_docks_and_dialogs_are_as_high_as_buttons(window: MainWindow, percent: int) -> None:
    window.appearance.choose_text_size(percent)
    for name in ("quality", "stability", "retrain"):
        window.docks.show(name)
    for key in (ActionId.SETTINGS, ActionId.EXPORT_FILM):
        window.actions_[key].trigger()
    QApplication.processEvents()
    opened = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    button = window.retrain.findChildren(QPushButton)[0].sizeHint().height()
    for root in (window, *opened):
        for field in [*root.findChildren(QComboBox), *root.findChildren(QAbstractSpinBox)]:
            if field.isVisible():
                assert field.height() >= button, (root.windowTitle(), field.accessibleName())
    for dialog in opened:
        dialog.close()


def test_the_page_of_runs_is_read_whole_while_there_are_none(window: MainWindow, qtbot: QtBot) -> None:
    window.docks.show("runs")
    text = window.runs._empty.text
    qtbot.waitUntil(lambda: text.isVisible() and text.height() >= text.heightForWidth(text.width()))
    assert window.size() == SMALLEST
    assert not window.runs.put_button.isVisible() and not window.runs.compare_button.isVisible()


@pytest.mark.parametrize("percent", [100, 130, 200])
def test_settings_of_a_training_stand_below_their_names_where_the_dock_is_narrow(
    window: MainWindow, qtbot: QtBot, percent: int
) -> None:
    window.appearance.choose_text_size(percent)
    window.docks.show("retrain")
    page = window.retrain.page
    qtbot.waitUntil(lambda: page.isVisible() and page.horizontalScrollBar().maximum() == 0)
    window.docks.show("retrain", False)
