"""Parts of the inspector by themselves: what each shows and says of a session, without a window around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from auslan_explorer.analysis.attribution import GROUPS
from auslan_explorer.analysis.sign_report import sign_report
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.core.session import Session
from auslan_explorer.core.shares import percent
from auslan_explorer.core.step_labels import make_step_labels
from auslan_explorer.gui.inspector import signal_plot
from auslan_explorer.gui.inspector.attribution_map import GROUP_NAMES
from auslan_explorer.gui.inspector.change_form import CHANGES, PARTS, ChangeForm
from auslan_explorer.gui.inspector.confusion_page import ConfusionPage
from auslan_explorer.gui.inspector.sign_page import SignPage
from auslan_explorer.gui.inspector.signs_page import SignsPage
from auslan_explorer.gui.inspector.step_label_lines import StepLabelLines, line_of
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.recording_frames import RecordingFrames
from tests.made_up import made_up_activations

MakePage = Callable[[Activations], ConfusionPage]


def mixed_up() -> Activations:
    """Two of training and one of test are taken for others; of one the answer is not known."""
    a = made_up_activations()
    predicted = a.sign.copy()
    predicted[[0, 1, 11]] = 1, 1, 3
    predicted[18] = -1
    return replace(a, predicted=predicted)


@pytest.fixture
def page_of(qtbot: QtBot) -> MakePage:
    def make(activations: Activations) -> ConfusionPage:
        page = ConfusionPage(Session(activations), Jobs())
        qtbot.addWidget(page)
        return page

    return make


def names_of(channels: Iterable[int]) -> set[str]:
    return {CHANNELS[channel] for channel in channels}


def test_parts_of_the_gesture_are_the_channels_of_their_names() -> None:
    kinds = {"place": ("x", "y", "z"), "turn": ("roll", "pitch", "yaw"), "forefinger": ("fore",)}
    for group in GROUPS:
        whole = kinds.get(group.kind, (group.kind.split()[0],))
        assert names_of(group.channels) == {f"{group.hand} {each}" for each in whole}
        assert group.hand in GROUP_NAMES[group.hand, group.kind] and group.kind in GROUP_NAMES[group.hand, group.kind]
    fingers = ("thumb", "fore", "middle", "ring", "little")
    several = {
        "both hands": set(CHANNELS),
        **{f"{hand} hand": {name for name in CHANNELS if hand in name} for hand in ("left", "right")},
        **{f"fingers of the {hand} hand": {f"{hand} {each}" for each in fingers} for hand in ("left", "right")},
    }
    several |= {GROUP_NAMES[group.hand, group.kind]: names_of(group.channels) for group in GROUPS}
    assert {text: names_of(channels) for text, channels in PARTS} == several
    for lines in signal_plot.GROUPS:
        hand = "right" if lines.title.startswith("R ") else "left"
        assert [CHANNELS[lines.first + place] for place in range(len(lines.names))] == [
            f"{hand} {name}" for name in lines.names
        ]
        assert lines.angle is (lines.title[2:] == "turn")
        assert names_of(lines.scale) == (
            {name for name in CHANNELS if name[-1] in "xyz"} if "place" in lines.title else set()
        )


@pytest.mark.parametrize(
    ("change", "count", "hinted"),
    [
        (lambda a: a, "3 of 23 recordings", True),
        (lambda a: replace(a, predicted=a.sign), "None: all 24 recordings are recognised.", False),
        (lambda a: replace(a, predicted=np.full(24, -1, np.int16)), "The answers are not known.", False),
    ],
)
def test_mistakes_are_counted_among_what_is_known(
    page_of: MakePage, change: Callable[[Activations], Activations], count: str, hinted: bool
) -> None:
    page = page_of(change(mixed_up()))
    assert page.count.text() == count and page.everything.isHidden() is not hinted
    hint = "True signs stand on the left, answers above. Click a cell."
    assert page.said.text() == (hint if hinted else "")
    page.matrix.pointed.emit("of a cell")
    assert page.said.text() == "of a cell"
    page.matrix.pointed.emit("")
    assert page.said.text() == (hint if hinted else "")


def test_a_split_is_counted_and_selected_by_itself(page_of: MakePage) -> None:
    page = page_of(mixed_up())
    session = page._session
    assert [page.split.itemText(place) for place in range(page.split.count())] == [
        "all splits",
        "train",
        "validation",
        "test",
    ]
    assert not page.split.isHidden()
    counted, selected = [], []
    for place in range(4):
        page.split.setCurrentIndex(place)
        counted.append(page.count.text())
        session.update(selected=())
        page.everything.click()
        selected.append(tuple(session.state.selected))
    assert counted == [
        "3 of 23 recordings",
        "2 of 15 recordings",
        "None: all 4 recordings are recognised.",
        "1 of 4 recordings",
    ]
    assert selected == [(0, 1, 11), (0, 1), (), (11,)]
    page.split.setCurrentIndex(1)
    page.matrix.chosen.emit(0, 1)
    assert session.state.selected == (0, 1)
    page.split.setCurrentIndex(3)
    page.matrix.chosen.emit(1, 3)
    assert session.state.selected == (11,)
    session.open(replace(mixed_up(), split=np.zeros(24, np.uint8)))
    page.show_data()
    assert not page.split.isHidden() and page.split.count() == 2
    session.open(replace(mixed_up(), split=np.full(24, 255, np.uint8)))
    page.show_data()
    assert page.split.isHidden() and page.count.text() == "3 of 23 recordings"


def test_a_signs_page_tells_what_is_right_of_all_and_of_each_split(qtbot: QtBot) -> None:
    session, jobs = Session(mixed_up()), Jobs()
    page, a = SignPage(session, RecordingFrames(session, jobs), jobs), session.activations
    qtbot.addWidget(page)
    told = set()
    for sign in range(len(a.signs)):
        own = np.flatnonzero(a.sign == sign)
        session.update(selected=tuple(own[:3].tolist()))
        page.show_report(sign_report(a, sign))
        texts = {name: value.text() for name, value in page.facts.values.items()}
        assert texts.pop("selected") == "3 of 6 recordings"
        for name, text in texts.items():
            of = own if name == "recognised" else own[a.split[own] == ["train", "validation", "test"].index(name)]
            known = of[a.predicted[of] >= 0]
            right = int((a.predicted[known] == sign).sum())
            assert text == (f"{right} of {len(known)}, {percent(right / len(known))}" if len(known) else "")
        told.add(tuple(texts.values()))
    assert len(told) == 4
    session.update(selected=tuple(own.tolist()))
    page.show_report(sign_report(a, 3))
    assert page.facts.values["selected"].text() == "all 6 recordings"


def test_what_is_selected_is_counted_and_what_is_right_among_what_is_known(qtbot: QtBot) -> None:
    session, jobs = Session(mixed_up()), Jobs()
    page = SignsPage(session, RecordingFrames(session, jobs), jobs, None)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    session.update(selected=(0, 2, 11, 12, 18))
    page.show_selected(session.state.selected)
    assert page.summary.text() == f"5 recordings selected, 2 of 4 recognised ({percent(0.5)})."


@pytest.fixture
def form(qtbot: QtBot) -> ChangeForm:
    made = ChangeForm(None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    return made


PLACES = ("units of place", 0.1, -0.5, 0.5)
# For each change: whether it asks for a part, another recording, a number with its unit and range; and its words.
FORMS: dict[str, tuple[bool, bool, tuple[str, float, float, float] | None, bool, str]] = {
    "freeze": (True, False, None, True, "right hand frozen"),
    "mute (let it rest)": (True, False, None, True, "right hand muted"),
    "take from another recording": (True, True, None, True, "right hand taken from it"),
    "later": (True, False, ("frames", 5, 1, 40), True, "right hand later by 5 frames"),
    "earlier": (True, False, ("frames", 5, 1, 40), True, "right hand earlier by 5 frames"),
    "move to the signer’s right": (True, False, PLACES, True, "right hand moved to the right by 0.1"),
    "move up": (True, False, PLACES, True, "right hand moved up by 0.1"),
    "move towards the signer": (True, False, PLACES, True, "right hand moved towards the signer by 0.1"),
    "slower": (False, False, ("times", 1.5, 1.1, 4), True, "1.5 times as slow"),
    "faster": (False, False, ("times", 1.5, 1.1, 4), True, "1.5 times as fast"),
    "mirror": (False, False, None, False, "mirrored"),
    "swap hands": (False, False, None, False, "hands swapped"),
}


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_a_form_asks_for_what_its_change_needs(form: ChangeForm, number: int) -> None:
    assert [form.change.itemText(place) for place in range(form.change.count())] == list(FORMS)
    form.part.setCurrentIndex([name for name, _ in PARTS].index("right hand"))
    form.change.setCurrentIndex(number)
    parted, borrows, asked, windowed, words = FORMS[form.change.currentText()]
    shown = [not each.isHidden() for each in (form.part, form.other, form.number, form.unit, form.when)]
    assert shown == [parted, borrows, asked is not None, asked is not None, windowed]
    assert form.apply.isEnabled() is not borrows, "there is no recording to take from yet"
    if asked:
        box = form.number
        assert (form.unit.text(), box.value(), box.minimum(), box.maximum()) == asked
        assert box.decimals() == (0 if asked[0] == "frames" else 2)
    assert form.words(20, "it") == words
    form.set_range(3, 9, 10)
    assert form.steps(20) == ((3, 9) if windowed else (0, 20)) and form.steps(3) == (0, 3)
    assert form.steps(5) == ((3, 5) if windowed else (0, 5))
    assert form.words(20, "it") == (f"{words}, steps 14 to 19" if windowed else words)
    assert form.when.text() == "In steps 14 to 19, which are marked."
    form.set_range(9, 9, 10)
    assert form.steps(20) == (0, 20) and form.when.text().startswith("In all steps;")


def test_what_a_form_asks_for_has_a_name_and_its_button_tells(form: ChangeForm) -> None:
    named = [each.accessibleName() for each in (form.change, form.part, form.other, form.number)]
    assert named == [
        "What is done",
        "Part of the gesture that is changed",
        "Recording that it is taken from",
        "How much",
    ]
    assert [each.toolTip() for each in (form.change, form.part, form.other)] == named[:3]
    pressed: list[bool] = []
    form.applied.connect(lambda: pressed.append(True))
    form.apply.click()
    assert pressed == [True]
    form.change.setCurrentIndex(list(FORMS).index("take from another recording"))
    form.offer([("one", 4), ("two", 7)])
    assert form.apply.isEnabled() and form.other.currentData() == 4
    form.other.setCurrentIndex(1)
    form.offer([("zero", 1), ("two", 7), ("three", 9)])
    assert form.other.currentData() == 7, "one that was chosen before stays"
    form.offer([("zero", 1)])
    assert form.other.currentData() == 1
    form.offer([])
    assert not form.apply.isEnabled()


def test_labels_at_a_step_are_told_to_those_who_listen(qtbot: QtBot) -> None:
    session = Session(made_up_activations())
    lines = StepLabelLines(session, None)  # type: ignore[arg-type]
    qtbot.addWidget(lines)
    lines.show_recording(1)
    assert lines.isHidden()
    a = session.activations
    first, stop = int(a.offsets[1]), int(a.offsets[2])
    letters = make_step_labels("letter", ["x"] * a.real_steps, a.real_steps)
    values = letters.values.copy()
    values[first] = -1
    numbers = make_step_labels("depth", np.arange(a.real_steps), a.real_steps)
    session.set_step_labels({"letter": replace(letters, values=values), "a<b": numbers})
    lines.show_recording(1)
    assert not lines.isHidden()
    for step, row in ((0, first), (int(a.first_step[1]), first), (int(a.first_step[1]) + 2, first + 2), (99, stop - 1)):
        lines.set_step(step)
        letter, depth = lines.lines[:2]
        said = "none" if row == first else "x"
        assert letter.accessibleDescription() == f"letter: {said}" and f"<u>{said}</u>" in letter.text()
        assert depth.accessibleDescription() == f"a<b: {row}" and depth.text() == f"a&lt;b: <b>{row}</b>"
        assert [line.isHidden() for line in lines.lines] == [False, False] + [True] * (len(lines.lines) - 2)
    assert line_of(numbers, first, first, stop) == f"<b>{first}</b>"
