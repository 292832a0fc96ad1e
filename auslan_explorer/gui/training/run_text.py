"""Texts about runs without Qt: metrics, settings, and how runs differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.training.fields import FIELDS, format_value
from auslan_explorer.gui.training.progress_panel import format_seconds
from auslan_explorer.training.runs import RunInfo

LOWER_IS_BETTER = frozenset({"mse", "last_step_mse", "long_steps", "long_steps_log", "largest_step"})
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
    "averaging": mark("Averaging of the weights"),
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
    best : frozenset of int
        Places in `values` of the best figure, where they differ and were measured on the same recordings.
    """

    text: str
    values: tuple[str, ...]
    differs: bool
    heading: bool = False
    best: frozenset[int] = frozenset()


@dataclass(frozen=True)
class OwnMap:
    """The map that the network came with, as a column beside runs.

    Attributes
    ----------
    name : str
    metrics : mapping of str to object
        As `RunInfo.metrics`; empty before they are measured, or where they cannot be.
    data : str
        What it was made of.
    """

    name: str
    metrics: Mapping[str, Any]
    data: str


def metric(info: RunInfo | OwnMap, name: str, style: str) -> str:
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
    first = tr("{0}-D, seed {1}, {2}", info.dims, str(info.settings.seed), format_seconds(info.seconds))
    explained, nearest = metric(info, "explained_variance", ".3f"), metric(info, "knn_accuracy", ".1%")
    if nearest == UNKNOWN:
        return first, tr("not measured") if explained == UNKNOWN else tr("explains {0}", explained)
    return first, tr("explains {0}, 5-NN {1}", explained, nearest)


def list_text(runs: Sequence[RunInfo]) -> str:
    """Return runs as a table, cells separated by tabs: name, when it was made, settings, quality."""
    lines = [(info.name, format_created(info), *summary_lines(info)) for info in runs]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)


def comparison_lines(
    runs: Sequence[RunInfo], own: OwnMap | None = None, *, splits_known: bool = True
) -> list[ComparisonLine]:
    """Return the lines that compare the metrics and settings of runs; a metric that none has gets no line.

    Parameters
    ----------
    runs : sequence of RunInfo
        Of one network.
    own : OwnMap, optional
        The map that the network came with; it is the first column then.
    splits_known : bool
        Whether the network's own split of the recordings is known, which runs are then measured with.
    """
    columns: list[RunInfo | OwnMap] = [*([] if own is None else [own]), *runs]
    empty = ("",) * len(columns)
    # The network's own map is measured as the first run was.
    alike = len({(run.metrics.get("measured_on"), run.settings.recordings) for run in runs if run.metrics}) <= 1
    lines = [ComparisonLine(tr("How good it is"), empty, False, heading=True)]
    for name, text, style in METRICS:
        line = _line(text, [metric(each, name, style) for each in columns])
        if any(value != UNKNOWN for value in line.values):
            lines.append(replace(line, best=_best(columns, name, style)) if alike else line)
    told = [_measured_on(runs[0] if isinstance(each, OwnMap) else each, splits_known) for each in columns]
    lines.append(_line(mark("Measured on"), told))
    before = [] if own is None else [UNKNOWN]
    lines.append(ComparisonLine(tr("How it was made"), empty, False, heading=True))
    for text, of in _MADE:
        made = _line(text, [of(run) for run in runs])
        lines.append(replace(made, values=(*before, *made.values)))
    lines.append(ComparisonLine(tr("Settings"), empty, False, heading=True))
    plain = [run.settings.as_dict() for run in runs]
    for name in sorted(plain[0], key=_place):
        chosen = _line(_word(name), [_setting(settings[name], name) for settings in plain])
        lines.append(replace(chosen, values=(*before, *chosen.values)))
    return lines


def _best(columns: Sequence[RunInfo | OwnMap], name: str, style: str) -> frozenset[int]:
    """Return the places of the best figure as it is shown; none where fewer than two differ."""
    known = {place: each.metrics.get(name) for place, each in enumerate(columns)}
    numbers = {place: value for place, value in known.items() if isinstance(value, int | float)}
    if len({format(value, style) for value in numbers.values()}) < 2:
        return frozenset()
    best = (min if name in LOWER_IS_BETTER else max)(numbers.values())
    return frozenset(place for place, value in numbers.items() if format(value, style) == format(best, style))


def _measured_on(run: RunInfo, splits_known: bool) -> str:
    on = run.metrics.get("measured_on")
    if on is None:
        return UNKNOWN
    own = splits_known and run.settings.recordings == "train"
    if on == "test":
        return tr("test recordings") if own else tr("a part held out by the training")
    return tr("validation recordings") if own else tr("the part that validated the training")


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
