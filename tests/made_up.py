"""Synthetic activations for tests that need no recordings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.core.network import Head
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.words import SIGN_LANGUAGE

STEPS = 20
SIGNS = ("alive", "computer_PC_", "drink", "zero")
NAMES = ("alive", "computer (PC)", "drink", "zero")


def torn(activations: Activations, dims: int = 2) -> Projection:
    """Return a map of activations on which every third recording jumps far away after its fourth step."""
    points = activations.projections[dims].points.copy()
    for recording in range(0, len(activations), 3):
        points[activations.offsets[recording] + 4 : activations.offsets[recording + 1]] += 20
    return replace(activations.projections[dims], points=points)


def made_up_activations(recordings_per_sign: int = 6, units: int = 8, seed: int = 0) -> Activations:
    """Create activations of four signs whose paths leave the origin in four directions, with different lengths."""
    rng = np.random.default_rng(seed)
    n = len(SIGNS) * recordings_per_sign
    sign = np.repeat(np.arange(len(SIGNS), dtype=np.int16), recordings_per_sign)
    lengths = rng.integers(8, STEPS - 2, n).astype(np.int32)
    first = (STEPS - lengths).astype(np.int32)
    angle = sign * np.pi / 2 + np.pi / 4
    direction = np.stack([np.cos(angle), np.sin(angle), np.cos(2 * angle + 0.4)], axis=1)
    paths = []
    for i in range(n):
        t = np.linspace(0.15, 1, lengths[i])[:, None]
        paths.append(6 * t * direction[i] + rng.normal(0, 0.15, (lengths[i], 3)))
    points = np.concatenate(paths).astype(np.float32)
    padding = int(first.max())
    prefix = np.linspace([0.5, 0, 0.2], [0, 0, 0], padding).astype(np.float32)
    mix = rng.normal(0, 0.3, (3, units)).astype(np.float32)
    states = np.tanh(points @ mix).astype(np.float32)
    predicted = sign.copy()
    predicted[0] = 1
    split = np.tile(np.array([0, 0, 0, 0, 1, 2], dtype=np.uint8), n)[:n]
    return Activations(
        states=ArrayStates(states),
        prefix=np.tanh(prefix @ mix).astype(np.float32),
        lengths=lengths,
        first_step=first,
        sign=sign,
        predicted=predicted,
        session=(np.arange(n) % 9 + 1).astype(np.int16),
        trial=(np.arange(n) % 3 + 1).astype(np.int16),
        split=split,
        signs=SIGNS,
        names=NAMES,
        steps=STEPS,
        head=Head(rng.normal(0, 1, (units, len(SIGNS))).astype(np.float32), np.zeros(len(SIGNS), np.float32)),
        projections={
            2: Projection(points[:, :2].copy(), prefix[:, :2].copy(), "made-up", "2-D made up"),
            3: Projection(points, prefix, "made-up", "3-D made up"),
        },
        provenance={"data": "made up"},
        words=SIGN_LANGUAGE,
    )
