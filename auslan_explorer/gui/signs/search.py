"""Searches recordings and lists groups with the session's threshold of hand usage."""

from __future__ import annotations

from auslan_explorer.core.groups import Group, built_in_groups
from auslan_explorer.core.search import Found, search
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import mark
from auslan_explorer.gui.widgets.text import format_count

EXAMPLES = mark(
    "session:3    trial:2    who 7    length:>70    split:test wrong    hands:both    answer:think    “his / hers”"
)


def one_handed_below(session: Session) -> float:
    """Return the hand ratio below which a recording counts as one-handed."""
    return session.state.hand_threshold


def search_recordings(session: Session, text: str) -> Found:
    """Search the open recordings.

    Raises
    ------
    UserError
        If a filter of the text is not valid.
    """
    return search(text, session.activations, one_handed_below(session))


def list_built_in_groups(session: Session) -> list[Group]:
    """Return the built-in groups of the open activations."""
    return built_in_groups(session.activations, one_handed_below(session))


def recordings_text(count: int) -> str:
    """Return a number of recordings as text."""
    return format_count(count, "recording")
