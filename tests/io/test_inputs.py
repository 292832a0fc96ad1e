"""Recordings as input of a network: in front padded, named, and with their classes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.core.errors import Cancelled
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
