"""Every text in the window's code is handed to `tr` or `mark`, or stands in a table of which translators are told."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tools import translations

READS_AS_TEXT = re.compile(r"[A-Z][a-z]+(?![A-Za-z.])|[a-z]{2,} [a-z]{2,}")
KEYS = re.compile(r"(?:(?:Ctrl|Shift|Alt)\+)+.?|Shift\+\w+|Space|Left|Home|End|Esc")
SHOWS = re.compile(
    r"set\w*(?:Text|ToolTip|Title|Name|Description)|addItems?|add(?:Menu|Action|Button)|Q(?!OpenGL)\w+|[a-z]+_label"
)
"""What is called with words that a person reads."""
NAMES = {"setObjectName", "setStyleSheet", "QKeySequence", "Thread", "cast", "type", "setStyle"}
OF_ERRORS = {"UserError", "read_json", "ImportError", "RuntimeError", "exception", "info", "log", "error"}
"""What errors and the log say is English for everyone."""
NO_WORDS = {
    "style.py", "log.py", "shaders.py", "opengl_check.py", "old_store.py", "rewording.py", "self_test.py", "i18n.py",
}  # fmt: skip


def untranslated(file: Path, listed: set[str]) -> Iterator[str]:
    """Yield texts that neither `tr` nor `mark` is given; those of tables may be listed instead."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    dicts = [key for node in above if isinstance(node, ast.Dict) for key in node.keys if key is not None]
    keys = {part for key in dicts for part in ast.walk(key)}
    keys |= {part for node in above if isinstance(node, ast.Subscript) for part in ast.walk(node.slice)}
    for node in above.keys() - keys:
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)) or isinstance(above[node], ast.Expr):
            continue
        call = above[node]
        while call in above and not isinstance(call, ast.Call):
            call = above[call]
        called = getattr(call, "func", None)
        name = getattr(called, "attr", getattr(called, "id", ""))
        if name in {"tr", "mark", *NAMES, *OF_ERRORS} or KEYS.fullmatch(node.value):
            continue
        shown = SHOWS.fullmatch(name) and re.search("[A-Za-z]{2,}", node.value)
        if shown or (READS_AS_TEXT.search(node.value) and node.value not in listed):
            yield f"{file.name}:{node.lineno}: {node.value}"


def test_every_text_of_the_code_is_translated() -> None:
    listed = {*translations.table_texts(), *translations.sentences(), *translations.counted_nouns()}
    listed |= {"Figure "}  # with a number and its sentence it is one
    files = [file for file in translations.GUI.rglob("*.py") if file.name not in NO_WORDS]
    assert [each for file in files for each in untranslated(file, listed)] == []
