"""The options of all commands, found from the parser, and the tests that each of them has."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import TypeVar

from auslan_explorer.cli import make_parser

Function = TypeVar("Function", bound=Callable[..., object])


def every_option() -> set[str]:
    """Return the options and arguments of every command, such as ``film --align`` and ``info file``."""
    return set(_walk(make_parser()[0], ()))


def _walk(parser: argparse.ArgumentParser, path: tuple[str, ...]) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from _walk(below, (*path, name))
        elif not isinstance(action, argparse._HelpAction):
            yield " ".join((*path, action.option_strings[-1] if action.option_strings else action.dest))


def changes_output(*options: str) -> Callable[[Function], Function]:
    """Mark a test that fails where one of these options does not change the output as it says."""

    def mark(test: Function) -> Function:
        test.options = options  # type: ignore[attr-defined]
        return test

    return mark


def options_with_a_test(module: ModuleType) -> set[str]:
    """Return the options that the tests of a module are marked with."""
    return {option for test in vars(module).values() for option in getattr(test, "options", ())}
