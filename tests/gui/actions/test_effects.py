"""What actions make of the session, when they are on and why they are off; the window is a stand-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.clock import SPEEDS, Repeat
from auslan_explorer.core.playing import Alignment, Trail
from auslan_explorer.core.resting import HeldInput
from auslan_explorer.core.session import Colouring, Layout, Session, Tool, changed_fields
from auslan_explorer.core.splits import NO_SPLIT, TEST, TRAIN, VALIDATION
from auslan_explorer.core.step_labels import make_step_labels
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.playback.actions import ACTIONS as PLAYBACK
from auslan_explorer.gui.playback.controller import Playback
from auslan_explorer.gui.signs.actions import ACTIONS as SIGNS
from auslan_explorer.gui.style import Look
from auslan_explorer.gui.views.actions import ACTIONS as VIEWS
from auslan_explorer.gui.window.action_registry import ACTIONS as REGISTERED
from tests.made_up import STEPS, made_up_activations

ACTIONS: dict[ActionId, Any] = {info.id: info for info in (*PLAYBACK, *SIGNS, *VIEWS)}
LAST = STEPS - 1


class Stand(SimpleNamespace):
    """What actions act on: a session, its playback, and a window that notes what it is asked for."""

    def __init__(self, activations: Activations | None = None) -> None:
        self.asked: list[str] = []
        session = Session(activations or replace(made_up_activations(), hand_ratio=np.ones(24, np.float32)))
        note = self.asked.append
        window = SimpleNamespace(
            listed_signs=lambda: self.listed, full_screen=False, find_sign=lambda: note("find"),
            reset_views=lambda: note("reset"), set_full_screen=lambda on: note(f"full screen {on}"),
        )  # fmt: skip
        views = SimpleNamespace(
            zoom_to_shown=lambda: note("zoom shown"), zoom_to_selection=lambda: note("zoom selection"),
            focus_legend=lambda: self.has_legend, beside_shown=False,
        )  # fmt: skip
        super().__init__(
            session=session, playback=Playback(session, None), window=window, views=views, listed=frozenset(range(4)),
            has_legend=True,
            docks=SimpleNamespace(toggle=lambda name: note(f"dock {name}"), shown=lambda name: name == "answers"),
            reporter=SimpleNamespace(show_notice=note, show_status=note, show_error=note),
            groups=SimpleNamespace(to_save=lambda: np.array([True])), jobs=SimpleNamespace(start=self.start),
        )  # fmt: skip

    def start(self, title: str, work: Callable[[], object], *, makes_something: bool) -> SimpleNamespace:
        slots: list[Callable[[object], object]] = []
        job = SimpleNamespace(
            done=SimpleNamespace(connect=slots.append), failed=SimpleNamespace(connect=lambda _: None)
        )
        self.asked.append(title)
        self.finish = lambda: [slot(work()) for slot in slots]
        assert not makes_something
        return job


@pytest.fixture
def stand(qapp: object) -> Stand:
    return Stand()


# For each action the state before, what the action changes of it, and whether it is on before (None: it cannot be).
EFFECTS: list[tuple[ActionId, dict[str, Any], dict[str, Any], bool | None]] = [
    *((getattr(ActionId, name), {field: on}, {field: not on}, on) for on in (True, False) for name, field in (
        ("POINTS", "points"), ("LINES", "lines"), ("FAINT_JUMPS", "faint_jumps"), ("NAMES", "labels"),
        ("LOG_SCALE", "log_scale"), ("LAST_ONLY", "last_only"), ("MISTAKES", "mistakes"), ("GHOST", "ghost"),
        ("EVERY_STEP", "every_step"), ("STABLE_PREDICTIONS", "settled"), ("ISOLATE", "isolate"),
    )),
    (ActionId.LAYOUT_2D, {}, {"layout": Layout.MAP_2D}, False),
    (ActionId.LAYOUT_3D, {}, {"layout": Layout.MAP_3D}, False),
    (ActionId.LAYOUT_BOTH, {"layout": Layout.MAP_2D}, {"layout": Layout.BOTH}, False),
    (ActionId.LAYOUT_BOTH, {}, {}, True),
    (ActionId.COLOUR_TIME, {"colouring": Colouring.SIGN}, {"colouring": Colouring.TIME}, False),
    (ActionId.COLOUR_TIME, {}, {}, True),
    (ActionId.COLOUR_SIGN, {}, {"colouring": Colouring.SIGN}, False),
    (ActionId.COLOUR_SPLIT, {}, {"colouring": Colouring.SPLIT}, False),
    (ActionId.COLOUR_ANSWER, {}, {"colouring": Colouring.ANSWER}, False),
    (ActionId.COLOUR_HANDS, {}, {"colouring": Colouring.HANDS}, False),
    (ActionId.COLOUR_SESSION, {}, {"colouring": Colouring.SESSION}, False),
    (ActionId.ALIGN_START, {}, {"alignment": Alignment.START}, False),
    (ActionId.ALIGN_STRETCH, {}, {"alignment": Alignment.STRETCH}, False),
    (ActionId.ALIGN_NETWORK, {"alignment": Alignment.START}, {"alignment": Alignment.NETWORK}, False),
    (ActionId.ALIGN_NETWORK, {}, {}, True),
    (ActionId.TRAIN, {}, {"splits": {VALIDATION, TEST}}, True),
    (ActionId.VALIDATION, {"splits": frozenset({TEST})}, {"splits": {VALIDATION, TEST}}, False),
    (ActionId.TEST, {"splits": frozenset({TEST})}, {"splits": set()}, True),
    (ActionId.SHOW_ALL, {"visible_signs": frozenset({1}), "isolate": True, "splits": frozenset({TEST})},
     {"visible_signs": {0, 1, 2, 3}, "isolate": False, "splits": {TRAIN, VALIDATION, TEST}}, None),
    (ActionId.STEP_BACK, {}, {"step": LAST - 1}, None),
    (ActionId.STEP_FORWARD, {"step": 3}, {"step": 4}, None),
    (ActionId.STEP_BACK_TEN, {}, {"step": LAST - 10}, None),
    (ActionId.STEP_FORWARD_TEN, {"step": 3}, {"step": 13}, None),
    (ActionId.FIRST_STEP, {}, {"step": 0}, None),
    (ActionId.LAST_STEP, {"step": 3}, {"step": LAST}, None),
    (ActionId.SLOWER, {"speed": SPEEDS[2]}, {"speed": SPEEDS[1]}, None),
    (ActionId.FASTER, {"speed": SPEEDS[2]}, {"speed": SPEEDS[3]}, None),
    (ActionId.LOOP, {}, {"repeat": Repeat.LOOP}, False),
    (ActionId.LOOP, {"repeat": Repeat.LOOP}, {"repeat": Repeat.ONCE}, True),
    (ActionId.BOUNCE, {"repeat": Repeat.LOOP}, {"repeat": Repeat.BOUNCE}, False),
    (ActionId.SECTION_START, {"step": 5}, {"section": (5, LAST)}, None),
    (ActionId.SECTION_END, {"step": 5}, {"section": (0, 5)}, None),
    (ActionId.NO_SECTION, {"section": (2, 5)}, {"section": None}, None),
    (ActionId.TRAIL_LONGER, {"trail": Trail(3, 0)}, {"trail": Trail(5, 0)}, None),
    (ActionId.TRAIL_SHORTER, {"trail": Trail(3, 0)}, {"trail": Trail(2, 0)}, None),
    (ActionId.CLEAR_SELECTION, {"selected": (1, 2)}, {"selected": ()}, None),
]  # fmt: skip


@pytest.mark.parametrize(("action", "before", "after", "is_on"), EFFECTS)
def test_an_action_changes_what_it_is_called_after_and_nothing_else(
    stand: Stand, action: ActionId, before: dict[str, Any], after: dict[str, Any], is_on: bool | None
) -> None:
    info, session = ACTIONS[action], stand.session
    session.update(**before)
    assert (None if info.checked is None else info.checked(stand)) is is_on
    was = session.state
    info.on_triggered(stand)
    assert changed_fields(session.state, was) == set(after)
    assert {name: getattr(session.state, name) for name in after} == after
    assert stand.asked == []


@pytest.mark.parametrize(
    ("action", "before", "listed", "ticked"),
    [
        (ActionId.TICK_ALL, {0}, {1, 2}, {0, 1, 2}),
        (ActionId.TICK_ALL, {0}, {0, 1, 2, 3}, {0, 1, 2, 3}),
        (ActionId.TICK_NONE, {0, 1, 3}, {1, 2}, {0, 3}),
        (ActionId.INVERT_TICKS, {0, 1}, {1, 2}, {0, 2}),
        (ActionId.INVERT_TICKS, {0, 1}, {0, 1, 2, 3}, {2, 3}),
    ],
)
def test_ticks_are_those_of_the_signs_that_are_listed(
    stand: Stand, action: ActionId, before: set[int], listed: set[int], ticked: set[int]
) -> None:
    stand.listed = frozenset(listed)
    stand.session.update(visible_signs=frozenset(before), splits=frozenset({TEST}))
    ACTIONS[action].on_triggered(stand)
    assert stand.session.state.visible_signs == ticked
    everything = action is ActionId.TICK_ALL and len(listed) == 4
    assert (stand.session.state.splits == {TRAIN, VALIDATION, TEST}) is everything, "all that is listed: show all"


@pytest.mark.parametrize(
    ("action", "asked"),
    [
        (ActionId.FIND_SIGN, "find"), (ActionId.RESET_VIEWS, "reset"), (ActionId.ZOOM_SHOWN, "zoom shown"),
        (ActionId.ZOOM_SELECTION, "zoom selection"), (ActionId.HAND_USAGE, "dock hands"),
        (ActionId.ACCURACY, "dock answers"),
    ],
)  # fmt: skip
def test_an_action_asks_the_window_for_what_it_is_called_after(stand: Stand, action: ActionId, asked: str) -> None:
    ACTIONS[action].on_triggered(stand)
    assert stand.asked == [asked]
    stand.views = None
    if asked.startswith("zoom"):
        ACTIONS[action].on_triggered(stand)  # before there are views, nothing is zoomed
        assert stand.asked == [asked]


def test_tools_and_escape(stand: Stand) -> None:
    escape, session = ACTIONS[ActionId.CLEAR_SELECTION], stand.session
    tools = {ActionId.TOOL_LASSO: Tool.LASSO, ActionId.TOOL_BOX: Tool.BOX, ActionId.TOOL_POINTER: Tool.POINTER}
    for action, tool in tools.items():
        ACTIONS[action].on_triggered(stand)
        assert session.tool is tool
        assert [ACTIONS[each].checked(stand) for each in tools] == [each is tool for each in tools.values()]
    assert escape.disabled_reason(stand) == "Nothing is selected"
    session.choose_tool(Tool.BOX)
    session.update(selected=(1,))
    stand.window.full_screen = True
    assert escape.disabled_reason(stand) == ""
    escape.on_triggered(stand)
    assert session.tool is Tool.POINTER and session.state.selected == (1,), "one thing at a time"
    escape.on_triggered(stand)
    assert session.state.selected == () and stand.asked == [] and escape.disabled_reason(stand) == ""
    escape.on_triggered(stand)
    assert stand.asked == ["full screen False"]


def test_colours_that_have_to_be_computed_come_later_and_only_to_what_is_open(stand: Stand) -> None:
    distance, session = ACTIONS[ActionId.COLOUR_DISTANCE], stand.session
    distance.on_triggered(stand)
    assert session.state.colouring is Colouring.TIME and stand.asked == ["Computing colours"]
    stand.finish()
    assert session.state.colouring is Colouring.DISTANCE
    session.update(colouring=Colouring.TIME)
    distance.on_triggered(stand)
    assert session.state.colouring is Colouring.DISTANCE and len(stand.asked) == 1, "what is computed is not again"
    session.update(colouring=Colouring.TIME)
    ACTIONS[ActionId.COLOUR_CONFIDENCE].on_triggered(stand)
    session.open(made_up_activations(seed=1))
    stand.finish()
    assert session.state.colouring is Colouring.TIME


def test_columns_of_labels_take_turns(stand: Stand) -> None:
    label, session = ACTIONS[ActionId.COLOUR_LABEL], stand.session
    assert label.disabled_reason(stand) == "No step has a label; annotations of ELAN (.eaf) bring some."
    label.on_triggered(stand)
    assert session.state.colouring is Colouring.TIME
    rows = session.activations.real_steps
    session.set_step_labels({"one": make_step_labels("one", np.arange(rows), rows)})
    label.on_triggered(stand)
    assert (session.state.colouring, session.state.label_column, stand.asked) == (Colouring.LABEL, "one", [])
    session.set_step_labels({"two": make_step_labels("two", np.arange(rows), rows)})
    seen = []
    for _ in range(3):
        label.on_triggered(stand)
        seen.append(session.state.label_column)
    assert seen == ["two", "one", "two"] and label.disabled_reason(stand) == ""
    assert stand.asked[0] == "Colours by “two”; choose it again for the next labels."


def test_the_legend_gets_the_keyboard_or_it_is_said_why_not(stand: Stand) -> None:
    legend, session = ACTIONS[ActionId.LEGEND], stand.session
    legend.on_triggered(stand)
    assert stand.asked == []
    stand.has_legend = False
    legend.on_triggered(stand)
    assert stand.asked == ["The legend has nothing to choose; select or tick fewer signs."]
    assert legend.disabled_reason(stand).startswith("These colours are a scale;")
    session.update(colouring=Colouring.SIGN)
    assert legend.disabled_reason(stand) == ""
    session.update(colouring=Colouring.LABEL)
    assert legend.disabled_reason(stand) == ""
    session.update(visible_signs=frozenset())
    assert legend.disabled_reason(stand) == "Nothing is shown."


REASONS: list[tuple[ActionId, dict[str, Any], str, dict[str, Any]]] = [
    (ActionId.STEP_BACK, {"step": 0}, "This is the first step", {"step": 1}),
    (ActionId.STEP_FORWARD, {"step": LAST}, "This is the last step", {"step": LAST - 1}),
    (ActionId.SLOWER, {"speed": SPEEDS[0]}, "This is the slowest speed", {"speed": SPEEDS[1]}),
    (ActionId.FASTER, {"speed": SPEEDS[-1]}, "This is the fastest speed", {"speed": SPEEDS[-2]}),
    (ActionId.NO_SECTION, {}, "All steps are played already", {"section": (0, 3)}),
    (ActionId.TRAIL_LONGER, {}, "Paths are drawn whole already", {"trail": Trail(1, 0)}),
    (ActionId.TRAIL_SHORTER, {"trail": Trail(1, 0)}, "Only the heads are drawn already", {"trail": Trail(2, 0)}),
    (ActionId.TICK_NONE, {"visible_signs": frozenset()}, "No sign is ticked", {"visible_signs": frozenset({1})}),
    (ActionId.ISOLATE, {}, "Nothing is selected", {"isolate": True}),
    (ActionId.ISOLATE, {}, "Nothing is selected", {"selected": (1,)}),
    (ActionId.SHOW_ALL, {}, "Every recording is shown", {"splits": frozenset({TEST})}),
    (ActionId.ZOOM_SELECTION, {"selected": (0,), "visible_signs": frozenset({1})}, "Nothing that is shown is selected.",
     {"visible_signs": frozenset({0})}),
]  # fmt: skip


@pytest.mark.parametrize(("action", "off", "reason", "on"), REASONS)
def test_an_action_that_can_do_nothing_says_why(
    stand: Stand, action: ActionId, off: dict[str, Any], reason: str, on: dict[str, Any]
) -> None:
    stand.session.update(**off)
    assert ACTIONS[action].disabled_reason(stand) == reason
    stand.session.update(**on)
    assert ACTIONS[action].disabled_reason(stand) == ""


def test_what_is_not_known_of_the_data_is_why_actions_are_off(qapp: object) -> None:
    a = made_up_activations()
    unknown = replace(a, split=np.full(24, NO_SPLIT, np.uint8), predicted=np.full(24, -1, np.int16), head=None)
    known, nothing = Stand(), Stand(unknown)
    no_split = "Which recordings trained this network is not known"
    reasons = {
        ActionId.COLOUR_SPLIT: no_split, ActionId.TRAIN: no_split, ActionId.TEST: no_split,
        ActionId.COLOUR_ANSWER: "The network’s answers are not known",
        ActionId.MISTAKES: "The network’s answers are not known",
    }  # fmt: skip
    for action, reason in reasons.items():
        assert (ACTIONS[action].disabled_reason(known), ACTIONS[action].disabled_reason(nothing)) == ("", reason)
    for action in (ActionId.COLOUR_HANDS, ActionId.COLOUR_CONFIDENCE, ActionId.STABLE_PREDICTIONS):
        assert ACTIONS[action].disabled_reason(known) == "" != ACTIONS[action].disabled_reason(nothing)
    trained = Stand(replace(a, split=np.zeros(24, np.uint8)))
    assert ACTIONS[ActionId.TRAIN].disabled_reason(trained) == ""
    assert ACTIONS[ActionId.TEST].disabled_reason(trained) == "No recording belongs to this split"


class Recorder:
    """A window's context whose parts are all there, and note what they are asked for, with what."""

    def __init__(self, path: str, asked: list[str]) -> None:
        self._path, self._asked = path, asked

    def __getattr__(self, name: str) -> Recorder:
        return Recorder(f"{self._path}.{name}".lstrip("."), self._asked)

    def __call__(self, *values: object, **named: object) -> Recorder:
        given = [*map(repr, values), *(f"{name}={value!r}" for name, value in named.items())]
        self._asked.append(f"{self._path}({', '.join(given)})")
        return self


