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

from auslan_explorer.io.guide import read_contents, read_page

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
            pytest.skip(f"{name} is not installed; `make docs` installs it")
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
    assert "--steps-per-frame" in commands
    figures = (guide / "figures.html").read_text(encoding="utf-8")
    assert all(f"figure-{number}.png" in figures for number in FIGURES)
    keys = (SOURCES / "actions.md").read_text(encoding="utf-8")
    assert "`Ctrl+,`" in keys and "`F1`" in keys


def test_the_index_lists_every_page_once(guide: Path) -> None:
    index = (guide / "index.html").read_text(encoding="utf-8")
    links = Links()
    links.feed(index[index.index("<article") : index.index("</article")])
    listed = [place.partition("#")[0] for place in links.leads if place.partition("#")[0].endswith(".html")]
    pages = {file.with_suffix(".html").name for file in SOURCES.glob("*.md")} - {"index.html"}
    assert sorted(listed) == sorted(pages)


def test_the_pages_made_from_the_program_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "tools/build_guide.py", "--check"], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr


def test_contents_are_what_the_index_says() -> None:
    parts = read_contents(SOURCES)
    assert [part.title for part in parts][:2] == ["", "Begin"]
    assert parts[0].pages == (("index.md", "Auslan Explorer"),)
    pages = [file for part in parts for file, _ in part.pages]
    assert sorted(pages) == sorted(file.name for file in SOURCES.glob("*.md"))
    titles = {file: title for part in parts for file, title in part.pages}
    assert titles["cache-format.md"] == "The activation cache"


def test_a_page_is_read_with_its_directives_carried_out(tmp_path: Path) -> None:
    (tmp_path / "guide").mkdir()
    (tmp_path / "format.md").write_text("# The format\n\nText.\n", encoding="utf-8")
    (tmp_path / "example.py").write_text("print(1)\n", encoding="utf-8")
    page = tmp_path / "guide" / "index.md"
    page.write_text(
        "# Guide\n\n```{toctree}\n:hidden:\n:caption: One\n\nformat\nmissing\n```\n\n"
        "```{literalinclude} ../example.py\n:language: python\n```\n\n```text\n```\n",
        encoding="utf-8",
    )
    (tmp_path / "guide" / "format.md").write_text("```{include} ../format.md\n```\n", encoding="utf-8")
    assert read_page(page) == "# Guide\n\n\n```python\nprint(1)\n```\n\n```text\n```\n"
    assert read_page(tmp_path / "guide" / "format.md") == "# The format\n\nText.\n"
    assert read_contents(tmp_path / "guide")[1].pages == (("format.md", "The format"),)


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


def test_the_contents_are_those_of_the_first_page_without_what_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text(
        "# The guide\n\n```{toctree}\n:caption: One\na\nmissing\n```\n\n```{note}\na\n```\n\n"
        "```{toctree}\n:caption: Two\nb\n```\n",
        encoding="utf-8",
    )
    (tmp_path / "a.md").write_text("# Page A\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("no heading\n", encoding="utf-8")
    found = [(part.title, part.pages) for part in read_contents(tmp_path)]
    assert found == [("", (("index.md", "The guide"),)), ("One", (("a.md", "Page A"),)), ("Two", (("b.md", "b"),))]
