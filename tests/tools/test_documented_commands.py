"""Every command and option that a document names is taken by the program, its Makefile or its tools."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from auslan_explorer import cli
from auslan_explorer.commands.common import Parser
from auslan_explorer.io.session_file import FORMAT as SESSION_FORMAT

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    file.relative_to(ROOT).as_posix()
    for file in (
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md")),
        *sorted((ROOT / "docs").rglob("*.md")),
        *(file for file in (ROOT / "models" / "README.md",) if file.exists()),
    )
    if file.exists()
]
FENCE = re.compile(r"^(?:```|~~~)(\w*)\n(.*?)^(?:```|~~~)$", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?<=\n\n)(?:    .*\n)+")
SPAN = re.compile(r"(?<!`)`([^`]+)`(?!`)")
PROGRAM = re.compile(r"^(?:\./)?(?:auslan-explorer|(?:python )?main\.py)(?= |$)")
PLACEHOLDERS = {"N": "3", "X": "0.5", "WxH": "640x480", "COMMAND": "info", "DEG": "30", "S": "1", "DIGITS": "0" * 64}
SHELLS = ("", "sh", "text", "console", "bash")


class NotTaken(Exception):
    """What the parser has to say against a command line."""


class Incomplete(Exception):
    """Only something that the command needs is missing."""


@pytest.fixture(autouse=True)
def errors_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def error(self: Parser, message: str) -> None:
        raise Incomplete(message) if "arguments are required" in message else NotTaken(message)

    monkeypatch.setattr(Parser, "error", error)


def parts(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    return next((each.choices for each in parser._actions if isinstance(each, argparse._SubParsersAction)), {})


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for inner in parts(parser).values():
        yield from parsers(inner)


COMMANDS = parts(cli.make_parser()[0])
OPTIONS = {
    name: each for parser in parsers(cli.make_parser()[0]) for name, each in parser._option_string_actions.items()
}


def lines_and_spans(document: str) -> tuple[list[str], list[str]]:
    """Lines of code that stand by themselves, and what stands as code within a sentence."""
    text = (ROOT / document).read_text(encoding="utf-8")
    lines = [line for language, block in FENCE.findall(text) if language in SHELLS for line in block.splitlines()]
    text = FENCE.sub("", text)
    for block in INDENTED.findall(text):
        lines += block.splitlines()
    return [line.strip() for line in lines], [" ".join(span.split()) for span in SPAN.findall(text)]


def arguments(code: str) -> list[str]:
    return [PLACEHOLDERS.get(word, word) for word in shlex.split(code, comments=True)]


def parse(words: list[str], *, whole: bool) -> None:
    """Hand a command line to the program's parser; one that is not `whole` may lack what the command needs."""
    if words and re.fullmatch(r"[a-z-]+", words[0]) and not words[0].startswith("-"):
        assert words[0] in COMMANDS, f"no command {words[0]}"
    innermost: argparse.ArgumentParser = cli.make_parser()[0]
    for word in words:
        if word not in parts(innermost):
            break
        innermost = parts(innermost)[word]
    for word in words:
        if word.startswith("--"):
            assert word.partition("=")[0] in innermost._option_string_actions, f"{innermost.prog} has no {word}"
    last = innermost._option_string_actions.get(words[-1]) if words else None
    if last is not None and last.nargs != 0 and not whole:
        words = [*words, str(next(iter(last.choices))) if last.choices else "3"]
    try:
        cli._parse(words)
    except Incomplete:
        assert not whole, "something that the command needs is missing"
    except SystemExit as leaving:  # --help, --version
        assert leaving.code == 0


def check(code: str, *, whole: bool) -> None:
    """Check one piece of code, if it is a command; raise what is wrong with it."""
    code = re.split(r"\s{3,}", code.removeprefix("$ "))[0]  # what is said beside it
    words = code.split()
    if PROGRAM.match(code) and code != SESSION_FORMAT:
        parse(arguments(PROGRAM.sub("", code)), whole=whole)
    elif words[0] in COMMANDS and len(words) > 1 and re.fullmatch(r"[\w\s.,=<>{}'-]+", code):
        parse(arguments(code), whole=False)
    elif words[0].startswith("--") and re.match(r"--[a-z]", code):
        assert words[0].partition("=")[0] in {*OPTIONS, "--worker"}, f"no command has {words[0]}"
    elif words[0] == "make":
        targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        for word in arguments(code)[1:]:
            name, equals, value = word.partition("=")
            if equals:
                assert name in ("ROOM", "ARGS", "PYTHON", "TRIES", "TIMES", "SEED"), name
                if name == "ROOM":
                    assert any(each.name == value for each in (ROOT / "tests").rglob("*") if each.is_dir()), value
                for path in (each for each in value.split() if name == "ARGS" and each.startswith("tests/")):
                    assert (ROOT / path).exists(), path
            else:
                assert word in targets, f"no `make {word}`"
    elif words[0] in ("python", "python3", "sudo") and len(words) > 1 and words[1].endswith((".py", ".sh")):
        script = ROOT / words[1]
        assert script.is_file(), words[1]
        for option in (word for word in words[2:] if word.startswith("--")):
            assert f'"{option}"' in script.read_text(encoding="utf-8"), f"{words[1]} knows no {option}"


CASES = [
    (document, code, whole)
    for document in DOCUMENTS
    for codes, whole in zip(lines_and_spans(document), (True, False), strict=True)
    # The tables of that page are the parser's own; its examples are typed.
    if whole or document != "docs/guide/command-line.md"
    for code in dict.fromkeys(codes)
    if code.strip()
]


def test_commands_are_found_in_the_documents() -> None:
    named = {code for _, code, _ in CASES if PROGRAM.match(code)}
    assert len(named) > 40
    for command in COMMANDS:
        assert any(f" {command}" in code for code in named), command


@pytest.mark.parametrize(("document", "code", "whole"), CASES)
def test_what_a_document_tells_to_type_is_taken(document: str, code: str, whole: bool) -> None:
    check(code, whole=whole)


@pytest.mark.parametrize(
    "code",
    [
        "auslan-explorer cache pack ARRAYS.npz --out FILE",
        "auslan-explorer bake",
        "auslan-explorer render --colour taste",
        "auslan-explorer info --verbose FILE",
        "runs merge a b",
        "film --loop",
        "--colours",
        "make cake",
        "make test ROOM=cellar",
        "python tools/build_guide.py --all",
        "python docs/examples/lstm_cache.py waves.h5",
    ],
)
def test_a_false_command_or_option_is_noticed(code: str) -> None:
    with pytest.raises((AssertionError, NotTaken)):
        check(code, whole=False)


def test_a_line_to_type_has_all_that_the_command_needs() -> None:
    with pytest.raises(AssertionError):
        check("auslan-explorer export paths", whole=True)
    check("auslan-explorer export paths", whole=False)
