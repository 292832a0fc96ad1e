"""Which channels at which moments carry the network's answer: occlusion, and integrated gradients through the LSTM.

Both compare a recording with a baseline, a hand that does nothing: each frame replaced by one set of values, usually
the mean frame of all recordings. What is explained is the logarithm of a sign's probability at the last step.

Occlusion (Zeiler and Fergus 2014; of the kin of Ribeiro et al. 2016) replaces a group of channels during a window of
steps and runs the network again; it says what really happens to the answer. Integrated gradients (Sundararajan et al.
2017) add up gradients on the straight way from the baseline to the recording; their sum is the whole difference. LSTMs
are known to put weight on their first steps without cause (Ismail et al. 2019), hence a test that deletes the cells of
most worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Classifier, softmax
from auslan_explorer.core.progress import IsCancelled, never
from auslan_explorer.core.words import counted

POINTS = 32
"""Points on the way from the baseline at which integrated gradients look at the gradient."""
WINDOW = 5
"""Steps that occlusion replaces at a time."""
_ROWS = 128
"""Recordings that the network runs over at once."""


@dataclass(frozen=True)
class ChannelGroup:
    """Channels that belong together: one hand's place, turn, thumb or finger.

    Attributes
    ----------
    hand : str
        "left" or "right".
    kind : str
        "place", "turn", or a finger's name.
    channels : tuple of int
    """

    hand: str
    kind: str
    channels: tuple[int, ...]


GROUPS = tuple(
    ChannelGroup(hand, kind, tuple(first + each for each in channels))
    for hand, first in (("left", 0), ("right", 11))
    for kind, channels in (
        ("place", (0, 1, 2)), ("turn", (3, 4, 5)), ("thumb", (6,)), ("forefinger", (7,)), ("middle finger", (8,)),
        ("ring finger", (9,)), ("little finger", (10,)),
    )
)  # fmt: skip
"""Groups of the two gloves' 22 channels."""


@dataclass(frozen=True, eq=False)
class Explained:
    """A recording that is to be explained.

    Attributes
    ----------
    classifier : Classifier
    frames : ndarray of float32, shape (length, channels)
    baseline : ndarray of float32, shape (channels,)
        Values of a frame that says nothing.
    sign : int
        Output of the network that is asked about.

    Raises
    ------
    UserError
        If the recording does not fit the network.
    """

    classifier: Classifier
    frames: np.ndarray
    baseline: np.ndarray
    sign: int

    def __post_init__(self) -> None:
        channels = self.classifier.kernel.shape[0]
        if self.frames.ndim != 2 or self.frames.shape[1] != channels or self.baseline.shape != (channels,):
            raise UserError(
                f"This network reads {counted(channels, 'channel')}, the recording has {self.frames.shape[-1]}."
            )
        if not 0 < len(self.frames) <= self.classifier.steps:
            raise UserError(f"This network reads 1 to {self.classifier.steps} frames, not {len(self.frames)}.")

    def padded(self, frames: np.ndarray) -> np.ndarray:
        """Return frames, (..., length, channels), as the network's input, (..., steps, channels): zeros in front."""
        c = self.classifier
        scaled = ((frames - c.mean) / c.std).astype(np.float32)
        room = [(0, 0)] * (frames.ndim - 2) + [(c.steps - frames.shape[-2], 0), (0, 0)]
        return np.pad(scaled, room)

    def log_probability(self, frames: np.ndarray) -> np.ndarray:
        """Return the logarithm of the sign's probability for recordings, (n, length, channels) to (n,)."""
        found = []
        for start in range(0, len(frames), _ROWS):
            last = self.classifier.hidden_states(self.padded(frames[start : start + _ROWS]))[:, -1]
            logits = (last @ self.classifier.head.kernel + self.classifier.head.bias).astype(np.float64)
            logits -= logits.max(axis=1, keepdims=True)
            found.append(logits[:, self.sign] - np.log(np.exp(logits).sum(axis=1)))
        return np.concatenate(found)


