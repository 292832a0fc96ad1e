"""What the command palette offers: actions, signs, groups, and what a search with filters finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QAction, QKeySequence

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.fuzzy import match
from auslan_explorer.core.groups import Group, Kind, choosing, showing
from auslan_explorer.core.search import Found
from auslan_explorer.gui.actions.ids import Key
from auslan_explorer.gui.i18n import said, to_say
from auslan_explorer.gui.signs.search import find, groups_of, recordings_text, select

if TYPE_CHECKING:
    from auslan_explorer.gui.actions.qactions import Actions
    from auslan_explorer.gui.window.commands import Commands

MOST = 60
"""Rows that are listed; nobody reads further, and the person types on."""
_BEHIND, _DISABLED = -1000.0, 6.0
_NOT_HERE = (Key.PALETTE,)

WHY_NOT: dict[Key, str] = {
    Key.UNDO: to_say("Nothing was changed yet"),
    Key.REDO: to_say("Nothing was taken back"),
    Key.LET_GO: to_say("Nothing is selected"),
    Key.ISOLATE: to_say("Nothing is selected"),
    Key.TOOL_POINTER: to_say("There are no recordings to select"),
    Key.TOOL_LASSO: to_say("There are no recordings to select"),
    Key.TOOL_BOX: to_say("There are no recordings to select"),
    Key.NONE: to_say("No sign is ticked"),
    Key.SAVE_GROUP: to_say("Nothing is selected or shown"),
    Key.MISTAKES: to_say("The network’s answers are not known"),
    Key.COLOUR_ANSWER: to_say("The network’s answers are not known"),
    Key.TRAIN: to_say("No recording belongs to this split"),
    Key.VALIDATION: to_say("No recording belongs to this split"),
    Key.TEST: to_say("No recording belongs to this split"),
    Key.FIRST: to_say("This is the first step"),
    Key.BACK: to_say("This is the first step"),
    Key.BACK_TEN: to_say("This is the first step"),
    Key.LAST: to_say("This is the last step"),
    Key.FORWARD: to_say("This is the last step"),
    Key.FORWARD_TEN: to_say("This is the last step"),
    Key.SLOWER: to_say("This is the slowest speed"),
    Key.FASTER: to_say("This is the fastest speed"),
    Key.NO_SECTION: to_say("All steps are played already"),
    Key.TAIL_LONGER: to_say("Paths are drawn whole already"),
    Key.TAIL_SHORTER: to_say("Only the heads are drawn already"),
}
"""Why an action cannot be done while activations are open; without them that is the reason."""


@dataclass(frozen=True)
class Entry:
    """One row.

    Attributes
    ----------
    title : str
    kind : str
        "Action", "Figure", "Sign", "Group" or "Search", in the person's language.
    detail : str
        Shortcut, number of recordings, or why it cannot be done.
    run : callable, optional
        None where it cannot be done.
    also : str
        More words by which it is found.
    checked : bool
        Whether it is on already.
    """

    title: str
    kind: str
    detail: str
    run: Callable[[], None] | None
    also: str = ""
    checked: bool = False

    @property
    def words(self) -> str:
        """Everything that is written of it, in small letters."""
        return f"{self.title} {self.also} {self.kind}".lower()


@dataclass(frozen=True)
class Row:
    """An entry that matches, and which letters of its title do."""

    entry: Entry
    places: frozenset[int]


class PaletteEntries:
    """All that the palette can do at the moment it is opened."""

    def __init__(self, commands: Commands, actions: Actions) -> None:
        self._commands = commands
        self._session = commands.session
        self._entries = [
            *(
                self._action(key, action, actions.lacks.get(key, ""))
                for key, action in actions.of.items()
                if key not in _NOT_HERE
            ),
            *self._signs(),
            *(self._group(group) for group in (*groups_of(self._session), *commands.groups.groups())),
        ]

    def rows(self, text: str) -> tuple[list[Row], str, bool]:
        """Return the rows for what was typed, best first, a remark on it, and whether a filter is wrong."""
        scored = []
        for place, entry in enumerate(self._entries):
            found = match(text, entry.title)
            if found is not None:
                # What can be done comes before what is called alike and cannot.
                score = found.score - (_DISABLED if entry.run is None else 0.0)
                scored.append((score, -place, Row(entry, found.places)))
            elif all(word in entry.words for word in text.lower().split()):
                # By other words than its title: behind those that are found by it.
                scored.append((_BEHIND, -place, Row(entry, frozenset())))
        # Without a word the order is the menus' own.
        scored.sort(key=lambda each: (each[0] if text.strip() else 0, each[1]), reverse=True)
        rows = [row for _, _, row in scored[:MOST]]
        remark = ""
        if text.strip():
            try:
                found_by_filter = find(self._session, text)
            except UserError as error:
                return rows, str(error), True
            if found_by_filter.filters:
                rows.insert(0, Row(self._search(found_by_filter), frozenset()))
            remark = found_by_filter.note
        return rows, remark, False

    def _action(self, key: Key, action: QAction, lacks: str) -> Entry:
        kind = said("Figure") if key.startswith("figure") else said("Action")
        title = action.text().replace("&", "")
        if not action.isEnabled():
            why = lacks or said(WHY_NOT.get(key, to_say("Not possible now")))
            if not len(self._session.activations):
                why = said("Nothing is open")
            return Entry(title, kind, why, None, action.toolTip())
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        on = action.isCheckable() and action.isChecked()
        return Entry(title, kind, keys, action.trigger, action.toolTip(), on)

    def _signs(self) -> list[Entry]:
        a = self._session.activations
        counts = np.bincount(a.sign, minlength=len(a.signs))
        entries = []
        for sign, (name, key) in enumerate(zip(a.names, a.signs, strict=True)):
            share = self._session.accuracy_by_sign[sign]
            known = "" if np.isnan(share) else said(", {0:.0%} right", share)
            detail = f"{recordings_text(int(counts[sign]))}{known}"
            entries.append(Entry(name, "Sign", detail, partial(self._choose, sign), key))
        return entries

    def _choose(self, sign: int) -> None:
        a = self._session.activations
        self._session.update(**choosing(self._session.state, a, a.sign == sign))

    def _group(self, group: Group) -> Entry:
        def show() -> None:
            self._session.update(**showing(self._session.state, self._session.activations, group))

        name = group.name if group.kind is Kind.OWN else said(group.name)
        if group.why_not:
            return Entry(name, said("Group"), said(group.why_not), None)
        return Entry(name, said("Group"), recordings_text(group.count), show)

    def _search(self, found: Found) -> Entry:
        count = int(found.recordings.sum())
        if not count:
            return Entry(said("Select recordings"), said("Search"), said("No recording is like this"), None)
        return Entry(
            said("Select {0}", recordings_text(count)), said("Search"), "", lambda: select(self._session, found)
        )
