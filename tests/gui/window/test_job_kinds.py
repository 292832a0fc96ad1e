"""Which jobs make something: a window that closes waits for these alone, and asks before it stops them."""

from __future__ import annotations

import ast
from pathlib import Path

import auslan_explorer

GUI = Path(auslan_explorer.__file__).parent / "gui"
READS = {
    "Reading",
    "Measuring",
    "Counting",
    "Computing",
    "Copying",
    "Comparing",
    "Asking",
    "Drawing",
    "Opening",
    "Finding",
    "Lining",
    "Looking",
}
MAKES = {"Exporting", "Saving", "Keeping", "Training", "Importing", "Deleting", "Renaming"}


def test_what_only_reads_makes_nothing_and_what_writes_does() -> None:
    told: dict[str, set[bool]] = {}
    for file in sorted(GUI.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            flags = [each.value for each in node.keywords if each.arg == "makes_something"]
            words = [part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)]
            if flags and isinstance(flags[0], ast.Constant) and words and isinstance(words[0], str):
                told.setdefault(words[0].split()[0], set()).add(bool(flags[0].value))
    assert {word: {word in MAKES} for word in told} == told
    assert set(told) <= READS | MAKES and len(told) >= 8
