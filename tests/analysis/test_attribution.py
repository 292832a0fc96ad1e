"""Attributions add up to what they explain, find what a network was built on, and fall when it is deleted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.analysis.attribution import (
    GROUPS,
    ChannelGroup,
    Explained,
    gradients,
    group_sums,
    integrate_gradients,
    occlude,
    shortest_run,
    summarise,
)
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Classifier, Head
from auslan_explorer.core.recordings import CHANNELS, Recordings
from auslan_explorer.io.models import load_classifier
from auslan_explorer.io.recordings import open_recordings

SHARED = Path(__file__).parents[3] / "shared" / "data" / "tctodd.tar.gz"
STEPS, UNITS, SIGNS = 20, 6, 4


def made_up_classifier(gates: str = "sigmoid", seed: int = 0) -> Classifier:
    rng = np.random.default_rng(seed)

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.6, shape).astype(np.float32)

    channels = len(CHANNELS)
    return Classifier(
        draw(channels, 4 * UNITS), draw(UNITS, 4 * UNITS), draw(4 * UNITS), Head(draw(UNITS, SIGNS), draw(SIGNS)),
        gates, draw(channels), np.abs(draw(channels)) + 0.5, STEPS, tuple("abcd"),
    )  # fmt: skip


def made_up(classifier: Classifier | None = None, length: int = 12, seed: int = 1) -> Explained:
    rng = np.random.default_rng(seed)
    frames = rng.normal(0, 0.5, (length, len(CHANNELS))).astype(np.float32)
    return Explained(classifier or made_up_classifier(), frames, np.zeros(len(CHANNELS), np.float32), 2)


def deaf_to_all_but(channel: int) -> Classifier:
    """A network whose input weights are zero but for one channel."""
    made = made_up_classifier()
    kernel = np.zeros_like(made.kernel)
    kernel[channel] = 2 * made.kernel[channel]
    return replace(made, kernel=kernel)


def deletion_curve(explained: Explained, worth: np.ndarray, shares: tuple[float, ...]) -> np.ndarray:
    """Return the probability after shares of all cells, those of most worth first, have taken the baseline's values."""
    order = np.argsort(-worth, axis=None, kind="stable")
    changed = np.repeat(explained.frames[None], len(shares), axis=0)
    flat = changed.reshape(len(shares), -1)
    baseline = np.broadcast_to(explained.baseline, worth.shape).reshape(-1)
    for row, share in zip(flat, shares, strict=True):
        cells = order[: round(share * len(order))]
        row[cells] = baseline[cells]
    return np.exp(explained.log_probability(changed))


@pytest.mark.parametrize("gates", ["sigmoid", "hard_sigmoid"])
def test_the_backward_pass_is_the_slope_of_the_forward_pass(gates: str) -> None:
    explained = made_up(made_up_classifier(gates))
    slopes = gradients(explained.classifier, explained.padded(explained.frames[None]), explained.sign)[0, -12:]
    rng, apart = np.random.default_rng(3), 2e-3
    for _ in range(8):
        way = rng.normal(0, 1, explained.frames.shape).astype(np.float32)
        ahead, back = explained.log_probability(
            np.stack([explained.frames + apart * way, explained.frames - apart * way])
        )
        along = (slopes / explained.classifier.std * way).sum()
        assert np.isclose(along, (ahead - back) / (2 * apart), rtol=0.02, atol=2e-3)


def test_integrated_gradients_add_up_to_the_difference_from_the_baseline() -> None:
    explained = made_up()
    worth = integrate_gradients(explained, points=64)
    still = np.broadcast_to(explained.baseline, explained.frames.shape)
    recording, baseline = explained.log_probability(np.stack([explained.frames, still]))
    assert np.isclose(worth.sum(), recording - baseline, rtol=0.01)


@pytest.mark.parametrize("channel", [3, 19])
def test_only_the_channel_that_the_network_hears_is_worth_anything(channel: int) -> None:
    explained = made_up(deaf_to_all_but(channel))
    worth = integrate_gradients(explained)
    assert np.abs(worth[:, channel]).max() > 0
    assert np.abs(np.delete(worth, channel, axis=1)).max() == 0
    falls = occlude(explained)
    heard = [channel in group.channels for group in GROUPS]
    assert np.abs(falls[heard]).max() > 1e-3
    assert np.abs(falls[np.logical_not(heard)]).max() < 1e-5


