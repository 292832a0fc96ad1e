"""Every option of every command has a test that fails where it does not change the output as it says."""

from __future__ import annotations

import importlib
from pathlib import Path

from tests.cli.options import every_option, options_with_a_test

MODULES = sorted(path.stem for path in Path(__file__).parent.glob("test_options_*.py"))


def test_every_option_has_a_test_and_every_test_an_option() -> None:
    tested: set[str] = set()
    for name in MODULES:
        tested |= options_with_a_test(importlib.import_module(f"tests.cli.{name}"))
    assert every_option() - tested == set(), "these options have no test"
    assert tested - every_option() == set(), "these options are no longer there"
