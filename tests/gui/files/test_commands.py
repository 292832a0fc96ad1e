"""What is opened, how it is found out what it is, and what is said where it fails; no window and no thread is made."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.analysis.annotation_tiers import ReadBack
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.groups import UserGroup
from auslan_explorer.core.origin import Kind, Origin
from auslan_explorer.core.session import Colouring, Session
from auslan_explorer.core.step_labels import StepLabels
from auslan_explorer.gui.files.commands import MOST_NAMED, FileCommands
from auslan_explorer.io.cache import write_cache
from auslan_explorer.workflows.opening import Opened
from auslan_explorer.workflows.reading import RECORDING_FILES, suffixes
from tests.made_up import made_up_activations


class Heard:
    """A signal of a stand-in."""

    def __init__(self) -> None:
        self._slots: list[Callable[..., object]] = []

    def connect(self, slot: Callable[..., object]) -> None:
        self._slots.append(slot)

    def emit(self, *values: object) -> None:
        for slot in self._slots:
            slot(*values)


class Files:
    """The commands with stand-ins for all that they are handed, which note what they are told."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.jobs: list[SimpleNamespace] = []
        self.session = Session(made_up_activations())
        self.groups = SimpleNamespace(add=lambda groups: [group.name for group in groups])
        playback = SimpleNamespace(pause=lambda: self.say("pause"))
        recent = SimpleNamespace(remember=lambda file: self.say("remember", file.name))
        sessions = SimpleNamespace(
            recent_chosen=Heard(), recent=recent, open_file=lambda file: self.say("session", file.name)
        )
        reporter = SimpleNamespace(
            show_error=lambda words: self.say("error", words), show_notice=lambda words: self.say("notice", words)
        )
        starter = SimpleNamespace(start=self.start)
        given: Any = (self.session, playback, starter, sessions, reporter, None, self.groups)
        self.commands = FileCommands(*given, lambda: self.say("imported"), lambda: self.say("hands"))

    def say(self, what: str, words: str = "") -> None:
        self.said.append((what, words))

    def start(self, title: str, work: partial[object], *, makes_something: bool) -> SimpleNamespace:
        assert not makes_something, "nothing is lost where it is cancelled"
        self.jobs.append(SimpleNamespace(title=title, work=work, done=Heard(), failed=Heard()))
        return self.jobs[-1]


@pytest.fixture
def files(qapp: object) -> Files:
    return Files()


@pytest.mark.parametrize(
    ("ask", "title"),
    [
        (lambda files, file: files.commands.open_path(file), "Opening a.h5"),
        (lambda files, file: files.commands.open_annotations(file), "Reading a.h5"),
        (lambda files, file: files.commands.open_shipped(), "Opening the shipped network"),
        (lambda files, file: files.commands.find_maps(), "Finding a map"),
    ],
    ids=["activations", "annotations", "shipped", "maps"],
)
def test_what_fails_is_said_and_leaves_what_is_open(
    ask: Callable[[Files, Path], None], title: str, files: Files, tmp_path: Path
) -> None:
    write_cache(tmp_path / "a.h5", files.session.activations)
    before = files.session.activations
    ask(files, tmp_path / "a.h5")
    (job,) = files.jobs
    assert job.title == title and files.said == []
    job.failed.emit("It is damaged.")
    assert files.said == [("error", "It is damaged.")] and files.session.activations is before


def test_activations_are_read_shown_and_remembered(files: Files, tmp_path: Path) -> None:
    write_cache(tmp_path / "a.h5", made_up_activations(seed=1))
    files.commands.sessions.recent_chosen.emit(tmp_path / "a.h5")
    opened = files.jobs[0].work()
    files.jobs[0].done.emit(opened)
    assert files.session.activations is opened.activations and files.said == [("pause", ""), ("remember", "a.h5")]


def test_the_shipped_network_is_opened_unless_it_is_or_its_file_is_missing(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "models_dir", lambda: tmp_path)
    assert files.commands.shipped_disabled_reason() == "Its file is missing; “make models” makes it again"
    write_cache(tmp_path / "activations.h5", made_up_activations(seed=1))
    assert files.commands.shipped_disabled_reason() == ""
    files.commands.open_shipped()
    files.jobs[0].done.emit(files.jobs[0].work())
    assert files.session.activations.origin.kind is Kind.SHIPPED and files.said == [("pause", "")]
    assert files.commands.shipped_disabled_reason() == "It is open already"


def test_a_map_that_was_found_too_late_is_not_shown(files: Files) -> None:
    files.commands.find_maps()
    other = made_up_activations(seed=2)
    files.session.open(other)
    files.jobs[0].done.emit(Opened(made_up_activations(seed=3)))
    assert files.session.activations is other


def test_sessions_and_networks_are_told_by_what_they_are_and_the_rest_is_refused(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Path, Path | None]] = []
    monkeypatch.setattr(files.commands, "open_network", lambda file, inputs=None: asked.append((file, inputs)))
    one, two, other = (tmp_path / name for name in ("a.keras", "b.onnx", "x.auslan"))
    for file in (one, two, other):
        file.touch()
    files.commands.open_paths([other, one])
    files.commands.open_paths([one])
    files.commands.open_paths([two, one])
    files.commands.open_paths([other])
    files.commands.open_paths([])
    assert asked == [(one, other), (one, None), (two, None)] and files.said == [("session", "x.auslan")]
    (tmp_path / "a.txt").touch()
    files.commands.open_path(tmp_path / "a.txt")
    what, words = files.said[-1]
    assert what == "error" and words.startswith(
        "a.txt is nothing that can be opened here. These can: a session (.auslan)"
    )