WIRES = """
EXPORT_PICTURE export.export_picture()
COPY_PICTURE export.copy_picture()
EXPORT_DATA export.export_data()
EXPORT_ELAN export.export_for_elan()
EXPORT_FILM export.export_film()
GALLERY figures.open_gallery()
OPEN files.ask_and_open()
CONTINUE files.sessions.continue_last()
SAVE files.sessions.save()
SAVE_AS files.sessions.save_as()
IMPORT files.import_recordings()
DOWNLOAD files.download_recordings()
SHIPPED_NETWORK files.open_shipped()
PUBLISHED files.open_published()
GUIDE help.open_guide()
TOUR help.begin_tour()
EXPLAIN help.show_explanation()
ABOUT help.open_about()
INSPECTOR docks.toggle('inspector')
COLOUR_ERROR quality.colour_by(<Colouring.ERROR: 'error'>)
COLOUR_TRUST quality.colour_by(<Colouring.TRUST: 'trustworthiness'>)
COLOUR_CONTINUITY quality.colour_by(<Colouring.CONTINUITY: 'continuity'>)
COLOUR_DISTORTION quality.colour_by(<Colouring.DISTORTION: 'step distortion'>)
SPREAD quality.toggle_spread()
LANDSCAPE quality.landscape.toggle()
FLOW session.update(flow=False)
RESTING quality.resting.toggle()
QUALITY_DOCK docks.toggle('quality')
STABILITY_DOCK docks.toggle('stability')
SETTINGS settings.open_page()
LIGHT appearance.choose(<Look.LIGHT: 'light'>)
DARK appearance.choose(<Look.DARK: 'dark'>)
SYSTEM appearance.choose(<Look.SYSTEM: 'system'>)
REDUCE_MOTION settings.toggle_motion()
RETRAIN docks.toggle('retrain')
START_TRAINING training.start()
STOP_TRAINING training.controller.trainer.stop_and_keep()
CANCEL_TRAINING training.retrain_dock.ask_to_discard()
RUNS docks.toggle('runs')
APPLY_RUN training.runs_dock.put_on_map()
ORIGINAL_MAPS session.update(run_2d='', run_3d='')
COMPARE_RUNS training.runs_dock.compare()
RENAME_RUN training.rename()
EXPORT_RUN training.export()
IMPORT_RUN training.import_run()
DELETE_RUN training.runs_dock.delete()
QUIT window.widget.close()
UNDO playback.pause() history.undo()
REDO playback.pause() history.redo()
PALETTE window.open_palette()
SIGN_DOCK window.show_sign_list(False)
FULL_SCREEN window.set_full_screen(False)
"""
EVERY = {info.id: info for info in REGISTERED.values()}


