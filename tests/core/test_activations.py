"""Hidden states are found by recording and step, those before the first step included."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from auslan_explorer.io.cache import read_cache
from auslan_explorer.paths import models_dir
from tests.made_up import made_up_activations


def test_the_state_before_a_recording_is_the_paddings_last_or_none_at_all() -> None:
    shipped = read_cache(models_dir() / "activations.h5")
    before = shipped.states_before()
    assert before.shape == (len(shipped), shipped.units) and shipped.first_step.min() > 0
    for recording in (0, 700, len(shipped) - 1):
        np.testing.assert_array_equal(before[recording], shipped.prefix[shipped.first_step[recording] - 1])
    made_up = made_up_activations()
    prefix = np.ones((2, made_up.units), np.float32)
    first_step = np.full_like(made_up.first_step, 2)
    first_step[:2] = [0, 3]  # begins at once; begins after more padding than there are states of
    before = replace(made_up, prefix=prefix, first_step=first_step).states_before()
    assert not before[:2].any() and (before[2:] == 1).all()