def occlude(
    explained: Explained,
    groups: Sequence[ChannelGroup] = GROUPS,
    window: int = WINDOW,
    cancelled: IsCancelled = never,
) -> np.ndarray:
    """Measure how far the answer falls when a group of channels takes the baseline's values for some steps.

    Parameters
    ----------
    explained : Explained
    groups : sequence of ChannelGroup
    window : int
        Steps that are replaced at a time, around each step.
    cancelled : callable, optional

    Returns
    -------
    ndarray of float32, shape (groups, length)
        Fall of the logarithm of the probability; below 0 where the answer becomes surer without.
    """
    length = len(explained.frames)
    whole = explained.log_probability(explained.frames[None])[0]
    out = np.zeros((len(groups), length), dtype=np.float32)
    for row, group in enumerate(groups):
        if cancelled():
            break
        changed = np.repeat(explained.frames[None], length, axis=0)
        for step in range(length):
            near = slice(max(step - window // 2, 0), step + (window + 1) // 2)
            changed[step, near, list(group.channels)] = explained.baseline[list(group.channels), None]
        out[row] = whole - explained.log_probability(changed)
    return out


def gradients(classifier: Classifier, padded: np.ndarray, sign: int) -> np.ndarray:
    """Differentiate the logarithm of a sign's probability at the last step by the network's input.

    Parameters
    ----------
    classifier : Classifier
    padded : ndarray of float32, shape (n, steps, channels)
        The network's input, as `Explained.padded` makes it.
    sign : int

    Returns
    -------
    ndarray of float32, shape (n, steps, channels)
        By back-propagation through time; at the bends of a hard sigmoid the derivative is that of its flat part.
    """
    kept, last = _run_forward(classifier, padded)
    logits = last @ classifier.head.kernel + classifier.head.bias
    towards = -softmax(logits)
    towards[:, sign] += 1
    d_h, d_c = towards @ classifier.head.kernel.T, np.zeros_like(last)
    out = np.empty_like(padded)
    for t in range(padded.shape[1] - 1, -1, -1):
        i, f, g, o, before, tanh_c, slopes = kept[t]
        d_c = d_c + d_h * o * (1 - tanh_c**2)
        d_z = np.concatenate([d_c * g, d_c * before, d_c * i * (1 - g**2), d_h * tanh_c], axis=1)
        units = before.shape[1]
        d_z[:, : 2 * units] *= slopes[:, : 2 * units]
        d_z[:, 3 * units :] *= slopes[:, 2 * units :]
        out[:, t] = d_z @ classifier.kernel.T
        d_h, d_c = d_z @ classifier.recurrent_kernel.T, d_c * f
    return out


_Kept = tuple[np.ndarray, ...]


def _run_forward(classifier: Classifier, padded: np.ndarray) -> tuple[list[_Kept], np.ndarray]:
    """Run the LSTM, keeping of each step its gates, cells and the slopes of the three gates."""
    from auslan_explorer.core.network import GATES

    gate, units = GATES[classifier.gates], classifier.units
    h = np.zeros((len(padded), units), dtype=np.float32)
    c = np.zeros_like(h)
    kept: list[_Kept] = []
    for t in range(padded.shape[1]):
        z = padded[:, t] @ classifier.kernel + h @ classifier.recurrent_kernel + classifier.bias
        gates = np.concatenate([z[:, : 2 * units], z[:, 3 * units :]], axis=1)
        opened = gate(gates)
        if classifier.gates == "sigmoid":
            slopes = opened * (1 - opened)
        else:
            slopes = np.where(np.abs(gates) < 2.5, np.float32(0.2), np.float32(0))
        i, f, o = opened[:, :units], opened[:, units : 2 * units], opened[:, 2 * units :]
        g = np.tanh(z[:, 2 * units : 3 * units])
        before, c = c, f * c + i * g
        tanh_c = np.tanh(c)
        h = o * tanh_c
        kept.append((i, f, g, o, before, tanh_c, slopes))
    return kept, h


def integrate_gradients(explained: Explained, points: int = POINTS) -> np.ndarray:
    """Share the difference between recording and baseline out among channels and frames (integrated gradients).

    Returns
    -------
    ndarray of float32, shape (length, channels)
        Their sum is the recording's logarithm of the probability less the baseline's, as far as `points` suffice.
    """
    way = explained.frames - explained.baseline
    shares = (np.arange(points) + 0.5) / points
    between = explained.baseline + shares[:, None, None] * way
    slopes = gradients(explained.classifier, explained.padded(between.astype(np.float32)), explained.sign)
    real = slopes[:, -len(explained.frames) :].mean(axis=0, dtype=np.float64) / explained.classifier.std
    return (real * way).astype(np.float32)


@dataclass(frozen=True)
class Summary:
    """What an attribution comes to.

    Attributes
    ----------
    hands : dict of str to float
        Share of each hand in all that speaks for the answer, 0 to 1.
    kinds : dict of str to float
        The same of place, turn and fingers.
    group : ChannelGroup
        The group that speaks for it most.
    start, stop : int
        Frames, half-open, in which it does: the shortest run with half of what it says for the answer.
    """

    hands: dict[str, float]
    kinds: dict[str, float]
    group: ChannelGroup
    start: int
    stop: int


def summarise(worth: np.ndarray, groups: Sequence[ChannelGroup] = GROUPS) -> Summary | None:
    """Sum an attribution up by hand, kind and moment; None where nothing speaks for the answer.

    Parameters
    ----------
    worth : ndarray of float, shape (groups, length)
    groups : sequence of ChannelGroup
    """
    positive = np.maximum(worth, 0)
    total = float(positive.sum())
    if total <= 0:
        return None
    by_group = positive.sum(axis=1) / total
    hands: dict[str, float] = {}
    kinds: dict[str, float] = {}
    for group, share in zip(groups, by_group, strict=True):
        kind = group.kind if group.kind in ("place", "turn") else "fingers"
        hands[group.hand] = hands.get(group.hand, 0.0) + float(share)
        kinds[kind] = kinds.get(kind, 0.0) + float(share)
    best = int(by_group.argmax())
    start, stop = shortest_run(positive[best], 0.5)
    return Summary(hands, kinds, groups[best], start, stop)


def shortest_run(values: np.ndarray, share: float) -> tuple[int, int]:
    """Return the shortest half-open run that holds a share of the sum of values, none of them below 0."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    wanted = share * sums[-1] * (1 - 1e-9)
    ends = np.searchsorted(sums, sums[:-1] + wanted)
    lengths = np.where(ends < len(sums), ends - np.arange(len(values)), len(sums) + 1)
    start = int(lengths.argmin())
    return start, int(ends[start])


def group_sums(worth: np.ndarray, groups: Sequence[ChannelGroup] = GROUPS) -> np.ndarray:
    """Add channels up by group, (length, channels) to (groups, length)."""
    return np.stack([worth[:, list(group.channels)].sum(axis=1) for group in groups])
