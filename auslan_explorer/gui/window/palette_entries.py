"""Entries of the command palette: actions, signs, groups, and the results of a search with filters."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtGui import QAction, QKeySequence

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.fuzzy import match
from auslan_explorer.core.groups import Group, Kind
from auslan_explorer.core.search import Found
from auslan_explorer.core.selection import select, select_group, select_sign
from auslan_explorer.core.session import Session
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.actions.qactions import QActions
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.signs.search import list_built_in_groups, recordings_text, search_recordings
from auslan_explorer.gui.signs.user_groups import UserGroups

MOST = 60
"""Most rows listed."""
_MNEMONIC = re.compile("&(.)")
_BEHIND, _DISABLED = -1000.0, 6.0
_NOT_HERE = (ActionId.PALETTE,)


@dataclass(frozen=True)
class PaletteEntry:
    """One entry.

    Attributes
    ----------
    title : str
    kind : str
        "Action", "Figure", "Sign", "Group" or "Search", translated.
    detail : str
        Shortcut, number of recordings, or disabled reason.
    run : callable, optional
        None if disabled.
    also : str
        Further words to find it by.
    checked : bool
        Whether it is on.
    """

    title: str
    kind: str
    detail: str
    run: Callable[[], None] | None
    also: str = ""
    checked: bool = False

    @property
    def words(self) -> str:
        """All words of the entry, in lower case."""
        return f"{self.title} {self.also} {self.kind}".lower()


@dataclass(frozen=True)
class PaletteRow:
    """A matching entry, and the positions of the matching letters in its title."""

    entry: PaletteEntry
    places: frozenset[int]


class PaletteEntries:
    """Collects the palette's entries when it is opened."""

    def __init__(self, session: Session, groups: UserGroups, actions: QActions) -> None:
        self._session = session
        self._entries = [
            *(
                self._action(key, actions[key], actions.disabled_reasons.get(key, ""))
                for key in actions
                if key not in _NOT_HERE and actions[key].isVisible()
            ),
            *self._signs(),
            *(self._group(group) for group in (*list_built_in_groups(self._session), *groups.groups())),
        ]

    def rows(self, text: str) -> tuple[list[PaletteRow], str, bool]:
        """Return the matching rows, best first, a remark, and whether a filter is invalid."""
        scored = []
        for place, entry in enumerate(self._entries):
            found = match(text, entry.title)
            if found is not None:
                # Enabled entries rank before disabled ones that match alike.
                score = found.score - (_DISABLED if entry.run is None else 0.0)
                scored.append((score, -place, PaletteRow(entry, found.places)))
            elif all(word in entry.words for word in text.lower().split()):
                # Found by other words than its title: after those found by their title.
                scored.append((_BEHIND, -place, PaletteRow(entry, frozenset())))
        # Without input, the order is that of the menus.
        scored.sort(key=lambda each: (each[0] if text.strip() else 0, each[1]), reverse=True)
        rows = [row for _, _, row in scored[:MOST]]
        remark = ""
        if text.strip():
            try:
                found_by_filter = search_recordings(self._session, text)
            except UserError as error:
                return rows, str(error), True
            if found_by_filter.filters:
                rows.insert(0, PaletteRow(self._search_entry(found_by_filter), frozenset()))
            remark = found_by_filter.note
        return rows, remark, False

    def _action(self, key: ActionId, action: QAction, disabled_reason: str) -> PaletteEntry:
        kind = tr("Figure") if key.startswith("figure") else tr("Action")
        title = _MNEMONIC.sub(r"\1", action.text())
        if not action.isEnabled():
            why = disabled_reason if len(self._session.activations) else tr("Nothing is open")
            return PaletteEntry(title, kind, why, None, action.toolTip())
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        on = action.isCheckable() and action.isChecked()
        return PaletteEntry(title, kind, keys, action.trigger, action.toolTip(), on)

    def _signs(self) -> list[PaletteEntry]:
        a = self._session.activations
        counts = np.bincount(a.sign, minlength=len(a.signs))
        entries = []
        for sign in a.sort_signs(np.arange(len(a.signs))).tolist():
            share = self._session.accuracy_by_sign[sign]
            known = "" if np.isnan(share) else tr(", {0:.0%} right", share)
            detail = f"{recordings_text(int(counts[sign]))}{known}"
            choose = partial(select_sign, self._session, sign)
            entries.append(PaletteEntry(a.names[sign], tr("Sign"), detail, choose, a.signs[sign]))
        return entries

    def _group(self, group: Group) -> PaletteEntry:
        name = group.name if group.kind is Kind.OWN else tr(group.name)
        if group.disabled_reason:
            return PaletteEntry(name, tr("Group"), tr(group.disabled_reason), None)
        return PaletteEntry(
            name, tr("Group"), recordings_text(group.count), partial(select_group, self._session, group)
        )

    def _search_entry(self, found: Found) -> PaletteEntry:
        count = int(found.recordings.sum())
        if not count:
            return PaletteEntry(tr("Select recordings"), tr("Search"), tr("No recording is like this"), None)
        select_found = partial(select, self._session, np.flatnonzero(found.recordings))
        return PaletteEntry(tr("Select {0}", recordings_text(count)), tr("Search"), "", select_found)
