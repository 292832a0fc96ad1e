"""What is said of a run: its figures, its settings, and how runs differ; no Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from auslan_explorer.gui.training.choices import FIELDS, written
from auslan_explorer.gui.training.live import seconds
from auslan_explorer.training.runs import RunInfo

METRICS: tuple[tuple[str, str, str], ...] = (
    ("explained_variance", "Explained variance", ".4f"),
    ("knn_accuracy", "5-NN sign accuracy of last steps", ".2%"),
    ("trustworthiness", "Trustworthiness (12 neighbours)", ".4f"),
    ("continuity", "Continuity (12 neighbours)", ".4f"),
    ("mse", "Mean squared error", ".5f"),
    ("last_step_mse", "Mean squared error of last steps", ".5f"),
)
"""Name, what people read, and how it is written."""
_OTHERS = {
    "dims": "Dimensions",
    "clip_norm": "Largest gradient step",
    "schedule": "Schedule of the learning rate",
    "last_step_copies": "Copies of last steps",
    "code_noise": "Noise on the map",
    "code_penalty": "Penalty on the map",
}
UNKNOWN = "–"


@dataclass(frozen=True)
class Line:
    """A line of the comparison.

    Attributes
    ----------
    text : str
    values : tuple of str
        One a run.
    differs : bool
    heading : bool
        A line that only divides.
    """

    text: str
    values: tuple[str, ...]
    differs: bool
    heading: bool = False


def metric(info: RunInfo, name: str, style: str) -> str:
    """Return a figure of a run; a dash where it is not known."""
    value = info.metrics.get(name)
    return UNKNOWN if not isinstance(value, int | float) else format(value, style)


def made_on(info: RunInfo) -> str:
    """Return the day and time at which a run was made, on this computer's clock."""
    try:
        return datetime.fromisoformat(info.created).astimezone().strftime("%d %b %Y, %H:%M")
    except ValueError:
        return info.created


def in_short(info: RunInfo) -> tuple[str, str]:
    """Return two lines on a run: what it is, and how good it is; of a damaged one, that it is."""
    if info.damaged:
        return "Damaged", info.damaged
    first = f"{info.dims}-D, seed {info.settings.seed}, {seconds(info.seconds)}"
    figures = f"explains {metric(info, 'explained_variance', '.3f')}, 5-NN {metric(info, 'knn_accuracy', '.1%')}"
    return first, figures


def compared(runs: Sequence[RunInfo]) -> list[Line]:
    """Return figures and settings of runs side by side."""
    lines = [Line("How good it is", ("",) * len(runs), False, heading=True)]
    for name, text, style in METRICS:
        lines.append(_line(text, [metric(run, name, style) for run in runs]))
    lines.append(_line("Measured on", [f"{run.metrics.get('measured_on', UNKNOWN)} recordings" for run in runs]))
    lines.append(Line("How it was made", ("",) * len(runs), False, heading=True))
    for text, of in _MADE:
        lines.append(_line(text, [of(run) for run in runs]))
    lines.append(Line("Settings", ("",) * len(runs), False, heading=True))
    plain = [run.settings.as_dict() for run in runs]
    for name in sorted(plain[0], key=_place):
        lines.append(_line(_word(name), [_setting(settings[name], name) for settings in plain]))
    return lines


_MADE: tuple[tuple[str, Any], ...] = (
    ("Made on", made_on),
    ("Version of the program", lambda run: run.version),
    ("Made of", lambda run: run.data or UNKNOWN),
    ("Best epoch", lambda run: f"{run.best_epoch} of {run.epochs_run}"),
    ("Time", lambda run: seconds(run.seconds)),
)


def _line(text: str, values: list[str]) -> Line:
    return Line(text, tuple(values), len(set(values)) > 1)


def _place(name: str) -> tuple[int, str]:
    order = ["dims", *FIELDS, *(name for name in _OTHERS if name != "dims")]
    return (order.index(name), "") if name in order else (len(order), name)


def _word(name: str) -> str:
    if name in FIELDS:
        return FIELDS[name].text
    return _OTHERS.get(name, name.replace("_", " ").capitalize())


def _setting(value: Any, name: str) -> str:
    if name == "code_noise" and value is None:
        return "as recommended"
    field = FIELDS.get(name)
    words = dict(field.options) if field is not None else {}
    return words.get(str(value), written(tuple(value) if isinstance(value, list) else value))
