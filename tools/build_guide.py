"""Builds the user guide with Sphinx: from docs/guide into resources/guide, plain files that open without a server.

What the program itself knows is not typed but asked of it: the command line, the actions with their keys, the figures.
`--pages` writes these pages; they lie in the repository, so that the text reads whole without being built.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "docs" / "guide"
BUILT = ROOT / "resources" / "guide"


def command_line() -> str:
    """Return the page on the command line, from the parsers themselves; unlike their help it is no Python's own."""
    from auslan_explorer.cli import make_parser
    from auslan_explorer.commands.common import PROGRAM

    parser, _ = make_parser()
    page = [
        "# Command line",
        "",
        f"`{PROGRAM} COMMAND` does the same work without a window. Bad input ends with one sentence and exit code 2.",
        "This page is what each command says of itself with `--help`.",
        "",
        *_options(parser),
    ]
    for name, command in _commands(parser).items():
        page += [f"## {name}", "", *_command(command)]
        for inner, part in _commands(command).items():
            page += [f"### {name} {inner}", "", *_command(part)]
    return "\n".join(page).rstrip() + "\n"


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    return next((each.choices for each in parser._actions if isinstance(each, argparse._SubParsersAction)), {})


def _command(parser: argparse.ArgumentParser) -> list[str]:
    examples = (parser.epilog or "").removeprefix("example:\n")
    page = [" ".join((parser.description or "").split()), "", *_options(parser)]
    return [*page, "```text", examples.rstrip(), "```", ""] if examples else page


def _options(parser: argparse.ArgumentParser) -> list[str]:
    """Return a table of a command's options and arguments; nothing where there are none but `--help`."""
    expand = parser._get_formatter()._expand_help
    rows = []
    for action in parser._actions:
        hidden = action.dest == "help" or action.help in (None, argparse.SUPPRESS)
        if hidden or isinstance(action, argparse._SubParsersAction):
            continue
        value = action.metavar or ("{" + ",".join(map(str, action.choices)) + "}" if action.choices else "")
        if not value and action.nargs != 0:
            value = action.dest.upper()
        spelt = f"{', '.join(action.option_strings)} {value}".strip()
        told = " ".join(expand(action).split())
        needed = " (needed)" if action.required and action.option_strings else ""
        rows.append(f"| `{_in_cell(spelt)}` | {_in_cell(told)}{needed} |")
    return ["| option | what it does |", "|---|---|", *rows, ""] if rows else []


def _in_cell(text: str) -> str:
    return text.replace("|", "\\|")


def actions() -> str:
    """Return the page on actions and keys, from the table that menus are made from."""
    from auslan_explorer.gui.actions.menus import MENUS, ActionId, Menu
    from auslan_explorer.gui.window.action_registry import ACTIONS

    page = ["# Actions and keys", "", "Everything in the menus; Ctrl+K finds each by typing.", ""]

    def rows(menu: Menu) -> list[str]:
        out = []
        for item in menu.items:
            if isinstance(item, Menu):
                out += rows(item)
            elif isinstance(item, ActionId):
                info = ACTIONS[item]
                keys = " or ".join(f"`{key}`" for key in (info.shortcut, info.alt_shortcut) if key)
                out.append(f"| {info.text} | {keys} | {_in_cell(info.description)} |")
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


def pages() -> dict[Path, str]:
    """Return the pages that are made from the program, by their files."""
    made = {"command-line": command_line, "actions": actions, "figures": figures}
    return {SOURCES / f"{name}.md": page() for name, page in made.items()}


def stale_pages() -> list[str]:
    """Return the names of the pages that say something else than the program does."""
    return [
        file.name for file, text in pages().items() if not file.is_file() or file.read_text(encoding="utf-8") != text
    ]


def _share_pictures(target: Path) -> None:
    """Let the pages show the pictures beside the text: every package holds both, and the pictures only once then."""
    beside = Path(os.path.relpath(SOURCES / "images", target)).as_posix()
    for page in target.glob("*.html"):
        html = page.read_text(encoding="utf-8")
        page.write_text(html.replace('"_images/', f'"{beside}/'), encoding="utf-8")
    shutil.rmtree(target / "_images", ignore_errors=True)


def build(target: Path = BUILT) -> int:
    """Build the guide; 0 where all went well. A warning, such as a link to nowhere, counts as an error."""
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


def main() -> int:
    """Build the guide, or only write or compare the pages that are made from the program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", nargs="?", type=Path, default=BUILT, help="folder of the built guide")
    parser.add_argument("--pages", action="store_true", help="only write the pages that are made from the program")
    parser.add_argument("--check", action="store_true", help="only say which of these pages are not up to date")
    args = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if args.check:
        stale = stale_pages()
        if stale:
            print(f"Not up to date: {', '.join(stale)}. Run python tools/build_guide.py --pages.", file=sys.stderr)
        return int(bool(stale))
    if args.pages:
        for file, text in pages().items():
            file.write_text(text, encoding="utf-8")
        return 0
    return build(args.target)


if __name__ == "__main__":
    sys.exit(main())
