"""The section "What if": what is changed is what the network reads, the maps and the hands show, and a file holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.analysis.activate import activate
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.network import Head
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.gui.inspector.change_form import CHANGES, PARTS
from auslan_explorer.gui.inspector.recording_page import RecordingPage
from auslan_explorer.gui.inspector.signal_plot import GROUPS
from auslan_explorer.gui.inspector.what_if_section import WhatIfSection
from auslan_explorer.gui.recording_frames import FramesState
from auslan_explorer.gui.style import TEXT_SIZES
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
from auslan_explorer.gui.widgets.text import short_title
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.tsd import parse
from auslan_explorer.workflows.what_if import Found
from tests.gui.glove_parts import MIDDLE_FINGER, encoders, import_them, made_up_recordings, network
from tests.gui.window_parts import open_window
from tests.made_up import made_up_activations

RECORDING = 3


@pytest.fixture(scope="module")
def recordings() -> Recordings:
    """Each sign bends the right middle finger, which alone the network hears, by an amount of its own."""
    a = made_up_activations()
    made = made_up_recordings(a)
    made.frames[:, MIDDLE_FINGER] = np.repeat(a.sign, a.lengths) / 3
    return made


@pytest.fixture(scope="module")
def activations(recordings: Recordings) -> Activations:
    """What the network makes of them, with a head that tells the signs apart."""
    a = made_up_activations()
    made = activate(network(a), recordings)
    last = np.column_stack([made.all_states()[made.offsets[1:] - 1], np.ones(len(made))])
    fitted = np.linalg.lstsq(last, 20 * np.eye(len(a.signs))[made.sign], rcond=None)[0].astype(np.float32)
    known = activate(network(replace(a, head=Head(fitted[:-1], fitted[-1]))), recordings, encoders(a.units))
    assert (known.predicted == known.sign).all()
    return known


@pytest.fixture
def window(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    activations: Activations,
    recordings: Recordings,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    with open_window(qapp, qtbot, tmp_path / "window.ini", activations) as shown:
        shown.resize(1400, 1000)
        shown.docks.show("inspector", True)
        import_them(qtbot, shown, recordings)
        shown.session.update(selected=(RECORDING,))
        yield shown


@pytest.fixture
def page(window: MainWindow) -> RecordingPage:
    return window.inspector_dock.inspector.recording


@pytest.fixture
def section(qtbot: QtBot, page: RecordingPage) -> WhatIfSection:
    page.what_if.open.click()
    qtbot.waitUntil(lambda: page.what_if.model.outcome is not None)
    return page.what_if


def apply(section: WhatIfSection, text: str, part: str = "right middle finger") -> None:
    section.form.change.setCurrentIndex([each.text for each in CHANGES].index(text))
    section.form.part.setCurrentIndex([name for name, _ in PARTS].index(part))
    section.form.apply.click()


def other_answer(a: Activations) -> int:
    """A recording that the network answers otherwise."""
    return int(np.flatnonzero(a.predicted != a.predicted[RECORDING])[0])


def test_nothing_is_looked_for_until_something_is_to_be_changed(window: MainWindow, page: RecordingPage) -> None:
    assert page.what_if.model.networks is None and window.session.variant is None
    assert not page.what_if.form.isVisible() and not page.signal.plot.pullable


def test_a_group_of_another_recording_gives_its_answer_and_is_undone(
    qtbot: QtBot, window: MainWindow, page: RecordingPage, section: WhatIfSection, activations: Activations
) -> None:
    a, donor = activations, other_answer(activations)
    assert f"answers “{a.names[a.predicted[RECORDING]]}”" in section.words.text()
    section.form.offer([("the other", donor)])
    apply(section, "take from another recording")
    outcome, variant = section.model.outcome, window.session.variant
    assert outcome is not None and outcome.answer == a.predicted[donor] and variant is not None
    assert set(variant.paths) == {2, 3} and "the other" in section.list.text()
    assert a.names[a.predicted[donor]] in section.words.text() and "As recorded" in section.words.text()
    changed = (variant.frames != window.frames.frames_of(RECORDING)).any(axis=0)
    assert np.flatnonzero(changed).tolist() == [MIDDLE_FINGER]
    section.undo.click()
    assert window.session.variant is None and section.model.outcome.answer == a.predicted[RECORDING]
    section.redo.click()
    assert window.session.variant is not None and section.model.outcome.answer == a.predicted[donor]


def test_nothing_is_taken_from_a_recording_that_was_not_imported(
    window: MainWindow, section: WhatIfSection, activations: Activations, monkeypatch: pytest.MonkeyPatch
) -> None:
    donor, frames_of = other_answer(activations), window.frames.frames_of
    section.form.offer([("the other", donor)])
    monkeypatch.setattr(window.frames, "frames_of", lambda each: None if each == donor else frames_of(each))
    apply(section, "take from another recording")
    assert window.session.variant is None
    assert any("not among the imported" in label.text() for label in section.findChildren(QLabel) if label.isVisible())


def test_only_the_marked_steps_are_changed(window: MainWindow, page: RecordingPage, section: WhatIfSection) -> None:
    page.units.set_range(2, 6)
    apply(section, "mute (let it rest)", "both hands")
    variant, own = window.session.variant, window.frames.frames_of(RECORDING)
    assert variant is not None and own is not None
    assert np.flatnonzero((variant.frames != own).any(axis=1)).tolist() == [2, 3, 4, 5]
    first = int(window.session.activations.first_step[RECORDING])
    assert f"steps {first + 3} to {first + 6}" in section.list.text()


def test_each_change_is_made_told_and_undone(window: MainWindow, section: WhatIfSection) -> None:
    own = window.frames.frames_of(RECORDING)
    assert own is not None
    for change in CHANGES:
        if change.borrows:
            continue
        apply(section, change.text, "right hand")
        frames = section.model.frames
        assert frames is not None and section.model.outcome is not None
        assert frames.shape != own.shape or (frames != own).any(), change.text
        assert section.list.text().startswith("1. ") and not section.found.isVisible()
        assert len(section.lines.lines[0].x) == len(frames)
        section.undo.click()
        assert not section.list.isVisible() and np.array_equal(section.model.frames, own)


def test_a_curve_is_drawn_by_hand_and_is_one_change(
    window: MainWindow, page: RecordingPage, section: WhatIfSection
) -> None:
    plot, own = page.signal.plot, window.frames.frames_of(RECORDING)
    assert own is not None
    place = next(i for i, group in enumerate(GROUPS) if group.first == 17)
    inner = plot.area(place).adjusted(0, 3, 0, -3)
    column = inner.width() / len(own)
    x = round(inner.left() + 4.5 * column)
    start = round(inner.bottom() - own[4, MIDDLE_FINGER] * inner.height())
    QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=QPoint(x, start))
    for y in (start - 5, start - 10, round(inner.center().y())):
        QTest.mouseMove(plot, QPoint(x, y))
    QTest.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=QPoint(x, round(inner.center().y())))
    variant = window.session.variant
    assert variant is not None and len(section.model.changes.entries) == 1
    assert variant.frames[4, MIDDLE_FINGER] == pytest.approx(0.5, abs=0.03)
    assert "right middle finger" in section.list.text() and "drawn by hand" in section.list.text()
    # The curve is drawn where it is now, and the recording's own under it.
    assert np.array_equal(plot._frames, variant.frames) and np.array_equal(plot._other, own)


def test_changes_are_kept_for_each_recording_and_taken_from_the_maps_with_the_selection(
    qtbot: QtBot, window: MainWindow, page: RecordingPage, section: WhatIfSection
) -> None:
    apply(section, "mirror")
    window.session.update(selected=(RECORDING + 1,))
    qtbot.waitUntil(lambda: section.model.outcome is not None)
    assert window.session.variant is None and not section.list.isVisible()
    window.session.update(selected=())
    assert window.session.variant is None and section.model.recording == -1
    window.session.update(selected=(RECORDING,))
    qtbot.waitUntil(lambda: window.session.variant is not None)
    section.open.click()
    assert window.session.variant is None and not page.signal.plot.pullable


def test_the_smallest_change_names_the_finger_that_the_network_hears(
    qtbot: QtBot, window: MainWindow, section: WhatIfSection, activations: Activations
) -> None:
    wanted = int(activations.predicted[other_answer(activations)])
    section.sign.setCurrentIndex(section.sign.findData(wanted))
    section.seek.click()
    qtbot.waitUntil(lambda: section.found.isVisible())
    assert "right middle finger, steps" in section.found.text()
    assert section.model.outcome is not None and section.model.outcome.answer == wanted
    section.seek.click()
    assert "already" in section.found.text()
    section.undo.click()
    assert section.model.outcome.answer == activations.predicted[RECORDING]


def test_a_changed_recording_is_saved_as_what_our_own_readers_read(
    qtbot: QtBot, window: MainWindow, section: WhatIfSection, tmp_path: Path
) -> None:
    apply(section, "slower")
    frames = section.model.frames
    assert frames is not None and section.save.isEnabled()
    for name in ("own.tsd", "own.h5"):
        section.save_to(tmp_path / name)
        qtbot.waitUntil((tmp_path / name).exists)
        qtbot.waitUntil(lambda name=name: name in section.found.text())
    read, mended = parse((tmp_path / "own.tsd").read_bytes(), "own.tsd")
    assert np.array_equal(read, frames) and not mended
    cache = read_cache(tmp_path / "own.h5")
    assert cache.recording_names == ("as recorded", "changed")
    assert cache.lengths.tolist() == [len(window.frames.frames_of(RECORDING)), len(frames)]
    np.testing.assert_allclose(cache.recording_states(1), section.model.outcome.states, atol=1e-3)
    section.save_to(tmp_path / "own.doc")
    qtbot.waitUntil(lambda: ".tsd" in section.found.text() and "saved as" in section.found.text())


def test_a_saved_changed_recording_opens_with_hands_and_signal_of_its_own(
    qtbot: QtBot, window: MainWindow, section: WhatIfSection, page: RecordingPage, tmp_path: Path
) -> None:
    opened, own = window.session.activations, window.frames.frames_of(RECORDING)
    assert own is not None
    apply(section, "mirror")  # as long as before, so that name and length are those of the imported recording
    changed = section.model.frames
    assert changed is not None and changed.shape == own.shape and not np.allclose(changed, own, atol=0.1)
    section.save_to(tmp_path / "own.h5")
    qtbot.waitUntil(lambda: "own.h5" in section.found.text(), timeout=60_000)
    window.session.open(read_cache(tmp_path / "own.h5"))
    for recording, expected in enumerate((own, changed)):
        frames = window.frames.frames_of(recording)
        assert frames is not None
        np.testing.assert_allclose(frames, expected, atol=2e-3)
        window.session.update(selected=(recording,))
        np.testing.assert_array_equal(page.signal.plot._frames, frames)
    window.session.open(opened)
    assert window.frames.state is FramesState.READY
    np.testing.assert_array_equal(window.frames.frames_of(RECORDING), own)


def test_what_an_open_file_keeps_needs_no_import_and_goes_with_it(
    qtbot: QtBot, window: MainWindow, section: WhatIfSection, tmp_path: Path
) -> None:
    opened, own = window.session.activations, window.frames.frames_of(RECORDING)
    apply(section, "mirror")
    section.save_to(tmp_path / "own.h5")
    qtbot.waitUntil(lambda: "own.h5" in section.found.text(), timeout=60_000)
    paths.recordings_file().unlink()
    window.frames.read_again()
    assert window.frames.state is FramesState.MISSING and window.frames.spreads() is None
    window.session.open(read_cache(tmp_path / "own.h5"))
    assert window.frames.state is FramesState.READY and window.frames.spreads() is not None
    window.frames.read_again()
    np.testing.assert_allclose(window.frames.frames_of(0), own, atol=2e-3)
    window.session.open(opened)
    assert window.frames.state is FramesState.MISSING and window.frames.frames_of(0) is None


def test_too_slow_is_one_sentence(window: MainWindow, section: WhatIfSection) -> None:
    section.form.change.setCurrentIndex([each.text for each in CHANGES].index("slower"))
    section.form.number.setValue(4)
    section.form.apply.click()
    assert "this network reads 20" in section.found.text() and window.session.variant is None
    section._on_found(2, Found(13, None))
    said = section.found.text()
    assert "Even all of" in said and short_title(window.session, 13) in said and "is not answered “" in said


def test_a_network_that_is_not_at_hand_is_said_to_be(
    qtbot: QtBot, window: MainWindow, page: RecordingPage, activations: Activations
) -> None:
    window.session.open(replace(activations, classifier=None))
    window.session.update(selected=(RECORDING,))
    page.what_if.open.click()
    qtbot.waitUntil(lambda: "not at hand" in page.what_if.words.text())
    assert not page.what_if.form.isVisible()


def test_with_the_largest_text_what_can_be_changed_is_no_wider_than_its_page(
    window: MainWindow, section: WhatIfSection, qtbot: QtBot
) -> None:
    window.appearance.choose_text_size(TEXT_SIZES[1])
    try:
        window.resize(1024, 700)
        # The dock's own width at this size, see `gui.window.dock_widths`.
        qtbot.waitUntil(lambda: window.inspector_dock.width() < 420, timeout=60_000)
        rows = [each for each in section.findChildren(ResponsiveRow) if each.isVisible()]
        assert rows and all(row.minimumSizeHint().width() <= window.inspector_dock.width() - 24 for row in rows)
    finally:
        window.appearance.choose_text_size(100)
