"""Labels of steps that were read beside the activations, kept with them: annotations from another program."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from .activations import Activations
from .step_labels import StepLabels

_ADDED: WeakKeyDictionary[Activations, dict[str, StepLabels]] = WeakKeyDictionary()


def all_step_labels(activations: Activations) -> dict[str, StepLabels]:
    """Return the columns of labels by name: those of the activations, then those that were added."""
    return {**activations.step_labels, **_ADDED.get(activations, {})}


def added_step_labels(activations: Activations) -> dict[str, StepLabels]:
    """Return the columns that were added, by name."""
    return dict(_ADDED.get(activations, {}))


def shown_labels(activations: Activations, name: str) -> tuple[str, StepLabels] | None:
    """Return the column of a name and itself; the first where there is none of that name, None without any."""
    labels = all_step_labels(activations)
    name = name if name in labels else next(iter(labels), "")
    return (name, labels[name]) if name in labels else None


def add_step_labels(activations: Activations, labels: Mapping[str, StepLabels]) -> None:
    """Add columns, in place of those of the same name; a window calls `core.session.Session.set_step_labels`."""
    _ADDED.setdefault(activations, {}).update(labels)
