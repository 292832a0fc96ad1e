"""Writes constraints.txt: the exact release of all that the program and its tests pull in, names and versions only.

Run it (`make pin`) in an environment in which the tests have passed.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HEADER = """\
# The exact releases that the program is set up and tested with; made by `make pin`, not by hand.
# What is asked for, and why, stands in pyproject.toml.
"""
# One release under two names: which one is installed depends on the system.
TWINS = {"tensorflow-cpu": "tensorflow", "tensorflow": "tensorflow-cpu"}
# TensorFlow, which ends with Python 3.13, holds h5py below 3.15, the first with wheels for 3.14.
BY_PYTHON = {"h5py": ['=={found}; python_version < "3.14"', '==3.16.0; python_version >= "3.14"']}
# Part of Python's own environments, with their release.
LEFT_OUT = {"pip", "setuptools", "wheel"}


def pins(root: str, *extras: str) -> dict[str, str]:
    """Name and version of every installed distribution that `root` needs, directly or not, with its extras."""
    distribution(root)  # says so where it is not installed, rather than pinning nothing
    found: dict[str, str] = {}
    queue = [Requirement(f"{root}[{','.join(extras)}]")]
    done: set[str] = set()
    while queue:
        asked = queue.pop()
        if str(asked) in done:
            continue
        done.add(str(asked))
        try:
            package = distribution(asked.name)
        except PackageNotFoundError:
            continue  # for another system or another Python
        found[canonicalize_name(asked.name)] = package.version.partition("+")[0]
        for line in package.requires or []:
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in ["", *asked.extras]):
                queue.append(needed)
    found.update({TWINS[name]: version for name, version in found.items() if name in TWINS})
    return {name: found[name] for name in sorted(found) if name not in LEFT_OUT | {root}}


if __name__ == "__main__":
    lines = [
        f"{name}{pin.format(found=version)}\n"
        for name, version in pins("auslan-explorer", "train", "dev", "bundle", "docs", "mutants").items()
        for pin in BY_PYTHON.get(name, ["=={found}"])
    ]
    Path(__file__).parents[1].joinpath("constraints.txt").write_text(HEADER + "".join(lines), encoding="utf-8")
