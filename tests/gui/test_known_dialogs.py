"""What dialogs, the window's frame and the actions say is as it was when somebody read it and kept it in `dialogs/`.

As `test_known_panels` has it for panels: words, tips and values from above to below, in `dialog_layouts/` sizes,
room and what parts paint, in `dialog_properties/` how they are set up. One that differs is written into `out/`: read
it there, and where the change is meant, move it over the kept one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QDockWidget, QMenu, QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer import __version__, paths
from auslan_explorer.analysis.activate import activate
from auslan_explorer.app import no_activations
from auslan_explorer.core.clock import SPEEDS, Repeat
from auslan_explorer.core.playing import Alignment, Trail
from auslan_explorer.core.session import Colouring, Layout, Pointed
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.files.open_arrays_dialog import ArraysDialog
from auslan_explorer.gui.settings.page import SettingsPage
from auslan_explorer.gui.settings.preferences import LIMITS, Preferences
from auslan_explorer.gui.widgets.message_box import ask_to_replace
from auslan_explorer.gui.window.action_registry import ACTIONS
from auslan_explorer.gui.window.command_palette import CommandPalette
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.training.events import AutoencoderTrained
from auslan_explorer.training.runs import RunStore, new_run
from auslan_explorer.training.settings import quick_autoencoder
from tests.gui.glove_parts import encoders, import_them, made_up_recordings, network
from tests.gui.inspector_parts import settle
from tests.gui.read_panel import kind_of, letters_are_known, read_at_rest, read_choices, read_panel, read_tab_order
from tests.gui.read_properties import plain, read_properties
from tests.gui.window_parts import open_window, other_network
from tests.known import compare_all
from tests.made_up import made_up_activations

KNOWN, LAYOUTS, PROPERTIES = (
    Path(__file__).parent / name for name in ("dialogs", "dialog_layouts", "dialog_properties")
)


STATES: dict[str, Mapping[str, Any]] = {
    "state-of-several": {"selected": (0, 1, 8), "step": 9},
    "state-of-a-sign": {"selected": (6, 7, 8), "isolate": True, "alignment": Alignment.START, "step": 3},
    "state-of-a-section": {
        "selected": (), "isolate": False, "section": (3, 9), "repeat": Repeat.LOOP, "speed": SPEEDS[-1],
        "trail": Trail(4, 2), "alignment": Alignment.STRETCH, "ghost": True,
    },
    "state-of-few-signs": {
        "visible_signs": frozenset({1, 3}), "layout": Layout.MAP_2D, "colouring": Colouring.HANDS, "section": None,
        "trail": Trail(), "alignment": Alignment.NETWORK, "points": False, "labels": True,
    },
    "state-of-nothing": {"visible_signs": frozenset(), "layout": Layout.MAP_3D, "colouring": Colouring.SPLIT},
}  # fmt: skip
"""What is changed one after the other, from a recording selected and coloured by sign."""


EXPORTS = {
    "picture": "export_picture",
    "film": "export_film",
    "data": "export_data",
    "elan": "export_for_elan",
}


def action_lines(window: MainWindow) -> str:
    """Return all that the actions' table and its actions say now: a line for each."""
    lines = []
    for key, info in ACTIONS.items():
        action = window.actions_[key]
        keys = " ".join(each.toString(QKeySequence.SequenceFormat.PortableText) for each in action.shortcuts())
        told = [
            action.text(),
            action.iconText(),
            f"{info.icon}, {plain(action.icon())}",
            keys,
            info.group,
            action.toolTip(),
        ]
        if action.isCheckable():
            told.append("checked" if action.isChecked() else "not checked")
        if not action.isVisible():
            told.append("not offered")
        if not action.isEnabled():
            told.append("off")
        lines.append(f"{key}: {' | '.join(each for each in told if each)}".replace("\n", " / "))
    return "\n".join(lines) + "\n"


def group_lines(window: MainWindow, qtbot: QtBot) -> str:
    """Return which actions of a group are checked after each of them was asked for; the theme stays."""
    lines = []
    for key, info in ACTIONS.items():
        if info.group and info.group != "look" and window.actions_[key].isEnabled():
            window.actions_[key].trigger()
            qtbot.waitUntil(lambda: not window.jobs.running)
            checked = [other for other, each in ACTIONS.items() if each.group and window.actions_[other].isChecked()]
            lines.append(f"{key}: {' '.join(checked)}")
    return "\n".join(lines) + "\n"


def menu_lines(menu: QMenu | QMenuBar, indent: str = "") -> str:
    """Return what menus hold, in their order: a line for each item, and what another opens."""
    lines = []
    for action in menu.actions():
        opens = isinstance(inner := action.menu(), QMenu)
        icon = f", {plain(action.icon())}" if opens and not action.icon().isNull() else ""
        lines.append(f"{indent}{action.text() or '-'}{icon}" if action.isVisible() else "")
        if action.isVisible() and isinstance(inner, QMenu):
            lines.append(menu_lines(inner, f"{indent}  ").rstrip("\n"))
    return "\n".join(line for line in lines if line) + "\n"


