from __future__ import annotations

from dataclasses import replace

import numpy as np

from auslan_explorer.analysis.hands import hand_usage
from tests.made_up import made_up_activations


def test_usage_counts_signs_and_names_those_whose_recordings_disagree() -> None:
    a = made_up_activations()
    ratio = np.where(a.sign >= 2, 0.8, 0.1).astype(np.float32)
    ratio[np.flatnonzero(a.sign == 3)[:2]] = 0.05
    usage = hand_usage(replace(a, hand_ratio=ratio))
    assert usage is not None
    assert usage.one_handed_signs == 2 and usage.mixed.tolist() == [3]
    assert usage.describe_mixed(3) == "the right hand alone in 2 of 6 recordings, else both"
    assert hand_usage(a) is None
    all_one = hand_usage(replace(a, hand_ratio=ratio), 2.0)
    assert all_one is not None and all_one.one_handed == 1 and not len(all_one.mixed)
