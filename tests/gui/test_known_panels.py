"""What the panels of the window say is as it was when somebody read it and kept it in `panels/`.

Words, names, tips and values of every part, from above to below; in `layouts/` their sizes, the room between them and
what they paint themselves; in `properties/` how they are set up. A panel that differs is written into `out/panels/`,
`out/layouts/` or `out/properties/`: read it there, and where the change is meant, move it to the folder of that name in
`tests/gui/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.analysis.activate import activate
from auslan_explorer.analysis.attribution import GROUPS
from auslan_explorer.analysis.label_check import Doubt
from auslan_explorer.analysis.neighbours import fingerprint
from auslan_explorer.analysis.stability import build_ensemble
from auslan_explorer.analysis.what_if import Patch, SmallestChange
from auslan_explorer.gui.figures import gallery
from auslan_explorer.gui.help.explanation import Explanation
from auslan_explorer.gui.help.guide_dialog import GuideDialog
from auslan_explorer.gui.help.tour_stops import STOPS
from auslan_explorer.gui.inspector.change_form import CHANGES
from auslan_explorer.gui.jobs import Job
from auslan_explorer.gui.recording_frames import FramesState
from auslan_explorer.gui.views.gesture.pane import GesturePane
from auslan_explorer.gui.widgets.popover import Popover
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.stability_store import save_ensemble
from auslan_explorer.workflows.what_if import Found
from tests.gui.glove_parts import encoders, import_them, made_up_recordings, network
from tests.gui.inspector_parts import settle
from tests.gui.read_panel import letters_are_known, read_at_rest, read_choices, read_panel
from tests.gui.read_properties import read_properties
from tests.gui.window_parts import open_window, other_network
from tests.known import compare_all
from tests.made_up import made_up_activations

KNOWN, LAYOUTS, PROPERTIES = (Path(__file__).parent / name for name in ("panels", "layouts", "properties"))
OVER = re.compile(r"(?m)^\w+: over .*\n|(?: \| over \w+)+$")
"""What lies over something while it is laid out."""
SELECTIONS = {"nothing": (), "few": (5, 11), "sign": (6, 7, 8, 9, 10, 11), "recording": (5,), "another": (7,)}


def running(window: MainWindow) -> str:
    """Return which jobs are under way: one that nobody asks for any more is not."""
    return "".join(f"Job: {title}\n" for title in sorted(job.title for job in window.jobs.running))


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    a = made_up_activations()
    recordings = made_up_recordings(a)
    opened = activate(network(a), recordings, encoders(a.units))
    with open_window(qapp, qtbot, tmp_path / "window.ini", opened) as shown:
        shown.resize(1200, 900)
        import_them(qtbot, shown, recordings)
        a, rng = shown.session.activations, np.random.default_rng(0)
        points = a.projections[2].points
        maps = [(seed, (points + rng.normal(0, 0.2, points.shape)).astype(np.float32)) for seed in range(3)]
        save_ensemble(build_ensemble(a, maps, fingerprint(a.states, a.lengths), {}))
        yield shown


def test_panels_say_what_is_known(
    texts_are_listed: None, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: dict[str, str] = {}
    laid_out: dict[str, str] = {}
    set_up: dict[str, str] = {}
    started: list[str] = []
    window.jobs.started.connect(lambda job: started.append(job.title))

    def read(name: str, panel: QWidget) -> None:
        words, places = read_at_rest(qtbot, panel)
        said[name] = said.get(name, "") + words
        if not name.startswith("hands"):  # beside them the inspector's jobs go on, which nobody waits for
            said[name] += "".join(f"Job: {title}\n" for title in sorted(started))
        started.clear()
        laid_out[name] = laid_out.get(name, "") + places
        set_up[name] = set_up.get(name, "") + read_properties(panel)

    a = window.session.activations
    session, inspector = window.session, window.inspector_dock.inspector
    window.docks.show("inspector")
    for name, selected in SELECTIONS.items():
        session.update(selected=selected)
        settle(qtbot, window)
        read(f"inspector-{name}", inspector)
    session.update(selected=(5,))
    settle(qtbot, window)
    page = inspector.recording
    page.what_if.open.click()
    page.why.ask.click()
    settle(qtbot, window)
    read("inspector-asked", inspector)
    form = page.what_if.form
    page.units.set_range(3, 7)
    for place in range(len(CHANGES)):
        form.change.setCurrentIndex(place)
        form.part.setCurrentIndex(place % 3)
        form.apply.click()
    page.what_if.undo.click()
    settle(qtbot, window)
    read("inspector-changed", inspector)
    page.units.set_range(0, 0)
    what_if, frames = page.what_if, page.what_if.model.frames
    assert frames is not None
    patches = tuple(Patch(group, 2 * place, 2 * place + 3) for place, group in enumerate(GROUPS[:2]))
    for found in (None, SmallestChange(patches, 1 - frames, 0.25)):
        what_if._on_found(2, Found(7, found))
        read("inspector-found", what_if)
    what_if._pull(3, 2, 0.5)
    what_if.model.let_go()
    what_if._pull(19, 4, 0.5)
    read("inspector-found", what_if)
    session.update(selected=(7,))
    settle(qtbot, window)
    form.change.setCurrentIndex(2)
    read("inspector-offered", what_if)
    session.update(selected=(5,))
    settle(qtbot, window)
    for opened in (page.what_if.open, page.why.ask):
        opened.click()
    for name in ("mistakes", "quality", "stability", "pairs"):
        window.docks.show(name)
        settle(qtbot, window)
        read(name, window.docks.dock(name).widget())
    labels = inspector.mistakes.labels
    window.docks.show("mistakes")
    known = {"agreeing": 2, "taking": 5, "neighbours": 9, "ratio": 1.25}
    unseen = {"answer": 1, "of_answer": 0.75, "of_label": 0.125}
    labels._on_checked(
        [
            Doubt(3, 2, -1, beside=9, by_neighbours=True, by_answer=False, **known),
            Doubt(5, 0, beside=-1, by_neighbours=False, by_answer=True, **unseen, **known),
            Doubt(8, 3, beside=14, by_neighbours=True, by_answer=True, **unseen, **known),
        ]
    )
    read("mistakes-of-labels", labels)
    window.docks.show("stability")
    window.stability.table.selectRow(1)
    read("stability-pair", window.stability.widget())
    window.pairs.find_forks.click()
    window.pairs.find_pairs.click()
    window.quality.counted.setCurrentIndex(1)
    window.quality.value.setCurrentIndex(1)
    for name in ("quality", "pairs"):
        window.docks.show(name)
        read(f"{name}-asked", window.docks.dock(name).widget())
    for name in ("quality", "stability", "pairs", "inspector"):
        window.docks.show(name)
        settle(qtbot, window)
    assert not started, "what is known is not asked again"
    for name in ("quality", "pairs"):
        window.docks.show(name)
        said[f"{name}-choices"] = read_choices(qtbot, window.docks.dock(name).widget(), window.jobs)
    window.docks.show("inspector")
    for opened in (page.what_if.open, page.why.ask):
        opened.click()
    said["inspector-choices"] = read_choices(qtbot, page, window.jobs)
    for opened in (page.what_if.open, page.why.ask):
        opened.click()
    session.update(selected=(5,))
    settle(qtbot, window)
    started.clear()
    assert window.views is not None
    window.views.show_beside(True)
    hands = window.views.beside
    assert isinstance(hands, GesturePane)
    read("hands", hands)
    hands.question.click()
    (note,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, Popover) and each.isVisible())
    read("hands", note)
    note.close()
    session.update(selected=(4, 5))
    qtbot.waitUntil(lambda: hands.second.y() > hands.first.height())  # their row has become a column, with room for it
    read("hands-of-two", hands)
    hands.apart.click()
    read("hands-of-two", hands)
    for side in hands.sides.buttons():
        side.click()
        read("hands-of-two", hands)
    session.update(selected=())
    read("hands-of-none", hands)
    session.update(selected=(5,))
    settle(qtbot, window)
    for state in FramesState:
        window.frames._set(state)
        read("hands-missing", hands)
        read("hands-missing", page.signal)
    window.frames._match()
    window.views.show_beside(False)
    window.commands.help.show_explanation()
    (explanation,) = window.findChildren(Explanation)
    read("explanation", explanation)
    explanation.close()
    window.commands.help.begin_tour()
    tour = window.commands.help.tour
    assert tour is not None
    for place in range(len(STOPS)):
        tour.go(place)
        read("tour", tour)
    tour.end()
    guide = GuideDialog(None, window)
    guide.show()
    read("guide", guide)
    guide.contents_button.click()
    guide.show_page("inspector.md")
    read("guide", guide)
    guide.close()
    monkeypatch.setattr(gallery, "draw_thumbnails", lambda *_: None)
    window.commands.figures.open_gallery()
    (figures,) = window.findChildren(gallery.GalleryDialog)
    read("gallery", figures)
    session.open(other_network())
    read("gallery-other-data", figures)
    figures.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    with monkeypatch.context() as held:
        held.setattr(Job, "start", lambda job: setattr(job, "running", True))
        for opened in (a, replace(a)):
            session.open(opened)
            for selected in ((20,), (12, 13, 14, 15, 16, 17), (3, 20)):
                session.update(selected=selected)
                qtbot.waitUntil(lambda: not inspector._rest.isActive())
                words = OVER.sub("", read_panel(inspector))
                said["inspector-waiting"] = said.get("inspector-waiting", "") + words + running(window)
        said["waiting"] = ""
        for name in ("pairs", "stability", "quality"):
            window.docks.show(name)
            said["waiting"] += read_panel(window.docks.dock(name).widget()) + running(window)
        window.pairs.find_forks.click()
        for k in (3, 5):
            window.quality.k.setValue(k)
            said["waiting"] += running(window)
        window.quality.dims.setCurrentIndex(1)
        said["waiting"] += read_panel(window.quality.widget()) + running(window)
        window.jobs.cancel_all()
    kept = {KNOWN: said, LAYOUTS: laid_out, PROPERTIES: set_up} if letters_are_known() else {KNOWN: said}
    compare_all(kept)
