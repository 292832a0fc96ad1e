"""Says what the bundle weighs and what each part costs, as the table in docs/building.md.

`python tools/bundle_sizes.py [FOLDER]`; the default is dist/auslan-explorer. `--write` puts it into docs/building.md.
"""

from __future__ import annotations

import argparse
import sys
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[1]
BUNDLE = ROOT / "dist" / "auslan-explorer"
BUILDING = ROOT / "docs" / "building.md"
START, END = "<!-- sizes: made by tools/bundle_sizes.py -->", "<!-- end of sizes -->"

PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("TensorFlow (training)", ("tensorflow/*", "keras/*", "ml_dtypes/*", "optree/*", "wrapt/*", "google/*")),
    ("Qt and its bindings (window)", ("PySide6/*", "shiboken6/*", "libQt6*", "libicu*", "pyqtgraph/*", "qtawesome/*")),
    ("FFmpeg and its encoders (film)", ("av/*", "av.libs/*")),
    ("SciPy and scikit-learn", ("scipy/*", "scipy.libs/*", "sklearn/*", "scikit_learn.libs/*")),
    ("NumPy", ("numpy/*", "numpy.libs/*")),
    ("HDF5", ("h5py/*", "h5py.libs/*")),
    ("networks and activations", ("models/*",)),
    ("icons, guide and licences", ("resources/*", "docs/*", "licences/*", "LICENSE", "NOTICE")),
    ("Python and its library", ("libpython3*", "python3*", "base_library.zip")),
)
PROGRAM = "Python modules of all of these, in the program"
OTHER = "all other libraries"


def part_of(place: str) -> str:
    """Name of the part that a file belongs to, by where it lies in the bundle's inner folder."""
    return next((name for name, patterns in PARTS if any(fnmatch(place, p) for p in patterns)), OTHER)


def measure(bundle: Path) -> dict[str, int]:
    """Bytes installed of each part, the heaviest first."""
    sums: dict[str, int] = {}
    for file in bundle.rglob("*"):
        if file.is_file() and not file.is_symlink():
            place = file.relative_to(bundle).as_posix()
            name = part_of(place.removeprefix("_internal/")) if "/" in place else PROGRAM
            sums[name] = sums.get(name, 0) + file.stat().st_size
    return dict(sorted(sums.items(), key=lambda item: -item[1]))


def as_table(sizes: dict[str, int]) -> str:
    """The sizes as a Markdown table, in MB of 10^6 bytes."""
    rows = [*sizes.items(), ("**together**", sum(sizes.values()))]
    return "\n".join(
        ["| part | installed, MB |", "|---|---:|", *(f"| {name} | {size / 1e6:.1f} |" for name, size in rows)]
    )


def write_into(document: Path, table: str) -> None:
    """Put the table between its two marks."""
    before, _, rest = document.read_text(encoding="utf-8").partition(START)
    after = rest.partition(END)[2]
    document.write_text(f"{before}{START}\n{table}\n{END}{after}", encoding="utf-8")


def main() -> int:
    """Print the table, or put it into the document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=BUNDLE)
    parser.add_argument("--write", action="store_true", help=f"put the table into {BUILDING.relative_to(ROOT)}")
    options = parser.parse_args()
    if not options.folder.is_dir():
        print(f"There is no bundle in {options.folder}; make it with `make bundle`.", file=sys.stderr)
        return 2
    table = as_table(measure(options.folder))
    if options.write:
        write_into(BUILDING, table)
    print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
