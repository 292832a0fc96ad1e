"""Collects the source of the video libraries in the packages, which the GPL asks to be offered beside them.

`python tools/library_sources.py FILE.tar` downloads PyAV's own source, the build scripts of its libraries, and every
archive that these name with a checksum: FFmpeg, x264, x265 and the rest. The release workflow attaches the result.
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pooch

PYAV = "https://github.com/PyAV-Org/PyAV/archive/refs/tags/v{version}.tar.gz"
LIBRARIES = "https://github.com/PyAV-Org/pyav-ffmpeg/archive/refs/tags/{release}.tar.gz"
BUILD_SCRIPT = "scripts/build-ffmpeg.py"


class NoSource(RuntimeError):
    """Why a source could not be found, as a sentence."""


@dataclass(frozen=True)
class Archive:
    """One archive of source that the build script names.

    Attributes
    ----------
    name : str
        File name.
    url : str
    sha256 : str
    """

    name: str
    url: str
    sha256: str


def release_of(configurations: Iterable[str], ffmpeg: str) -> str:
    """Return the release of the libraries that PyAV's wheels were built with.

    Parameters
    ----------
    configurations : iterable of str
        JSON texts of PyAV's ``scripts/ffmpeg-*.json``, each with the address of a build.
    ffmpeg : str
        Version of FFmpeg in the wheel.

    Raises
    ------
    NoSource
        If none of them is of that version.
    """
    releases = [json.loads(text)["url"].split("/download/")[1].split("/")[0] for text in configurations]
    fitting = [release for release in releases if release.partition("-")[0] == ffmpeg]
    if not fitting:
        raise NoSource(f"PyAV's source names no build of FFmpeg {ffmpeg}, only {', '.join(releases) or 'none'}.")
    return fitting[0]


def archives_of(script: str) -> Iterator[Archive]:
    """Yield what the text of the libraries' build script downloads.

    Raises
    ------
    NoSource
        If an address or a checksum is no plain text in it.
    """
    for call in ast.walk(ast.parse(script)):
        if not isinstance(call, ast.Call):
            continue
        given = {word.arg: word.value for word in call.keywords}
        if "source_url" not in given:
            continue
        texts = {name: value.value for name, value in given.items() if isinstance(value, ast.Constant)}
        if not texts.get("source_url") or not texts.get("sha256"):
            raise NoSource(f"Line {call.lineno} of {BUILD_SCRIPT} names a source in a way that is not understood.")
        url = str(texts["source_url"])
        yield Archive(str(texts.get("source_filename") or url.rpartition("/")[2]), url, str(texts["sha256"]))


def _members(archive: Path, *, below: str) -> dict[str, str]:
    """Texts of the files in an archive whose place in its top folder begins with `below`, by that place."""
    with tarfile.open(archive) as opened:
        places = {member: member.name.partition("/")[2] for member in opened.getmembers() if member.isfile()}
        return {
            place: opened.extractfile(member).read().decode()  # type: ignore[union-attr] # files alone
            for member, place in places.items()
            if place.startswith(below)
        }


def collect(folder: Path) -> None:
    """Download every source into a folder.

    Raises
    ------
    NoSource
    """
    import av

    installed = version("av")
    name = f"PyAV-{installed}.tar.gz"
    pooch.retrieve(PYAV.format(version=installed), known_hash=None, fname=name, path=folder)
    release = release_of(_members(folder / name, below="scripts/ffmpeg-").values(), av.ffmpeg_version_info)
    name = f"pyav-ffmpeg-{release}.tar.gz"
    pooch.retrieve(LIBRARIES.format(release=release), known_hash=None, fname=name, path=folder)
    for archive in archives_of(_members(folder / name, below=BUILD_SCRIPT)[BUILD_SCRIPT]):
        pooch.retrieve(archive.url, known_hash=f"sha256:{archive.sha256}", fname=archive.name, path=folder)


def main() -> int:
    """Write the archive of archives."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    file = parser.parse_args().file
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        try:
            collect(folder)
        except NoSource as error:
            print(error, file=sys.stderr)
            return 2
        # Packed already, each one.
        with tarfile.open(file, "w") as whole:
            for source in sorted(folder.iterdir()):
                whole.add(source, f"{file.stem}/{source.name}")
    print(f"{file}: {file.stat().st_size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
