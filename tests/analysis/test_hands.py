from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.analysis.hands import ONE_HANDED_BELOW, HandUsage, hand_ratio
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.io.recordings import import_recordings

ARCHIVE = Path(__file__).parents[2].parent / "shared" / "data" / "tctodd.tar.gz"


def made_up(left: float, right: float) -> Recordings:
    rng = np.random.default_rng(0)
    frames = rng.normal(size=(60, 22)).astype(np.float32)
    frames[:, :11] *= left
    frames[:, 11:] *= right
    one = np.ones(1, dtype=np.int16)
    return Recordings(frames, np.array([60], np.int32), one * 0, one, one, ("a",))


def test_ratio_is_left_over_right() -> None:
    ratio = hand_ratio(made_up(0.1, 1.0))
    assert ratio is not None and ratio[0] == pytest.approx(0.1, rel=0.1)
    still = hand_ratio(made_up(1.0, 0.0))
    assert still is not None and np.isfinite(still).all()


def test_other_channels_have_no_hands() -> None:
    r = made_up(1, 1)
    assert hand_ratio(Recordings(r.frames[:, :6], r.lengths, r.sign, r.session, r.trial, r.signs)) is None


@pytest.mark.skipif(not ARCHIVE.exists(), reason="the recordings do not stand in ../shared/data")
def test_the_articles_partition() -> None:
    r = import_recordings(ARCHIVE).article_subset()
    ratio = hand_ratio(r)
    assert ratio is not None
    one = ratio < ONE_HANDED_BELOW
    assert one.mean() == pytest.approx(0.55, abs=0.01)
    share = np.array([one[r.sign == sign].mean() for sign in range(len(r.signs))])
    assert (share > 0.5).sum() == 52
    # A single recording in 27 disagrees now and then; only "write" has more.
    assert [r.signs[i] for i in np.flatnonzero((share > 0.1) & (share < 0.9))] == ["write"]


@pytest.mark.parametrize(
    ("both", "words", "one_handed"),
    [
        (12, "both hands in 12 of 27 recordings, else the right hand alone", 1),
        (13, "both hands in 13 of 27 recordings, else the right hand alone", 1),
        (14, "the right hand alone in 13 of 27 recordings, else both", 0),
    ],
)
def test_a_mixed_sign_is_told_by_its_minority(both: int, words: str, one_handed: int) -> None:
    usage = HandUsage(27, np.array([both]), np.array([27]), 0.5)
    assert usage.describe_mixed(0) == words
    assert usage.one_handed_signs == one_handed
    assert usage.mixed.tolist() == [0]


def test_just_as_many_of_both_kinds_are_not_one_handed() -> None:
    usage = HandUsage(26, np.array([13]), np.array([26]), 0.5)
    assert usage.one_handed_signs == 0
    assert usage.describe_mixed(0).startswith("the right hand alone in 13 of 26 recordings")
