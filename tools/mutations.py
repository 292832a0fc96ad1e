"""Draws small wrong changes to the code, for `tools/mutants.py`: mutmut makes them, a seed chooses.

A number of ten or more is doubled where mutmut adds one: nobody would call a picture of 1001 pixels wrong.

Not drawn, since no test of behaviour could or should notice:

- docstrings, type annotations, decorators and what they decorate (mutmut leaves these alone);
- the wording of sentences, which are literals with a space in them, and argparse's help and metavar;
- `encoding=` and what `encode` and `decode` are given, which are the default on the systems that tests run on, and
  `strict=` of zip, which only guards;
- None in the place of False, as an argument or as what a name stands for, and the words of errors that are caught
  again: people read `UserError`;
- how hard files are compressed, what NumPy warns of, and the titles of progress bars;
- `commands/self_test.py`, which drives a window: its tests do so too, and only those without a window run here;
- what runs only where a module is started as a program, and `__all__`.
"""

from __future__ import annotations

import ast
import difflib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import Mutation, create_mutations, deep_replace

PACKAGE = "auslan_explorer"
LEFT_ALONE_ARGUMENTS = {"compression_opts", "encoding", "help", "metavar", "strict"}
LEFT_ALONE_CALLS = {"KeyError", "TypeError", "ValueError", "decode", "encode", "errstate", "progress_bar"}
SMALL = 10
LEFT_ALONE_FILES = {"commands/self_test.py"}


@dataclass(frozen=True)
class Mutant:
    """One wrong change: where it is, and the file's text with it."""

    path: str
    line: int
    code: str
    diff: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}\n{self.diff}"


def _changed_argument(mutation: Mutation) -> cst.Arg | None:
    """Return the argument that a change to a call replaces or leaves out."""
    before, after = mutation.original_node, mutation.mutated_node
    if not (isinstance(before, cst.Call) and isinstance(after, cst.Call)):
        return None
    return next((arg for arg in before.args if not any(arg is kept for kept in after.args)), None)


def _is_sentence(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.SimpleString) and " " in node.value


def _means_the_same(piece: cst.CSTNode, mutation: Mutation) -> bool:
    """Tell an argument False, or a name that stands for it, that becomes None."""
    value = piece.value if isinstance(piece, cst.Arg | cst.Assign | cst.AnnAssign) else None
    if not (isinstance(value, cst.Name) and value.value == "False"):
        return False
    after = mutation.mutated_node
    if isinstance(after, cst.Assign | cst.AnnAssign):
        return isinstance(after.value, cst.Name) and after.value.value == "None"
    return isinstance(after, cst.Call) and len(after.args) == len(mutation.original_node.args)


def _lines_left_alone(code: str) -> set[int]:
    """Find the lines that run only where the module is started as a program, and those of `__all__`."""
    lines: set[int] = set()
    for node in ast.parse(code).body:
        head = node.test if isinstance(node, ast.If) else node.targets[0] if isinstance(node, ast.Assign) else None
        names = {part.id for part in ast.walk(head) if isinstance(part, ast.Name)} if head else set()
        if names & {"__name__", "__all__"}:
            lines |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def _nodes_left_alone(module: cst.Module) -> set[int]:
    """Identify all that stands in an argument that is left alone, such as the words of argparse's help."""
    found: set[int] = set()

    class Visitor(cst.CSTVisitor):
        def visit_Call(self, node: cst.Call) -> None:  # noqa: N802 - libcst's name
            named = node.func.attr if isinstance(node.func, cst.Attribute) else node.func
            name = named.value if isinstance(named, cst.Name) else ""
            for arg in node.args:
                if name in LEFT_ALONE_CALLS or (arg.keyword and arg.keyword.value in LEFT_ALONE_ARGUMENTS):
                    stack: list[cst.CSTNode] = [arg]
                    while stack:
                        current = stack.pop()
                        found.add(id(current))
                        stack.extend(current.children)

    module.visit(Visitor())
    return found


def mutations_by_line(path: str, code: str) -> tuple[cst.Module, dict[int, list[Mutation]]]:
    """Find the changes that can be made to a file, by the line on which the changed piece begins."""
    module, mutations, _, _ = create_mutations(path, code)
    positions = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    left_out = _lines_left_alone(code)
    left_alone = _nodes_left_alone(module)
    found: dict[int, list[Mutation]] = {}
    for mutation in mutations:
        piece = _changed_argument(mutation) or mutation.original_node
        position = positions.get(piece)
        if position is None or position.start.line in left_out or id(piece) in left_alone:
            continue
        if not (_is_sentence(piece) or _means_the_same(piece, mutation)):
            found.setdefault(position.start.line, []).append(mutation)
    return module, found


def replacement(mutation: Mutation) -> cst.CSTNode:
    """Return what takes the place of a number: one more, as mutmut has it, or twice as much where it is not small."""
    before = mutation.original_node
    if isinstance(before, cst.Integer | cst.Float) and abs(before.evaluated_value) >= SMALL:
        return before.with_changes(value=repr(2 * before.evaluated_value))
    return mutation.mutated_node


def make_mutant(path: str, line: int, module: cst.Module, mutation: Mutation) -> Mutant:
    """Write the file's text with one change."""
    changed = deep_replace(module, mutation.original_node, replacement(mutation))
    assert isinstance(changed, cst.Module)
    lines = difflib.unified_diff(module.code.splitlines(), changed.code.splitlines(), n=0, lineterm="")
    shown = [text for text in lines if text[:1] in "+-" and text[:3] not in ("+++", "---")]
    return Mutant(path, line, changed.code, "\n".join(f"    {text}" for text in shown))


def draw_sample(root: Path, rooms: Sequence[str], count: int, seed: int) -> list[Mutant]:
    """Draw lines of the rooms, each as likely as any other, and of the changes to each line one.

    Parameters
    ----------
    root : Path
        Folder of the checkout.
    rooms : sequence of str
        Packages below ``auslan_explorer``.
    count : int
        How many changes; fewer where there are not so many lines.
    seed : int
        Starts the random numbers; one seed and one code give one sample.

    Returns
    -------
    list of Mutant
        In random order.
    """
    files = sorted(path for room in rooms for path in (root / PACKAGE / room).rglob("*.py"))
    found = {}
    for path in files:
        name = path.relative_to(root).as_posix()
        if name.partition("/")[2] in LEFT_ALONE_FILES:
            continue
        found[name] = mutations_by_line(name, path.read_text(encoding="utf-8"))
    places = [(name, line) for name, (_, lines) in found.items() for line in sorted(lines)]
    chance = random.Random(seed)
    sample = []
    for name, line in chance.sample(places, min(count, len(places))):
        module, lines = found[name]
        sample.append(make_mutant(name, line, module, chance.choice(lines[line])))
    return sample
