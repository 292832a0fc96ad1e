"""Formats numbers with their nouns, times, and names of recordings."""

from __future__ import annotations

from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr, tr_count

THIN_SPACE = "\u2009"


def format_count(number: int, one: str, many: str = "") -> str:
    """Return a number with thin spaces and its noun: ``1 974 recordings``."""
    translated = tr_count(number, one)
    if translated:
        return translated
    digits = f"{number:,}".replace(",", THIN_SPACE)
    return f"{digits} {one if number == 1 else many or one + 's'}"


def format_time_left(seconds: float) -> str:
    """Return remaining seconds as text: "about 20 s left"."""
    if seconds < 5:
        return tr("a few seconds left")
    if seconds < 55:
        return tr("about {0} s left", 5 * round(seconds / 5))
    return tr("about {0} min left", round(seconds / 60) or 1)


def recording_title(session: Session, recording: int) -> str:
    """Return a recording's title: sign, session and trial as far as they are known."""
    a = session.activations
    parts = [a.names[a.sign[recording]]]
    if a.session[recording] > 0:
        parts.append(tr("session {0}", a.session[recording]))
    if a.trial[recording] > 0:
        parts.append(tr("trial {0}", a.trial[recording]))
    return ", ".join(parts)
