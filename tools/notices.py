"""Collects the licences of what is in the bundle, from the packages' own metadata, into its folder `licences`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from addresses import addresses
from version import version

ROOT = Path(__file__).parents[1]
OURS = ROOT / "packaging" / "licences"
SOURCES = ROOT / "build" / "pyinstaller" / "sources.txt"
"""Written by pyinstaller.spec: each file that went into the bundle, a line each, where it came from."""

NAMES = ("licen", "copying", "notice", "authors", "copyright", "third_party")

WITHOUT_TEXT = {
    "flatbuffers": ["texts/Apache-2.0.txt"],
    "pyopengl": ["pyopengl.txt"],
    "pyside6-essentials": ["texts/LGPL-3.txt", "texts/GPL-3.txt", "texts/GPL-2.txt"],
    "shiboken6": ["texts/LGPL-3.txt", "texts/GPL-3.txt", "texts/GPL-2.txt"],
    "tensorflow": ["texts/Apache-2.0.txt"],
    "tensorflow-cpu": ["texts/Apache-2.0.txt"],
}
"""Packages that carry no text of their licence, and where in packaging/licences it lies."""

IN_WORDS = {"pyopengl": "BSD style", "namex": "Apache-2.0", "pyinstaller": "GPL-2.0-or-later with an exception"}
"""What a package's metadata say badly or not at all."""


class NoLicence(RuntimeError):
    """Something is in the bundle whose licence is not known."""


@dataclass(frozen=True)
class Work:
    """One work of others in the bundle: a package or a system library, with its licence and its files."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def _key(package: Distribution) -> str:
    return package.metadata["Name"].lower().replace("_", "-")


def _licence(package: Distribution) -> str:
    said = package.metadata.json
    words = str(IN_WORDS.get(_key(package)) or said.get("license_expression") or said.get("license") or "").strip()
    if not words or "\n" in words or len(words) > 60:
        # Some paste the whole text; the classifiers then say it in a few words.
        named = [line.rpartition("::")[2].strip() for line in said.get("classifier", []) if "License ::" in line]
        words = ", ".join(name for name in named if name != "OSI Approved") or "see its text"
    return words


def _texts(package: Distribution) -> list[Path]:
    own = [Path(str(package.locate_file(file))) for file in package.files or []]
    told = [file for file in own if file.parent.suffix == ".dist-info" or file.parent.parent.name == "site-packages"]
    # At the top of the package too: TensorFlow keeps the notices of its parts there.
    found = [file for file in told if file.name.lower().startswith(NAMES)]
    found += [
        file for file in own if any(part.endswith(".dist-info") for part in file.parts) and "licenses" in file.parts
    ]
    # pip compiles what is called AUTHORS.py too.
    found = [file for file in found if file.is_file() and not file.suffix.startswith(".py")]
    return list(dict.fromkeys(found)) + [OURS / name for name in WITHOUT_TEXT.get(_key(package), [])]


def packages_in(sources: set[Path]) -> list[Work]:
    """The installed packages of which a file is among `sources`.

    Raises
    ------
    NoLicence
        If one has no licence text.
    """
    works = []
    for package in distributions():
        files = {Path(str(package.locate_file(file))) for file in package.files or []}
        if _key(package) == "auslan-explorer" or not (files & sources or _key(package) == "pyinstaller"):
            continue
        texts = _texts(package)
        if not texts:
            raise NoLicence(f"{_key(package)} has no text of its licence; name one in tools/notices.py.")
        works.append(Work(package.metadata["Name"], package.version, _licence(package), tuple(texts)))
    return sorted(works, key=lambda work: work.name.lower())


def python_itself() -> Work:
    """Python, whose licence lies in its library.

    Raises
    ------
    NoLicence
        If it does not.
    """
    folder = Path(shutil.__file__).parent
    places = [folder / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt", folder / "LICENSE"]
    places += [Path(f"/usr/share/doc/python{sys.version_info[0]}.{sys.version_info[1]}/copyright")]
    text = next((file for file in places if file.is_file()), None)
    if text is None:
        raise NoLicence(f"Python's own licence is in none of {', '.join(map(str, places))}.")
    return Work("Python", sys.version.split()[0], "PSF-2.0", (text,))


def system_libraries_in(sources: Iterable[Path]) -> list[Work]:
    """The Debian packages that libraries were taken from; none on other systems."""
    files = sorted({str(file) for file in sources if str(file).startswith(("/usr/lib/", "/lib/"))})
    if not files or shutil.which("dpkg") is None:
        return []
    # The package's list may name a library by its place before /lib moved to /usr/lib.
    names = {name for file in files for name in (file, file.removeprefix("/usr"), str(Path(file).resolve()))}
    said = subprocess.run(["dpkg", "-S", *sorted(names)], capture_output=True, text=True, check=False).stdout
    packages = sorted({line.split(":")[0] for line in said.splitlines()})
    works = []
    for package in packages:
        text = Path("/usr/share/doc") / package / "copyright"
        version = subprocess.run(
            ["dpkg-query", "--show", "--showformat=${Version}", package], capture_output=True, text=True, check=False
        ).stdout
        works.append(Work(f"{package} (Debian)", version, "see its text", (text.resolve(),) if text.exists() else ()))
    return works


def write_notices(bundle: Path, inside: Path) -> int:
    """Put every licence into ``licences`` in the bundle; how many works it holds.

    Parameters
    ----------
    bundle : Path
    inside : Path
        The bundle's folder of libraries: what was removed from it again needs no notice.

    Raises
    ------
    NoLicence
    """
    listed = {Path(line) for line in SOURCES.read_text(encoding="utf-8").splitlines()}
    system = [file for file in listed if (inside / file.name).exists()]
    works = [python_itself(), *packages_in(listed), *system_libraries_in(system)]
    folder = bundle / "licences"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(OURS / "texts", folder / "texts")
    rows = ["# What is inside", "", "| work | version | licence | text |", "|---|---|---|---|"]
    for work in works:
        place = folder / f"{work.name.split()[0]}-{work.version.replace(':', '-')}"
        place.mkdir(exist_ok=True)
        for text in work.texts:
            # Several may have one name, in folders of their own.
            free = place / text.name if not (place / text.name).exists() else place / f"{text.parent.name}-{text.name}"
            shutil.copyfile(text, free)
        rows.append(f"| {work.name} | {work.version} | {work.licence} | {place.name} |")
    whole = (OURS / "whole.md").read_text(encoding="utf-8")
    whole = whole.format(
        source=f"auslan-explorer-{version()}-source.tar.gz",
        sources=f"auslan-explorer-{version()}-sources-of-libraries.tar",
        contact=addresses().issues or "whoever handed you this package",
    )
    (folder / "README.md").write_text(whole + "\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return len(works)
