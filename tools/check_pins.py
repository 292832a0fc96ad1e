"""Checks that each pin in constraints.txt holds for every Python that pyproject.toml claims.

What a release asks of Python is read from its installed metadata, so `make lint` installs everything that is pinned.
Nothing is looked up on the network.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[1]
CLASSIFIER = "Programming Language :: Python :: 3."
# Debian and Ubuntu keep the patch release that they began with, so each of them counts; no minor release has had more.
PATCH_RELEASES = range(30)


def claimed_pythons(project: dict[str, Any]) -> list[str]:
    """List the releases of Python, such as ``"3.11.0"``, that a `[project]` table claims to support."""
    minors = [line.removeprefix(CLASSIFIER) for line in project["classifiers"] if line.startswith(CLASSIFIER)]
    allowed = SpecifierSet(project["requires-python"])
    every = [f"3.{minor}.{patch}" for minor in minors for patch in PATCH_RELEASES]
    return [version for version in every if version in allowed]


def read_pins(text: str) -> list[Requirement]:
    """Parse the pins of a constraints file."""
    return [Requirement(line) for line in text.splitlines() if line and not line.startswith("#")]


def installed_requires_python(pin: Requirement) -> SpecifierSet | None:
    """Return what the pinned release asks of Python; None where another release is installed, or none."""
    try:
        package = distribution(pin.name)
    except PackageNotFoundError:
        return None
    if package.version.partition("+")[0] not in pin.specifier:
        return None
    return SpecifierSet(str(package.metadata.json.get("requires_python", "")))


def check(
    pins: Iterable[Requirement], pythons: Iterable[str], requires_python: Callable[[Requirement], SpecifierSet | None]
) -> tuple[list[str], list[str]]:
    """Find the pins that do not hold for some Python.

    Parameters
    ----------
    pins : iterable of Requirement
        Pins; one with a marker counts for the Pythons that the marker selects.
    pythons : iterable of str
        Releases of Python, such as ``"3.11.0"``, in rising order.
    requires_python : callable
        Returns what a pin's release asks of Python, or None where that is not known.

    Returns
    -------
    complaints : list of str
        A sentence for each pin that does not hold.
    unknown : list of str
        Pins that could not be checked.
    """
    pythons = list(pythons)
    complaints, unknown = [], []
    for pin in pins:
        asked = requires_python(pin)
        if asked is None:
            unknown.append(f"{pin.name}{pin.specifier}")
            continue
        refused = [python for python in pythons if _applies(pin, python) and python not in asked]
        if refused:
            complaints.append(
                f"{pin.name}{pin.specifier} asks for Python {asked} and does not install on {refused[0]}; "
                "pin a release that does."
            )
    return complaints, unknown


def _applies(pin: Requirement, python: str) -> bool:
    minor = python.rpartition(".")[0]
    return pin.marker is None or pin.marker.evaluate({"python_version": minor, "python_full_version": python})


def main() -> int:
    """Check the project's pins; 1 where any does not hold."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = read_pins((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    complaints, unknown = check(pins, claimed_pythons(project), installed_requires_python)
    for sentence in complaints:
        print(f"constraints.txt: {sentence}")
    if unknown:
        print(f"Not installed here, and so not checked: {', '.join(unknown)}.")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
