"""Fields of the training form without Qt: labels, notes, presets, and parsing of texts into settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.training.settings import (
    BOTTLENECKS,
    RECORDINGS,
    STEPS,
    AutoencoderSettings,
    article_autoencoder,
    recommended_autoencoder,
    sharp_autoencoder,
)

RECOMMENDED, SHARP, ARTICLE = mark("Recommended"), mark("Sharp"), mark("Article")

PRESETS: dict[str, Callable[[int, int], AutoencoderSettings]] = {
    RECOMMENDED: recommended_autoencoder,
    SHARP: sharp_autoencoder,
    ARTICLE: article_autoencoder,
}
RECORDING_WORDS = {"train": "Training split", "all": "All recordings", "selection": "The selection"}
NEW_SPLIT = mark("A new split of all")
"""What "train" means where it is not known which recordings trained the network."""
STEP_WORDS = {
    "moving": "Moving ones",
    "all": "All real steps",
    "article": "10 to 64 (article)",
}


@dataclass(frozen=True)
class Field:
    """One setting of the training form.

    Attributes
    ----------
    name : str
        Name of the field of `AutoencoderSettings`.
    text : str
        Label.
    note : str
        Two explaining sentences behind the "?"; empty if the label needs none.
    kind : type
        int, float, tuple (whole numbers with commas) or str (one of `options`).
    example : str
        Valid input, for the message about input that cannot be parsed.
    options : mapping of str to str
        Values to choose from, and their labels.
    """

    name: str
    text: str
    note: str
    kind: type
    example: str = ""
    options: tuple[tuple[str, str], ...] = ()


GROUPS: tuple[tuple[str, tuple[Field, ...]], ...] = (
    (
        "Network",
        (
            Field(
                "widths", "Layer widths",
                "Units of the layers between the hidden state and the bottleneck; behind it they come again in "
                "reverse. The article has 600 and 150.",
                tuple, "600, 150",
            ),
            Field(
                "bottleneck", "Bottleneck",
                "The activation function of the two or three units whose values are the map. Linear leaves the map as "
                "wide as it likes; tanh and sigmoid squeeze it into a box, relu cuts off what is below zero. The "
                "article compares them and keeps linear.",
                str, options=tuple((name, name) for name in BOTTLENECKS),
            ),
        ),
    ),
    (
        "Learning",
        (
            Field(
                "noise", "Noise",
                "Standard deviation of the random numbers added to the hidden states before they are squeezed. The "
                "network has to give the states back without the noise, which keeps it from learning them by heart "
                "(denoising autoencoder; Vincent et al., 2008).",
                float, "0.1",
            ),
            Field(
                "smoothness", "Smoothness in time",
                "Weight of a penalty on the distance between consecutive steps of a recording. Without it (0) a path "
                "can tear: it jumps far across the map from one step to the next, though the state hardly moved. More "
                "of it gives smoother paths, and a map that explains a little less (after slow feature analysis; "
                "Wiskott and Sejnowski, 2002).",
                float, "0.1",
            ),
            Field(
                "batch", "Batch",
                "How many steps are looked at before the weights are changed once. Large batches are quicker, small "
                "ones more thorough; the article has 128.",
                int, "512",
            ),
            Field(
                "learning_rate", "Learning rate",
                "How far the weights are moved at a time. Too small takes long, too large never settles; the "
                "recommended one is only this high at first.",
                float, "0.008",
            ),
            Field(
                "epochs", "Epochs",
                "Most times that every step is looked at. With the recommended recipe the learning rate falls to "
                "nearly nothing over them.",
                int, "80",
            ),
            Field(
                "patience", "Patience",
                "Training ends when the loss of the validation recordings has not got better for so many epochs. The "
                "best weights are kept, not the last.",
                int, "15",
            ),
            Field(
                "seed", "Seed",
                "Where the random numbers begin. The same seed and settings give the same map; another seed gives "
                "another map of the same states, and comparing some tells what can be believed.",
                int, "0",
            ),
        ),
    ),
    (
        "Learned from",
        (
            Field(
                "recordings", "Recordings",
                "Those that the map is learned from; every recording is drawn on it. Some are set aside to see how "
                "well the map does on what it has not learned: the validation split, or a tenth of all or of the "
                "selection.",
                str, options=tuple((name, RECORDING_WORDS[name]) for name in RECORDINGS),
            ),
            Field(
                "steps", "Steps",
                "Redundant steps are those at either end of a recording at which the network’s state hardly moves "
                "any more. The article leaves out all but steps 10 to 64.",
                str, options=tuple((name, STEP_WORDS[name]) for name in STEPS),
            ),
        ),
    ),
)  # fmt: skip
FIELDS: dict[str, Field] = {field.name: field for _, fields in GROUPS for field in fields}


def format_value(value: Any) -> str:
    """Return a setting's value as text for the form."""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def parse_value(field: Field, text: str) -> Any:
    """Return the value of a field's text.

    Raises
    ------
    ValueError
        With a sentence for people, if the text cannot be parsed.
    """
    text = text.strip()
    try:
        if field.kind is tuple:
            return tuple(int(part) for part in text.replace(";", ",").split(",") if part.strip())
        # A decimal comma is read as a point is.
        return field.kind(text.replace(",", ".") if field.kind is float else text)
    except ValueError:
        if field.kind is tuple:
            what = tr("whole numbers with commas between")
        else:
            what = tr("a whole number") if field.kind is int else tr("a number")
        raise ValueError(tr("Write {0}, for example {1}.", what, field.example)) from None


def parse_settings(preset: str, dims: int, texts: dict[str, str]) -> tuple[AutoencoderSettings | None, dict[str, str]]:
    """Return the settings that the form's texts stand for.

    Parameters
    ----------
    preset : str
        Name of the preset, which also gives the values that the form does not show.
    dims : int
    texts : dict of str to str
        Text of each field by its name.

    Returns
    -------
    settings : AutoencoderSettings or None
        None if any value is invalid.
    problems : dict of str to str
        A sentence for each invalid field.
    """
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, field in FIELDS.items():
        try:
            values[name] = parse_value(field, texts[name])
        except ValueError as error:
            problems[name] = str(error)
    settings = replace(PRESETS[preset](dims, 0), **values)
    problems = {**{name: problem for name, problem in settings.problems().items() if name in FIELDS}, **problems}
    return (None if problems else settings), problems


def differences(preset: str, dims: int, texts: dict[str, str]) -> dict[str, str]:
    """Return the preset's value, as text, of each field that differs from it; the seed is not compared."""
    base = PRESETS[preset](dims, 0)
    return {
        name: format_value(getattr(base, name))
        for name, field in FIELDS.items()
        if name != "seed" and not _same(field, texts[name], getattr(base, name))
    }


def _same(field: Field, text: str, value: Any) -> bool:
    try:
        return bool(parse_value(field, text) == value)
    except ValueError:
        return False


def selection_problem(recordings: str, selected: int) -> str:
    """Return why the chosen recordings cannot be trained on; empty if they can."""
    if recordings != "selection":
        return ""
    if not selected:
        return tr("Nothing is selected. Click a path, or draw a lasso around some.")
    if selected == 1:
        return tr("One recording is too little: some must be set aside for validation. Select at least two.")
    return ""
