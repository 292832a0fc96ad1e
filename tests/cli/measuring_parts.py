"""Made-up maps whose figures tests of commands measure again."""

from __future__ import annotations

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.network import Autoencoder, DenseLayer


def network_of(a: Activations, seed: int, dims: int = 2) -> Autoencoder:
    rng = np.random.default_rng(seed)
    down = rng.normal(0, 0.5, (a.units, dims)).astype(np.float32)
    up = np.linalg.pinv(down).astype(np.float32)
    zeros = np.zeros(dims, np.float32), np.zeros(a.units, np.float32)
    return Autoencoder((DenseLayer(down, zeros[0], "linear"), DenseLayer(up, zeros[1], "linear")), 0)
