"""Conversion of labels that were read beside activations to JSON and back, recordings by name and steps in runs."""

from __future__ import annotations

import re
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from .activations import Activations
from .added_labels import added_step_labels
from .names import find_each, name_recordings, names_from_json, names_to_json
from .step_labels import StepLabels

MOST_RUNS = 200_000
"""Runs of steps of one label that are kept in all; a file of more would be too large to be read."""
MOST_LETTERS = 500_000
_CONVERTED: WeakKeyDictionary[StepLabels, dict[str, Any]] = WeakKeyDictionary()
_RUN = re.compile(r"(\d{1,9})-(\d{1,9}):(\d{1,9})")


def labels_to_json(activations: Activations) -> tuple[list[dict[str, Any]], list[str]]:
    """Convert the columns of texts that were added to activations to JSON values.

    Returns
    -------
    columns : list of dict
    left_out : list of str
        Names of the columns that are too many, or of numbers.
    """
    columns, left_out = [], []
    runs, letters = MOST_RUNS, MOST_LETTERS
    for name, labels in added_step_labels(activations).items():
        column = _CONVERTED.get(labels)
        if column is None:  # once: an autosave asks every few seconds
            column = _CONVERTED[labels] = _column(activations, labels)
        runs -= sum(each.count(":") for each in column["runs"])
        letters -= sum(map(len, (name, *labels.texts)))
        if min(runs, letters) < 0 or not labels.texts:
            left_out.append(name)
        else:
            columns.append({"name": name, **column})
    return columns, left_out


def _column(a: Activations, labels: StepLabels) -> dict[str, Any]:
    recordings, runs = [], []
    for recording in range(len(a)):
        values = labels.values[a.offsets[recording] : a.offsets[recording + 1]]
        starts = np.flatnonzero(np.diff(values, prepend=np.nan))
        stops = np.append(starts[1:], len(values))
        told = [
            f"{start}-{stop - 1}:{int(values[start])}"
            for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)
            if values[start] >= 0
        ]
        if told:
            recordings.append(recording)
            runs.append(" ".join(told))
    names = names_to_json(name_recordings(a, recordings))
    return {"texts": list(labels.texts), "recordings": names, "runs": runs}


def labels_from_json(content: Any, activations: Activations) -> tuple[dict[str, StepLabels], list[str]]:
    """Restore labels as far as they apply to these activations.

    Parameters
    ----------
    content : object
        From a file: nothing in it is trusted.
    activations : Activations

    Returns
    -------
    labels : dict of str to StepLabels
    remarks : list of str
        What could not be restored, in a few words each.
    """
    columns, bad, missing = {}, 0, 0
    for column in content if isinstance(content, list) else [content]:
        try:
            name, labels, lost = _read(column, activations)
        except (ValueError, TypeError, KeyError):
            bad += 1
            continue
        missing += lost
        columns[name] = labels
    remarks = ["labels of steps cannot be read"] if bad else []
    if missing:
        remarks.append(f"labels of {missing} recording{'' if missing == 1 else 's'} are not among these activations")
    return columns, remarks


def _read(column: Any, a: Activations) -> tuple[str, StepLabels, int]:
    name, texts, runs = column["name"], column["texts"], column["runs"]
    if not isinstance(name, str) or not all(isinstance(each, str) for each in (*texts, *runs)) or not texts:
        raise TypeError("no labels")
    values = np.full(a.real_steps, -1, dtype=np.int32)
    lost = 0
    for place, told in zip(find_each(a, names_from_json(column["recordings"])), runs, strict=True):
        if place < 0:
            lost += 1
            continue
        own = values[a.offsets[place] : a.offsets[place + 1]]
        for run in told.split():
            found = _RUN.fullmatch(run)
            if found is None or int(found[3]) >= len(texts):
                raise ValueError("no run of steps")
            own[int(found[1]) : int(found[2]) + 1] = int(found[3])
    return name, StepLabels(values, tuple(texts)), lost
