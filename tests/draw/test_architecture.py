"""Networks layer by layer: what each box says, how wide it is, and how many parameters it has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, Classifier, DenseLayer, Head
from auslan_explorer.draw.architecture import (
    LayerBox,
    architecture,
    autoencoder_layers,
    classifier_layers,
    save_architecture,
)
from tests.made_up import made_up_activations


def zeros(*shape: int) -> np.ndarray:
    return np.zeros(shape, np.float32)


CLASSIFIER = Classifier(
    zeros(22, 8), zeros(2, 8), zeros(8), Head(zeros(2, 3), zeros(3)), "sigmoid", zeros(22), zeros(22) + 1, 9,
    ("a", "b", "c"),
)  # fmt: skip


def squeezing_to(dims: int) -> Autoencoder:
    widths, kinds = (8, 5, dims, 5, 8), ("relu", "linear", "tanh", "linear")
    layers = (DenseLayer(zeros(a, b), zeros(b), kind) for a, b, kind in zip(widths, widths[1:], kinds, strict=False))
    return Autoencoder(tuple(layers), 1)


def test_a_classifier_goes_from_gloves_to_signs() -> None:
    boxes = classifier_layers(CLASSIFIER)
    assert boxes == (
        LayerBox("Gloves", "padded in front", "9 × 22", 22),
        LayerBox("LSTM", "tanh, sigmoid gates", "9 × 2", 2, 22 * 8 + 2 * 8 + 8, accent=True),
        LayerBox("Last step", "what came before is left out", "2", 2),
        LayerBox("Dense", "softmax", "3 signs", 3, 2 * 3 + 3),
    )
    for moved in ({"mean": zeros(22) + 1}, {"std": zeros(22) + 2}):
        assert classifier_layers(replace(CLASSIFIER, **moved))[0].does == "standardised, padded in front"
    hard = classifier_layers(replace(CLASSIFIER, gates="hard_sigmoid"))
    assert hard[1].does == "tanh, hard sigmoid gates"


def test_an_autoencoder_goes_through_its_bottleneck_and_back() -> None:
    assert autoencoder_layers(squeezing_to(2)) == (
        LayerBox("Hidden state", "of the LSTM, one step", "8", 8),
        LayerBox("Dense", "relu", "5", 5, 8 * 5 + 5),
        LayerBox("Bottleneck", "linear", "2", 2, 5 * 2 + 2, accent=True),
        LayerBox("Dense", "tanh", "5", 5, 2 * 5 + 5),
        LayerBox("Reconstruction", "linear", "8", 8, 5 * 8 + 8),
    )


def test_figures_are_of_the_networks_that_are_at_hand() -> None:
    a = replace(made_up_activations(), classifier=None, autoencoders={})
    for number, which in ((1, "The classifier behind these activations"), (2, "The autoencoder behind this map")):
        with pytest.raises(UserError, match=f"^{which} is not at hand, so figure {number} cannot be drawn; its file"):
            architecture(number, a)
    flat, solid = squeezing_to(2), squeezing_to(3)
    assert architecture(1, replace(a, classifier=CLASSIFIER)) == ("The classifier", classifier_layers(CLASSIFIER))
    only_solid = architecture(2, replace(a, autoencoders={3: solid}))
    assert only_solid == ("The 3-D autoencoder", autoencoder_layers(solid))
    assert architecture(2, replace(a, autoencoders={3: solid, 2: flat}))[0] == "The 2-D autoencoder"


def test_a_picture_of_a_network_is_900_by_720_pixels_unless_another_size_is_asked_for(
    qapp: object, tmp_path: Path
) -> None:
    a = replace(made_up_activations(), autoencoders={2: squeezing_to(2)})
    for size, wanted in ((None, (900, 720)), ((300, 200), (300, 200))):
        save_architecture(2, a, tmp_path / "a.png", size)
        with Image.open(tmp_path / "a.png") as image:
            assert image.size == wanted
