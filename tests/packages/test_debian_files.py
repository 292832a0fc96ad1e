"""What a Debian package carries beside the program, read by the tools that will read it."""

from __future__ import annotations

import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from auslan_explorer import __version__
from auslan_explorer.cli import make_parser

ROOT = Path(__file__).parents[2]
FIELDS = ("Source", "Version")


@pytest.fixture(autouse=True)
def _tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")


@pytest.fixture(params=["", "https://host.example/people/project"])
def homepage(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The only address that is known, or none."""
    import addresses

    known = request.param or None
    told = addresses.Addresses(known, known, f"{known}/issues" if known else None)
    monkeypatch.setattr("debian_files.addresses", lambda: told)
    return str(request.param)


def test_the_manual_page_has_every_command_and_no_warnings(tmp_path: Path) -> None:
    pytest.importorskip("argparse_manpage", reason="argparse-manpage comes with `make bundle`")
    from debian_files import manual_page

    page = manual_page()
    _, commands = make_parser()
    assert [name for name in commands if name.replace("-", "\\-") not in page] == []
    assert f"Auslan Explorer {__version__}" in page and "1970\\-01\\-02" in page
    if shutil.which("groff") is None:
        return
    done = subprocess.run(
        ["groff", "-Kutf8", "-man", "-ww", "-Tutf8", "-z"],  # -K: as man reads pages
        input=page,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""


def test_debian_reads_the_changelog(tmp_path: Path) -> None:
    from debian_files import DEBIAN_VERSION, debian_changelog

    text = debian_changelog()
    assert parsedate_to_datetime(text.strip().rpartition(">  ")[2]).timestamp() == 86400
    if shutil.which("dpkg-parsechangelog") is None:
        pytest.skip("dpkg-parsechangelog comes with dpkg-dev")
    file = tmp_path / "changelog"
    file.write_text(text)
    said = subprocess.run(["dpkg-parsechangelog", "-l", str(file)], capture_output=True, text=True, check=True)
    fields = dict(line.split(": ", 1) for line in said.stdout.splitlines() if line.split(":")[0] in FIELDS)
    assert not said.stderr
    assert (fields["Source"], fields["Version"]) == ("auslan-explorer", DEBIAN_VERSION)


def test_software_centres_are_told_the_release_and_only_addresses_that_are_known(homepage: str, tmp_path: Path) -> None:
    from debian_files import APPLICATION_ID, METAINFO, metainfo

    component = ElementTree.fromstring(metainfo())
    assert component.findtext("id") == APPLICATION_ID and METAINFO.name == f"{APPLICATION_ID}.metainfo.xml"
    release = component.find("releases/release")
    assert release is not None and (release.get("version"), release.get("date")) == (__version__, "1970-01-02")
    addresses = [element.text or "" for element in component.iter() if element.tag in ("url", "image")]
    assert all(address.startswith(homepage) for address in addresses) and bool(addresses) == bool(homepage)
    image = component.findtext("screenshots/screenshot/image")
    assert image is None or (ROOT / image.rpartition(f"/v{__version__}/")[2]).is_file()
    if shutil.which("appstreamcli") is None:
        pytest.skip("appstreamcli comes with the package appstream")
    file = tmp_path / METAINFO.name
    file.write_text(metainfo(), encoding="utf-8")
    done = subprocess.run(
        ["appstreamcli", "validate", "--no-net", str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_copyright_names_both_licences_and_where_the_source_is(homepage: str) -> None:
    from debian_files import copyright_text

    text = copyright_text()
    for needed in ("/usr/share/common-licenses/GPL-3", "Permission is hereby granted", "Kadous", "licences/README.md"):
        assert needed in text, needed
    assert (homepage in text) if homepage else ("Source:" not in text)
