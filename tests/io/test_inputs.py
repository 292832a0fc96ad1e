"""Recordings as input of a network: in front padded, named, and with their classes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.io.inputs import inputs_of, read_inputs


def test_recordings_are_padded_in_front_and_keep_their_classes_and_names(recordings: Recordings) -> None:
    inputs = inputs_of(recordings, 9)
    assert inputs.class_names == recordings.signs == ("computer_PC_", "hello")
    assert inputs.labels is not None and inputs.labels.tolist() == [0, 1, 1]
    assert inputs.names == (
        "computer (PC), session 1, trial 1",
        "hello, session 1, trial 3",
        "hello, session 9, trial 2",
    )
    assert inputs.x.shape == (3, 9, 22) and inputs.real is not None
    assert inputs.real.sum(axis=1).tolist() == [4, 7, 5] and inputs.real[:, -1].all()
    np.testing.assert_array_equal(inputs.x[inputs.real], recordings.frames)
    assert not inputs.x[~inputs.real].any()


def test_reading_recordings_tells_how_far_it_is_and_can_be_stopped(
    as_zip: Callable[..., bytes], made_up: dict[str, bytes], tmp_path: Path
) -> None:
    archive = tmp_path / "recordings.zip"
    archive.write_bytes(as_zip(made_up))
    told: list[float] = []
    inputs = read_inputs(archive, progress=lambda fraction, text: told.append(fraction))
    assert len(inputs.x) == len(made_up)
    assert told and told == sorted(told) and told[-1] == 1.0
    with pytest.raises(Cancelled):
        read_inputs(archive, cancelled=lambda: True)


X = np.arange(24, dtype=np.float32).reshape(2, 4, 3)


def test_arrays_are_known_by_any_of_their_names_and_one_alone_by_none(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", X)
    np.savez(tmp_path / "one.npz", anything=X)
    for name in ("x.npy", "one.npz"):
        alone = read_inputs(tmp_path / name)
        np.testing.assert_array_equal(alone.x, X)
        assert (alone.real, alone.labels, alone.class_names, alone.names, alone.split) == (None, None, (), (), None)
    whole = {"X": X, "Y": [1, 0], "lengths": [4, 2], "class_names": ["a", "b"], "names": ["c", "d"], "split": [0, 2]}
    np.savez(tmp_path / "all.npz", **whole)
    read = read_inputs(tmp_path / "all.npz", 4)
    assert read.real is not None and read.labels is not None and read.split is not None
    assert read.real.tolist() == [[True] * 4, [True, True, False, False]]
    assert (read.labels.tolist(), read.split.tolist()) == ([1, 0], [0, 2])
    assert (read.class_names, read.names) == (("a", "b"), ("c", "d"))
    np.savez(tmp_path / "mask.npz", x=X, mask=[[0, 0, 1, 1], [1, 0, 0, 0]], lengths=[1, 1])
    masked = read_inputs(tmp_path / "mask.npz")
    assert masked.real is not None and masked.real.tolist() == [[False, False, True, True], [True, False, False, False]]


@pytest.mark.parametrize(
    ("arrays", "says"),
    [
        ({"y": [0, 1], "lengths": [4, 4]}, "holds no array X, the sequences that the network is to read."),
        ({"X": X, "speed": X}, "holds an array speed, which means nothing here; name the sequences X"),
        ({"X": X, "x": X}, "which is a second array of x; name the sequences X"),
        ({"X": np.array([["a"]])}, "X must be numbers of shape"),
        ({"X": X[0, 0]}, r"not float32 of shape \(3,\)"),
        ({"X": X[..., None]}, r"not float32 of shape \(2, 4, 3, 1\)"),
        ({"X": X[:0]}, r"not float32 of shape \(0, 4, 3\)"),
        ({"X": np.full_like(X, np.inf)}, "X must be numbers of shape"),
        ({"X": X, "y": [0]}, "labels must name one for each of 2 sequences."),
        ({"X": X, "names": ["a", "b", "c"]}, "names must name one for each of 2 sequences."),
        ({"X": X, "split": 1}, "split must name one for each of 2 sequences."),
        ({"X": X, "mask": np.ones((2, 3))}, r"mask must have the shape \(2, 4\), not \(2, 3\)."),
        ({"X": X, "mask": np.full((2, 4), "a")}, r"mask must have the shape \(2, 4\)"),
        ({"X": X, "lengths": [4.0, 4.0]}, "lengths must be 2 whole numbers."),
        ({"X": X, "lengths": [4, 4, 4]}, "lengths must be 2 whole numbers."),
        ({"X": X, "lengths": [4, 0]}, "a sequence has no real step; leave it out."),
        ({"X": X[:, :3]}, "its sequences have 3 steps, and the network reads 4."),
    ],
)
def test_what_does_not_fit_the_sequences_is_said(arrays: dict[str, Any], says: str, tmp_path: Path) -> None:
    np.savez(tmp_path / "x.npz", **arrays)
    with pytest.raises(UserError, match=says):
        read_inputs(tmp_path / "x.npz", 4)


def test_recordings_that_are_none_or_too_long_are_refused(recordings: Recordings) -> None:
    with pytest.raises(UserError, match="There is no recording to run the network over"):
        inputs_of(recordings.select(np.zeros(len(recordings), bool)), 9)
    longest = int(recordings.lengths.max())
    assert inputs_of(recordings, 0).x.shape[1] == inputs_of(recordings, longest).x.shape[1] == longest
    with pytest.raises(UserError):
        inputs_of(recordings, longest - 1)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("x", "X inputs Input data sequences"),
        ("labels", "y labels LABEL targets target sign"),
        ("real", "lengths Length"),
        ("class_names", "class_names classes Signs"),
        ("names", "names recording_names"),
        ("split", "split"),
    ],
)
def test_each_array_has_these_names(kind: str, names: str, tmp_path: Path) -> None:
    for name in names.split():
        given: dict[str, Any] = {name: X} if kind == "x" else {"X": X, name: [2, 3]}
        np.savez(tmp_path / "x.npz", **given)
        read = read_inputs(tmp_path / "x.npz")
        value = getattr(read, kind)
        assert value is not None and len(value) == 2, name
