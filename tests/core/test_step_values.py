from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core import activations as module
from auslan_explorer.core.colours import MANY_SIGNS, sign_colours, step_colours
from auslan_explorer.core.palettes import EIGHT_APART
from auslan_explorer.core.session import Colouring
from tests.made_up import made_up_activations


@pytest.mark.parametrize("block", [7, 16384])
def test_confidence_is_the_heads_probability_of_the_true_sign(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BLOCK", block)
    a = made_up_activations()
    assert a.head is not None and a.confidence is not None
    truth = np.repeat(a.sign, a.lengths)
    expected = a.head.probabilities(a.all_states())[np.arange(a.real_steps), truth]
    np.testing.assert_allclose(a.confidence, expected, atol=1e-6)
    assert replace(a, head=None).confidence is None


@pytest.mark.parametrize("block", [7, 16384])
def test_distance_moved_begins_from_the_padding(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BLOCK", block)
    a = made_up_activations()
    for i in range(len(a)):
        states = a.recording_states(i)
        path = np.vstack([a.prefix[a.first_step[i] - 1], states])
        expected = np.linalg.norm(np.diff(path, axis=0), axis=1)
        np.testing.assert_allclose(a.distance_moved[a.offsets[i] : a.offsets[i + 1]], expected, atol=1e-6)


def test_step_colours_run_over_the_whole_map_and_say_where_they_end() -> None:
    a = made_up_activations()
    colours = step_colours(a, Colouring.CONFIDENCE)
    assert colours is not None and (colours.low, colours.high) == (0, 1)
    least, most = a.confidence.argmin(), a.confidence.argmax()  # type: ignore[union-attr]
    place = round(float(a.confidence[most]) * 255 - 0.5)  # type: ignore[index]
    assert (colours.rgb[most] == colours.table[place]).all()
    assert not (colours.rgb[least] == colours.rgb[most]).all()
    assert step_colours(replace(a, head=None), Colouring.CONFIDENCE) is None


def test_few_signs_get_distinct_colours_and_many_are_muted() -> None:
    few = sign_colours(94, [3, 11, 19])  # all three want the same place of a palette of eight
    assert {tuple(few[s]) for s in (3, 11, 19)} <= set(EIGHT_APART)
    for count in (8, MANY_SIGNS):
        assert len({tuple(rgb) for rgb in sign_colours(94, range(count))[:count]}) == count
    many = sign_colours(94, range(94)).astype(int)
    assert (many.max(axis=1) - many.min(axis=1)).max() < 130
