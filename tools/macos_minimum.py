"""Says the oldest macOS on which what is installed here runs: the newest that one of the packages' wheels asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import distributions

OLDEST = (11, 0)
"""The first for Apple's own processors."""


def minimum_of(tags: Iterable[str]) -> str:
    """Return the version that satisfies all tags of wheels, such as ``cp311-abi3-macosx_14_0_arm64``."""
    found = (re.search(r"-macosx_(\d+)_(\d+)_", tag) for tag in tags)
    versions = [(int(match[1]), int(match[2])) for match in found if match]
    return "{}.{}".format(*max([OLDEST, *versions]))


def installed_tags() -> list[str]:
    """List the tags of the wheels from which packages were installed here; of several of one wheel, the first."""
    wheels = (package.read_text("WHEEL") or "" for package in distributions())
    tags = (re.search(r"^Tag: (.+)$", wheel, re.MULTILINE) for wheel in wheels)
    return [tag[1] for tag in tags if tag]


if __name__ == "__main__":
    print(minimum_of(installed_tags()))
