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


def test_a_dialog_names_its_job_as_what_is_under_way() -> None:
    """“Not finished: Importing recordings.”, and so in the status bar; a dialog's own title is an order."""
    named: dict[str, list[str]] = {}
    for file in sorted(GUI.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and "TaskDialog" in {getattr(base, "id", "") for base in node.bases}:
                named[node.name] = [
                    part.value.split()[0]
                    for each in node.body
                    if isinstance(each, ast.FunctionDef) and each.name == "job_title"
                    for part in ast.walk(each)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                ]
    under_way = {name: {word.endswith("ing") for word in words} for name, words in named.items()}
    assert under_way == {name: {True} for name in named} and len(named) == 5, named
