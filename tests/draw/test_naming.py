"""Labels at the heads of growing paths: the answer at the step shown, where there is one."""

from __future__ import annotations

import numpy as np

from auslan_explorer.draw.naming import Playheads, SignLabel

NAMES = ("alive", "crazy", "think")


def test_a_head_tells_the_answer_of_its_step_and_nothing_where_there_is_none() -> None:
    labels = tuple(
        SignLabel(NAMES[sign], (0.0, 0.0), 1, (1, 2, 3), playhead=playhead)
        for sign, playhead in ((0, 4), (1, 7), (2, None))
    )
    positions = np.arange(12, dtype=np.float32).reshape(2, 3, 2)
    predictions = np.array([[-1, 1, 0], [2, 0, 1]], np.int16)
    heads = Playheads(labels, np.array([0, 1, 2], np.int16), NAMES, lambda: (positions, predictions))
    told = [[(each.prediction, each.right, each.verdict) for each in heads.labels_at(step)] for step in (0, 1)]
    assert told == [
        [("", True, ""), ("crazy", True, ""), ("", True, "")],
        [("think", False, "✗ think"), ("alive", False, "✗ alive"), ("", True, "")],
    ]
    for step in (1, 0):
        for place, label in enumerate(heads.labels_at(step)):
            assert label.position == tuple(positions[step, place])
            assert (label.text, label.sign, label.colour) == (NAMES[place], place, (1, 2, 3))
    unknown = Playheads(labels, heads.signs, NAMES, lambda: (positions, None))
    assert [each.prediction for each in unknown.labels_at(1)] == ["", "", ""]
