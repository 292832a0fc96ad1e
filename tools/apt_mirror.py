"""Prints the address of this machine's package mirror for a release of Debian or Ubuntu, one that debootstrap takes.

`python3 tools/apt_mirror.py SUITE [FOLDER]`; FOLDER is /etc/apt. Reads sources in both forms, and the lists of mirrors
that hosted machines have in them (mirror+file:). apt itself would name the list, and debootstrap cannot read one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

TAKEN = ("http://", "https://", "file:")
"""How an address begins that debootstrap takes."""

DISTRIBUTIONS = ("debian.sources", "ubuntu.sources")
"""Files of the distribution itself, read before others', which may have a suite of the same name."""


def one_line_sources(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (address, suite, components) of the form `deb [options] ADDRESS SUITE COMPONENT...`."""
    for line in text.splitlines():
        found = re.match(r"\s*deb\s+(?:\[[^]]*\]\s*)?(\S+)\s+(\S+)\s*([^#]*)", line)
        if found:
            yield found[1], found[2], found[3].split()


def deb822_sources(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (address, suite, components) of the form with a field a line and a paragraph for each source."""
    written = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for paragraph in re.split(r"\n\s*\n", written):
        fields: dict[str, list[str]] = {}
        name = ""
        for line in paragraph.splitlines():
            if not line[:1].isspace() and ":" in line:
                name, _, line = line.partition(":")
                name = name.strip().lower()
            fields.setdefault(name, []).extend(line.split())
        if "deb" not in fields.get("types", ()) or fields.get("enabled", ["yes"]) == ["no"]:
            continue
        for address in fields.get("uris", ()):
            for suite in fields.get("suites", ()):
                yield address, suite, fields.get("components", [])


def in_mirror_list(text: str) -> list[str]:
    """Addresses of a list of mirrors, the preferred ones first: `ADDRESS [priority:NUMBER ...]` a line."""
    mirrors = []
    for line in text.splitlines():
        address, *options = line.partition("#")[0].split() or [""]
        numbers = [int(option[9:]) for option in options if re.fullmatch(r"priority:\d+", option)]
        if address:
            mirrors.append((min(numbers, default=sys.maxsize), address))
    return [address for _, address in sorted(mirrors, key=lambda mirror: mirror[0])]


def resolve(address: str) -> list[str]:
    """Return the addresses that one in a source stands for; none where debootstrap could not take it."""
    if address.startswith("mirror+file:"):
        file = Path("/" + address.removeprefix("mirror+file:").lstrip("/"))
        addresses = in_mirror_list(file.read_text(encoding="utf-8")) if file.is_file() else []
    else:
        addresses = [address]
    return [each.rstrip("/") for each in addresses if each.startswith(TAKEN)]


def mirror(suite: str, folder: Path) -> str | None:
    """Return the first address of a suite's component main in apt's folder, or None."""
    listed = sorted((folder / "sources.list.d").glob("*"), key=lambda file: (file.name not in DISTRIBUTIONS, file.name))
    for file in (folder / "sources.list", *listed):
        if file.suffix not in (".list", ".sources") or not file.is_file():
            continue
        read = deb822_sources if file.suffix == ".sources" else one_line_sources
        for address, of_suite, components in read(file.read_text(encoding="utf-8")):
            if of_suite == suite and "main" in components:
                for usable in resolve(address):
                    return usable
    return None


def main() -> int:
    """Print the address; 1 where there is none."""
    found = mirror(sys.argv[1], Path(sys.argv[2] if len(sys.argv) > 2 else "/etc/apt"))
    print(found or "", end="\n" if found else "")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
