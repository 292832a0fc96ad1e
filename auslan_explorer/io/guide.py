"""Reads the user guide's Markdown and resolves its Sphinx directives, so that it can be shown without Sphinx.

The directives that the guide uses are ``toctree`` (left out of the page; `read_contents` reads it), ``include`` and
``literalinclude``. Any other directive is shown as its source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

INDEX = "index.md"
_DIRECTIVE = re.compile(r"^```\{(?P<name>\w+)\} *(?P<argument>.*)\n(?P<body>(?:.*\n)*?)```\n?", re.MULTILINE)
_OPTION = re.compile(r":(?P<name>[\w-]+):[ \t]*(?P<value>.*)")
_HEADING = re.compile(r"^# +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class GuidePart:
    """One part of the guide with its pages.

    Attributes
    ----------
    title : str
    pages : tuple of (str, str)
        File name and title of each page.
    """

    title: str
    pages: tuple[tuple[str, str], ...]


def read_page(file: Path) -> str:
    """Read a page as plain Markdown.

    Raises
    ------
    OSError
        If the page, or a file that it includes, cannot be read.
    """

    def replaced(directive: re.Match[str]) -> str:
        name, argument = directive["name"], directive["argument"].strip()
        if name == "toctree":
            return ""
        if name == "include":
            return read_page(file.parent / argument)
        if name == "literalinclude":
            language = _options(directive["body"]).get("language", "")
            return f"```{language}\n{(file.parent / argument).read_text(encoding='utf-8').rstrip()}\n```\n"
        return directive[0]

    return _DIRECTIVE.sub(replaced, file.read_text(encoding="utf-8"))


def read_contents(sources: Path) -> list[GuidePart]:
    """Read the guide's table of contents from its first page; pages that are missing are left out.

    Raises
    ------
    OSError
        If a page cannot be read.
    """
    first = sources / INDEX
    parts = [GuidePart("", ((INDEX, _title(first)),))]
    for directive in _DIRECTIVE.finditer(first.read_text(encoding="utf-8")):
        if directive["name"] != "toctree":
            continue
        lines = [line.strip() for line in directive["body"].splitlines()]
        names = [f"{line}.md" for line in lines if line and not _OPTION.fullmatch(line)]
        pages = tuple((name, _title(sources / name)) for name in names if (sources / name).is_file())
        if pages:
            parts.append(GuidePart(_options(directive["body"]).get("caption", ""), pages))
    return parts


def _options(body: str) -> dict[str, str]:
    return {found["name"]: found["value"].strip() for found in _OPTION.finditer(body)}


def _title(file: Path) -> str:
    heading = _HEADING.search(read_page(file))
    return heading[1].strip() if heading else file.stem
