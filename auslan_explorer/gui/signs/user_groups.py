"""A person's own groups in the window: read once, kept at every change."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from psygnal import Signal

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.groups import Group, UserGroup, free_name
from auslan_explorer.core.names import name_recordings
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import said
from auslan_explorer.io.groups_file import read_groups, write_groups


class UserGroups:
    """The groups that a person has saved.

    Signals
    -------
    changed()
        One was saved, renamed or deleted.

    Attributes
    ----------
    complaint : str
        What was wrong with the file when it was read; empty if nothing was.

    Parameters
    ----------
    session : Session
    file : Path
        Where they are kept.
    """

    changed = Signal()

    def __init__(self, session: Session, file: Path) -> None:
        self._session = session
        self._file = file
        self._groups, self.complaint = read_groups(file)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(group.name for group in self._groups)

    def groups(self) -> list[Group]:
        """Return them among the activations that are open."""
        return [group.group(self._session.activations) for group in self._groups]

    def check(self, name: str, besides: str = "") -> str:
        """Return a name as it is kept.

        Parameters
        ----------
        name : str
        besides : str
            Group that may have it: the one that is renamed.

        Raises
        ------
        UserError
            If it is empty or taken.
        """
        return free_name(name, tuple(group for group in self._groups if group.name != besides))

    def to_save(self) -> np.ndarray:
        """Return what saving would keep: the selected recordings, else those shown; bool, shape (recordings,)."""
        session = self._session
        if not session.state.selected:
            return session.shown()
        mask = np.zeros(len(session.activations), dtype=bool)
        mask[list(session.state.selected)] = True
        return mask

    def save(self, name: str) -> None:
        """Keep the selection, or what is shown, under a name.

        Raises
        ------
        UserError
            If nothing is shown, the name will not do, or the file cannot be written.
        """
        recordings = np.flatnonzero(self.to_save())
        if not len(recordings):
            raise UserError(said("Nothing is selected or shown. Click a path or tick a sign first."))
        group = UserGroup(self.check(name), tuple(name_recordings(self._session.activations, recordings)))
        self._save_all((*self._groups, group))

    def rename(self, old: str, new: str) -> None:
        """Give a group another name.

        Raises
        ------
        UserError
            If the name will not do, or the file cannot be written.
        """
        name = self.check(new, besides=old)
        self._save_all(tuple(UserGroup(name, g.recordings) if g.name == old else g for g in self._groups))

    def delete(self, name: str) -> None:
        """Forget a group.

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
