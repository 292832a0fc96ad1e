"""Every text that the window has, shown or not, can be said of other data, or is of a part that only signs have."""

from __future__ import annotations

import ast

import pytest

from auslan_explorer.core.colours import EXPLANATIONS
from auslan_explorer.core.general_texts import PARTS
from auslan_explorer.core.session import Colouring
from auslan_explorer.core.words import GENERAL
from auslan_explorer.draw.presets import FIGURES
from auslan_explorer.gui.actions.action_info import with_signs
from auslan_explorer.gui.help.about_dialog import CREDITS
from auslan_explorer.gui.inspector.pairs_dock import ABOUT_PAIRS, PAIRS_ASKED
from auslan_explorer.gui.inspector.signal_section import ABOUT as ABOUT_GLOVES
from auslan_explorer.gui.signs.actions import HANDS_UNKNOWN
from auslan_explorer.gui.window.action_registry import ACTIONS
from auslan_explorer.workflows.resting import NO_RECORDINGS
from tests.sign_words import SIGN_WORDS
from tools import translations

GUI = translations.GUI
OF_SIGNS = (
    "views/gesture", "signs/hand_usage_dock.py", "signs/signbank.py", "files/get_recordings_dialog.py",
    "files/open_published_dialog.py", "inspector/signal_plot.py",
    "inspector/change_form.py", "inspector/attribution_map.py", "inspector/what_if_section.py",
    "inspector/why_section.py",
)  # fmt: skip
"""What is about gloves as a whole: parts of the window that other data do not have."""
TEXTS = {
    "One-handed", "Two-handed", "These activations do not hold how the hands move.", HANDS_UNKNOWN, "hands",
    ABOUT_PAIRS, PAIRS_ASKED, NO_RECORDINGS,
    EXPLANATIONS[Colouring.HANDS], *CREDITS[1:3], ABOUT_GLOVES,
    "The article’s own map of its own network’s hidden states, on all recordings; 12 neighbours",
    "The hands as a film (.mp4)", "The hands’ joints (.pose)",
    "Signbank ↗", "See the sign in Auslan Signbank, in the browser", "recorded", "article", "handshape",
    "Address of a sign’s page in Signbank", "Signbank address", "Hands beside the map",
}  # fmt: skip
"""Texts that stand beside others, and are hidden."""


@pytest.fixture(scope="module")
def texts() -> set[str]:
    """Every text of the window."""
    return {*translations.table_texts(), *translations.sentences()}


def test_every_text_can_be_said_of_other_data(texts: set[str]) -> None:
    of_signs = {*TEXTS, *(text for figure in FIGURES.values() for text in (figure.title, figure.sentence))}
    for action in ACTIONS.values():
        if action.offered is with_signs or action.id.startswith("figure_"):
            of_signs |= {action.text, action.tooltip, action.toolbar_text}
    for part in OF_SIGNS:
        for file in [GUI / part] if part.endswith(".py") else (GUI / part).rglob("*.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            of_signs |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    left = {text for text in texts - of_signs if SIGN_WORDS.search(GENERAL.say(text))}
    assert left == set()


def test_every_part_that_is_replaced_is_still_in_a_text(texts: set[str]) -> None:
    every = "\n".join(texts)
    assert not [part for part, _ in PARTS if part not in every]
