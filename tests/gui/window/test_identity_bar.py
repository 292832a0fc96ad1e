"""The line above the map says what is shown, and what hides the rest; its menu goes elsewhere and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.core.activations import HEAD_DISAGREES, Activations
from auslan_explorer.core.identity import identify, short_name
from auslan_explorer.core.network import Head
from auslan_explorer.core.origin import Kind, Origin
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Layout
from auslan_explorer.core.splits import NO_SPLIT
from auslan_explorer.draw.film_frames import FilmFrames, subject_of
from auslan_explorer.draw.film_settings import FilmSettings
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.export.film_dialog import ExportFilmDialog
from auslan_explorer.gui.widgets import identity_text
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.cache import cache_from_arrays, read_cache, write_cache
from auslan_explorer.training.runs import RunInfo, RunStore, new_run
from auslan_explorer.training.settings import AutoencoderSettings
from tests.gui.training_parts import learned_map
from tests.gui.window_parts import made_up_activations, open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    write_cache(tmp_path / "activations.h5", made_up_activations())
    monkeypatch.setattr(paths, "models_dir", lambda: tmp_path)
    with open_window(qapp, qtbot, tmp_path / "window.ini", read_cache(tmp_path / "activations.h5")) as shown:
        yield shown


def line(window: MainWindow) -> str:
    return window.identity.button.text().removesuffix(" ▾")


def test_the_line_says_network_map_recordings_and_all_that_hides_some(window: MainWindow) -> None:
    session, bar = window.session, window.identity
    assert line(window) == "Shipped network · shipped map · 24 recordings" and bar.show_all.isHidden()
    hiding = {
        "test": {"splits": frozenset({2})},
        "train, test": {"splits": frozenset({0, 2})},
        "1 of 4 signs": {"visible_signs": frozenset({1})},
        "isolated": {"selected": (1, 2), "isolate": True},
        "test; 2 of 4 signs": {"splits": frozenset({2}), "visible_signs": frozenset({1, 3})},
    }
    for words, changes in hiding.items():
        session.update(**changes)
        count = int(session.shown().sum())
        assert line(window) == f"Shipped network · shipped map · 24 recordings, {count} shown ({words})"
        bar.show_all.click()
        assert session.shown().all() and bar.show_all.isHidden()
        session.update(selected=(), isolate=False)


def test_the_map_keeps_its_height_while_buttons_come_and_go_beside_the_line(window: MainWindow) -> None:
    bar, row = window.identity, window.identity.layout()
    assert row is not None and bar.show_all.isHidden()
    alone = row.heightForWidth(1200), bar.sizeHint().height()
    window.session.update(splits=frozenset({2}))
    row.activate()
    assert not bar.show_all.isHidden() and (row.heightForWidth(1200), bar.sizeHint().height()) == alone
    beside = {row.itemAt(at).widget() for at in range(row.count())} - {None, bar.button}
    assert bar.cells in beside and set(bar.button._beside) == beside, "it is as high as each of them"


def test_in_little_room_the_line_takes_two_and_says_the_same(window: MainWindow, qtbot: QtBot) -> None:
    button = window.identity.button

    def cut() -> bool:
        return "…" in "".join(lines())

    def lines() -> list[str]:
        return button.fitting(button.width())[1]

    window.resize(1024, 700)
    window.docks.show("inspector")
    window.session.update(splits=frozenset({0, 2}), visible_signs=frozenset({1, 3}))
    qtbot.waitUntil(lambda: len(lines()) == 2 and not cut())
    first, second = lines()
    assert f"{first} {second}".replace(" · ", " ") == button.text().replace(" · ", " ")
    qtbot.waitUntil(lambda: button.height() >= 2 * button.fontMetrics().lineSpacing())
    assert window.identity.height() >= button.height()
    ink = button.grab().toImage()
    rows = [y for y in range(ink.height()) if any(ink.pixelColor(x, y).lightness() < 128 for x in range(ink.width()))]
    assert min(rows) < ink.height() / 2 - 4 and max(rows) > ink.height() / 2 + 4
    window.resize(1500, 900)
    window.docks.show("inspector", False)
    qtbot.waitUntil(lambda: lines() == [button.text()])


def test_large_text_of_the_line_shrinks_before_it_is_cut(window: MainWindow, qtbot: QtBot) -> None:
    button = window.identity.button
    window.session.update(splits=frozenset({0, 2}), selected=(0,))
    window.docks.show("inspector")
    window.appearance.choose_text_size(200)
    try:
        window.resize(1024, 700)
        qtbot.waitUntil(lambda: 250 < button.width() < 400)
        letters, lines = button.fitting(button.width())
        assert lines == ["Shipped network · shipped map", "24 recordings, 20 shown (train, test) ▾"]
        assert 13 < letters.pixelSize() < button.font().pixelSize() == 26
        letters, lines = button.fitting(140)
        assert letters.pixelSize() == 13 and lines[0].endswith("…"), "it is never smaller than at 100 %"
    finally:
        window.appearance.choose_text_size(100)


def test_the_line_follows_the_map_and_the_layout(window: MainWindow) -> None:
    session = window.session
    own = session.projections[2]
    session.add_projection("one", Projection(own.points * 2, own.prefix, "", "my run"))
    session.update(run_2d="one")
    assert "· run “my run” · shipped map ·" in line(window) and "run “my run”" in window.windowTitle()
    session.update(layout=Layout.MAP_3D)
    assert line(window).startswith("Shipped network · shipped map ·")
    session.show_learning(3, Projection(session.projections[3].points, session.projections[3].prefix, "", ""))
    assert "a map that is learning" in line(window)


def test_the_layer_is_told_and_chosen_in_the_line(window: MainWindow, qtbot: QtBot) -> None:
    states = np.random.default_rng(0).normal(0, 0.5, (9, 4)).astype(np.float32)
    window.commands.files.show(cache_from_arrays(states, [5, 4], layer="upper", layers={"lower": states[:, :3].copy()}))
    assert "· layer upper ·" in line(window)
    window.identity.opened.aboutToShow.emit()
    (layers,) = [action.menu() for action in window.identity.opened.actions() if action.menu() is window.layers]
    layers.actions()[0].trigger()
    qtbot.waitUntil(lambda: window.session.activations.units == 3)
    assert "· layer lower ·" in line(window)
    window.commands.files.show(made_up_activations())
    window.identity.opened.aboutToShow.emit()
    assert "layer" not in line(window)
    assert not [action for action in window.identity.opened.actions() if action.menu() is window.layers]


def test_what_is_not_known_is_said(window: MainWindow) -> None:
    a = made_up_activations()
    unknown = replace(
        a, split=np.full(len(a), NO_SPLIT, np.uint8), predicted=np.full(len(a), -1, np.int16),
        origin=Origin(Kind.PUBLISHED),
    )  # fmt: skip
    window.commands.files.show(unknown)
    assert line(window) == "Published weights · published map · 24 recordings · splits not known · answers not known"


def with_head(a: Activations, *, agrees: bool) -> Activations:
    """Return activations read from a file, with a head whose answers are those of the network, or never."""
    head = Head(
        np.random.default_rng(1).normal(size=(a.units, len(a.signs))).astype(np.float32), np.zeros(4, np.float32)
    )
    last = np.stack([a.states.rows(int(end) - 1, int(end))[0] for end in a.offsets[1:]])
    answers = (last @ head.kernel).argmax(axis=1)
    predicted = answers if agrees else (answers + 1) % len(a.signs)
    return replace(a, head=head, predicted=predicted.astype(np.int16), origin=Origin(Kind.FILE, "/somewhere/pooled.h5"))


def test_a_head_that_gives_other_answers_is_told_once_in_words(window: MainWindow) -> None:
    notice, show = window.notice, window.commands.files.show
    show(with_head(made_up_activations(), agrees=True))
    assert notice.isHidden() and "probabilities" not in line(window)
    disagreeing = with_head(made_up_activations(), agrees=False)
    show(disagreeing)
    assert notice.text.text() == HEAD_DISAGREES and notice.isVisible()
    assert line(window) == "pooled.h5 · map in its file · 24 recordings · probabilities not known"
    show(made_up_activations())
    assert notice.isHidden()
    show(disagreeing)
    assert notice.isHidden() and line(window).endswith("probabilities not known")


def test_a_notice_that_was_closed_does_not_come_back_with_the_next(window: MainWindow) -> None:
    window.add_notice("One.")
    window.notice.close_button.click()
    window.add_notice("Two.")
    assert window.notice.text.text() == "Two."


def test_the_menu_lists_activations_of_the_person_and_recent_sessions_apart(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    for name in ("mine.h5", "gone.h5"):
        write_cache(tmp_path / name, made_up_activations())
    (tmp_path / "data" / "models").mkdir(parents=True)
    write_cache(tmp_path / "data" / "models" / "activations.h5", made_up_activations())
    for name in ("gone.h5", "mine.h5"):
        window.commands.files.open_path(tmp_path / name)
        qtbot.waitUntil(lambda name=name: line(window).startswith(name))
    (tmp_path / "gone.h5").unlink()
    window.sessions.write(tmp_path / "one.auslan")
    menu = window.identity.opened
    menu.aboutToShow.emit()
    found = [action.text() for action in menu.actions() if action.text()]
    first = found.index("My activations")
    assert found[first : first + 5] == ["My activations", "mine.h5", "activations.h5", "Recent sessions", "one.auslan"]
    assert [action.isChecked() for action in menu.actions() if action.text() == "mine.h5"] == [True]
    window.sessions.recent.forget()
    menu.aboutToShow.emit()
    assert "mine.h5" not in [action.text() for action in menu.actions()]


def test_the_name_of_a_map_is_not_made_small_in_a_language_that_keeps_capitals(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    german = {
        "shipped map": "mitgelieferte Karte",
        "Shipped map": "Mitgelieferte Karte",
        "principal components": "Hauptachsen",
    }
    monkeypatch.setattr(identity_text, "tr", lambda text, *values: german.get(text, text).format(*values))
    assert identity_text.title_of(identify(window.session)) == "Shipped network · mitgelieferte Karte"
    own = window.session.projections
    pca = {d: Projection(own[d].points, own[d].prefix, "", "PCA") for d in own}
    window.commands.files.show(replace(made_up_activations(), projections=pca))
    assert identity_text.title_of(identify(window.session)).endswith("· Hauptachsen")


def test_a_film_says_which_network_and_map_it_shows(window: MainWindow) -> None:
    session = window.session
    own = session.projections[2]
    assert short_name(session.activations, [own, session.projections[3]]) == "Shipped network · shipped map"
    run = Projection(own.points, own.prefix, "", "PCA of mine", is_run=True)
    assert short_name(session.activations, [run]) == "Shipped network · run “PCA of mine”"
    dialog = ExportFilmDialog(window.jobs, window, session, FilmSettings(width=640, height=360), {})
    assert dialog.settings().source == "Shipped network · shipped map"
    before = dialog_frame(dialog)
    dialog.source.setChecked(False)
    assert dialog.settings().source == "" and not (dialog_frame(dialog) == before).all()
    dialog.done(0)


def dialog_frame(dialog: ExportFilmDialog) -> np.ndarray:
    session, settings = dialog._session, dialog.settings()
    subject = subject_of(session.activations, session.projections, session.state, settings)
    image = FilmFrames(subject, settings).image(0)
    assert image is not None
    return image[:, :300].copy()


def test_one_click_leads_back_to_the_shipped_network(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.identity
    assert bar.back.isHidden() and not window.actions_[ActionId.SHIPPED_NETWORK].isEnabled()
    window.commands.files.show(made_up_activations())
    assert line(window).startswith("Unnamed network · own map") and not bar.back.isHidden()
    bar.back.click()
    qtbot.waitUntil(lambda: line(window).startswith("Shipped network"))
    assert bar.back.isHidden()


def opened(window: MainWindow) -> list[tuple[str, bool]]:
    """Open the line's menu; its entries that are no separators, and which are ticked."""
    menu = window.identity.opened
    menu.aboutToShow.emit()
    return [(each.text(), each.isChecked()) for each in menu.actions() if not each.isSeparator()]


