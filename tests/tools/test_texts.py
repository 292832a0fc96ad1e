"""Texts that a person reads, wherever in the source they stand: numbers agree with their nouns, one apostrophe."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from auslan_explorer.core.words import Words, counted

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "auslan_explorer"
# Not read as texts of the program: what is written for another program, and the card of the shipped models.
NOT_TEXTS = {"io/eaf.py", "gui/views/scatter3d/shaders.py", "ml/card.py"}

COUNTED = re.compile(r"\{(?P<value>[^{}]*)\} (?P<noun>(?:[a-z]+ )?[a-z]{2,}s)\b(?! ?[’'])")
VERBS = {
    "answers", "belongs", "claims", "declares", "does", "ends", "explains", "has", "holds", "its", "lacks", "leads",
    "lies", "makes", "names", "needs", "runs", "shows", "stands", "this", "towards", "unpacks", "was",
}  # fmt: skip
LINKS = {"has", "holds", "in", "names", "of", "on", "that", "to", "was", "where"}
# What is counted here is never one: more than a limit, several of which a text speaks alone, or a measure.
SEVERAL = {
    "{each.gates} gates", "{gates} gates",  # their names

    "{0:.2f} times", "{0:g} steps", "{0} dimensions", "{0} numbers", "{0} pairs", "{0} runs", "{0} seconds",
    "{0} values", "{1} times", "{2} nearest recordings", "{3} maps", "{FULL_SET} recordings",
    "{MAX_PIXELS // 1000000} million pixels", "{_DENSE_LAYERS} dense ones", "{autoencoder.dims} dimensions",
    "{classifier.steps} frames", "{dataset.shape[1]} columns", "{dims} components", "{dims} dimensions squeezes",
    "{dims} numbers", "{event.of_rows} steps", "{frames / self.fps / 60:.0f} minutes", "{frames:,} frames",
    "{h} pixels", "{height} pixels", "{info.epochs_run:4} epochs", "{kernel.shape[1]} outputs",
    "{layer.parameters:,} parameters", "{len(CHANNELS)} channels", "{len(chosen)} archives",
    "{len(ensemble.seeds)} maps", "{len(found)} runs", "{len(group)} members", "{len(keys)} signs",
    "{len(keys)} texts", "{len(lower)} recurrent layers", "{len(members)} arrays", "{len(present)} labels",
    "{len(raw)} letters", "{len(seeds)} maps", "{len(self.caption)} letters",
    "{len(text)} letters", "{len(types)} layers", "{max(end, steps or 0)} steps", "{most:g} frames",
    "{self.azimuth:g} degrees", "{self.classifier.steps} frames", "{self.limits.members} files", "{steps} steps",
    "{total:,} parameters",
}  # fmt: skip
# No count at all stands before these.
NAMED = {
    "{0} yours", "{1} both witnesses", "{1} these units", "{3} neighbours", "{cell} runs backwards",
    "{name} drop units", "{which} recordings",
}  # fmt: skip

QUOTED = re.compile(r"(?<![A-Za-z}])'[^']*'")
STRAIGHT = re.compile(r"[A-Za-z}]'(?=s\b|[ ,.:;)]|$)")
NOT_IN_PLACES = str.maketrans("{}", "()", "'")
AS_FILES_HAVE_IT = {"article's split, seed {SPLIT_SEED}"}
"""Written into the files that ship."""


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Each text of a module that is no docstring, with its line; what is put in stands in braces."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(_part(part) for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings | parts:
            yield node.lineno, node.value


def _part(part: ast.expr) -> str:
    if isinstance(part, ast.FormattedValue):
        spec = f":{''.join(_part(each) for each in part.format_spec.values)}" if part.format_spec else ""
        return "{" + ast.unparse(part.value).translate(NOT_IN_PLACES) + spec + "}"
    return str(part.value)


def uneven(text: str) -> list[str]:
    """Counts of a text that stand before a plural whatever the number is."""
    found = []
    for match in COUNTED.finditer(text):
        value, words = match["value"], match["noun"].split()
        constant = value.removesuffix(":g").isupper()
        if not (constant or "shown(" in value or words[-1] in VERBS or words[0] in LINKS):
            found.append(match[0])
    return [each for each in found if each not in SEVERAL | NAMED]


def of_package() -> Iterator[tuple[str, str]]:
    """Each text of the program, with where it stands."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if name not in NOT_TEXTS:
            for line, text in texts(path):
                yield f"{name}:{line}", text


def test_a_number_and_its_noun_agree():
    assert [counted(number, "real step") for number in (0, 1, 2)] == ["0 real steps", "1 real step", "2 real steps"]
    assert [counted(number, "class") for number in (0, 1, 2)] == ["0 classes", "1 class", "2 classes"]
    words = Words("body", "take")
    assert [words.count(number, "sign") for number in (0, 1, 2)] == ["0 bodies", "1 body", "2 bodies"]
    assert [words.count(number, "recording") for number in (0, 1, 2)] == ["0 takes", "1 take", "2 takes"]


def test_what_counts_things_before_a_plural_is_found():
    assert uneven("{n} recordings of {1} signs are in {out}.") == ["{n} recordings", "{1} signs"]
    assert uneven("{len(seen)} more groups") == ["{len(seen)} more groups"]
    assert not uneven("{shown(path)} holds no array")
    assert not uneven("{MOST_SIGNS} classes are the most")


def test_no_text_puts_a_number_before_a_plural_that_may_be_one():
    """`counted`, `Words.count` and the window's `format_count` say "1 recording" and "2 recordings"."""
    found = {where: each for where, text in of_package() if (each := uneven(text))}
    assert not found


def test_an_apostrophe_is_typographic_everywhere():
    """As quotation marks are; what is typed into a shell keeps its own."""
    straight = {
        where: text
        for where, text in of_package()
        if STRAIGHT.search(QUOTED.sub("", text)) and text not in AS_FILES_HAVE_IT
    }
    assert not straight
