"""The user's own groups in the window: read at the start, saved at every change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from psygnal import Signal

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.groups import Group, UserGroup, free_name, numbered
from auslan_explorer.core.names import name_recordings
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.io.groups_file import read_groups, write_groups


class UserGroups:
    """The user groups, and the file that they are saved in.

    Signals
    -------
    changed()
        A group was saved, renamed or deleted.

    Attributes
    ----------
    complaint : str
        What was wrong with the file when it was read; empty if nothing was.

    Parameters
    ----------
    session : Session
    file : Path
        File of the groups.
    """

    changed = Signal()

    def __init__(self, session: Session, file: Path) -> None:
        self._session = session
        self._file = file
        self._groups, self.complaint = read_groups(file)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the user groups."""
        return tuple(group.name for group in self._groups)

    def groups(self) -> list[Group]:
        """Return the groups with their recordings among the open activations."""
        return [group.group(self._session.activations) for group in self._groups]

    def check(self, name: str, besides: str = "") -> str:
        """Return a group's name as it is saved, trimmed to one short line.

        Parameters
        ----------
        name : str
        besides : str
            Group that may have the name already: the one being renamed.

        Raises
        ------
        UserError
            If the name is empty or taken.
        """
        return free_name(name, tuple(group for group in self._groups if group.name != besides))

    def to_save(self) -> np.ndarray:
        """Return the mask of what would be saved, bool, shape (recordings,): the selection, else what is shown."""
        session = self._session
        if not session.state.selected:
            return session.shown()
        return session.state.selected.mask(len(session.activations))

    def save(self, name: str) -> None:
        """Save the selected recordings, else those shown, as a group.

        Raises
        ------
        UserError
            If nothing is shown, the name is not valid, or the file cannot be written.
        """
        recordings = np.flatnonzero(self.to_save())
        if not len(recordings):
            raise UserError(tr("Nothing is selected or shown. Click a path or tick a sign first."))
        group = UserGroup(self.check(name), tuple(name_recordings(self._session.activations, recordings)))
        self._save_all((*self._groups, group))

    def add(self, groups: Sequence[UserGroup]) -> tuple[str, ...]:
        """Add groups, with a number where a name is taken by other recordings; return the names of those that are new.

        Raises
        ------
        UserError
            If the file cannot be written; none has been added then.
        """
        known, added = list(self._groups), []
        for group in groups:
            alike = {each.name.casefold(): each.recordings for each in known}
            names = (group.name, *(numbered(group.name, n) for n in range(2, len(known) + 3)))
            name = next(each for each in names if alike.get(each.casefold(), group.recordings) == group.recordings)
            if name.casefold() not in alike:
                known.append(UserGroup(name, group.recordings))
                added.append(name)
        if added:
            self._save_all(tuple(known))
        return tuple(added)

    def rename(self, old: str, new: str) -> None:
        """Rename a group.

        Raises
        ------
        UserError
            If the name is not valid, or the file cannot be written.
        """
        name = self.check(new, besides=old)
        self._save_all(tuple(UserGroup(name, g.recordings) if g.name == old else g for g in self._groups))

    def delete(self, name: str) -> None:
        """Delete a group.

        Raises
        ------
        UserError
            If the file cannot be written.
        """
        self._save_all(tuple(group for group in self._groups if group.name != name))

    def _save_all(self, groups: tuple[UserGroup, ...]) -> None:
        write_groups(self._file, groups)
        self._groups = groups
        self.changed.emit()
