"""Prints the program's version, which stands in auslan_explorer/__init__.py alone; for scripts that make installers."""

from __future__ import annotations

import re
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "auslan_explorer" / "__init__.py"


def version() -> str:
    """Read the version without importing the program."""
    found = re.search(r'^__version__ = "([^"]+)"$', SOURCE.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None, f"{SOURCE} says no version"
    return found.group(1)


if __name__ == "__main__":
    print(version())
