"""Parses the part of YAML that settings files of other programs use: mappings, lists and plain values.

Anchors, tags, several documents and texts over several lines are not understood; a tag in YAML can name a class, and
none is ever made here.
"""

from __future__ import annotations

from typing import Any

_MOST_DEPTH = 20
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}


def parse_yaml(text: str) -> Any:
    """Parse a text.

    Raises
    ------
    ValueError
        If it is none of the YAML that is understood.
    """
    lines = [(len(line) - len(line.lstrip(" ")), line.strip()) for line in _whole_lines(text)]
    found, at = _block(lines, 0, 0)
    if at != len(lines):
        raise ValueError(f"a line is indented in a way that is not understood: {lines[at][1]:.40}")
    return found


def _whole_lines(text: str) -> list[str]:
    """Return the lines that say something, those of an open bracket joined to one."""
    found: list[list[str]] = []
    depth = 0
    for raw in text.splitlines():
        line = _without_comment(raw.expandtabs(8)).rstrip()
        if not line.strip() or line.strip() == "---":
            continue
        if depth > 0:
            found[-1].append(line.strip())
            depth += _depth(line)
        else:
            found.append([line])
            depth = _depth(line)
    return [" ".join(lines) for lines in found]


def _without_comment(line: str) -> str:
    quote = ""
    for place, letter in enumerate(line):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter == "#" and (place == 0 or line[place - 1].isspace()):
            return line[:place]
    return line


def _depth(line: str) -> int:
    return sum(line.count(letter) for letter in "[{") - sum(line.count(letter) for letter in "]}")


def _block(lines: list[tuple[int, str]], at: int, depth: int) -> tuple[Any, int]:
    """Parse the lines from `at` on that are indented as the first is; return what they say and the next line."""
    if depth > _MOST_DEPTH:
        raise ValueError("nested too deeply")
    if at >= len(lines):
        return None, at
    indent, first = lines[at]
    if first.startswith("- ") or first == "-":
        return _list(lines, at, indent, depth)
    found: dict[str, Any] = {}
    while at < len(lines) and lines[at][0] == indent and not lines[at][1].startswith("- "):
        key, value = _key_and_rest(lines[at][1])
        at += 1
        if value:
            found[key] = _value(value)
        elif at < len(lines) and (lines[at][0] > indent or (lines[at][0] == indent and lines[at][1].startswith("- "))):
            found[key], at = _block(lines, at, depth + 1)
        else:
            found[key] = None
    return found, at


def _list(lines: list[tuple[int, str]], at: int, indent: int, depth: int) -> tuple[list[Any], int]:
    found = []
    while at < len(lines) and lines[at][0] == indent and lines[at][1].startswith("-"):
        rest = lines[at][1][1:].lstrip()
        if not rest:
            value, at = _block(lines, at + 1, depth + 1)
        elif rest[0] not in "[{'\"" and (": " in rest or rest.endswith(":")):
            # The mapping begins on the line of the dash.
            lines[at] = (indent + len(lines[at][1]) - len(rest), rest)
            value, at = _block(lines, at, depth + 1)
        else:
            value, at = _value(rest), at + 1
        found.append(value)
    return found, at


def _key_and_rest(line: str) -> tuple[str, str]:
    key, colon, rest = line.partition(":")
    if not colon or (rest and not rest[0].isspace()):
        raise ValueError(f"no “name: value”: {line:.40}")
    return str(_plain(key.strip())), rest.strip()


def _value(text: str) -> Any:
    if text[0] in "[{":
        found, at = _flow(text, 0, 0)
        if text[at:].strip():
            raise ValueError(f"something stands after a bracket: {text:.40}")
        return found
    return _plain(text)


def _flow(text: str, at: int, depth: int) -> tuple[Any, int]:
    """Parse a value in brackets, or one that ends at a comma or bracket."""
    if depth > _MOST_DEPTH:
        raise ValueError("nested too deeply")
    at = _skip(text, at)
    if text[at] not in "[{":
        end = _end(text, at)
        return _plain(text[at:end].strip()), end
    closing, named = ("]", False) if text[at] == "[" else ("}", True)
    items: list[Any] = []
    mapping: dict[str, Any] = {}
    at = _skip(text, at + 1)
    while text[at] != closing:
        if named:
            colon = text.index(":", at)
            key = str(_plain(text[at:colon].strip()))
            mapping[key], at = _flow(text, colon + 1, depth + 1)
        else:
            value, at = _flow(text, at, depth + 1)
            items.append(value)
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
        elif text[at] != closing:
            raise ValueError(f"a comma is missing: {text[at:]:.40}")
    return mapping if named else items, at + 1


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    if at >= len(text):
        raise ValueError("a bracket is not closed")
    return at


def _end(text: str, at: int) -> int:
    if text[at] in "'\"":
        return text.index(text[at], at + 1) + 1
    while at < len(text) and text[at] not in ",]}":
        at += 1
    return at


def _plain(text: str) -> Any:
    if text[:1] in ("&", "*", "!", "|", ">", "%", "@", "`"):
        raise ValueError(f"this kind of YAML is not read here: {text:.40}")
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    if text.casefold() in _CONSTANTS:
        return _CONSTANTS[text.casefold()]
    for convert in (int, float):
        try:
            return convert(text)
        except ValueError:
            continue
    return text
