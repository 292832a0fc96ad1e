"""Arrays that do not fit one another are refused, each with the sentence of its kind, wherever they come from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from auslan_explorer.core.activations import ArrayStates
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, Classifier, DenseLayer, Head
from auslan_explorer.core.origin import Kind, Origin
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.core.session import Session
from tests.made_up import made_up_activations

ACTIVATIONS = made_up_activations()


def ones(*shape: int) -> np.ndarray:
    return np.ones(shape, np.float32)


RECORDINGS = Recordings(
    ones(7, 22), np.array([3, 4], np.int32), *(np.array([0, 1], np.int16) for _ in range(3)), ("a", "b")
)
CLASSIFIER = Classifier(
    ones(22, 8), ones(2, 8), ones(8), Head(ones(2, 3), ones(3)), "sigmoid", ones(22), ones(22), 9, ("a", "b", "c")
)
FRAMES = "The recordings’ lengths do not add up to their frames; import the recordings again."
TABLES = "The recordings’ tables differ in length; write the cache again."


def refused(made: object, **changes: Any) -> str:
    with pytest.raises(UserError) as error:
        replace(made, **changes)  # type: ignore[type-var]
    return str(error.value)


@pytest.mark.parametrize("name", ["first_step", "sign", "predicted", "session", "trial", "split", "hand_ratio"])
def test_tables_of_activations_are_equally_long(name: str) -> None:
    a = replace(ACTIVATIONS, hand_ratio=ones(24))
    column = getattr(a, name)
    for other in (column[:-1], np.append(column, column[-1:])):
        assert refused(a, **{name: other}) == TABLES


def test_lengths_add_up_to_the_rows() -> None:
    states = ArrayStates(np.zeros((ACTIVATIONS.real_steps + 1, 8), np.float32))
    words = "The recordings’ lengths do not add up to the rows of hidden states; write the cache again."
    assert refused(ACTIVATIONS, states=states) == words


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"sign": np.zeros(1, np.int16)}, "The recordings’ tables differ in length; import the recordings again."),
        ({"session": np.zeros(3, np.int16)}, "The recordings’ tables differ in length; import the recordings again."),
        ({"trial": np.zeros(3, np.int16)}, "The recordings’ tables differ in length; import the recordings again."),
        ({"frames": ones(6, 22)}, FRAMES),
        ({"frames": ones(7)}, FRAMES),
        ({"sign": np.array([0, 2])}, "A recording names a sign that is not in the list; import the recordings again."),
        ({"sign": np.array([-1, 1])}, "A recording names a sign that is not in the list; import the recordings again."),
        ({"frames": ones(7, 22) * np.nan},
         "A recording holds a value that is not a finite number; repair or remove that file."),
    ],
)  # fmt: skip
def test_recordings(changes: dict[str, Any], says: str) -> None:
    assert refused(RECORDINGS, **changes) == says


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"recurrent_kernel": ones(2, 7)}, "recurrent_kernel has shape (2, 7) where (2, 8) is needed."),
        ({"recurrent_kernel": ones(3, 8)}, "recurrent_kernel has shape (3, 8) where (2, 8) is needed."),
        ({"kernel": ones(22, 9)}, "kernel has shape (22, 9) where (22, 8) is needed."),
        ({"kernel": ones(21, 8)}, "mean has shape (22,) where (21,) is needed."),
        ({"bias": ones(7)}, "bias has shape (7,) where (8,) is needed."),
        ({"head": Head(ones(3, 3), ones(3))}, "head kernel has shape (3, 3) where (2, 3) is needed."),
        ({"head": Head(ones(2, 3), ones(2))}, "head bias has shape (2,) where (3,) is needed."),
        ({"signs": ("a", "b")}, "head kernel has shape (2, 3) where (2, 2) is needed."),
        ({"mean": ones(21)}, "mean has shape (21,) where (22,) is needed."),
        ({"std": ones(22, 1)}, "std has shape (22, 1) where (22,) is needed."),
        ({"gates": "tanh" * 20}, f"gates are {('tanh' * 10)!r}; known are sigmoid, hard_sigmoid."),
    ],
)
def test_a_classifiers_weights(changes: dict[str, Any], says: str) -> None:
    assert refused(CLASSIFIER, **changes) == f"The classifier’s {says}"


@pytest.mark.parametrize("name", ["kernel", "recurrent_kernel", "bias", "mean", "std", "head"])
def test_a_classifiers_weights_are_numbers(name: str) -> None:
    part = getattr(CLASSIFIER, name)
    for broken in (
        [Head(ones(2, 3) * np.inf, ones(3)), Head(ones(2, 3), ones(3) * np.nan)] if name == "head" else [part * np.nan]
    ):
        words = "The classifier’s weights hold values that are not finite numbers; train it again."
        assert refused(CLASSIFIER, **{name: broken}) == words


def test_points_of_a_map() -> None:
    own = ACTIVATIONS.projections[2]
    words = "The projected padding has another number of dimensions than the projected steps."
    assert refused(own, prefix=ones(3, 3)) == refused(own, prefix=ones(3)) == words
    words = "The projection holds values that are not finite numbers; train the autoencoder again."
    assert refused(own, points=own.points * np.nan) == refused(own, prefix=ones(3, 2) * np.inf) == words
    session = Session(ACTIVATIONS)
    with pytest.raises(UserError, match="This map was made of other recordings than those that are open"):
        session.add_projection("other", Projection(own.points[1:], own.prefix, "", ""))
    encoder = Autoencoder((DenseLayer(ones(7, 2), ones(2), "linear"), DenseLayer(ones(2, 7), ones(7), "linear")), 0)
    with pytest.raises(UserError, match="The autoencoder reads 7 units, but these hidden states have 8; train one"):
        ACTIVATIONS.project(encoder, "a")


def test_a_head_agrees_where_as_good_as_all_of_a_sample_are_answered_as_it_says() -> None:
    a = replace(ACTIVATIONS, origin=Origin(Kind.FILE, "a.h5"))
    assert a.head is not None
    last = a.all_states()[a.offsets[1:] - 1]
    answers = (last @ a.head.kernel + a.head.bias).argmax(axis=1).astype(np.int16)
    for wrong, agrees in ((0, True), (1, True), (2, False), (24, False)):
        predicted = answers.copy()
        predicted[:wrong] = (predicted[:wrong] + 1) % 4
        told = replace(a, predicted=predicted)
        assert told.head_disagreements(np.arange(24)) == wrong
        assert bool(told.head_agrees) is agrees, f"{wrong} of 24 are others, and a twentieth may be"
        assert told.output_names == (a.names if agrees else ())
        assert replace(told, origin=Origin(Kind.SHIPPED)).head_agrees
    assert not replace(a, head=None).head_agrees and replace(a, predicted=np.full(24, -1, np.int16)).head_agrees
