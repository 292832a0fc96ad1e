"""What a map consists of, which is found, and which is shown when, is as it was when somebody read and kept it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.central import central_rows
from auslan_explorer.core.colours import coloured_signs, recording_colours, sign_colours, step_colours, vertex_colouring
from auslan_explorer.core.general_texts import PARTS, general_text
from auslan_explorer.core.groups import built_in_groups
from auslan_explorer.core.picking import HitTester, VisibleFilter, lasso_hits
from auslan_explorer.core.playing import Alignment, Trail, own_step
from auslan_explorer.core.search import search
from auslan_explorer.core.selected import Selected
from auslan_explorer.core.session import PER_STEP, Colouring, opening_state
from auslan_explorer.core.step_labels import StepLabels
from auslan_explorer.core.trajectories import Trajectories
from tests.known import compare, told
from tests.made_up import made_up_activations

KNOWN = Path(__file__).parent / "values"
QUERIES = (
    "", "drink", "a", "computer pc", '"zero"', "session:2", "session:1-3,7", "trial:2", "split:validation",
    "split:test",
    "length:>12", "length:<=9", "length:10", "hands:both", "hands:right", "answer:wrong", "answer:right", "sign:alive",
    "zero 2", "zero 2.1", "alive answer:wrong", "split:train session:4 drink",
)  # fmt: skip
GREY = (120, 120, 120)


def activations() -> Activations:
    a = made_up_activations()
    texts = np.arange(int(a.lengths.sum()), dtype=np.int32) % 5 - 1
    numbers = np.linspace(-2, 3, len(texts), dtype=np.float32)
    labels = {"phase": StepLabels(texts, ("up", "hold", "down", "rest")), "height": StepLabels(numbers)}
    a = replace(a, hand_ratio=(a.sign / 6).astype(np.float32), step_labels=labels)
    for projection in a.projections.values():
        rows = len(projection.points)
        projection.measured.error = np.linspace(0.1, 0.9, rows, dtype=np.float32)
        projection.measured.distortion = np.geomspace(0.2, 5, rows).astype(np.float32)
        projection.measured.trust[12] = np.linspace(0.2, 1, rows, dtype=np.float32)
        projection.measured.continuity[12] = np.linspace(1, 0.3, rows, dtype=np.float32)
    return a


@pytest.mark.parametrize("log_scale", [True, False])
@pytest.mark.parametrize("dims", [2, 3])
def test_paths(dims: int, log_scale: bool) -> None:
    a = activations()
    t = Trajectories.build(a, a.projections[dims], log_scale)
    shown = np.arange(len(a)) % 3 != 1
    found = {
        "vertices": t.vertices, "segments": t.segments, "step": t.step, "recording": t.recording, "jumps": t.jumps,
        "segment_recording": t.segment_recording, "last": t.last_vertex, "extent": t.extent,
        "of": t.extent_of(shown), "ends": t.extent_of(shown, last_only=True), "vertices_of": str(t.vertices_of(5)),
        "shown": t.shown_vertices(shown), "alone": t.shown_vertices(shown, shared=False),
        "lines": t.shown_segments(shown), "counts": [t.count_shown(shown, shared=each) for each in (True, False)],
        "prefix": t.prefix_stop(shown),
    }  # fmt: skip
    compare(KNOWN, f"paths-{dims}{'-log' if log_scale else ''}", told("paths", found))


@pytest.mark.parametrize("alignment", Alignment)
def test_when_paths_are_shown(alignment: Alignment) -> None:
    a = activations()
    t = Trajectories.build(a, a.projections[2], False)
    shown, lines = np.ones(len(a), bool), []
    for trail in (Trail(), Trail(3, 0), Trail(4, 2), Trail(1, 5)):
        times = t.schedule(alignment, trail)
        vertices = times.vertex_times(np.arange(len(t.vertices)))
        segments = times.segment_times(np.arange(len(t.segments)))
        found = {
            "vertices": list(vertices), "segments": list(segments), "order": times.order,
            "line_order": times.segment_order, "at": [vertices.at(each) for each in (0, 7, 19)],
            "lines_at": [segments.at(each) for each in (0, 7, 19)],
        }  # fmt: skip
        lines.append(told(f"{tuple(trail)}", found))
    for position in (0, 5, 12, 19):
        heads = t.playhead_vertices(alignment, position, shown)
        own = own_step(alignment, a.steps, position, a.first_step, a.lengths)
        lines.append(told(f"at {position}", {"heads": heads, "own": own}))
    compare(KNOWN, f"schedule-{alignment}", "".join(lines))


@pytest.mark.parametrize("colouring", Colouring)
def test_colours(colouring: Colouring) -> None:
    a, lines = activations(), []
    for column in ("phase", "height") if colouring is Colouring.LABEL else ("",):
        for dims in (2, 3):
            t = Trajectories.build(a, a.projections[dims], False)
            state = replace(opening_state(a), colouring=colouring, label_column=column, selected=Selected((1, 7)))
            rgb = vertex_colouring(a, state, t.step, t.recording, GREY, t.measured)
            found: dict[str, object] = {"vertices": rgb(np.arange(len(t.vertices)))}
            if colouring in PER_STEP and colouring is not Colouring.TIME:
                found["steps"] = step_colours(a, colouring, t.measured, label_column=column)
            else:
                found["recordings"] = recording_colours(a, state)
                found["signs"] = coloured_signs(a, state)
            lines.append(told(f"{dims}-D {column}", found))
    compare(KNOWN, f"colours-{colouring}", "".join(lines))


def test_colours_of_signs() -> None:
    found = {
        f"{signs} {few}": sign_colours(signs, range(min(few, signs))) for signs in (4, 30, 94) for few in (1, 5, 30)
    }
    compare(KNOWN, "colours-of-signs", told("colours", found))


def test_searches() -> None:
    a = activations()
    compare(KNOWN, "searches", "".join(told(query, search(query, a, 0.25)) for query in QUERIES))


def test_groups_and_central_recordings() -> None:
    a = activations()
    found: dict[str, object] = {group.name: group for group in built_in_groups(a, 0.25)}
    found["central"] = central_rows(a.projections[2].points[a.offsets[1:] - 1], a.sign)
    compare(KNOWN, "groups", told("groups", found))


def test_what_lies_at_a_place() -> None:
    a = activations()
    t = Trajectories.build(a, a.projections[2], False)
    xy = np.float32(200) + np.float32(20) * t.vertices
    shown = np.arange(len(a)) % 4 != 2
    angle = np.linspace(0, 2 * np.pi, 30)
    polygons = {"round": np.column_stack([260 + 50 * np.cos(angle), 240 + 60 * np.sin(angle)]),
                "thin": np.array([[100.0, 100.0], [300.0, 104.0], [300.0, 100.0]]),
                "small": np.array([[283.0, 283.0], [287.0, 283.0], [285.0, 287.0]])}  # fmt: skip
    lines = []
    for alignment, trail, step in ((Alignment.NETWORK, Trail(), 19), (Alignment.START, Trail(4, 2), 8)):
        for points, joined in ((True, True), (True, False), (False, True)):
            drawn = VisibleFilter(shown, step, points, joined, False, alignment, trail)
            found: dict[str, object] = {
                "vertices": drawn.vertices(t),
                "lines": drawn.segments(t),
                "ends": drawn.ends(t),
            }
            for name, polygon in polygons.items():
                found[name] = lasso_hits(t, xy, polygon, drawn)
                found[f"{name} ends"] = lasso_hits(t, xy, polygon, drawn, ends_only=True)
            lines.append(told(f"{alignment} {step} {points} {joined}", found))
    everything = np.arange(len(t.vertices)), np.arange(len(t.segments))
    tester = HitTester(t, *xy.T, *everything)
    for at in ((285.0, 285.0), (200.0, 200.0), (240.0, 160.0), (120.0, 280.0), (390.0, 10.0)):
        for reach in (4.0, 30.0):
            places = tester.vertices_near(at, reach)
            line = tester.nearest_segment(at, reach), tester.nearest_line(at, reach)
            lines.append(told(f"{at} {reach}", {"near": list(places), "line": str(line)}))
    compare(KNOWN, "picking", "".join(lines))


def test_texts_for_other_data() -> None:
    compare(KNOWN, "general-texts", "\n".join(f"{text} -> {general_text(text)}" for text, _ in PARTS) + "\n")
