"""Networks whose parts do not fit are refused in a sentence of their own."""

from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, DenseLayer

UNITS = 5


def layer(before: int, after: int, activation: str = "linear", weight: float = 0.5) -> DenseLayer:
    return DenseLayer(np.full((before, after), weight, np.float32), np.zeros(after, np.float32), activation)


@pytest.mark.parametrize(
    ("layers", "bottleneck", "says"),
    [
        ((layer(UNITS, 2), layer(2, UNITS)), 1, "has no bottleneck layer between its input and its output"),
        ((layer(UNITS, 2), layer(3, UNITS)), 0, "layers do not fit one another"),
        ((layer(UNITS, 2, "swish"), layer(2, UNITS)), 0, "uses the activation 'swish', which is not known here"),
        ((layer(UNITS, 2, weight=np.nan), layer(2, UNITS)), 0, "hold values that are not finite numbers"),
        ((layer(UNITS, 2), layer(2, UNITS - 1)), 0, "output is not as wide as its input"),
    ],
)
def test_an_autoencoder_that_cannot_be_one_is_refused(
    layers: tuple[DenseLayer, ...], bottleneck: int, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        Autoencoder(layers, bottleneck)
