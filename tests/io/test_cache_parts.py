from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.io.cache import activations_from_npz, cache_from_arrays, check_cache, read_cache, write_cache

RNG = np.random.default_rng(0)
STATES = RNG.normal(0, 0.5, (9, 4)).astype(np.float16).astype(np.float32)
LOWER = RNG.normal(0, 0.5, (9, 6)).astype(np.float16).astype(np.float32)
READ = np.arange(-9, 9, dtype=np.float32).reshape(9, 2) / 8  # exact in half precision
OWN = np.full((9, 3), [0.5, 0.25, 0.25], np.float32)
LETTERS = list("helloworl")
PARTS: dict[str, Any] = {
    "recording_names": ["first", "second"],
    "step_labels": {"letter": LETTERS, "depth": np.arange(9)},
    "step_probabilities": OWN,
    "step_classes": ["a", "b", "c"],
    "seconds_per_step": 0.02,
    "class_word": "vowel",
    "sequence_word": "utterance",
    "inputs": READ,
    "input_names": ("left", "right"),
    "layer": "lstm 2",
    "layers": {"lstm 1": LOWER, "lstm 2, cell state": STATES * 2},
}


def whole(**changes: Any) -> Activations:
    return cache_from_arrays(STATES, [5, 4], [1, 0], ["saw", "sine"], **(PARTS | changes))


def test_one_unit_and_one_step_are_enough(tmp_path: Path) -> None:
    write_cache(tmp_path / "a.h5", cache_from_arrays(np.full((1, 1), 0.5, np.float32), [1]))
    assert check_cache(tmp_path / "a.h5") == [] and read_cache(tmp_path / "a.h5").all_states().tolist() == [[0.5]]


def test_everything_that_any_network_may_have_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "a.h5"
    write_cache(file, whole())
    assert check_cache(file) == []
    again = read_cache(file)
    assert again.recording_names == ("first", "second")
    assert [again.step_labels["letter"].text(row) for row in range(9)] == LETTERS
    assert again.step_labels["depth"].values.tolist() == list(range(9))
    assert (again.output_names, again.predicts_signs, again.confidence) == (("a", "b", "c"), False, None)
    np.testing.assert_array_equal(again.output_rows(2, 4), OWN[2:4])
    assert again.inputs is not None and again.inputs.names == ("left", "right")
    np.testing.assert_array_equal(again.inputs.rows.rows(3, 9), READ[3:])
    np.testing.assert_array_equal(again.with_layer("lstm 1").inputs.rows.rows(0, 9), READ)  # type: ignore[union-attr]
    assert (again.seconds_per_step, again.wording.class_word) == (0.02, "vowel")
    assert [layer.name for layer in again.layers] == ["lstm 1", "lstm 2, cell state", "lstm 2"]
    np.testing.assert_array_equal(again.all_states(), STATES)
    np.testing.assert_array_equal(again.with_layer("lstm 1").all_states(), LOWER)
    np.testing.assert_array_equal(again.with_layer("lstm 1").with_layer("lstm 2").all_states(), STATES)
    with pytest.raises(UserError, match="There is no layer 'lstm 3'; there are: lstm 1, "):
        again.with_layer("lstm 3")


def test_whatever_layer_is_shown_when_it_is_written_the_file_holds_all_of_them(tmp_path: Path) -> None:
    write_cache(tmp_path / "a.h5", whole().with_layer("lstm 1"))
    again = read_cache(tmp_path / "a.h5")
    assert (again.layer, again.units) == ("lstm 1", 6)
    assert [layer.name for layer in again.layers] == ["lstm 1", "lstm 2, cell state", "lstm 2"]
    np.testing.assert_array_equal(again.with_layer("lstm 2").all_states(), STATES)


def test_a_file_with_additions_alone_stays_of_version_1(tmp_path: Path) -> None:
    write_cache(tmp_path / "a.h5", whole())
    with h5py.File(tmp_path / "a.h5") as stored:
        assert stored.attrs["version"] == 1


def test_recordings_need_no_classes(tmp_path: Path) -> None:
    file = tmp_path / "a.h5"
    write_cache(file, cache_from_arrays(STATES, [5, 4]))
    assert check_cache(file) == []
    again = read_cache(file)
    assert (again.classified, len(again.signs), again.predicted.tolist()) == (False, 1, [-1, -1])
    with h5py.File(file, "r+") as stored:
        assert stored.attrs["version"] == 2
        assert "signs" not in stored
        stored.attrs["version"] = 1  # where they are needed
    assert any("signs/key is missing" in problem for problem in check_cache(file))


def test_own_probabilities_of_the_classes_are_the_answers_at_each_step(tmp_path: Path) -> None:
    own = np.tile(np.array([[0.75, 0.25]], np.float32), (9, 1))
    write_cache(tmp_path / "a.h5", whole(step_probabilities=own, step_classes=None))
    again = read_cache(tmp_path / "a.h5")
    assert again.output_names == ("saw", "sine")
    assert again.confidence is not None and again.confidence.tolist() == [0.25] * 5 + [0.75] * 4
    assert again.step_predictions is not None and again.step_predictions.tolist() == [0] * 9


