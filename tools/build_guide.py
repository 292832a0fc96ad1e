"""Builds the user guide with Sphinx: from docs/guide into resources/guide, plain files that open without a server.

What the program itself knows is not typed but asked of it: the command line, the actions with their keys, the figures.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "docs" / "guide"
BUILT = ROOT / "resources" / "guide"


def command_line() -> str:
    """Return the page on the command line, from the parsers' own help."""
    os.environ["COLUMNS"] = "100"
    from auslan_explorer.cli import make_parser
    from auslan_explorer.commands.common import PROGRAM

    parser, names = make_parser()
    action = next(each for each in parser._actions if getattr(each, "choices", None))
    choices = dict(action.choices or {})
    page = [
        "# Command line",
        "",
        f"`{PROGRAM} COMMAND` does the same work without a window. Bad input ends with one sentence and exit code 2.",
        "This page is what each command says of itself with `--help`.",
        "",
        "```text",
        parser.format_help().rstrip(),
        "```",
    ]
    for name in names:
        page += ["", f"## {name}", "", "```text", choices[name].format_help().rstrip(), "```"]
    return "\n".join(page) + "\n"


def actions() -> str:
    """Return the page on actions and keys, from the table that menus are made from."""
    from auslan_explorer.gui.actions.ids import Key
    from auslan_explorer.gui.actions.menus import MENUS, Menu
    from auslan_explorer.gui.window.action_registry import ACTIONS

    page = ["# Actions and keys", "", "Everything in the menus; Ctrl+K finds each by typing.", ""]

    def rows(menu: Menu) -> list[str]:
        out = []
        for item in menu.items:
            if isinstance(item, Menu):
                out += rows(item)
            elif isinstance(item, Key):
                info = ACTIONS[item]
                keys = " or ".join(f"`{key}`" for key in (info.shortcut, info.also) if key)
                out.append(f"| {info.text} | {keys} | {info.tooltip.replace('|', chr(92) + '|')} |")
        return out

    for menu in MENUS:
        page += [f"## {menu.title.replace('&', '')}", "", "| action | key | what it does |", "|---|---|---|"]
        page += [*rows(menu), ""]
    return "\n".join(page)


def figures() -> str:
    """Return the page on the article's figures, with the picture of each that the screenshots' script has drawn."""
    from auslan_explorer.draw.presets import FIGURES

    page = [
        "# The article's figures",
        "",
        "The menu *Figures*, the gallery (Ctrl+G) and `auslan-explorer render --figure N` draw them anew from the "
        "networks that ship. From each, everything can be changed: it is only a starting point.",
        "",
    ]
    for number, figure in FIGURES.items():
        page += [f"## {number}  {figure.title}", "", figure.sentence, ""]
        if (SOURCES / "images" / f"figure-{number}.png").exists():
            page += [f"![Figure {number}: {figure.title}](images/figure-{number}.png)", ""]
    return "\n".join(page)


def write_pages() -> None:
    """Write the pages that are made from the program."""
    for name, page in (("command-line", command_line), ("actions", actions), ("figures", figures)):
        (SOURCES / f"{name}.md").write_text(page(), encoding="utf-8")


def _share_pictures(target: Path) -> None:
    """Let the pages show the pictures beside the text: every package holds both, and the pictures only once then."""
    beside = Path(os.path.relpath(SOURCES / "images", target)).as_posix()
    for page in target.glob("*.html"):
        html = page.read_text(encoding="utf-8")
        page.write_text(html.replace('"_images/', f'"{beside}/'), encoding="utf-8")
    shutil.rmtree(target / "_images", ignore_errors=True)


def build(target: Path = BUILT) -> int:
    """Build the guide; 0 where all went well. A warning, such as a link to nowhere, counts as an error."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    write_pages()
    from sphinx.cmd.build import build_main

    shutil.rmtree(target, ignore_errors=True)
    code = build_main(
        ["-q", "-W", "--keep-going", "-b", "html", "-d", str(ROOT / "build" / "guide"), str(SOURCES), str(target)]
    )
    _share_pictures(target)
    # What only Sphinx needs.
    for leftover in (".buildinfo", "objects.inv", "_sources"):
        place = target / leftover
        shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
    if code == 0:
        print(f"The guide is in {target}; its first page is index.html.")
    return int(code)


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1]) if len(sys.argv) > 1 else BUILT))
