"""The mirror that clean systems are made from: read out of apt's sources as machines really have them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def apt(tmp_path: Path) -> Path:
    """A folder like /etc/apt, with nothing in it."""
    (tmp_path / "sources.list.d").mkdir()
    return tmp_path


def mirror(folder: Path, suite: str) -> str:
    command = [sys.executable, str(ROOT / "tools" / "apt_mirror.py"), suite, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == bool(done.stdout) and not done.stderr, done.stderr
    return done.stdout.strip()


@pytest.fixture
def mirror_list(apt: Path) -> str:
    """A list of mirrors as hosted machines have it; its address in a source."""
    (apt / "apt-mirrors.txt").write_text(
        "https://archive.example/ubuntu/\tpriority:2\n# near\nhttp://near.example/ubuntu/\tpriority:1\n"
    )
    return f"mirror+file:{apt}/apt-mirrors.txt"


def test_a_line_with_options_a_comment_and_other_suites(apt: Path) -> None:
    (apt / "sources.list").write_text(
        "# deb http://old.example/debian bookworm main\n"
        "deb-src http://source.example/debian bookworm main\n"
        "deb http://security.example/debian-security bookworm-security main\n"
        "deb [ arch=amd64 signed-by=/a.gpg ] http://deb.example/debian/ bookworm main contrib # mine\n"
    )
    assert mirror(apt, "bookworm") == "http://deb.example/debian"
    assert mirror(apt, "bookworm-security") == "http://security.example/debian-security"
    assert mirror(apt, "trixie") == ""


def test_paragraphs_with_several_suites_and_one_that_is_switched_off(apt: Path) -> None:
    (apt / "sources.list.d" / "debian.sources").write_text(
        "Types: deb\nURIs: http://off.example/debian\nSuites: trixie\nComponents: main\nEnabled: no\n\n"
        "Types: deb deb-src\n# a snapshot\nURIs: http://deb.example/debian\n"
        "Suites: trixie\n trixie-updates\nComponents: main\nSigned-By:\n -----BEGIN PGP: BLOCK-----\n .\n abc\n"
    )
    assert mirror(apt, "trixie") == mirror(apt, "trixie-updates") == "http://deb.example/debian"


def test_a_list_of_mirrors_gives_its_preferred_address_in_both_forms(apt: Path, mirror_list: str) -> None:
    (apt / "sources.list").write_text(f"deb {mirror_list} jammy main restricted\n")
    (apt / "sources.list.d" / "ubuntu.sources").write_text(
        f"Types: deb\nURIs: {mirror_list}\nSuites: noble noble-updates\nComponents: main universe\n"
    )
    assert mirror(apt, "jammy") == mirror(apt, "noble") == "http://near.example/ubuntu"


def test_the_distribution_comes_before_others_with_a_suite_of_that_name(apt: Path, mirror_list: str) -> None:
    folder = apt / "sources.list.d"
    (folder / "microsoft-prod.list").write_text("deb https://other.example/ubuntu/24.04/prod noble main\n")
    (folder / "docker.list").write_text("deb https://docker.example/linux/ubuntu noble stable\n")
    (folder / "ubuntu.sources").write_text(f"Types: deb\nURIs: {mirror_list}\nSuites: noble\nComponents: main\n")
    assert mirror(apt, "noble") == "http://near.example/ubuntu"


def test_what_debootstrap_cannot_take_is_passed_over(apt: Path) -> None:
    (apt / "sources.list").write_text(
        "deb cdrom:[Debian]/ bookworm main\ndeb mirror+file:/missing/list bookworm main\n"
        "deb mirror+http://list.example/mirrors bookworm main\ndeb file:/srv/debian bookworm main\n"
    )
    assert mirror(apt, "bookworm") == "file:/srv/debian"
