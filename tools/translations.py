"""Writes every text of the window into a file for translators: `python tools/translations.py [FILE.ts]`.

The texts are what `tr` and `mark` are given and what stands in tables; `pyside6-lupdate` makes the file of them, and
keeps the translations that one holds already. Nouns that are counted get the plural forms that it does not make for
Python.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
TARGET = ROOT / "resources" / "translations" / "auslan_explorer_en.ts"
GUI = ROOT / "auslan_explorer" / "gui"


def table_texts() -> Iterator[str]:
    """Yield every text that stands in a table."""
    from auslan_explorer.analysis.stability import VERDICTS
    from auslan_explorer.app import no_activations
    from auslan_explorer.core.activations import HEAD_DISAGREES, NO_HEAD
    from auslan_explorer.core.colours import EXPLANATIONS
    from auslan_explorer.core.groups import ALL_MISCLASSIFIED, Kind, built_in_groups
    from auslan_explorer.core.identity import WORDS
    from auslan_explorer.core.palettes import SIGN_SETS, TIME_MAPS
    from auslan_explorer.core.splits import SPLIT_NAMES
    from auslan_explorer.draw.presets import ALL_MISTAKES, ALL_MISTAKES_SENTENCE, FIGURES, GENERAL_FIGURES
    from auslan_explorer.gui.actions.menus import COLOURS, MENUS, SPLITS, THEMES, Menu
    from auslan_explorer.gui.actions.menus import FIGURES as FIGURE_MENU
    from auslan_explorer.gui.help.tour_stops import STOPS
    from auslan_explorer.gui.training.fields import GROUPS
    from auslan_explorer.gui.window.action_registry import ACTIONS
    from auslan_explorer.io.array_survey import KINDS
    from auslan_explorer.training.events import STAGES
    from auslan_explorer.workflows.quality import NO_AUTOENCODER, NO_LANDSCAPE
    from auslan_explorer.workflows.resting import NO_FRAME, NO_RECORDINGS

    for info in ACTIONS.values():
        for text in (info.text, info.tooltip, info.toolbar_text):
            yield text
    menus: list[Menu] = [*MENUS, COLOURS, SPLITS, THEMES, FIGURE_MENU]
    while menus:
        menu = menus.pop()
        menus += [item for item in menu.items if isinstance(item, Menu)]
        yield menu.title
    for stop in STOPS:
        yield stop.title
        yield stop.text
    yield from (*(title for title, _ in TIME_MAPS.values()), *(each.title for each in SIGN_SETS.values()))
    yield from (*VERDICTS, *SPLIT_NAMES.values(), *EXPLANATIONS.values(), NO_AUTOENCODER, NO_LANDSCAPE)
    yield from (NO_FRAME, NO_RECORDINGS, *STAGES.values(), *KINDS, ALL_MISCLASSIFIED)
    yield from (*WORDS, NO_HEAD, HEAD_DISAGREES)
    for group in built_in_groups(no_activations(), 0.0):
        if group.kind is not Kind.COMPARISON:
            yield group.name
            yield group.disabled_reason
    for title, fields in GROUPS:
        yield title
        for field in fields:
            for text in (field.text, field.note, *(text for _, text in field.options)):
                yield text
    yield from (ALL_MISTAKES, ALL_MISTAKES_SENTENCE)
    for figure in (*FIGURES.values(), *GENERAL_FIGURES.values()):
        yield figure.title
        yield figure.sentence
        yield figure.without_splits


def counted_nouns() -> set[str]:
    """Return the nouns that `format_count` is given anywhere in the window."""
    nouns = set()
    for file in GUI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "format_count" and len(node.args) > 1:
                noun = node.args[1]
                if isinstance(noun, ast.Constant) and isinstance(noun.value, str):
                    nouns.add(noun.value)
    return nouns


def sentences() -> set[str]:
    """Return what `tr` and `mark` are given: a text, or the name of one that stands in the same module."""
    found = set()
    for file in GUI.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        named = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("tr", "mark") and node.args:
                text = node.args[0]
                text = named.get(text.id, text) if isinstance(text, ast.Name) else text
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    found.add(text.value)
    return found


def write(target: Path = TARGET) -> None:
    """Write the file of texts; translations that it holds stay."""
    from auslan_explorer.core.words import GENERAL
    from auslan_explorer.gui import i18n

    texts = {*table_texts(), *sentences()} - {""}
    pairs = [(i18n.CONTEXT, text) for text in sorted(texts | {GENERAL.say(text) for text in texts})]
    pairs += [(i18n.COUNTS, f"%n {noun}") for noun in sorted(counted_nouns())]
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "tables.py"
        lines = [f"QT_TRANSLATE_NOOP({ast.unparse(ast.Constant(c))}, {_quoted(text)})\n" for c, text in pairs]
        listed.write_text("from PySide6.QtCore import QT_TRANSLATE_NOOP\n" + "".join(lines), encoding="utf-8")
        lupdate = Path(sys.executable).with_name("pyside6-lupdate")
        options = ["-locations", "none", "-no-obsolete", "-source-language", "en", "-target-language", "en"]
        subprocess.run([lupdate, *options, str(listed), "-ts", str(target)], check=True, capture_output=True)
    tree = ElementTree.parse(target)
    for context in tree.getroot().iter("context"):
        if context.findtext("name") != i18n.COUNTS:
            continue
        for message in context.iter("message"):
            _count(message)
    ElementTree.indent(tree, "    ")
    text = ElementTree.tostring(tree.getroot(), encoding="unicode")
    target.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _count(message: ElementTree.Element) -> None:
    """Give a counted noun its two English forms."""
    message.set("numerus", "yes")
    translated = message.find("translation")
    if translated is None or len(translated):
        return
    translated.text = None
    translated.attrib.pop("type", None)
    source = message.findtext("source") or ""
    for form in (source, source + "s"):
        ElementTree.SubElement(translated, "numerusform").text = form


if __name__ == "__main__":
    write(Path(sys.argv[1]) if sys.argv[1:] else TARGET)
