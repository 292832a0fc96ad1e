from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from auslan_explorer import record, show
from auslan_explorer.core.errors import UserError
from auslan_explorer.io.cache import check_cache, read_cache

RNG = np.random.default_rng(0)
PADDED = RNG.normal(0, 0.5, (3, 5, 4)).astype(np.float32)
LENGTHS = np.array([5, 2, 3])
REAL = np.arange(5) < LENGTHS[:, None]
LISTS = [row[:length] for row, length in zip(PADDED, LENGTHS, strict=True)]


class Column:
    """A column of a data frame, as far as it is looked at."""

    def __init__(self, values: list) -> None:
        self._values = values

    def to_numpy(self) -> np.ndarray:
        return np.array(self._values, dtype=object)


def test_recording_needs_neither_window_nor_training() -> None:
    code = (
        "import sys; from auslan_explorer import record, show; record.arrays, show\n"
        "heavy = {'PySide6', 'tensorflow', 'keras', 'torch', 'sklearn', 'scipy', 'pyqtgraph', 'av', 'requests'}\n"
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("states", "given"),
    [
        (LISTS, {}),
        (PADDED, {"lengths": LENGTHS}),
        (PADDED, {"mask": REAL}),
        (PADDED[REAL], {"lengths": LENGTHS}),
        (PADDED.astype(np.float64), {"lengths": LENGTHS.tolist()}),
    ],
)
def test_states_in_every_shape_people_hold_them_are_the_same_file(states: Any, given: dict, tmp_path: Path) -> None:
    file = record.arrays(states, tmp_path / "a.h5", ["b", "a10", "a9"], **given)
    assert check_cache(file) == []
    a = read_cache(file)
    assert (a.signs, a.sign.tolist(), a.lengths.tolist()) == (("a9", "a10", "b"), [2, 1, 0], [5, 2, 3])
    np.testing.assert_allclose(a.all_states(), PADDED[REAL], atol=1e-3)
    assert a.wording.class_word == "class"


@pytest.mark.parametrize("inputs", [PADDED[:, :, :2], PADDED[REAL][:, :2], [row[:, :2] for row in LISTS]])
def test_what_the_network_read_is_kept_beside_its_states(inputs: Any, tmp_path: Path) -> None:
    lists = isinstance(inputs, list)
    given: dict[str, Any] = {} if lists else {"lengths": LENGTHS}
    file = record.arrays(
        LISTS if lists else PADDED, tmp_path / "a.h5", **given, inputs=inputs, input_names=["left", "right"]
    )
    kept = read_cache(file).inputs
    assert kept is not None and kept.names == ("left", "right")
    np.testing.assert_allclose(kept.rows.rows(0, 10), PADDED[REAL][:, :2], atol=2e-3)


def test_padding_in_front_gives_the_first_step(tmp_path: Path) -> None:
    a = read_cache(record.arrays(PADDED, tmp_path / "a.h5", mask=REAL[:, ::-1]))
    assert a.first_step.tolist() == [0, 3, 2]
    np.testing.assert_allclose(a.all_states(), PADDED[REAL[:, ::-1]], atol=1e-3)


@pytest.mark.parametrize(
    ("labels", "given", "signs", "sign"),
    [
        (Column(["x", "y", "x"]), {}, ("x", "y"), [0, 1, 0]),
        ([7, 3, 7], {}, ("3", "7"), [1, 0, 1]),
        ([1.0, 0.0, 1.0], {"class_names": ["no", "yes"]}, ("no", "yes"), [1, 0, 1]),
        (np.eye(3)[[2, 0, 1]], {"class_names": ["a", "b", "c"]}, ("a", "b", "c"), [2, 0, 1]),
        ([2, 0, 1], {"probabilities": np.full((3, 4), 0.25)}, ("0", "1", "2", "3"), [2, 0, 1]),
    ],
)
def test_labels_of_every_kind_are_classes(labels: Any, given: dict, signs: tuple, sign: list, tmp_path: Path) -> None:
    a = read_cache(record.arrays(LISTS, tmp_path / "a.h5", labels, **given))
    assert (a.signs, a.sign.tolist()) == (signs, sign)


