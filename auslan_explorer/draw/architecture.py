"""Draws figures 1 and 2 of the article: a network's layers, from the loaded weights."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, Classifier
from auslan_explorer.core.words import counted
from auslan_explorer.draw.paint import colour, font, paint_text, paint_title
from auslan_explorer.draw.picture import check_size, check_suffix, encode_png, set_resolution, vector_bytes
from auslan_explorer.draw.theme import BODY, LIGHT, SMALL, Theme
from auslan_explorer.io.atomic import writing
from auslan_explorer.io.origin_tags import NOWHERE, Origin, tag_picture

ARCHITECTURE_SIZE = (900, 720)
_LEAST, _MOST = 0.1, 0.44


@dataclass(frozen=True)
class LayerBox:
    """One layer in the drawing of a network.

    Attributes
    ----------
    name : str
    does : str
        Its activation or function.
    shape : str
        Shape of its output.
    width : int
        Outputs at each step; the box is as wide as their logarithm.
    parameters : int
        Number of trained parameters.
    accent : bool
        Whether its output is the map.
    """

    name: str
    does: str
    shape: str
    width: int
    parameters: int = 0
    accent: bool = False


def classifier_layers(classifier: Classifier) -> tuple[LayerBox, ...]:
    """Return the layers of a classifier, from input to prediction."""
    c = classifier
    channels, steps, units, signs = c.kernel.shape[0], c.steps, c.units, len(c.signs)
    lstm = c.kernel.size + c.recurrent_kernel.size + c.bias.size
    standardised = bool(np.any(c.mean != 0) or np.any(c.std != 1))
    given = "standardised, padded in front" if standardised else "padded in front"
    gates = "hard sigmoid" if c.gates == "hard_sigmoid" else "sigmoid"
    return (
        LayerBox("Gloves", given, f"{steps} \u00d7 {channels}", channels),
        LayerBox("LSTM", f"tanh, {gates} gates", f"{steps} \u00d7 {units}", units, lstm, accent=True),
        LayerBox("Last step", "what came before is left out", f"{units}", units),
        LayerBox("Dense", "softmax", counted(signs, "sign"), signs, c.head.kernel.size + c.head.bias.size),
    )


def autoencoder_layers(autoencoder: Autoencoder) -> tuple[LayerBox, ...]:
    """Return the layers of an autoencoder, from the hidden state through the bottleneck to its reconstruction."""
    units = autoencoder.units
    boxes = [LayerBox("Hidden state", "of the LSTM, one step", f"{units}", units)]
    for number, layer in enumerate(autoencoder.layers):
        out = layer.kernel.shape[1]
        middle, last = number == autoencoder.bottleneck, number == len(autoencoder.layers) - 1
        name = "Bottleneck" if middle else "Reconstruction" if last else "Dense"
        boxes.append(LayerBox(name, layer.activation, f"{out}", out, layer.kernel.size + layer.bias.size, middle))
    return tuple(boxes)


def architecture(number: int, activations: Activations) -> tuple[str, tuple[LayerBox, ...]]:
    """Return title and layers of figure 1 (classifier) or 2 (autoencoder, the 2-D one if there is one).

    Raises
    ------
    UserError
        If the network is not known: a cache holds hidden states, not the weights that made them.
    """
    if number == 1:
        if activations.classifier is None:
            raise UserError(
                "The classifier behind these activations is not at hand, so figure 1 cannot be drawn; "
                "its file belongs into models/ (or use --models or --published)."
            )
        return "The classifier", classifier_layers(activations.classifier)
    for dims in (2, 3):
        if dims in activations.autoencoders:
            return f"The {dims}-D autoencoder", autoencoder_layers(activations.autoencoders[dims])
    raise UserError(
        "The autoencoder behind this map is not at hand, so figure 2 cannot be drawn; "
        "its file belongs into models/ (or use --models or --published)."
    )


def paint_architecture(
    painter: QPainter,
    title: str,
    layers: tuple[LayerBox, ...],
    size: tuple[int, int],
    theme: Theme,
    transparent: bool = False,
) -> None:
    """Draw the layers from top to bottom: a box each, its function at the left, its output shape at the right."""
    width, height = size
    s = max(min(width / 900, height / 720), 0.3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not transparent:
        painter.fillRect(QRectF(0, 0, width, height), colour(theme.background))
    paint_title(painter, 24 * s, 40 * s, title, theme, s)
    body, small = font(BODY * s, bold=True), font(SMALL * s)
    wide, tiny = QFontMetricsF(body), QFontMetricsF(small)
    top, bottom = 72 * s, height - 48 * s
    pitch = (bottom - top) / len(layers)
    box = min(0.62 * pitch, 64 * s)
    most = max(np.log2(layer.width + 1) for layer in layers)
    middle = width / 2
    for number, layer in enumerate(layers):
        y = top + number * pitch
        half = width * (_LEAST + (_MOST - _LEAST) * float(np.log2(layer.width + 1) / most)) / 2
        fill, foreground = (theme.accent, theme.on_accent) if layer.accent else (theme.panel, theme.foreground)
        painter.setPen(QPen(colour(theme.accent if layer.accent else theme.grey), s))
        painter.setBrush(colour(fill))
        painter.drawRoundedRect(QRectF(middle - half, y, 2 * half, box), 6 * s, 6 * s)
        baseline = y + box / 2 + wide.capHeight() / 2
        paint_text(
            painter, middle - wide.horizontalAdvance(layer.name) / 2, baseline, layer.name, body, foreground, None
        )
        left = middle - width * _MOST / 2 - 20 * s
        paint_text(painter, left - tiny.horizontalAdvance(layer.does), baseline, layer.does, small, theme.muted, None)
        right = middle + width * _MOST / 2 + 20 * s
        paint_text(painter, right, baseline, layer.shape, body, theme.foreground, None)
        if layer.parameters:
            text = f"{layer.parameters:,} parameters".replace(",", "\u202f")
            at = right + max(wide.horizontalAdvance("90 \u00d7 100") + 20 * s, 0)
            paint_text(painter, at, baseline, text, small, theme.muted, None)
        if number + 1 < len(layers):
            _arrow(painter, middle, y + box + 4 * s, y + pitch - 4 * s, theme, s)
    total = sum(layer.parameters for layer in layers)
    text = f"{total:,} parameters in all; the map is drawn from the coloured layer".replace(",", "\u202f")
    paint_text(painter, 24 * s, height - 20 * s, text, small, theme.muted, None)


def _arrow(painter: QPainter, x: float, start: float, end: float, theme: Theme, s: float) -> None:
    head = min(5 * s, (end - start) / 2)
    painter.setPen(QPen(colour(theme.muted), s))
    painter.drawLine(QPointF(x, start), QPointF(x, end - head))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme.muted))
    painter.drawPolygon(QPolygonF([QPointF(x - head, end - head), QPointF(x + head, end - head), QPointF(x, end)]))


def architecture_image(
    number: int, activations: Activations, size: tuple[int, int], theme: Theme, transparent: bool = False
) -> QImage:
    """Draw figure 1 or 2 as a raster image.

    Raises
    ------
    UserError
        As `architecture`.
    """
    title, layers = architecture(number, activations)
    image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied if transparent else QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        paint_architecture(painter, title, layers, size, theme, transparent)
    return image


def save_architecture(
    number: int,
    activations: Activations,
    out: Path,
    size: tuple[int, int] | None = None,
    theme: Theme = LIGHT,
    dpi: int | None = None,
    transparent: bool = False,
    origin: Origin = NOWHERE,
) -> None:
    """Write figure 1 or 2 as PNG, SVG or PDF, atomically.

    Raises
    ------
    UserError
        As `architecture`, or if the file cannot be written.
    """
    check_suffix(out)
    size = size or ARCHITECTURE_SIZE
    check_size(*size)
    title, layers = architecture(number, activations)
    suffix = out.suffix.lower()
    with writing(out) as beside:
        if suffix == ".png":
            image = architecture_image(number, activations, size, theme, transparent)
            set_resolution(image, dpi)
            data = encode_png(image)
        else:
            data = vector_bytes(
                lambda p: paint_architecture(p, title, layers, size, theme, transparent), size, title, suffix
            )
        beside.write_bytes(tag_picture(data, suffix, origin))