def test_cell_states_beside_the_hidden_states_are_a_layer(tmp_path: Path) -> None:
    file = tmp_path / "a.h5"
    write_cache(file, cache_from_arrays(STATES, [5, 4]))
    with h5py.File(file, "r+") as stored:
        stored["cell_states"] = LOWER
    again = read_cache(file)
    assert {layer.name for layer in again.layers} == {"hidden state", "hidden state, cell state"}
    np.testing.assert_array_equal(again.with_layer("hidden state, cell state").all_states(), LOWER)


def change(name: str, data: object) -> Callable[[h5py.File], None]:
    def put(file: h5py.File) -> None:
        if name in file:
            del file[name]
        file[name] = data

    return put


@pytest.mark.parametrize(
    ("put", "says"),
    [
        (change("recordings/name", ["one"]), "recordings/name has 1 name for 2 recordings"),
        (change("step_labels/letter", ["one"]), "one a real step"),
        (change("step_labels/letter/code", np.full(9, 7)), "outside -1 to"),
        (change("step_labels/depth", h5py.SoftLink("/hidden_states")), "is a link"),
        (change("step_labels", np.zeros(3)), "step_labels is no group"),
        (change("step_probabilities", np.zeros((9, 2), np.float32)), "step_probabilities has shape"),
        (change("inputs", np.zeros((8, 2), np.float32)), "inputs has shape (8, 2) where (9, 2) is needed"),
        (change("inputs", np.full((9, 2), np.nan, np.float32)), "inputs holds values"),
        (change("inputs", np.zeros((9, 2), np.int32)), "inputs holds int32"),
        (change("input_names", ["one"]), "inputs has shape (9, 2) where (9, 1) is needed"),
        (change("layers/0/hidden_states", np.zeros((8, 6), np.float32)), "has 8 rows"),
        (change("layers/0/hidden_states", np.zeros((9, 6), np.int32)), "int32 where float16"),
        (change("layers/0/hidden_states", np.full((9, 6), np.nan, np.float32)), "layers/0/hidden_states holds values"),
        (lambda f: f["layers/0"].attrs.__setitem__("name", "lstm 2"), "the same name"),
        (lambda f: f.attrs.__setitem__("seconds_per_step", -1.0), "seconds_per_step is no number above 0"),
    ],
)
def test_what_is_wrong_with_a_part_is_said(tmp_path: Path, put: Callable, says: str) -> None:
    write_cache(tmp_path / "a.h5", whole())
    with h5py.File(tmp_path / "a.h5", "r+") as stored:
        put(stored)
    problems = check_cache(tmp_path / "a.h5")
    assert any(says in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"recording_names": ["a"]}, "recording_names has 1"),
        ({"step_labels": {"letter": ["a"]}}, "The step labels letter must be"),
        ({"step_probabilities": OWN[:, :2]}, "2 columns for 3 classes"),
        ({"inputs": READ[:8]}, "inputs has 8 rows"),
        ({"inputs": READ[:, :1]}, "inputs has 1 column for 2 names"),
        ({"layers": {"x": LOWER[:8]}}, "layers x has 8 rows"),
        ({"layer": ""}, "layer, the name of the layer"),
        ({"layers": {"lstm 2": LOWER}}, "both called 'lstm 2'"),
        ({"seconds_per_step": 0}, "seconds_per_step must be"),
    ],
)
def test_a_part_that_does_not_fit_is_named(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError, match=says):
        whole(**wrong)
    with pytest.raises(UserError, match="belong together"):
        cache_from_arrays(STATES, [5, 4], [0, 0])


def test_an_npz_file_takes_the_parts_by_their_names(tmp_path: Path) -> None:
    given = {name: value for name, value in PARTS.items() if name not in ("layers", "step_labels")}
    np.savez(tmp_path / "a.npz", states=STATES, lengths=[5, 4], layer_lower=LOWER, step_label_letter=LETTERS, **given)
    a = activations_from_npz(tmp_path / "a.npz")
    assert (a.classified, a.recording_names, a.seconds_per_step) == (False, ("first", "second"), 0.02)
    assert [layer.name for layer in a.layers] == ["lower", "lstm 2"]
    assert a.step_labels["letter"].text(0) == "h"
    assert a.inputs is not None and a.inputs.names == ("left", "right")
    assert a.wording.sequence_word == "utterance"


def test_sign_language_is_spoken_of_with_glove_data_alone(activations: Activations) -> None:
    assert activations.wording.sequence_word == "sequence"
    assert replace(activations, hand_ratio=np.zeros(3, np.float32)).wording.class_word == "sign"
