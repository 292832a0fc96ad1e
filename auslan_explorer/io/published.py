"""Reads the published weights behind the article's figures, as Keras 2.1.2 saved them in 2018.

Only arrays are read, by shape and by the order of the layers' numbers. The files' ``model_config``, whose ``Lambda``
layer holds marshalled Python code, and the optimizer's state are not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import h5py
import numpy as np

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, Classifier, DenseLayer, Head
from auslan_explorer.core.recordings import CHANNELS, STEPS
from auslan_explorer.io import hdf5

CLASSIFIER_FILE = "model_weights_final.hdf5"
AUTOENCODER_FILES = {2: "auto2D_model_weights.hdf5", 3: "auto3D_model_weights.hdf5"}

# What the classifier's outputs stand for, which its file does not say: all signs but his_hers, in ASCII order.
ARTICLE_SIGNS: tuple[str, ...] = tuple(
    """
    God I Norway alive all answer boy building buy change_mind_ cold come computer_PC_ cost crazy danger deaf different
    draw drink eat exit flash-light forget girl give glove go happy head hear hello hot how hurry hurt innocent is_true_
    joke juice know later lose love make man maybe mine money more name no not-my-problem paper pen please polite
    question read ready research responsible right sad same science share shop soon sorry spend stubborn surprise take
    temper thank think tray us voluntary wait_notyet_ what when where which who why wild will write wrong yes you zero
    """.split()  # noqa: SIM905 (94 quoted words read worse)
)

_BOTTLENECK = 2
_DENSE_LAYERS = 6


def load_published(folder: Path, signs: Sequence[str] = ARTICLE_SIGNS) -> tuple[Classifier, Autoencoder, Autoencoder]:
    """Read the three files behind the article's figures.

    Parameters
    ----------
    folder : Path
        Folder that holds `CLASSIFIER_FILE` and both of `AUTOENCODER_FILES`.
    signs : sequence of str
        Sign keys in the order of the classifier's outputs.

    Returns
    -------
    classifier : Classifier
        Gates are Keras 2's ``hard_sigmoid``; the input is not standardised.
    autoencoder_2d, autoencoder_3d : Autoencoder

    Raises
    ------
    UserError
        If a file is missing, damaged, or of another network.
    """
    if not folder.is_dir():
        raise UserError(f"There is no folder {folder}; choose the one that holds {CLASSIFIER_FILE}.")
    for name in (CLASSIFIER_FILE, *AUTOENCODER_FILES.values()):
        if not (folder / name).is_file():
            raise UserError(f"{folder} lacks {name}; all three files of published weights are needed.")
    classifier = _classifier(folder / CLASSIFIER_FILE, tuple(signs))
    two, three = (_autoencoder(folder / name, dims, classifier.units) for dims, name in AUTOENCODER_FILES.items())
    return classifier, two, three


def _classifier(path: Path, signs: tuple[str, ...]) -> Classifier:
    with hdf5.naming_errors(path, "the published classifier"), hdf5.reading(path) as file:
        layers = _layers(file, path)
        recurrent = [layer for layer in layers if f"{layer}/recurrent_kernel:0" in file]
        dense = [layer for layer in layers if layer not in recurrent]
        if len(recurrent) != 1 or len(dense) != 1:
            raise UserError(
                f"it has {len(recurrent)} recurrent and {len(dense)} dense layers where one of each is needed; "
                "it is another network."
            )
        lstm, head = recurrent[0], dense[0]
        recurrent_kernel = hdf5.needed(file, f"{lstm}/recurrent_kernel:0", "f", (None, None), np.float32)
        units = recurrent_kernel.shape[0]
        return Classifier(
            kernel=hdf5.needed(file, f"{lstm}/kernel:0", "f", (len(CHANNELS), 4 * units), np.float32),
            recurrent_kernel=recurrent_kernel,
            bias=hdf5.needed(file, f"{lstm}/bias:0", "f", (4 * units,), np.float32),
            head=Head(
                hdf5.needed(file, f"{head}/kernel:0", "f", (units, len(signs)), np.float32),
                hdf5.needed(file, f"{head}/bias:0", "f", (len(signs),), np.float32),
            ),
            gates="hard_sigmoid",  # Keras 2's default for an LSTM
            mean=np.zeros(len(CHANNELS), dtype=np.float32),
            std=np.ones(len(CHANNELS), dtype=np.float32),
            steps=STEPS,
            signs=signs,
        )


def _autoencoder(path: Path, dims: int, units: int) -> Autoencoder:
    with hdf5.naming_errors(path, f"the published {dims}-D autoencoder"), hdf5.reading(path) as file:
        names = _layers(file, path)
        if len(names) != _DENSE_LAYERS:
            raise UserError(
                f"it has {len(names)} layers of weights where {_DENSE_LAYERS} are needed; it is another network."
            )
        layers = []
        width = units
        for number, name in enumerate(names):
            out = {_BOTTLENECK: dims, _DENSE_LAYERS - 1: units}.get(number)
            kernel = hdf5.needed(file, f"{name}/kernel:0", "f", (width, out), np.float32)
            width = kernel.shape[1]
            bias = hdf5.needed(file, f"{name}/bias:0", "f", (width,), np.float32)
            layers.append(DenseLayer(kernel, bias, "linear" if out is not None else "relu"))
        return Autoencoder(tuple(layers), _BOTTLENECK)


def _layers(file: h5py.File, path: Path) -> list[str]:
    """Return the groups of layers that have weights, by the number in their names (dense_9 before dense_10)."""
    root = file.get("model_weights")
    if not isinstance(root, h5py.Group):
        raise UserError(f"{path} is not a Keras weight file; choose the folder of the published weights.")
    found = []
    for layer in root:
        name = f"model_weights/{layer}/{layer}"
        if f"{name}/kernel:0" in file:
            number = re.search(r"(\d+)$", layer)
            found.append((int(number[1]) if number else 0, name))
    return [name for _, name in sorted(found)]
