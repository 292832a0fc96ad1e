"""Undo and redo of changes of the session's state, one entry per action of the person."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from psygnal import Signal

from .session import DECLARED, TRANSIENT, Session, SessionState, changed_fields
from .signs import isolate, short_name
from .words import counted

MERGE_SECONDS = 0.5
"""Changes of one field that follow each other faster than this, as a slider's do, are merged into one entry."""
LONGEST = 500


@dataclass(frozen=True)
class HistoryEntry:
    """One undoable change of the state.

    Attributes
    ----------
    before, after : SessionState
    fields : frozenset of str
        Fields that differ; undo changes no others.
    """

    before: SessionState
    after: SessionState
    fields: frozenset[str]


class History:
    """Undo and redo stacks of a session.

    Signals
    -------
    changed()
        The stacks changed.

    Parameters
    ----------
    session : Session
    clock : callable
        Returns monotonic seconds.
    """

    changed = Signal()

    def __init__(self, session: Session, clock: Callable[[], float] = time.monotonic) -> None:
        self._session = session
        self._clock = clock
        self._done: list[HistoryEntry] = []
        self._undone: list[HistoryEntry] = []
        self._last = -MERGE_SECONDS
        self._applying = False
        # psygnal holds bound methods weakly: the history goes when its owner goes.
        session.changed.connect(self._note)
        session.data_changed.connect(self.forget)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to redo."""
        return bool(self._undone)

    @property
    def undo_name(self) -> str:
        """Description of the change that `undo` reverts; empty if there is none."""
        return self._name(self._done[-1]) if self._done else ""

    @property
    def redo_name(self) -> str:
        """Description of the change that `redo` repeats; empty if there is none."""
        return self._name(self._undone[-1]) if self._undone else ""

    def undo(self) -> None:
        """Revert the last change; without one, do nothing."""
        if self._done:
            entry = self._done.pop()
            self._undone.append(entry)
            self._apply(entry.before, entry.fields)

    def redo(self) -> None:
        """Repeat the change that was undone last; without one, do nothing."""
        if self._undone:
            entry = self._undone.pop()
            self._done.append(entry)
            self._apply(entry.after, entry.fields)

    def forget(self) -> None:
        """Clear both stacks, as when other activations are opened."""
        self._done.clear()
        self._undone.clear()
        self.changed.emit()

    def _apply(self, state: SessionState, fields: frozenset[str]) -> None:
        self._applying = True
        try:
            self._session.update(**{name: getattr(state, name) for name in fields})
        finally:
            self._applying = False
        # The next change starts a new entry, however soon it comes.
        self._last = -MERGE_SECONDS
        self.changed.emit()

    def _note(self, new: SessionState, old: SessionState) -> None:
        fields = frozenset(changed_fields(new, old))
        if self._applying or fields <= TRANSIENT:
            return
        now = self._clock()
        merges = (
            self._done
            and not self._undone
            and len(fields - TRANSIENT) == 1
            and self._done[-1].fields - TRANSIENT in _merged_into(*(fields - TRANSIENT))
            and now - self._last < MERGE_SECONDS
        )
        self._last = now
        self._undone.clear()
        if merges:
            before = self._done.pop().before
            # A transient field is undone only where this very change set it.
            kept = {name: getattr(new, name) for name in TRANSIENT - fields}
            fields = frozenset(changed_fields(new, replace(before, **kept)))
        else:
            before = old
        if fields - TRANSIENT:
            self._done.append(HistoryEntry(before, new, fields))
            del self._done[:-LONGEST]
        self.changed.emit()

    def _name(self, entry: HistoryEntry) -> str:
        return describe(entry.before, entry.after, self._session.activations.names)


def describe(before: SessionState, after: SessionState, names: tuple[str, ...]) -> str:
    """Describe in a few words what changed between two states.

    Parameters
    ----------
    before, after : SessionState
    names : tuple of str
        Readable names of the signs.
    """
    fields = changed_fields(after, before) - TRANSIENT
    if len(fields) != 1:
        for name in fields:
            if fields <= {name} | DECLARED[name].merges_with:
                return DECLARED[name].undo_text
        if "figure" in fields:
            return "figure"
        if "selected" in fields and fields <= {"selected", "visible_signs", "splits"}:
            return "selection"
        return "what is shown"
    (field,) = fields
    old, new = getattr(before, field), getattr(after, field)
    if field == "visible_signs":
        return _signs(old, new, names)
    if field == "selected":
        return "selection" if new else "letting go"
    if field == "colouring":
        return f"colour by {_words(new)}"
    return DECLARED[field].undo_text.format("on" if new else "off")


def _merged_into(field: str) -> tuple[frozenset[str], ...]:
    """Return the sets of changed fields of an entry into which a further change of `field` alone is merged."""
    return frozenset({field}), frozenset({field}) | DECLARED[field].merges_with


def _signs(old: frozenset[int], new: frozenset[int], names: tuple[str, ...]) -> str:
    hidden, shown = old - new, new - old
    if hidden and shown:
        return "ticks"
    which = hidden or shown
    what = f"“{isolate(short_name(names[next(iter(which))]))}”" if len(which) == 1 else counted(len(which), "sign")
    return f"{'hide' if hidden else 'show'} {what}"


def _words(value: Any) -> str:
    return str(value).replace("_", " ")
