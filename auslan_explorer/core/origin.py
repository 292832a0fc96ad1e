"""Where activations come from, so that they can be named and opened again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kind of place that activations come from."""

    SHIPPED = "shipped"
    PUBLISHED = "published"
    FILE = "file"
    MEMORY = "memory"


@dataclass(frozen=True)
class Origin:
    """Place that activations come from.

    Attributes
    ----------
    kind : Kind
        `MEMORY` for those that were made by the running program and stand in no file.
    file : str
        Absolute path of their cache, where they were read from one.
    weights, recordings : str
        For the published weights: absolute paths of their folder and of the recordings that they were run over; empty
        recordings are the ones that the person imported before.
    """

    kind: Kind = Kind.MEMORY
    file: str = ""
    weights: str = ""
    recordings: str = ""
