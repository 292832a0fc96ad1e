"""Texts about runs without Qt: metrics, settings, and how runs differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.training.fields import FIELDS, format_value
from auslan_explorer.gui.training.progress_panel import format_seconds
from auslan_explorer.training.runs import RunInfo

METRICS: tuple[tuple[str, str, str], ...] = (
    ("explained_variance", mark("Explained variance"), ".4f"),
    ("knn_accuracy", mark("5-NN sign accuracy of last steps"), ".2%"),
    ("trustworthiness", mark("Trustworthiness (12 neighbours)"), ".4f"),
    ("continuity", mark("Continuity (12 neighbours)"), ".4f"),
    ("mse", mark("Mean squared error"), ".5f"),
    ("last_step_mse", mark("Mean squared error of last steps"), ".5f"),
    ("trustworthiness_elsewhere", mark("Trustworthiness among other recordings"), ".4f"),
    ("long_steps", mark("Recordings with a step over a tenth of the map"), ".1%"),
    ("long_steps_log", mark("The same after the signed log"), ".1%"),
    ("largest_step", mark("Largest step beside the path, median"), ".3f"),
    ("step_correlation", mark("Map steps with the state’s own steps, correlation"), ".3f"),
)
"""Metric's name, label and format specification."""
_OTHERS = {
    "dims": mark("Dimensions"),
    "clip_norm": mark("Largest gradient step"),
    "schedule": mark("Schedule of the learning rate"),
    "last_step_copies": mark("Copies of last steps"),
    "code_noise": mark("Noise on the map"),
    "code_penalty": mark("Penalty on the map"),
    "weight_decay": mark("Weight decay"),
}
UNKNOWN = "–"


@dataclass(frozen=True)
class ComparisonLine:
    """One line of the comparison table.

    Attributes
    ----------
    text : str
        Label.
    values : tuple of str
        One value per run.
    differs : bool
        Whether the runs differ in it.
    heading : bool
        Whether the line is a heading without values.
    """

    text: str
    values: tuple[str, ...]
    differs: bool
    heading: bool = False


def metric(info: RunInfo, name: str, style: str) -> str:
    """Return a run's metric formatted with `style`; a dash if it is unknown."""
    value = info.metrics.get(name)
    return UNKNOWN if not isinstance(value, int | float) else format(value, style)


def format_created(info: RunInfo) -> str:
    """Return the local date and time at which a run was created."""
    try:
        return datetime.fromisoformat(info.created).astimezone().strftime("%d %b %Y, %H:%M")
    except ValueError:
        return info.created


def group_by_network(runs: Sequence[RunInfo], own: str) -> tuple[tuple[RunInfo, ...], tuple[str, ...]]:
    """Order runs by the network that they were trained on, the open one first and damaged runs last.

    Parameters
    ----------
    runs : sequence of RunInfo
    own : str
        Fingerprint of the activations that are open.

    Returns
    -------
    runs : tuple of RunInfo
        Within a network in the order given.
    headings : tuple of str
        For the first run of each network its name, else empty; all empty where there is only the open network.
    """
    networks = list(dict.fromkeys(run.activations for run in runs if not run.damaged))
    networks.sort(key=lambda each: each != own)
    ordered = [run for each in networks for run in runs if run.activations == each and not run.damaged]
    ordered += [run for run in runs if run.damaged]
    headings, last = [], own if networks == [own] else None
    for run in ordered:
        group = "damaged" if run.damaged else run.activations
        headings.append("" if group == last else _heading(run, own))
        last = group
    return tuple(ordered), tuple(headings)


def _heading(run: RunInfo, own: str) -> str:
    if run.damaged:
        return tr("Cannot be read")
    if run.activations == own:
        return tr("Of the open network")
    return tr("Of another network: {0}", run.data) if run.data else tr("Of another network")


def summary_lines(info: RunInfo) -> tuple[str, str]:
    """Return two lines on a run: its settings and its quality, or what is damaged."""
    if info.damaged:
        return tr("Damaged"), info.damaged
    first = tr("{0}-D, seed {1}, {2}", info.dims, info.settings.seed, format_seconds(info.seconds))
    figures = tr(
        "explains {0}, 5-NN {1}", metric(info, "explained_variance", ".3f"), metric(info, "knn_accuracy", ".1%")
    )
    return first, figures


def comparison_lines(runs: Sequence[RunInfo]) -> list[ComparisonLine]:
    """Return the lines that compare the metrics and settings of runs."""
    lines = [ComparisonLine(tr("How good it is"), ("",) * len(runs), False, heading=True)]
    for name, text, style in METRICS:
        lines.append(_line(text, [metric(run, name, style) for run in runs]))
    lines.append(
        _line(mark("Measured on"), [tr("{0} recordings", run.metrics.get("measured_on", UNKNOWN)) for run in runs])
    )
    lines.append(ComparisonLine(tr("How it was made"), ("",) * len(runs), False, heading=True))
    for text, of in _MADE:
        lines.append(_line(text, [of(run) for run in runs]))
    lines.append(ComparisonLine(tr("Settings"), ("",) * len(runs), False, heading=True))
    plain = [run.settings.as_dict() for run in runs]
    for name in sorted(plain[0], key=_place):
        lines.append(_line(_word(name), [_setting(settings[name], name) for settings in plain]))
    return lines


_MADE: tuple[tuple[str, Any], ...] = (
    (mark("Made on"), format_created),
    (mark("Version of the program"), lambda run: run.version),
    (mark("Made of"), lambda run: run.data or UNKNOWN),
    (mark("Best epoch"), lambda run: tr("{0} of {1}", run.best_epoch, run.epochs_run)),
    (mark("Time"), lambda run: format_seconds(run.seconds)),
)


def _line(text: str, values: list[str]) -> ComparisonLine:
    return ComparisonLine(tr(text), tuple(values), len(set(values)) > 1)


def _place(name: str) -> tuple[int, str]:
    order = ["dims", *FIELDS, *(name for name in _OTHERS if name != "dims")]
    return (order.index(name), "") if name in order else (len(order), name)


def _word(name: str) -> str:
    if name in FIELDS:
        return FIELDS[name].text
    return _OTHERS.get(name, name.replace("_", " ").capitalize())


def _setting(value: Any, name: str) -> str:
    if name == "code_noise" and value is None:
        return tr("as recommended")
    field = FIELDS.get(name)
    words = dict(field.options) if field is not None else {}
    return (
        tr(words[str(value)])
        if str(value) in words
        else format_value(tuple(value) if isinstance(value, list) else value)
    )