def test_the_menu_leads_to_other_networks_and_to_files_opened_before(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads = [window.actions_[key].text() for key in (ActionId.SHIPPED_NETWORK, ActionId.PUBLISHED, ActionId.OPEN)]
    before = [text for text, _ in opened(window)]
    assert [text for text in before if text in leads] == leads == before[: before.index(leads[-1]) + 1][-3:]
    asked: list[Path] = []
    monkeypatch.setattr(window.commands.files, "open_path", asked.append)
    files = [tmp_path / "new & old.h5", tmp_path / "older.h5"]
    for file in files[::-1]:
        write_cache(file, made_up_activations())
        window.commands.files.sessions.recent.remember(file)
    after = [text for text, _ in opened(window)]
    assert [text for text in after if text not in before] == ["new && old.h5", "older.h5"]
    sections = [each.text() for each in window.identity.opened.actions() if each.isSeparator() and each.text()]
    assert sections == ["My activations", "Maps of this network"]
    for text, file in zip(("new && old.h5", "older.h5"), files, strict=True):
        (action,) = [each for each in window.identity.opened.actions() if each.text() == text]
        assert action.toolTip() == str(file)
        action.trigger()
    assert asked == files


def test_the_menu_ticks_the_map_that_is_shown_and_shows_another(window: MainWindow, qtbot: QtBot) -> None:
    session, library = window.session, window.commands.training.library
    kept = [keep_run(window, number, 2 + number % 2) for number in range(14)]
    library.load()
    qtbot.waitUntil(lambda: len(library.runs) == len(kept))
    listed = library.runs[:12]  # the dock of runs has all
    names = [f"Run “{info.name}”, {info.dims}-D" for info in listed]
    shown = opened(window)
    place = [text for text, _ in shown].index(names[0])
    (own, whether_own), *runs, (last, _) = shown[place - 1 :]
    assert whether_own and runs == [(name, False) for name in names] and last == window.actions_[ActionId.RUNS].text()

    def press(text: str) -> None:
        next(each for each in window.identity.opened.actions() if each.text() == text).trigger()

    for info, name in list(zip(listed, names, strict=True))[:2]:
        press(name)
        qtbot.waitUntil(lambda info=info: session.state.run(info.dims) == info.id)
        ticked = {text for text, on in opened(window)[place - 1 : -1] if on}
        assert name in ticked and own not in ticked
    press(own)
    assert (session.state.run_2d, session.state.run_3d) == ("", "")
    assert {text for text, on in opened(window)[place - 1 : -1] if on} == {own}


def keep_run(window: MainWindow, seed: int, dims: int) -> RunInfo:
    a = window.session.activations
    settings = AutoencoderSettings(dims=dims, seed=seed)
    return RunStore().save(new_run(a, settings, learned_map(a, dims, seed), {}, b"", f"run {seed}"))
