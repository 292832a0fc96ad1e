"""Threads of the window's process end with it, whatever they do: closing the window ends the program."""

from __future__ import annotations

import ast
from pathlib import Path

import auslan_explorer


def test_every_thread_is_one_that_the_program_need_not_wait_for() -> None:
    found = []
    for file in Path(auslan_explorer.__file__).parent.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        for call in ast.walk(ast.parse(text)) if "Thread(" in text else ():
            if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("Thread"):
                given = {each.arg: ast.unparse(each.value) for each in call.keywords}
                found.append((file.name, given.get("daemon")))
    assert len(found) > 2 and {daemon for _, daemon in found} == {"True"}, found
