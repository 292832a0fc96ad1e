"""Changes of a recording, to ask a network "what if": each takes frames and returns new ones of the two gloves.

What is right for a channel is decided by its kind. Roll and yaw are a whole turn on 0 to 1, so they wrap: between two
angles lies the shorter way, and a sum beyond an end comes in at the other. Pitch is half a turn and does not wrap; it
and the bends of fingers stay within 0 to 1. Places are free.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.core.words import counted

HAND = len(CHANNELS) // 2
"""Channels of a hand: the left one's first."""
WRAPPING = tuple(number for number, name in enumerate(CHANNELS) if name.endswith((" roll", " yaw")))
"""Channels that are a whole turn."""
PLACES = tuple(number for number, name in enumerate(CHANNELS) if name.endswith((" x", " y", " z")))
"""Channels without bounds."""
_MIRRORED_PLACE, _MIRRORED_TURNS = 0, (3, 5)
PULL = 5
"""Frames at each side that follow where a curve is pulled."""


def freeze(frames: np.ndarray, channels: Sequence[int], start: int, stop: int) -> np.ndarray:
    """Return frames whose `channels` keep the values of frame `start` until `stop`, half-open."""
    out = frames.copy()
    out[start:stop, list(channels)] = frames[start, list(channels)]
    return out


def rest(frames: np.ndarray, channels: Sequence[int], start: int, stop: int, resting: np.ndarray) -> np.ndarray:
    """Return frames whose `channels` take the values of a resting frame, shape (22,), from `start` to `stop`."""
    out = frames.copy()
    out[start:stop, list(channels)] = resting[list(channels)]
    return out


def swap_hands(frames: np.ndarray) -> np.ndarray:
    """Return frames in which each hand does, where the other did it, just what the other did."""
    return np.concatenate([frames[:, HAND:], frames[:, :HAND]], axis=1)


def mirror(frames: np.ndarray) -> np.ndarray:
    """Return the gesture as a mirror shows it, which is as a signer of the other hand makes it.

    Hands are swapped, x is reflected, and of a hand's turns those about the upright and about its own long axis run
    the other way: with Ry(yaw) Rx(pitch) Rz(roll) reflected in x, yaw and roll change their signs and pitch does not.
    """
    out = swap_hands(frames)
    for first in (0, HAND):
        out[:, first + _MIRRORED_PLACE] *= -1
        for turn in _MIRRORED_TURNS:
            out[:, first + turn] = 1 - out[:, first + turn]
    return out


def change_speed(frames: np.ndarray, times: float, start: int, stop: int, longest: int) -> np.ndarray:
    """Return frames of which those from `start` to `stop` last `times` as long, so that the recording's length changes.

    Parameters
    ----------
    frames : ndarray of float, shape (length, 22)
    times : float
        2 is half as fast.
    start, stop : int
        Half-open.
    longest : int
        Frames that the network reads at most.

    Raises
    ------
    UserError
        If the recording became longer than that, or nothing of it were left.
    """
    wanted = round((stop - start) * times)
    length = len(frames) - (stop - start) + wanted
    if length > longest:
        raise UserError(
            f"The recording would have {counted(length, 'frame')}, and this network reads {longest}; choose "
            "fewer frames, or "
            "slow them down less."
        )
    if wanted < 1:
        raise UserError("Nothing of these frames would be left; choose more of them, or hasten them less.")
    at = np.linspace(start, stop - 1, wanted) if wanted > 1 else np.array([float(start)])
    return np.concatenate([frames[:start], _between(frames, at), frames[stop:]])


def delay(frames: np.ndarray, channels: Sequence[int], later: int, start: int, stop: int) -> np.ndarray:
    """Return frames whose `channels` come some frames later (below 0: earlier) within `start` to `stop`.

    Where nothing comes in, the values at that end are held.
    """
    out = frames.copy()
    source = np.clip(np.arange(start, stop) - later, start, stop - 1)
    out[start:stop, list(channels)] = frames[source][:, list(channels)]
    return out


def move(frames: np.ndarray, channels: Sequence[int], by: float, start: int, stop: int) -> np.ndarray:
    """Return frames whose `channels` are larger by a number from `start` to `stop`, each within its bounds."""
    out = frames.copy()
    out[start:stop, list(channels)] += np.float32(by)
    return _within_bounds(out, channels)


def take_from(
    frames: np.ndarray, channels: Sequence[int], other: np.ndarray, beside: np.ndarray, start: int, stop: int
) -> np.ndarray:
    """Return frames whose `channels` are those of another recording from `start` to `stop`.

    Parameters
    ----------
    frames : ndarray of float, shape (length, 22)
    channels : sequence of int
    other : ndarray of float, shape (other length, 22)
    beside : ndarray of int, shape (length,)
        The other's frame beside each of these, see `analysis.warping.frame_beside`.
    start, stop : int
        Half-open.
    """
    out = frames.copy()
    out[start:stop, list(channels)] = other[beside[start:stop]][:, list(channels)]
    return out


def pull(frames: np.ndarray, channel: int, step: int, value: float, reach: int = PULL) -> np.ndarray:
    """Return frames whose curve of a channel goes through a value at a frame; its neighbours follow less and less.

    An angle that wraps is turned the shorter way.
    """
    out = frames.copy()
    by = value - float(frames[step, channel])
    if channel in WRAPPING:
        by = (by + 0.5) % 1 - 0.5
    away = np.abs(np.arange(len(frames)) - step)
    weight = np.where(away <= reach, 0.5 + 0.5 * np.cos(np.pi * away / (reach + 1)), 0)
    out[:, channel] += (weight * by).astype(np.float32)
    return _within_bounds(out, (channel,))


def _between(frames: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Return frames at places between frames, shape (n,), whose angles go the shorter way."""
    before = np.floor(at).astype(np.int64)
    after = np.minimum(before + 1, len(frames) - 1)
    share = (at - before)[:, None].astype(np.float32)
    step = frames[after] - frames[before]
    turns = list(WRAPPING)
    step[:, turns] = (step[:, turns] + 0.5) % 1 - 0.5
    out = frames[before] + share * step
    between = (share > 0)[:, 0]
    out[np.ix_(between, turns)] %= 1
    return np.asarray(out, dtype=frames.dtype)


def _within_bounds(frames: np.ndarray, channels: Sequence[int]) -> np.ndarray:
    for channel in channels:
        if channel in WRAPPING:
            outside = (frames[:, channel] < 0) | (frames[:, channel] > 1)
            frames[outside, channel] %= 1
        elif channel not in PLACES:
            np.clip(frames[:, channel], 0, 1, out=frames[:, channel])
    return frames
