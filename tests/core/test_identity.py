"""What is shown as one value: the network's and the maps' names, what hides recordings, and what is not known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.identity import IN_SENTENCE, WORDS, Hidden, identify, network_name, own_map_name, short_name
from auslan_explorer.core.origin import Kind, Origin
from auslan_explorer.core.projection import PCA, Projection
from auslan_explorer.core.session import Layout, Session
from auslan_explorer.core.splits import NO_SPLIT, TEST, TRAIN
from tests.made_up import made_up_activations


def session_of(a: Activations | None = None) -> Session:
    return Session(made_up_activations() if a is None else a)


@pytest.mark.parametrize(
    ("origin", "provenance", "name"),
    [
        (Origin(Kind.SHIPPED), {}, "Shipped network"),
        (Origin(Kind.PUBLISHED), {}, "Published weights"),
        (Origin(Kind.PUBLISHED, weights="/some/folder"), {}, "Published weights"),
        (Origin(Kind.PUBLISHED, weights="/some/mine.H5"), {}, "mine.H5"),
        (Origin(Kind.PUBLISHED, weights="/some/mine.hdf5"), {}, "mine.hdf5"),
        (Origin(Kind.FILE, "/some/states.npz", weights="/some/mine.h5"), {"model": "LSTM"}, "states.npz"),
        (Origin(), {"model": "LSTM of 90 units"}, "LSTM of 90 units"),
        (Origin(), {}, "Unnamed network"),
    ],
)
def test_a_network_is_called_by_where_it_comes_from(origin: Origin, provenance: dict[str, str], name: str) -> None:
    assert network_name(replace(made_up_activations(), origin=origin, provenance=provenance)) == name


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Kind.SHIPPED, "Shipped map"),
        (Kind.PUBLISHED, "Published map"),
        (Kind.FILE, "Map in its file"),
        (Origin().kind, "Own map"),
    ],
)
def test_a_map_is_called_by_where_it_comes_from(kind: Kind, name: str) -> None:
    a = replace(made_up_activations(), origin=Origin(kind))
    session = session_of(a)
    assert (identify(session).maps, identify(session).runs, identify(session).kind) == ((name,), (False,), kind)
    assert short_name(a, a.projections.values()).endswith(f" · {name[0].lower()}{name[1:]}")
    components = replace(a.projections[2], title=f"{PCA} of the states")
    assert identify(session_of(replace(a, projections={2: components}))).maps == ("Principal components",)
    assert own_map_name(replace(a, projections={2: components})) == "Principal components"
    assert {name, IN_SENTENCE[name]} <= set(WORDS)


def test_maps_of_the_open_views_are_told_a_runs_by_its_title_and_one_that_learns_as_that() -> None:
    session = session_of()
    a, own = session.activations, session.projections[2]
    run = Projection(own.points, own.prefix, "", "my run", is_run=True)
    session.add_projection("one", run)
    session.update(run_2d="one")
    assert (identify(session).maps, identify(session).runs) == (("my run", "Own map"), (True, False))
    session.update(layout=Layout.MAP_3D)
    assert (identify(session).maps, identify(session).runs) == (("Own map",), (False,))
    session.update(layout=Layout.MAP_2D)
    assert (identify(session).maps, identify(session).runs) == (("my run",), (True,))
    session.show_learning(2, own)
    assert (identify(session).maps, identify(session).runs) == (("A map that is learning",), (False,))
    other = replace(own, title="brought")
    words = "Unnamed network · run “my run” · run “brought” · own map"
    assert short_name(a, [run, other, own]) == words
    assert identify(session_of(replace(a, projections={}))).maps == ()


def test_each_thing_that_hides_recordings_is_told_with_what_it_leaves() -> None:
    session = session_of()
    assert (identify(session).hidden, identify(session).recordings, identify(session).shown) == ((), 24, 24)
    session.update(splits=frozenset({TEST, TRAIN, NO_SPLIT}))
    assert identify(session).hidden == (Hidden("splits", ("train", "test")),) and identify(session).shown == 20
    session.update(visible_signs=frozenset({3, 1}))
    assert identify(session).hidden[1:] == (Hidden("signs", shown=2, of=4),)
    session.update(isolate=True)
    assert len(identify(session).hidden) == 2, "where nothing is selected nothing is isolated"
    session.update(selected=(6, 7))
    assert identify(session).hidden[2:] == (Hidden("isolate"),) and identify(session).shown == 2
    session.update(isolate=False)
    assert len(identify(session).hidden) == 2, "what is selected hides nothing by itself"
    # A sign that no recording is of is not counted.
    a = made_up_activations()
    assert identify(session_of(replace(a, sign=np.minimum(a.sign, 2).astype(np.int16)))).hidden == ()


def test_splits_and_answers_are_unknown_where_no_recording_has_one() -> None:
    a = made_up_activations()
    assert identify(session_of(a)).unknown == ()
    nowhere = replace(a, split=np.full(len(a), NO_SPLIT, np.uint8), predicted=np.full(len(a), -1, np.int16))
    assert identify(session_of(nowhere)).unknown == ("splits", "answers")
    one_split, one_answer = nowhere.split.copy(), nowhere.predicted.copy()
    one_split[3], one_answer[5] = TRAIN, 0  # the first of the signs, too
    assert identify(session_of(replace(nowhere, split=one_split, predicted=one_answer))).unknown == ()
