"""The documented session file is the one that is written."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import Path

from auslan_explorer.core.saved_state import state_to_json
from auslan_explorer.core.session import DECLARED, SessionState, opening_state
from auslan_explorer.io.session_file import FORMAT, LARGEST, SavedSession, Source, identity, write_session
from tests.made_up import made_up_activations

DOC = (Path(__file__).parents[2] / "docs" / "session-file.md").read_text(encoding="utf-8")


def test_every_name_in_the_file_is_in_its_document(tmp_path: Path) -> None:
    a = made_up_activations()
    file = tmp_path / "one.auslan"
    source = Source(identity=identity(a))
    write_session(file, SavedSession(state_to_json(opening_state(a), a), source))
    content = json.loads(file.read_text(encoding="utf-8"))
    tables = " ".join(line for line in DOC.splitlines() if line.startswith("|"))
    told = set(re.findall(r"[a-z0-9_]+", " ".join(re.findall(r"`([^`]+)`", tables))))
    for name, value in content.items():
        assert name in told
        if isinstance(value, dict):
            assert set(value) <= told, set(value) - told
    assert f"`{FORMAT}`" in DOC and f"{LARGEST >> 20} MB" in DOC


def test_the_words_of_a_choice_are_those_of_its_document() -> None:
    """Found from the declaration: a choice that gets another word, or whose word changes, is told of."""
    state, checked = SessionState(), []
    for name in DECLARED:
        value = getattr(state, name)
        if isinstance(value, StrEnum):
            (row,) = (line for line in DOC.splitlines() if line.startswith(f"| `{name}` |"))
            assert re.findall(r"`([^`]+)`", row)[1:] == [each.value for each in type(value)], name
            checked.append(name)
    assert {"colouring", "layout", "alignment", "repeat"} <= set(checked)
