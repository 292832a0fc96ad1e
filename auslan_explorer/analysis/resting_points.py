"""Finds resting points of an LSTM under an input that stays, as FixedPointFinder does (Golub and Sussillo 2018).

From many states of real recordings the speed of the step is minimised (Sussillo and Barak 2013): first by letting the
network run, which finds what attracts, then by Levenberg's method on the step's own Jacobian, which also finds points
that repel in some directions. All in double precision.
"""

from __future__ import annotations

import numpy as np

from auslan_explorer.analysis.blas import one_thread
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.network import Classifier
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.resting import STILL, RestingPoints

RUN_STEPS = 3000
"""Most steps that the network runs with the input held."""
ITERATIONS = 40
"""Most steps of the minimisation from each start."""
SLOW = 1e-3
"""Speed, root mean square over hidden and cell states, up to which a point is told of."""
SAME = 0.02
"""Points whose hidden states are no further apart (root mean square) are one."""
_STILL = 1e-9
_DAMPING = 1e-2
_AT_ONCE = 16


class HeldStep:
    """One step of an LSTM under an input that stays, as a map of hidden and cell states, with its Jacobian.

    Parameters
    ----------
    classifier : Classifier
    frame : ndarray of float, shape (channels,) or (n, channels)
        As recorded, for all states or one for each; it is standardised as the network's inputs are.
    """

    def __init__(self, classifier: Classifier, frame: np.ndarray) -> None:
        x = (np.asarray(frame, dtype=np.float64) - classifier.mean) / classifier.std
        self.units = classifier.units
        self._given = x @ classifier.kernel.astype(np.float64) + classifier.bias
        self._recurrent = classifier.recurrent_kernel.astype(np.float64)
        self._hard = classifier.gates == "hard_sigmoid"

    def __call__(self, both: np.ndarray) -> np.ndarray:
        """Return the states after a step, float64, shape (n, 2 * units): hidden states, then cell states."""
        h, c = both[:, : self.units], both[:, self.units :]
        i, f, g, o = self._gates(h)
        cell = f * c + i * g
        return np.concatenate([o * np.tanh(cell), cell], axis=1)

    def jacobian(self, both: np.ndarray) -> np.ndarray:
        """Return the derivatives of a step, float64, shape (n, 2 * units, 2 * units): of outputs by inputs."""
        u = self.units
        h, c = both[:, :u], both[:, u:]
        i, f, g, o = self._gates(h)
        r_i, r_f, r_g, r_o = (self._recurrent[:, k * u : (k + 1) * u].T for k in range(4))
        cell = np.tanh(f * c + i * g)
        through = o * (1 - cell**2)
        by_h = (
            (g * self._slope(i))[..., None] * r_i
            + (c * self._slope(f))[..., None] * r_f
            + (i * (1 - g**2))[..., None] * r_g
        )
        out = np.zeros((len(both), 2 * u, 2 * u))
        out[:, :u, :u] = (cell * self._slope(o))[..., None] * r_o + through[..., None] * by_h
        out[:, u:, :u] = by_h
        diagonal = np.arange(u)
        out[:, diagonal, u + diagonal] = through * f
        out[:, u + diagonal, u + diagonal] = f
        return out

    def speed(self, both: np.ndarray) -> np.ndarray:
        """Return how far each state moves in a step, root mean square over hidden and cell states, shape (n,)."""
        return np.asarray(np.sqrt(np.square(self(both) - both).mean(axis=1)))

    def _gates(self, h: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        i, f, g, o = np.split(h @ self._recurrent + self._given, 4, axis=1)
        return self._gate(i), self._gate(f), np.tanh(g), self._gate(o)

    def _gate(self, z: np.ndarray) -> np.ndarray:
        return np.asarray(np.clip(0.2 * z + 0.5, 0, 1) if self._hard else 0.5 * (np.tanh(0.5 * z) + 1))

    def _slope(self, gate: np.ndarray) -> np.ndarray:
        """Return the derivative of a gate by what comes in, from the gate's value."""
        return np.where((gate > 0) & (gate < 1), 0.2, 0.0) if self._hard else gate * (1 - gate)


def states_on_the_way(classifier: Classifier, padded: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """Run an LSTM over padded recordings, and return each one's states after one of its steps.

    Parameters
    ----------
    classifier : Classifier
    padded : ndarray of float32, shape (recordings, steps, channels)
        Standardised, as `Classifier.hidden_states` reads them.
    steps : ndarray of int, shape (recordings,)

    Returns
    -------
    ndarray of float64, shape (recordings, 2 * units)
        Hidden states, then cell states.
    """
    both = np.zeros((len(padded), 2 * classifier.units))
    out = both.copy()
    for number in range(padded.shape[1]):
        both = HeldStep(classifier, padded[:, number] * classifier.std + classifier.mean)(both)
        out[steps == number] = both[steps == number]
    return out


def find_resting_points(
    classifier: Classifier,
    frame: np.ndarray,
    starts: np.ndarray,
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> RestingPoints:
    """Find states in which a network stays, or nearly stays, while its input stays.

    Parameters
    ----------
    classifier : Classifier
    frame : ndarray of float, shape (channels,)
        The input, as recorded.
    starts : ndarray of float, shape (n, 2 * units)
        Hidden and cell states to begin from.
    progress, cancelled : callable, optional

    Returns
    -------
    RestingPoints
        Stable ones first, then by how many starts led there.

    Raises
    ------
    Cancelled
    """
    step = HeldStep(classifier, frame)
    with one_thread():
        run = np.asarray(starts, dtype=np.float64)
        for number in range(RUN_STEPS):
            if cancelled():
                raise Cancelled
            before, run = run, step(run)
            progress(0.3 * (number + 1) / RUN_STEPS, "")
            if np.abs(run - before).max(initial=0) < _STILL:
                break
        ends = []
        for first in range(0, len(starts), _AT_ONCE):
            some = slice(first, first + _AT_ONCE)
            ends += [_minimise(step, run[some], cancelled), _minimise(step, starts[some], cancelled)]
            progress(0.3 + 0.65 * min(first + _AT_ONCE, len(starts)) / len(starts), "")
        return _describe(classifier, step, np.concatenate([np.zeros((0, 2 * step.units)), *ends]), cancelled)


def _minimise(step: HeldStep, both: np.ndarray, cancelled: IsCancelled) -> np.ndarray:
    """Minimise the speed of each state by Levenberg's method: a Newton step, damped where it does not help."""
    both, damping = both.copy(), np.full(len(both), _DAMPING)
    missing, size = step(both) - both, both.shape[1]
    for _ in range(ITERATIONS):
        if cancelled():
            raise Cancelled
        worth = np.square(missing).sum(axis=1)
        going = np.flatnonzero((worth > 1e-24) & (damping < 1e6))
        if not len(going):
            break
        slope = step.jacobian(both[going]) - np.eye(size)
        transposed = slope.transpose(0, 2, 1)
        normal = transposed @ slope + damping[going, None, None] * np.eye(size)
        change = np.linalg.solve(normal, -(transposed @ missing[going, :, None]))[..., 0]
        tried = both[going] + change
        left = step(tried) - tried
        better = np.square(left).sum(axis=1) < worth[going]
        both[going[better]], missing[going[better]] = tried[better], left[better]
        damping[going] *= np.where(better, 0.1, 10.0)
    return both


def _describe(classifier: Classifier, step: HeldStep, found: np.ndarray, cancelled: IsCancelled) -> RestingPoints:
    """Keep the slow ones, one of each that are the same, and tell of each what it is."""
    units = step.units
    speed = step.speed(found)
    order = np.argsort(speed, kind="stable")
    order = order[speed[order] <= SLOW]
    kept: list[int] = []
    counts: list[int] = []
    for each in order.tolist():
        apart = np.sqrt(np.square(found[kept, :units] - found[each, :units]).mean(axis=1))
        if len(kept) and apart.min() <= SAME:
            counts[int(apart.argmin())] += 1
        else:
            kept.append(each)
            counts.append(1)
    growth = np.zeros(len(kept))
    for number, each in enumerate(kept):
        if cancelled():
            raise Cancelled
        growth[number] = np.abs(np.linalg.eigvals(step.jacobian(found[[each]])[0])).max()
    points = found[kept].reshape(-1, 2 * units)
    chances = classifier.head.probabilities(points[:, :units])
    answers = chances.argmax(axis=1)
    stable = (growth < 1) & (speed[kept] <= STILL)
    by_rank = np.lexsort((-np.array(counts, dtype=np.int64), ~stable))
    return RestingPoints(
        points[by_rank, :units], points[by_rank, units:], speed[kept][by_rank], growth[by_rank],
        np.array(counts, dtype=np.int64)[by_rank], answers[by_rank],
        chances[np.arange(len(chances)), answers].astype(np.float64)[by_rank],
    )  # fmt: skip
