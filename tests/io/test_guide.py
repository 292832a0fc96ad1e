"""The user guide: it builds without a network, knows every action and command, and needs nothing from elsewhere."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "docs" / "guide"


class Links(HTMLParser):
    """Collects what a page loads, and where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.leads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        place = found.get("src") or found.get("href") or ""
        if tag in ("img", "script") or (tag == "link" and "stylesheet" in (found.get("rel") or "")):
            if place:
                self.loads.append(place)
        elif tag == "a" and place:
            self.leads.append(place)


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    for name in ("sphinx", "myst_parser", "furo"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed; `make setup` installs it")
    target = tmp_path_factory.mktemp("guide")
    done = subprocess.run(
        [sys.executable, "tools/build_guide.py", str(target)], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    yield target


def test_pages_load_nothing_from_elsewhere_and_lead_to_pages_that_are_there(guide: Path) -> None:
    pages = sorted(guide.rglob("*.html"))
    assert len(pages) > 18 and (guide / "searchindex.js").exists()
    for page in pages:
        links = Links()
        links.feed(page.read_text(encoding="utf-8"))
        for place in links.loads:
            file = place.partition("?")[0]
            assert "//" not in file and (page.parent / file).exists(), (page.name, place)
        for place in links.leads:
            file = place.partition("#")[0]
            if file and not re.match(r"[a-z]+:", file):
                assert (page.parent / file).exists(), (page.name, place)


def test_every_action_command_and_figure_has_its_place(guide: Path) -> None:
    from auslan_explorer.cli import make_parser
    from auslan_explorer.draw.presets import FIGURES

    commands = (guide / "command-line.html").read_text(encoding="utf-8")
    assert all(f'id="{name}"' in commands for name in make_parser()[1])
    figures = (guide / "figures.html").read_text(encoding="utf-8")
    assert all(f"figure-{number}.png" in figures for number in FIGURES)
    keys = (SOURCES / "actions.md").read_text(encoding="utf-8")
    assert "`Ctrl+,`" in keys and "`F1`" in keys


def test_every_picture_that_the_guide_shows_is_there_and_small() -> None:
    shown = {
        SOURCES / place
        for page in SOURCES.glob("*.md")
        for place in re.findall(r"!\[[^]]*\]\((images/[^)]+)\)", page.read_text(encoding="utf-8"))
    }
    assert len(shown) > 12
    for file in (*shown, ROOT / "docs" / "images" / "window.png"):
        assert file.is_file() and file.stat().st_size < 800_000, file


def test_the_readme_has_the_figures_of_the_networks_that_ship() -> None:
    done = subprocess.run([sys.executable, "tools/readme_figures.py", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "run tools/readme_figures.py"
