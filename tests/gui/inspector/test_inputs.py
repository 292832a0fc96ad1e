"""The inspector's signal of other networks than those of gloves: the channels that the open file keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.core.activations import Activations, ArrayStates, StepColumns
from auslan_explorer.core.palettes import OKABE_ITO
from auslan_explorer.core.words import Words
from auslan_explorer.gui.inspector import signal_plot
from auslan_explorer.gui.inspector.recording_page import RecordingPage
from auslan_explorer.gui.inspector.signal_plot import MOST_CHANNELS, groups_of
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import open_window
from tests.made_up import made_up_activations

Opened = Callable[[Activations], AbstractContextManager[MainWindow]]


def reading(channels: int, names: tuple[str, ...] = ()) -> Activations:
    """Return another network's activations that keep so many channels: in each, its number plus a wave."""
    a = made_up_activations()
    wave = np.sin(np.arange(a.real_steps) / 3)[:, None] + np.arange(channels)
    return replace(a, words=Words("speaker", "utterance"), inputs=StepColumns(ArrayStates(wave), names))


@pytest.fixture
def opened(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Opened:
    @contextmanager
    def opening(activations: Activations) -> Iterator[MainWindow]:
        with open_window(qapp, qtbot, tmp_path / "window.ini", activations) as window:
            window.resize(1400, 1000)
            window.docks.show("inspector", True)
            window.session.update(selected=(3,))
            qtbot.waitUntil(lambda: not window.jobs.running)
            yield window

    return opening


def page_of(window: MainWindow) -> RecordingPage:
    return window.inspector_dock.inspector.recording


def drawn(page: RecordingPage) -> np.ndarray:
    image = page.signal.plot.grab().toImage()
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[..., 2::-1].astype(int)


def test_the_channels_that_a_file_keeps_are_drawn_five_together_on_a_scale_of_their_own(opened: Opened) -> None:
    with opened(reading(7)) as window:
        page = page_of(window)
        assert page.signal.isVisible() and page.signal.plot.isVisible() and not page.signal.message.isVisible()
        plot, first = page.signal.plot, int(window.session.activations.offsets[3])
        groups = groups_of((), 7)
        assert [group.names for group in groups] == [("1", "2", "3", "4", "5"), ("6", "7")]
        picture, inputs = drawn(page), window.session.activations.inputs
        assert inputs is not None
        shown = inputs.rows.rows(first, first + plot._axis.length)
        for number, group in enumerate(groups):
            low, high = plot.ends(group)
            part = shown[:, group.first : group.first + len(group.names)]
            assert (low, high) == pytest.approx((part.min(), part.max()))
            area = plot.area(number)
            for channel in range(len(group.names)):
                share = (shown[2, group.first + channel] - low) / (high - low)
                y = round(area.bottom() - 3 - share * (area.height() - 6))
                x = round(plot._axis.x(plot._axis.first + 2, area))
                near = picture[max(y - 3, 0) : y + 4, x - 2 : x + 3]
                assert (np.abs(near - OKABE_ITO[channel]).sum(axis=-1) < 60).any(), (number, channel)


def test_another_sequence_is_laid_over_it_and_the_note_speaks_of_no_glove(opened: Opened, qtbot: QtBot) -> None:
    with opened(reading(2)) as window:
        page = page_of(window)
        qtbot.waitUntil(lambda: page.signal.other.count() > 1, timeout=60_000)
        alone = drawn(page)
        page.signal.other.setCurrentIndex(1)
        assert (drawn(page) != alone).any()
        note = page.signal._heading.note
        assert "gloves" not in note and "the network reads" in note


def test_a_file_that_keeps_no_inputs_says_so_and_how_to_get_them(opened: Opened) -> None:
    with opened(replace(reading(2), inputs=None)) as window:
        page = page_of(window)
        assert page.signal.isVisible() and not page.signal.plot.isVisible() and not page.signal.other.isVisible()
        assert page.signal.message.text().startswith("The open file does not hold what the network read.")


def test_of_very_many_channels_the_first_are_drawn_and_counted(opened: Opened, qtbot: QtBot) -> None:
    with opened(reading(64)) as window:
        page = page_of(window)
        assert page.signal.message.text() == f"The first {MOST_CHANNELS} of 64 channels are drawn."
        plot = page.signal.plot
        qtbot.waitUntil(lambda: plot.isVisible() and plot.area(5).bottom() < plot.height(), timeout=60_000)


def test_names_of_channels_keep_to_their_room(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(reading(3, ("a name of a channel that is far too long", "second", "\u202ethird"))) as window:
        plot, said = page_of(window).signal.plot, []

        class Noting(QPainter):
            def drawText(self, *given: object) -> None:  # type: ignore[override]
                said.append((given, QFontMetricsF(self.font())))

        monkeypatch.setattr(signal_plot, "QPainter", Noting)
        plot._drawn_lines()
        assert len(said) >= 4
        for (at, text), metrics in said:  # type: ignore[misc]
            assert at.x() + metrics.horizontalAdvance(text) <= plot.width(), text
            assert "\u202e" not in text