def read_back(groups: int, missing: int = 0, labelled: bool = True, remarks: tuple[str, ...] = ()) -> ReadBack:
    rows = made_up_activations().real_steps
    labels = {"sign": StepLabels(np.zeros(rows, np.float32))} if labelled else {}
    named = tuple(UserGroup(f"group {number}", ()) for number in range(groups))
    return ReadBack(
        groups=named,
        labels=labels,
        recordings=(3, 4),
        missing=missing,
        remarks=remarks,
        column="sign" if labelled else "",
    )


def test_annotations_become_groups_and_colours_and_are_told(files: Files, tmp_path: Path) -> None:
    def take(found: ReadBack) -> str:
        files.commands.open_annotations(tmp_path / "a.eaf")
        files.jobs[-1].done.emit(found)
        return files.said[-1][1]

    assert take(read_back(0, labelled=False)) == "a.eaf is of 2 recordings. It brings no new group."
    assert files.session.state.selected == (3, 4) and files.session.state.colouring is Colouring.TIME
    words = take(read_back(2, missing=1, remarks=("note",)))
    assert words == (
        "a.eaf is of 2 recordings. 1 more are not open. New in Groups: “group 0”, “group 1”. “note” has too many "
        "different texts for groups. Colours stand for its tier “sign”."
    )
    state = files.session.state
    assert (state.colouring, state.label_column) == (Colouring.LABEL, "sign")
    many = take(read_back(MOST_NAMED + 3))
    assert f"“group {MOST_NAMED - 1}”. And 3 more groups." in many and f"“group {MOST_NAMED}”" not in many
    assert "more groups" not in take(read_back(MOST_NAMED))

    def refuse(groups: object) -> None:
        raise UserError("There are too many groups.")

    files.groups.add = refuse
    assert take(read_back(1)) == "There are too many groups." and files.said[-1][0] == "error"
    before = list(files.said)
    files.commands.open_annotations(tmp_path / "a.eaf")
    files.session.open(made_up_activations(seed=1))
    files.jobs[-1].done.emit(read_back(1))
    assert files.said == before, "of what is no longer open nothing is said"


def test_an_origin_of_no_file_is_not_remembered(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auslan_explorer.gui.files.commands.open_beside", lambda dialog: None)
    for file, told in (("", [("pause", "")]), ("/somewhere/a.h5", [("pause", ""), ("remember", "a.h5")])):
        dialog: Any = SimpleNamespace(result_ready=Heard())
        files.said.clear()
        files.commands._ask(dialog)
        made = made_up_activations(seed=4)
        object.__setattr__(made, "origin", Origin(Kind.FILE, file))
        dialog.result_ready.emit(Opened(made))
        assert files.said == told and files.session.activations is made


def test_what_cannot_be_opened_is_told_what_can_be_each_kind_by_its_endings(files: Files, tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    files.commands.open_path(tmp_path / "a.txt")
    words = files.said[-1][1]
    told = dict(re.findall(r"(session|networks and arrays|recordings|annotations of these) \(([^)]*)\)", words))
    assert set(suffixes()) <= set(told["networks and arrays"].split(", "))
    assert set(RECORDING_FILES) <= set(told["recordings"].split(", "))
    assert told["session"] == ".auslan" and told["annotations of these"] == ".eaf"


@pytest.mark.parametrize("download", [True, False])
def test_recordings_that_were_got_are_announced_and_their_hands_shown(
    files: Files, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, download: bool
) -> None:
    made: list[Any] = []

    def make(jobs: object, parent: object, source: Path | None, *, download: bool) -> Any:
        made.append(SimpleNamespace(result_ready=Heard(), hands_asked=Heard(), asked=(source, download)))
        return made[-1]

    monkeypatch.setattr("auslan_explorer.gui.files.get_recordings_dialog.RecordingsDialog", make)
    monkeypatch.setattr("auslan_explorer.gui.files.commands.open_beside", lambda dialog: None)
    if download:
        files.commands.download_recordings()
    else:
        files.commands.import_recordings(tmp_path)
    (dialog,) = made
    assert dialog.asked == ((None, True) if download else (tmp_path, False)) and files.said == []
    dialog.result_ready.emit("recordings")
    assert files.said == [("imported", "")]
    dialog.hands_asked.emit()
    assert files.said == [("imported", ""), ("hands", "")]


def test_what_the_published_network_did_is_shown(files: Files, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made: list[Any] = []

    def make(jobs: object, parent: object, folder: Path | None) -> Any:
        made.append(SimpleNamespace(result_ready=Heard(), folder=folder))
        return made[-1]

    monkeypatch.setattr("auslan_explorer.gui.files.open_published_dialog.PublishedDialog", make)
    monkeypatch.setattr("auslan_explorer.gui.files.commands.open_beside", lambda dialog: None)
    files.commands.open_published(tmp_path)
    other = made_up_activations(seed=5)
    made[0].result_ready.emit(other)
    assert made[0].folder == tmp_path and files.session.activations is other and files.said == [("pause", "")]