def own_menu_lines(window: MainWindow) -> str:
    """Return what the menus hold that are not below the menu bar: a line for each entry.

    Of an entry that is no action of the table, its tip where it has one of its own, whether it is checked, and whether
    it is off.
    """
    shared = {window.actions_[key] for key in ActionId}
    lines = []
    for menu in window.findChildren(QMenu):
        owner = menu.parentWidget()
        if isinstance(owner, QMenuBar) or (isinstance(owner, QMenu) and isinstance(owner.parentWidget(), QMenuBar)):
            continue
        menu.aboutToShow.emit()
        title = menu.title() or (owner.accessibleName() if owner else "")
        lines.append(f"{title}: {kind_of(owner or menu)}{', with tips' if menu.toolTipsVisible() else ''}")
        for action in (each for each in menu.actions() if each.isVisible()):
            told = [action.text() or "-"]
            if action not in shared and action.text():
                told.append("" if action.toolTip() == action.text() else action.toolTip())
                told.append(("checked" if action.isChecked() else "not checked") if action.isCheckable() else "")
                told.append("" if action.isEnabled() else "off")
            lines.append(f"  {' | '.join(each for each in told if each)}".replace("\n", " / "))
    return "\n".join(lines) + "\n"


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    monkeypatch.setattr("auslan_explorer.training.estimate.estimate_seconds", lambda *_: 61.0)
    monkeypatch.setitem(LIMITS, "training_threads", (0, 2))  # however many processors there are
    a = made_up_activations()
    recordings = made_up_recordings(a)
    opened = activate(network(a), recordings, encoders(a.units))
    with open_window(qapp, qtbot, tmp_path / "window.ini", opened) as shown:
        shown.resize(1200, 900)
        import_them(qtbot, shown, recordings)
        yield shown


