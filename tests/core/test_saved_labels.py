"""Labels of steps that were read beside activations are saved by name, and read back as far as they can be meant."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from auslan_explorer.core import saved_labels
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.added_labels import add_step_labels
from auslan_explorer.core.saved_labels import labels_from_json, labels_to_json
from auslan_explorer.core.step_labels import StepLabels
from tests.made_up import made_up_activations


def labelled() -> tuple[Activations, StepLabels]:
    a = made_up_activations()
    values = np.random.default_rng(0).integers(-1, 3, a.real_steps).astype(np.int32)
    values[a.offsets[4] : a.offsets[5]] = -1
    labels = StepLabels(values, ("hold", "move", "über"))
    add_step_labels(a, {"phase": labels})
    return a, labels


def test_labels_come_back_as_they_were() -> None:
    a, labels = labelled()
    content, left_out = labels_to_json(a)
    assert not left_out and labels_to_json(made_up_activations()) == ([], [])
    found, remarks = labels_from_json(json.loads(json.dumps(content)), made_up_activations())
    assert not remarks and list(found) == ["phase"] and found["phase"].texts == labels.texts
    np.testing.assert_array_equal(found["phase"].values, labels.values)


def test_of_other_activations_those_of_the_same_names_are_labelled() -> None:
    a, labels = labelled()
    content = labels_to_json(a)[0]
    content[0]["recordings"][0][0] = "nobody"
    found, remarks = labels_from_json(content, a)
    assert remarks == ["labels of 1 recording are not among these activations"]
    assert (found["phase"].values[: a.offsets[1]] == -1).all()
    np.testing.assert_array_equal(found["phase"].values[a.offsets[1] :], labels.values[a.offsets[1] :])


@pytest.mark.parametrize(
    "column",
    [
        5, "text", {}, {"name": 1, "texts": ["a"], "recordings": [], "runs": []},
        {"name": "x", "texts": [1], "recordings": [], "runs": []},
        {"name": "x", "texts": ["a"], "recordings": [["alive", 1]], "runs": ["0-1:0"]},
        {"name": "x", "texts": ["a"], "recordings": [["alive", 1, 1]], "runs": []},
        {"name": "x", "texts": ["a"], "recordings": [["alive", 1, 1]], "runs": ["0-1:1"]},
        {"name": "x", "texts": ["a"], "recordings": [["alive", 1, 1]], "runs": ["nonsense"]},
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_said(column: Any) -> None:
    good = labels_to_json(labelled()[0])[0]
    found, remarks = labels_from_json([column, *good], made_up_activations())
    assert list(found) == ["phase"] and remarks == ["labels of steps cannot be read"]


def test_steps_beyond_a_recording_are_none() -> None:
    a = made_up_activations()
    content = [{"name": "x", "texts": ["a"], "recordings": [["alive", 1, 1]], "runs": ["3-999999999:0"]}]
    values = labels_from_json(content, a)[0]["x"].values
    assert (values[3 : a.offsets[1]] == 0).all() and (values == 0).sum() == a.lengths[0] - 3


def test_columns_that_would_make_the_file_too_large_are_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    a, _ = labelled()
    add_step_labels(a, {"level": StepLabels(np.zeros(a.real_steps, np.float32))})
    assert labels_to_json(a)[1] == ["level"], "numbers are not kept"
    monkeypatch.setattr(saved_labels, "MOST_RUNS", 3)
    assert labels_to_json(a) == ([], ["phase", "level"])
