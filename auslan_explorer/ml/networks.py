"""Builds the article's networks in Keras, and converts NumPy weights to Keras models and back."""

from __future__ import annotations

import keras
import numpy as np

from auslan_explorer.core.network import Autoencoder, Classifier, DenseLayer, Gates, Head
from auslan_explorer.training.settings import AutoencoderSettings


def hard_sigmoid_keras2(x: keras.KerasTensor) -> keras.KerasTensor:
    """Compute Keras 2's ``hard_sigmoid``, clip(0.2 x + 0.5, 0, 1); Keras 3's of that name is x/6 + 0.5."""
    return keras.ops.clip(0.2 * x + 0.5, 0.0, 1.0)


def _gate(gates: Gates) -> object:
    return hard_sigmoid_keras2 if gates == "hard_sigmoid" else gates


ANSWER_STRIDE = 3
"""Steps between two answers of `build_classifier`."""


def build_classifier(
    units: int,
    signs: int,
    channels: int = 22,
    steps: int = 90,
    gates: Gates = "sigmoid",
    dropout: float = 0.0,
    answers: int = 1,
) -> keras.Model:
    """Build the article's classifier (article, figure 1) without its ``Lambda`` layer.

    Parameters
    ----------
    units, signs, channels, steps : int
    gates : {"sigmoid", "hard_sigmoid"}
    dropout : float
        Dropout rate of the last hidden state before the softmax layer, in training only.
    answers : int
        Hidden states that the softmax layer reads: the last one, and those `ANSWER_STRIDE` steps apart before it.

    Returns
    -------
    keras.Model
        Input (rows, steps, channels), standardised and padded with zeros in front; output (rows, signs), logits:
        the softmax is part of the loss in training and of `core.network.Head` afterwards. With several answers
        (rows, answers, signs), the last step's at the end.
    """
    inputs = keras.Input((steps, channels), name="frames")
    lstm = keras.layers.LSTM(units, recurrent_activation=_gate(gates), return_sequences=answers > 1, name="lstm")
    read = lstm(inputs)
    if answers > 1:
        read = read[:, (steps - 1) % ANSWER_STRIDE :: ANSWER_STRIDE][:, -answers:]
    if dropout:
        read = keras.layers.Dropout(dropout, name="dropout")(read)
    return keras.Model(inputs, keras.layers.Dense(signs, name="head")(read), name="classifier")


def classifier_to_keras(classifier: Classifier) -> keras.Model:
    """Convert a classifier to a Keras model with the input and output of `build_classifier`."""
    channels = classifier.kernel.shape[0]
    model = build_classifier(classifier.units, len(classifier.signs), channels, classifier.steps, classifier.gates)
    model.get_layer("lstm").set_weights([classifier.kernel, classifier.recurrent_kernel, classifier.bias])
    model.get_layer("head").set_weights([classifier.head.kernel, classifier.head.bias])
    return model


def classifier_from_keras(
    model: keras.Model, signs: tuple[str, ...], mean: np.ndarray, std: np.ndarray, gates: Gates = "sigmoid"
) -> Classifier:
    """Convert a model of `build_classifier` to NumPy weights.

    Parameters
    ----------
    model : keras.Model
    signs : tuple of str
        Sign keys in the order of the outputs.
    mean, std : ndarray of float32, shape (channels,)
        Standardisation of the model's input.
    gates : {"sigmoid", "hard_sigmoid"}
    """
    kernel, recurrent_kernel, bias = model.get_layer("lstm").get_weights()
    head = Head(*model.get_layer("head").get_weights())
    return Classifier(kernel, recurrent_kernel, bias, head, gates, mean, std, model.input_shape[1], signs)


def hidden_states_model(model: keras.Model) -> keras.Model:
    """Return a model with a classifier's weights that outputs all hidden states, shape (rows, steps, units)."""
    lstm = model.get_layer("lstm")
    inputs = keras.Input(model.input_shape[1:])
    twin = keras.layers.LSTM(lstm.units, recurrent_activation=lstm.recurrent_activation, return_sequences=True)
    states = keras.Model(inputs, twin(inputs))
    twin.set_weights(lstm.get_weights())
    return states


def build_autoencoder(units: int, settings: AutoencoderSettings) -> keras.Model:
    """Build the article's autoencoder (article, figure 2): relu, a bottleneck of 2 or 3, linear output.

    Parameters
    ----------
    units : int
        Width of the hidden states.
    settings : AutoencoderSettings
        `widths`, `dims` and `bottleneck` are used.

    Returns
    -------
    keras.Model
        Input and output (rows, units); the bottleneck layer is called "bottleneck".
    """
    dense = keras.layers.Dense
    # He et al. 2015: the initialisation made for relu; with the default one learning starts slowly.
    relu = {"activation": "relu", "kernel_initializer": "he_uniform"}
    x = inputs = keras.Input((units,), name="hidden_state")
    for number, width in enumerate(settings.widths):
        x = dense(width, name=f"encode_{number}", **relu)(x)
    x = dense(settings.dims, settings.bottleneck, name="bottleneck")(x)
    for number, width in enumerate(reversed(settings.widths)):
        x = dense(width, name=f"decode_{number}", **relu)(x)
    return keras.Model(inputs, dense(units, name="reconstruction")(x), name="autoencoder")


def halves(model: keras.Model) -> tuple[keras.Model, keras.Model]:
    """Split a model of `build_autoencoder` into encoder and decoder, which share its weights."""
    bottleneck = model.get_layer("bottleneck")
    behind = model.layers[model.layers.index(bottleneck) + 1 :]
    x = code = keras.Input(bottleneck.output.shape[1:], name="code")
    for layer in behind:
        x = layer(x)
    return keras.Model(model.inputs, bottleneck.output), keras.Model(code, x)


def autoencoder_to_keras(autoencoder: Autoencoder) -> keras.Model:
    """Convert an autoencoder to a Keras model, (rows, units) to (rows, units)."""
    x = inputs = keras.Input((autoencoder.units,), name="hidden_state")
    for number, layer in enumerate(autoencoder.layers):
        name = "bottleneck" if number == autoencoder.bottleneck else f"dense_{number}"
        x = keras.layers.Dense(layer.kernel.shape[1], layer.activation, name=name)(x)
    model = keras.Model(inputs, x, name="autoencoder")
    model.set_weights([array for layer in autoencoder.layers for array in (layer.kernel, layer.bias)])
    return model


def autoencoder_from_keras(model: keras.Model) -> Autoencoder:
    """Convert a dense Keras model with a layer called "bottleneck" to NumPy weights."""
    dense = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]
    layers = []
    for layer in dense:
        kernel, bias = layer.get_weights()
        layers.append(DenseLayer(kernel, bias, layer.activation.__name__))
    return Autoencoder(tuple(layers), [layer.name for layer in dense].index("bottleneck"))
