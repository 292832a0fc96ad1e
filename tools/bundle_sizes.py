"""Says what the bundle weighs and what each part costs, as the table in docs/building.md.

`python tools/bundle_sizes.py [FOLDER]`; the default is dist/auslan-explorer. `--write` puts it into docs/building.md.
"""

from __future__ import annotations

import argparse
import lzma
import sys
from concurrent.futures import ThreadPoolExecutor
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
    ("dynamic time warping", ("dtaidistance/*",)),
    ("networks and activations", ("models/*",)),
    ("icons, guide and licences", ("resources/*", "docs/*", "licences/*", "LICENSE", "NOTICE")),
    ("Python and its library", ("libpython3*", "python3*", "base_library.zip")),
)
PROGRAM = "Python modules of all of these, in the program"
OTHER = "all other libraries"


def part_of(place: str) -> str:
    """Name of the part that a file belongs to, by where it lies in the bundle's inner folder."""
    return next((name for name, patterns in PARTS if any(fnmatch(place, p) for p in patterns)), OTHER)


def _packed(file: Path) -> int:
    """Bytes of a file packed alone; larger than its share of a package, where like files help each other."""
    packer = lzma.LZMACompressor(preset=3)
    size = 0
    with file.open("rb") as content:
        while block := content.read(1 << 22):
            size += len(packer.compress(block))
    return size + len(packer.flush())


def measure(bundle: Path, *, packed: bool = False) -> dict[str, tuple[int, int]]:
    """Bytes installed and, if asked for, packed, of each part, the heaviest first."""
    files = [file for file in bundle.rglob("*") if file.is_file() and not file.is_symlink()]
    with ThreadPoolExecutor() as pool:
        small = list(pool.map(_packed, files)) if packed else [0] * len(files)
    sums: dict[str, tuple[int, int]] = {}
    for file, packed_size in zip(files, small, strict=True):
        place = file.relative_to(bundle).as_posix()
        name = part_of(place.removeprefix("_internal/")) if "/" in place else PROGRAM
        before = sums.get(name, (0, 0))
        sums[name] = before[0] + file.stat().st_size, before[1] + packed_size
    return dict(sorted(sums.items(), key=lambda item: -item[1][0]))


def as_table(sizes: dict[str, tuple[int, int]]) -> str:
    """The sizes as a Markdown table, in MB of 10^6 bytes."""
    packed = any(size for _, size in sizes.values())
    rows = [*sizes.items(), ("**together**", tuple(map(sum, zip(*sizes.values(), strict=True))))]
    head = "| part | installed, MB |" + (" packed alone, MB |" if packed else "")
    lines = [head, "|---|---:|" + ("---:|" if packed else "")]
    for name, (whole, small) in rows:
        lines.append(f"| {name} | {whole / 1e6:.1f} |" + (f" {small / 1e6:.1f} |" if packed else ""))
    return "\n".join(lines)


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
    table = as_table(measure(options.folder, packed=True))
    if options.write:
        write_into(BUILDING, table)
    print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