@pytest.mark.parametrize("line", WIRES.strip().splitlines())
def test_an_action_is_wired_to_the_part_that_does_it(line: str) -> None:
    name, _, wanted = line.partition(" ")
    asked: list[str] = []
    EVERY[getattr(ActionId, name)].on_triggered(Recorder("", asked))
    assert " ".join(asked) == wanted


@pytest.mark.parametrize("number", range(1, 14))
def test_each_figure_has_an_action_that_shows_it(number: int) -> None:
    asked: list[str] = []
    EVERY[getattr(ActionId, f"FIGURE_{number}")].on_triggered(Recorder("", asked))
    assert asked == [f"figures.show({number})"]


def test_no_action_is_forgotten_here() -> None:
    told = {getattr(ActionId, line.split()[0]) for line in WIRES.strip().splitlines()}
    told |= {getattr(ActionId, f"FIGURE_{number}") for number in range(1, 14)} | set(ACTIONS)
    assert set(EVERY) - told == {ActionId.COMPARE_ALL}  # it asks how many recordings there are; the inspector's tests


SHOWN_DOCKS = {
    ActionId.INSPECTOR: "inspector", ActionId.QUALITY_DOCK: "quality", ActionId.STABILITY_DOCK: "stability",
    ActionId.RETRAIN: "retrain", ActionId.RUNS: "runs", ActionId.HAND_USAGE: "hands", ActionId.ACCURACY: "answers",
}  # fmt: skip
SWITCHES: dict[ActionId, Callable[[bool], SimpleNamespace]] = {
    ActionId.SIGN_DOCK: lambda on: SimpleNamespace(window=SimpleNamespace(sign_list_shown=on)),
    ActionId.FULL_SCREEN: lambda on: SimpleNamespace(window=SimpleNamespace(full_screen=on)),
    ActionId.REDUCE_MOTION: lambda on: SimpleNamespace(settings=SimpleNamespace(motion_reduced=on)),
    ActionId.GESTURE: lambda on: SimpleNamespace(views=SimpleNamespace(beside_shown=on)),
    **{
        key: lambda on, look=look: SimpleNamespace(
            appearance=SimpleNamespace(look=look if on else next(each for each in Look if each is not look))
        )
        for key, look in ((ActionId.LIGHT, Look.LIGHT), (ActionId.DARK, Look.DARK), (ActionId.SYSTEM, Look.SYSTEM))
    },
    **{
        key: lambda on, dock=dock: SimpleNamespace(docks=SimpleNamespace(shown=lambda name: (name == dock) is on))
        for key, dock in SHOWN_DOCKS.items()
    },
    **{
        key: lambda on, held=held: SimpleNamespace(session=SimpleNamespace(state=SimpleNamespace(**held[on])))
        for key, held in {
            ActionId.SPREAD: ({"spread": False}, {"spread": True}),
            ActionId.LANDSCAPE: ({"landscape": False}, {"landscape": True}),
            ActionId.FLOW: ({"flow": False}, {"flow": True}),
            ActionId.RESTING: ({"resting": HeldInput.NONE}, {"resting": HeldInput.REST}),
            **{
                action: ({"colouring": Colouring.TIME}, {"colouring": colouring})
                for action, colouring in (
                    (ActionId.COLOUR_ERROR, Colouring.ERROR), (ActionId.COLOUR_TRUST, Colouring.TRUST),
                    (ActionId.COLOUR_CONTINUITY, Colouring.CONTINUITY),
                    (ActionId.COLOUR_DISTORTION, Colouring.DISTORTION),
                    (ActionId.COLOUR_CONFIDENCE, Colouring.CONFIDENCE), (ActionId.COLOUR_DISTANCE, Colouring.DISTANCE),
                    (ActionId.COLOUR_LABEL, Colouring.LABEL),
                )
            },
        }.items()
    },
}  # fmt: skip


@pytest.mark.parametrize("on", [True, False])
@pytest.mark.parametrize("action", SWITCHES)
def test_a_switch_is_down_while_what_it_is_called_after_is_there(action: ActionId, on: bool) -> None:
    checked = EVERY[action].checked
    assert checked is not None and bool(checked(SWITCHES[action](on))) is on


def test_no_switch_is_forgotten_here() -> None:
    tools = {ActionId.TOOL_POINTER, ActionId.TOOL_LASSO, ActionId.TOOL_BOX}
    told = set(SWITCHES) | tools | {action for action, *_ in EFFECTS}
    assert {key for key, info in EVERY.items() if info.checked is not None} <= told
