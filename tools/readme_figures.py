"""Writes the figures of the shipped networks into README.md, from models/figures.json; `--check` only compares."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
START = "<!-- figures: written by tools/readme_figures.py from models/figures.json -->\n"
END = "<!-- end of figures -->\n"


def table(figures: dict[str, Any]) -> str:
    """Return the table of what a reader asks first."""
    classifier = figures["classifier"]
    chosen = classifier["seeds"][str(classifier["chosen_seed"])]["accuracy"]
    rows = [
        ("signs, recordings", f"{figures['signs']}, {figures['recordings']}"),
        ("test accuracy of the classifier", f"{chosen['test']:.2%}"),
        ("mean of its seeds", f"{classifier['mean_test_accuracy']:.2%}"),
    ]
    for dims, found in sorted(figures["projections"].items()):
        name = f"{dims.removesuffix('d')}-D map"
        rows.append((f"explained variance of the {name}", f"{found['explained_variance']:.4f}"))
        rows.append((f"trustworthiness of the {name}", f"{found['trustworthiness']:.4f}"))
    lines = ["| figure | value |", "|---|---|", *(f"| {what} | {value} |" for what, value in rows)]
    return "\n".join(lines) + "\n\nMore, and how they are measured, in [models/README.md](models/README.md).\n"


def filled(readme: str, figures: dict[str, Any]) -> str:
    """Return the README with the table between its marks."""
    before, rest = readme.split(START)
    return before + START + "\n" + table(figures) + "\n" + END + rest.split(END)[1]


def main() -> int:
    """Write, or compare; 1 where the README is not up to date."""
    file = ROOT / "README.md"
    readme = file.read_text(encoding="utf-8")
    new = filled(readme, json.loads((ROOT / "models" / "figures.json").read_text(encoding="utf-8")))
    if "--check" in sys.argv:
        return int(new != readme)
    file.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