def test_the_answer_is_the_likeliest_class_at_the_last_step(tmp_path: Path) -> None:
    outputs = [np.full((len(row), 2), [0.7, 0.3], np.float32) for row in LISTS]
    outputs[1][-1] = 0.1, 0.9
    a = read_cache(record.arrays(LISTS, tmp_path / "a.h5", ["x", "y", "y"], probabilities=outputs))
    assert a.predicted.tolist() == [0, 1, 0]


def test_a_character_model_has_labels_and_outputs_of_each_step(tmp_path: Path) -> None:
    letters = [list("hello"), list("ab"), list("xyz")]
    outputs = [np.full((len(row), 3), [0.5, 0.3, 0.2], np.float32) for row in letters]
    file = record.arrays(
        LISTS, tmp_path / "a.h5", probabilities=outputs, class_names=["a", "b", "c"], names=["one", "two", "three"],
        step_labels={"letter": letters}, sequence_word="line", layers={"cell state": [2 * row for row in LISTS]},
    )  # fmt: skip
    a = read_cache(file)
    assert not a.classified
    assert "".join(a.step_labels["letter"].text(row) for row in range(10)) == "helloabxyz"
    assert (a.output_names, a.recording_names[1], a.wording.sequence_word) == (("a", "b", "c"), "two", "line")
    np.testing.assert_allclose(a.with_layer("cell state").all_states(), 2 * PADDED[REAL], atol=2e-3)


@pytest.mark.parametrize(
    ("states", "labels", "given", "says"),
    [
        (PADDED[0], None, {}, "states must be a list of arrays"),
        (PADDED, None, {"lengths": [5, 2]}, "lengths must be 3 whole numbers"),
        (PADDED, None, {"lengths": [5, 2, 6]}, "lengths must be 3 whole numbers"),
        (PADDED, None, {"mask": REAL[:2]}, "mask has shape"),
        (PADDED, None, {"mask": REAL & False}, "no real step"),
        (PADDED[REAL], None, {"lengths": [5, 2, 4]}, "adds up to 11"),
        (LISTS, ["a"], {}, "1 label for 3 sequences"),
        (LISTS, ["a", None, "b"], {}, "none of them missing"),
        (LISTS, ["a", "b", "c"], {"class_names": ["a", "b"]}, "'c' is not among class_names"),
        (LISTS, [0, 1, 5], {"class_names": ["a", "b"]}, "count from 0 to 1"),
        (LISTS, ["a", "b", "a"], {"probabilities": np.full((3, 4), 0.25)}, "give class_names"),
        (LISTS, None, {"layers": {"c": LISTS[:2]}}, "c must have the same sequences"),
        (LISTS, None, {"colour": "red"}, "knows no 'colour'"),
        ([row * np.nan for row in LISTS], None, {}, "not finite"),
    ],
)
def test_what_does_not_fit_is_one_sentence_and_no_file(
    states: Any, labels: Any, given: dict, says: str, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=says):
        record.arrays(states, tmp_path / "a.h5", labels, **given)
    with pytest.raises(UserError, match="the ending"):
        record.arrays(LISTS, tmp_path / "a.txt")
    assert list(tmp_path.iterdir()) == []


def test_a_window_is_opened_in_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = record.arrays(LISTS, tmp_path / "a.h5")
    monkeypatch.setattr(sys, "executable", "echo")
    process = show(file)
    assert process.wait(120) == 0
    assert process.args[1:] == ["-m", "auslan_explorer.cli", str(file)]
    with pytest.raises(UserError, match="There is no file"):
        show(tmp_path / "none.h5")
    with pytest.raises(UserError, match="needs the sequences"):
        show(object())
