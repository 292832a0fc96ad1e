"""Formats numbers with their nouns, times, and names; keeps names from being read as markup."""

from __future__ import annotations

import re

from PySide6.QtGui import Qt

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.names import number_in_sign, stands_alone
from auslan_explorer.core.session import Session
from auslan_explorer.core.signs import isolate, short_name
from auslan_explorer.gui.i18n import current_words, grouped, mark, tr, tr_count

_LONG_WORD = re.compile(r"(\S{16})(?=\S)")


def format_count(number: int, one: str, many: str = "") -> str:
    """Return a number with thin spaces and its noun: ``1 974 recordings``."""
    words = current_words()
    one, many = words.say(one), words.say(many or one + "s")
    translated = tr_count(number, one)
    if translated:
        return translated
    return f"{grouped(number)} {one if number == 1 else many}"


def format_time_left(seconds: float) -> str:
    """Return remaining seconds as text: "about 20 s left"."""
    if seconds < 5:
        return tr("a few seconds left")
    if seconds < 100:
        return tr("about {0} s left", 5 * round(seconds / 5))
    if seconds <= 2 * 3600:
        return tr("about {0} min left", round(seconds / 60))
    return tr("about {0} h left", round(seconds / 3600))


def recording_title(session: Session, recording: int, *, short: bool = False) -> str:
    """Return a recording's title: its sign and what tells it apart from others; `short` cuts long names."""
    a = session.activations
    name = a.names[a.sign[recording]]
    signs = [isolate(short_name(name) if short else name)] if a.classified else []
    return ", ".join([*signs, *recording_details(a, recording, short=short)])


def recording_details(activations: Activations, recording: int, *, short: bool = False) -> list[str]:
    """Return what tells a recording apart from others of its sign: its own name, or session and trial.

    Where these are not known, or others have the same, its number among the recordings of its sign, by which the search
    finds it.
    """
    a = activations
    if a.recording_names:
        own = a.recording_names[recording]
        return [isolate(short_name(own) if short else own)]
    parts = []
    if a.wording.of_signs:
        numbered = ((mark("session {0}"), a.session[recording]), (mark("trial {0}"), a.trial[recording]))
        parts = [tr(text, str(number)) for text, number in numbered if number > 0]
    if not parts or not stands_alone(a, recording):
        parts.append(tr("{0} {1}", a.wording.sequence_word, str(number_in_sign(a, recording))))
    return parts


def short_title(session: Session, recording: int) -> str:
    """Return a recording's title in short: "crazy 3.2" is session 3, trial 2."""
    a = session.activations
    own, trial = int(a.session[recording]), int(a.trial[recording])
    if a.recording_names or not a.classified or not a.wording.of_signs:
        return recording_title(session, recording)
    if stands_alone(a, recording):
        if own <= 0 or trial <= 0:
            return recording_title(session, recording)
        number = f"{own}.{trial}"
    else:
        number = str(number_in_sign(a, recording))
    return f"{isolate(a.names[a.sign[recording]])} {number}"


def plain_tip(text: str) -> str:
    """Return a tooltip that shows a text as it stands, though it may look like HTML."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text


def breakable(text: str) -> str:
    """Return a text whose longest words may be broken between lines."""
    return _LONG_WORD.sub("\\1\N{ZERO WIDTH SPACE}", text)


def menu_text(text: str) -> str:
    """Return a text of a menu or button whose ampersands are shown, not read as keys."""
    return text.replace("&", "&&")