@pytest.mark.parametrize("window", [1, 4, 5])
def test_occlusion_is_what_the_network_says_without_that_group_in_that_window(window: int) -> None:
    explained = made_up()
    group = ChannelGroup("right", "turn", (14, 15, 16))
    falls = occlude(explained, [group], window)
    for step in (0, 5, 11):
        changed = explained.frames.copy()
        near = [s for s in range(12) if step - window // 2 <= s < step + (window + 1) // 2]
        assert len(near) <= window
        changed[np.ix_(near, group.channels)] = explained.baseline[list(group.channels)]
        whole, without = explained.log_probability(np.stack([explained.frames, changed]))
        assert np.isclose(falls[0, step], whole - without, atol=1e-5)


def test_the_groups_cover_each_channel_once() -> None:
    assert sorted(channel for group in GROUPS for channel in group.channels) == list(range(len(CHANNELS)))
    for group in GROUPS:
        assert all(CHANNELS[channel].startswith(group.hand) for channel in group.channels)
    worth = np.random.default_rng(0).normal(0, 1, (7, len(CHANNELS)))
    assert np.allclose(group_sums(worth).sum(axis=0), worth.sum(axis=1))


def test_a_recording_that_does_not_fit_the_network_is_refused_in_a_sentence() -> None:
    good = made_up()
    for frames in (good.frames[:, :5], np.zeros((STEPS + 1, len(CHANNELS)), np.float32), good.frames[:0]):
        with pytest.raises(UserError, match="This network reads"):
            replace(good, frames=frames)


def test_the_shortest_run_holds_the_share_and_nothing_shorter_does() -> None:
    assert shortest_run(np.array([0, 1, 0, 5, 5, 0, 1.0]), 0.5) == (3, 5)
    assert shortest_run(np.array([3.0]), 0.5) == (0, 1)
    rng = np.random.default_rng(0)
    for _ in range(20):
        values = rng.random(12)
        start, stop = shortest_run(values, 0.5)
        assert values[start:stop].sum() >= 0.5 * values.sum() - 1e-9
        runs = [values[i : i + stop - start - 1].sum() for i in range(12)]
        assert max(runs) < 0.5 * values.sum()


def test_the_summary_says_which_hand_kind_and_moment_speak_for_the_answer() -> None:
    worth = np.full((len(GROUPS), 10), -1.0)
    fore = next(i for i, g in enumerate(GROUPS) if (g.hand, g.kind) == ("right", "forefinger"))
    worth[fore, 4:6] = 3.0
    worth[0, 2] = 2.0
    found = summarise(worth)
    assert found is not None and found.group == GROUPS[fore]
    assert (found.start, found.stop) == (4, 5)
    assert found.hands == {"left": 0.25, "right": 0.75}
    assert found.kinds == {"place": 0.25, "turn": 0.0, "fingers": 0.75}
    assert summarise(-np.ones((len(GROUPS), 3))) is None


# ------------------------------------------------------------------------------------------------- the shipped network
@pytest.fixture(scope="module")
def recordings() -> Recordings:
    if not SHARED.exists():
        pytest.skip("the recordings are not at hand")
    return open_recordings(SHARED).article_subset()


def test_deleting_what_is_worth_most_ruins_the_answer_sooner_than_deleting_at_random(recordings: Recordings) -> None:
    classifier = load_classifier(paths.ships("classifier.h5"))
    baseline = recordings.frames.mean(axis=0)
    rng, shares = np.random.default_rng(0), (0.0, 0.05, 0.1, 0.2)
    kept, random = [], []
    for number in range(0, 2528, 250):
        explained = Explained(classifier, recordings.frames_of(number), baseline, int(recordings.sign[number]))
        worth = integrate_gradients(explained)
        kept.append(deletion_curve(explained, worth, shares))
        random.append(deletion_curve(explained, rng.random(worth.shape), shares))
    best, chance = np.mean(kept, axis=0), np.mean(random, axis=0)
    assert best[0] == chance[0] > 0.8
    assert best[1] < 0.6 * chance[1]
