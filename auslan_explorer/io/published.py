"""Reads the published weights behind the article's figures, and other networks of one LSTM and a softmax layer.

Of the files only arrays are read, and of their configuration a few names and numbers; see `io.keras_weights`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, Classifier, DenseLayer, Gates, Head, numbered_classes
from auslan_explorer.core.recordings import CHANNELS, STEPS
from auslan_explorer.core.words import counted
from auslan_explorer.io import hdf5
from auslan_explorer.io.cache_reader import MOST_SIGNS
from auslan_explorer.io.keras_weights import lstm_settings, read_part, weight_layers
from auslan_explorer.io.opening import shown

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


def load_published(folder: Path, signs: Sequence[str] | None = None) -> tuple[Classifier, Autoencoder, Autoencoder]:
    """Read the three files behind the article's figures, or three of the same kind of another width.

    Parameters
    ----------
    folder : Path
        Folder that holds `CLASSIFIER_FILE` and both of `AUTOENCODER_FILES`.
    signs : sequence of str, optional
        Sign keys in the order of the classifier's outputs; see `load_keras_classifier`.

    Returns
    -------
    classifier : Classifier
        The input is not standardised.
    autoencoder_2d, autoencoder_3d : Autoencoder

    Raises
    ------
    UserError
        If a file is missing, damaged, or of another network.
    """
    if not folder.is_dir():
        raise UserError(f"There is no folder {shown(folder)}; choose the one that holds {CLASSIFIER_FILE}.")
    for name in (CLASSIFIER_FILE, *AUTOENCODER_FILES.values()):
        if not (folder / name).is_file():
            raise UserError(f"{shown(folder)} lacks {shown(name)}; all three files of published weights are needed.")
    classifier = load_keras_classifier(folder / CLASSIFIER_FILE, signs, len(CHANNELS))
    two, three = (_autoencoder(folder / name, dims, classifier.units) for dims, name in AUTOENCODER_FILES.items())
    return classifier, two, three


def load_keras_classifier(
    path: Path, signs: Sequence[str] | None = None, channels: int | None = None, gates: str = ""
) -> Classifier:
    """Read a Keras weight file of one LSTM, of any width, with a softmax layer on top.

    Parameters
    ----------
    path : Path
    signs : sequence of str, optional
        Names of the outputs. By default those of the article for 94 outputs, else numbers.
    channels : int, optional
        Width of the input, where it is known.
    gates : {"", "sigmoid", "hard_sigmoid"}
        Gate activation, in Keras 2's definition; by default what the file says, or what its Keras did.

    Raises
    ------
    UserError
        If the file is damaged, or of another network.
    """
    with hdf5.naming_errors(path, "a network of one LSTM"), hdf5.reading(path) as file:
        layers = weight_layers(file, path)
        recurrent = [layer for layer in layers if layer.recurrent]
        dense = [layer for layer in layers if not layer.recurrent]
        if len(recurrent) != 1 or len(dense) != 1:
            raise UserError(
                f"it has {len(recurrent)} recurrent and {counted(len(dense), 'dense layer')} where one of each "
                "is needed for "
                "recordings; several recurrent layers are run over sequences of an .npz with arrays X and y."
            )
        lstm, head = recurrent[0], dense[0]
        settings = lstm_settings(file)
        recurrent_kernel = read_part(file, lstm, "recurrent_kernel", (None, None))
        units = recurrent_kernel.shape[0]
        if recurrent_kernel.shape[1] != 4 * units:
            raise UserError("its recurrent layer is no LSTM; save the whole model as .keras to open it.")
        kernel = read_part(file, head, "kernel", (units, None if signs is None else len(signs)))
        if kernel.shape[1] > MOST_SIGNS:
            raise UserError(f"it has {kernel.shape[1]} outputs; {MOST_SIGNS} classes are the most.")
        named = tuple(signs) if signs is not None else _names_of(kernel.shape[1])
        reads = read_part(file, lstm, "kernel", (channels, 4 * units))
        return Classifier(
            kernel=reads,
            recurrent_kernel=recurrent_kernel,
            bias=read_part(file, lstm, "bias", (4 * units,)),
            head=Head(kernel, read_part(file, head, "bias", (kernel.shape[1],))),
            gates=cast(Gates, gates or settings.gates),
            mean=np.zeros(len(reads), dtype=np.float32),
            std=np.ones(len(reads), dtype=np.float32),
            steps=settings.steps or STEPS,
            signs=named,
        )


def _names_of(outputs: int) -> tuple[str, ...]:
    return ARTICLE_SIGNS if outputs == len(ARTICLE_SIGNS) else numbered_classes(outputs)


def _autoencoder(path: Path, dims: int, units: int) -> Autoencoder:
    with hdf5.naming_errors(path, f"the published {dims}-D autoencoder"), hdf5.reading(path) as file:
        found = weight_layers(file, path)
        if len(found) != _DENSE_LAYERS or any(layer.recurrent for layer in found):
            raise UserError(
                f"it has weights of {counted(len(found), 'layer')} where {_DENSE_LAYERS} dense ones are needed; "
                "it is another network."
            )
        layers = []
        width = units
        for number, layer in enumerate(found):
            out = {_BOTTLENECK: dims, _DENSE_LAYERS - 1: units}.get(number)
            kernel = read_part(file, layer, "kernel", (width, out))
            width = kernel.shape[1]
            bias = read_part(file, layer, "bias", (width,))
            layers.append(DenseLayer(kernel, bias, "linear" if out is not None else "relu"))
        return Autoencoder(tuple(layers), _BOTTLENECK)
