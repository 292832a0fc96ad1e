"""Real sequences that aeon and sktime ship inside their packages; neither package is imported."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

PACKAGES = ("sktime", "aeon")


def load_series(name: str, part: str = "TRAIN") -> tuple[list[np.ndarray], np.ndarray]:
    """Return the sequences of a data set, arrays (steps, channels), and their labels; skip where no package has it."""
    for package in PACKAGES:
        found = importlib.util.find_spec(package)
        for place in (found.submodule_search_locations or []) if found is not None else []:
            file = Path(place) / "datasets" / "data" / name / f"{name}_{part}.ts"
            if file.is_file():
                return parse(file.read_text(encoding="utf-8"))
    pytest.skip(f"neither {' nor '.join(PACKAGES)} is installed, which ship {name}")


def parse(text: str) -> tuple[list[np.ndarray], np.ndarray]:
    """Parse a .ts file: channels between colons, their values between commas, the label last."""
    lines = text[text.lower().index("@data") :].splitlines()[1:]
    rows, labels = [], []
    for line in filter(None, map(str.strip, lines)):
        *channels, label = line.split(":")
        rows.append(np.array([[float(value) for value in each.split(",")] for each in channels], np.float32).T)
        labels.append(label)
    return rows, np.array(labels)


def padded(rows: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return sequences with zeros behind, shape (R, T, channels), and their lengths."""
    lengths = np.array([len(row) for row in rows])
    x = np.zeros((len(rows), lengths.max(), rows[0].shape[1]), np.float32)
    for place, row in enumerate(rows):
        x[place, : len(row)] = row
    return x, lengths