def test_dialogs_docks_and_actions_say_what_is_known(
    texts_are_listed: None, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: dict[str, str] = {}
    laid_out: dict[str, str] = {}
    set_up: dict[str, str] = {}
    names = map(re.escape, (str(tmp_path), str(Path.home()), __version__))
    own = re.compile("|".join((*names, r"/\S+…")))

    def read(name: str, panel: QWidget) -> None:
        words, places = read_at_rest(qtbot, panel)
        said[name] = said.get(name, "") + own.sub("…", words)
        laid_out[name] = laid_out.get(name, "") + own.sub("…", places)
        set_up[name] = set_up.get(name, "") + read_properties(panel)

    def read_dialog(name: str) -> None:
        (dialog,) = (each for each in window.findChildren(QDialog) if each.isVisible())
        said[name] = said.get(name, "") + f"Window: {dialog.windowTitle()}\n"
        read(name, dialog)
        said[name] += read_tab_order(dialog)
        dialog.close()
        dialog.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def read_question(box: QDialog) -> None:
        said["questions"] = said.get("questions", "") + f"Window: {box.windowTitle()}\n"
        read("questions", box)
        box.close()

    session, commands = window.session, window.commands
    said["actions"] = action_lines(window)
    session.update(selected=(5,), colouring=Colouring.SIGN, step=4)
    settle(qtbot, window)
    said["actions-selected"] = action_lines(window)
    said["menus"] = menu_lines(window.menuBar())
    for name, open_dialog in {
        "settings": commands.settings.open_page,
        **{name: getattr(commands.export, open_dialog) for name, open_dialog in EXPORTS.items()},
        "published": commands.files.open_published,
        "network": lambda: commands.files.open_network(paths.ships("classifier.h5")),
        "download": commands.files.download_recordings,
        "group": window.actions_[ActionId.SAVE_GROUP].trigger,
        "about": window.actions_[ActionId.ABOUT].trigger,
    }.items():
        open_dialog()
        (dialog,) = (each for each in window.findChildren(QDialog) if each.isVisible())
        if name not in ("settings", "about"):  # settings hold for all windows at once; what is about is read alone
            said[f"{name}-choices"] = own.sub("…", read_choices(qtbot, dialog, window.jobs))
        read_dialog(name)
    np.savez(tmp_path / "own.npz", hidden=np.zeros((6, 5), np.float32), sizes=[4, 2], y=[1, 0])
    commands.files.open_arrays(tmp_path / "own.npz")
    (arrays,) = window.findChildren(ArraysDialog)
    qtbot.waitUntil(lambda: "6 points" in read_panel(arrays))
    read_dialog("arrays")
    (tmp_path / "own.csv").write_text("who,when,x\na,0,0.5\na,1,0.25\nb,0,1.5\n")
    commands.files.open_arrays(tmp_path / "own.csv")
    read_dialog("arrays")
    page = SettingsPage(Preferences(), "", window)  # whose choices nobody takes: they would hold for all windows
    page.show()
    said["settings-choices"] = own.sub("…", read_choices(qtbot, page, window.jobs))
    page.close()
    commands.settings.open_page()
    assert commands.settings.page is not None
    read_question(commands.settings.page.ask_reset())
    commands.settings.page.close()
    ask_to_replace(window, tmp_path / "a.png", lambda: None)
    read_dialog("questions")
    for ask in (window.signs.groups._delete, window.signs.groups._rename):
        ask("mine & yours")
        read_dialog("questions")
    window.commands.reporter.show_error("This cannot be.", "details")
    read_dialog("questions")
    a, (encoder, *_) = session.activations, encoders(session.activations.units).values()
    made = a.project(encoder, "")
    losses = (0.4, 0.2, 0.3), (0.2, 0.1, 0.15)
    trained = AutoencoderTrained(encoder, 2, 3, 0.2, 0.1, 6.0, *losses, made.points, made.prefix)
    run = new_run(a, quick_autoencoder(encoder.dims), trained, {"measured_on": "test"}, b"", "one")
    RunStore().save(run)
    RunStore().save(replace(run, info=replace(run.info, id="20260105-000000-00000a", name="two", activations="0123")))
    monkeypatch.setattr("auslan_explorer.gui.training.run_list.format_created", lambda info: "on 5 May 2026")
    window.docks.show("retrain")
    trainer = commands.training.controller.trainer
    with monkeypatch.context() as busy:
        busy.setattr(type(trainer), "busy", True)
        window.retrain.ask_to_discard()
        read_dialog("questions")
    window.docks.show("runs")
    qtbot.waitUntil(lambda: len(commands.training.library.runs) == 2)
    window.runs.list.setCurrentIndex(window.runs.list.runs.index(0))
    window.runs.delete()
    read_dialog("questions")
    for name in ("retrain", "runs", "answers", "hands"):
        window.docks.show(name)
        settle(qtbot, window)
        read(name, window.docks.dock(name).widget())
    docks = [dock for dock in window.findChildren(QDockWidget) if not dock.visibleRegion().isEmpty()]
    laid_out["docks"] = "".join(f"{dock.objectName()} {dock.width()} x {dock.height()}\n" for dock in docks)
    window.docks.show("retrain")
    said["retrain-choices"] = read_choices(qtbot, window.retrain.form, window.jobs)
    for name, part in {
        "signs": window.signs,
        "playback": window.bar,
        "toolbar": window.toolbar,
        "status": window.status,
        "identity": window.identity,
        "views": window.views,
    }.items():
        read(name, part)
    trail = window.bar.trail.menu()
    trail.popup(window.mapToGlobal(window.rect().center()))
    read("trail", window.bar.trail_panel)
    said["trail-choices"] = read_choices(qtbot, window.bar.trail_panel, window.jobs)
    trail.close()
    window.open_palette()
    (palette,) = window.findChildren(CommandPalette)
    for search in ("", "drink", "copy", "nobody", "split:test wrong", "session:x"):
        palette.field.setText(search)
        read("palette", palette)
    palette.close()
    window.resize(1024, 700)
    for name, part in {"signs": window.signs, "playback": window.bar, "toolbar": window.toolbar}.items():
        read(name, part)
    said["own-menus"] = own.sub("…", own_menu_lines(window))
    window.resize(1200, 900)
    first = session.state
    before = action_lines(window).splitlines()
    with monkeypatch.context() as playing:
        playing.setattr(type(window.playback), "playing", True)
        window.actions_.refresh()
        changed = [line for line in action_lines(window).splitlines() if line not in before]
        said["actions-playing"] = "".join(f"{line}\n" for line in changed)
    window.actions_.refresh()

    def read_state(name: str, *parts: QWidget) -> None:
        for part in parts:
            words, places = read_at_rest(qtbot, part)
            said[name] = said.get(name, "") + words
            laid_out[name] = laid_out.get(name, "") + places

    for name, change in STATES.items():
        before = action_lines(window).splitlines()
        session.update(**change)
        settle(qtbot, window)
        read_state(name, window.identity, window.status, window.bar, window.signs)
        changed = [line for line in action_lines(window).splitlines() if line not in before]
        said[name] += "".join(f"{line}\n" for line in changed)
    for pointed in (Pointed(2, 5), Pointed(-1, 0)):
        session.point_at(pointed)
        read_state("pointed", window.status)
    for search in ("alive", "nobody", "session:3", "session:x", ""):
        window.signs.search.setText(search)
        read_state("search", window.signs)
    session.update(**{field: getattr(first, field) for change in STATES.values() for field in change})
    said["actions-of-groups"] = group_lines(window, qtbot)
    window.actions_[ActionId.TOOL_POINTER].trigger()
    session.open(no_activations())
    said["actions-nothing-open"] = action_lines(window)
    session.open(other_network())
    for name, open_dialog in EXPORTS.items():
        for selected in ((), (4,), (4, 5)):
            session.update(selected=selected)
            getattr(commands.export, open_dialog)()
            read_dialog(f"{name}-other-data")
    settle(qtbot, window)
    read_state("state-of-other-data", window.identity, window.status, window.bar, window.signs)
    said["menus-other-data"] = menu_lines(window.menuBar())
    kept = {KNOWN: said, LAYOUTS: laid_out, PROPERTIES: set_up} if letters_are_known() else {KNOWN: said}
    compare_all(kept)
