"""Store of runs in the person's data folder: one file per run."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.io.atomic import check_writable, write_bytes, write_error
from auslan_explorer.io.opening import read_bytes
from auslan_explorer.training.run import Run, RunInfo, new_id, new_run, with_info
from auslan_explorer.training.run_file import MOST_FILE_BYTES, checked_name, is_id, read_info, read_run, write_run

__all__ = ["Run", "RunInfo", "RunStore", "new_run", "runs_dir"]

SUFFIX = ".h5"


def runs_dir() -> Path:
    """Return the folder of the person's runs, which need not exist yet."""
    return paths.data_dir() / "runs"


class RunStore:
    """Saves, lists, renames, deletes, exports and imports runs.

    Several programs may use one folder at once: files are written atomically under unique names, and a file that
    another program deleted raises a UserError.

    Parameters
    ----------
    folder : Path, optional
        By default in the person's data folder; made when the first run is saved.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = runs_dir() if folder is None else folder

    def list(self) -> tuple[RunInfo, ...]:
        """List all runs, newest first; one that cannot be read is listed as damaged.

        Raises
        ------
        UserError
            If the folder is there and cannot be read.
        """
        try:
            names = sorted((entry.name for entry in os.scandir(self.folder)), reverse=True)
        except FileNotFoundError:
            return ()
        except OSError as error:
            reason = error.strerror or error
            raise UserError(f"The runs in {self.folder} cannot be read ({reason}); check its rights.") from error
        ids = [name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)]
        found = (self._listed(id_) for id_ in ids if is_id(id_))
        return tuple(info for info in found if info is not None)

    def _listed(self, id_: str) -> RunInfo | None:
        try:
            # The file's name counts: a copy of a file is a run of its own.
            return replace(read_info(self._file(id_)), id=id_)
        except UserError as error:
            # Another program may have deleted it since the folder was read.
            return RunInfo(id_, id_, damaged=str(error)) if self._file(id_).exists() else None

    def find(self, text: str) -> RunInfo:
        """Find the one run whose id begins with a text, or whose name it is.

        Raises
        ------
        UserError
            If there is none, or more than one.
        """
        known = self.list()
        found = [info for info in known if info.id == text] or [info for info in known if info.name == text]
        found = found or [info for info in known if text and info.id.startswith(text)]
        if len(found) == 1:
            return found[0]
        if found:
            raise UserError(f"{len(found)} runs are meant by {text!r}; give more of the id.")
        raise UserError(f"There is no run {text!r}; `runs list` tells which there are.")

    def read(self, id_: str) -> Run:
        """Read a run with its map.

        Raises
        ------
        UserError
            If it is gone or damaged.
        """
        return with_info(read_run(self._there(id_)), id=id_)

    def check_writable(self) -> None:
        """Check that a run can be saved, before a long training.

        Raises
        ------
        UserError
            If the folder cannot be made or written.
        """
        paths.make_folder(self.folder)
        check_writable(self.folder / f"probe{SUFFIX}")

    def save(self, run: Run) -> RunInfo:
        """Save a run, atomically.

        Raises
        ------
        UserError
            If the disk is full, or the folder cannot be written; saving can be tried again later.
        """
        paths.make_folder(self.folder)
        named = with_info(run, name=checked_name(run.name))
        write_run(self._file(run.id), named)
        return named.info

    def rename(self, id_: str, name: str) -> RunInfo:
        """Rename a run.

        Raises
        ------
        UserError
            If the name is invalid, the run is gone or damaged, or the folder cannot be written.
        """
        return self.save(with_info(self.read(id_), name=checked_name(name)))

    def delete(self, id_: str) -> None:
        """Delete a run, damaged or not; one that is gone already is no error.

        Raises
        ------
        UserError
            If the folder cannot be written.
        """
        file = self._file(id_)
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise write_error(error, file) from error

    def export(self, id_: str, file: Path) -> None:
        """Write a run to a file that can be imported elsewhere.

        Raises
        ------
        UserError
            If the run is gone or damaged, or the file cannot be written.
        """
        inside = self._there(id_)
        read_run(inside)  # a damaged run is not handed on
        write_bytes(file, read_bytes(inside, MOST_FILE_BYTES, "a training run"))

    def import_(self, file: Path) -> RunInfo:
        """Import a run from a file that `export` wrote, here or elsewhere.

        Raises
        ------
        UserError
            If the file is no run, damaged or hostile, or the folder cannot be written.

        Notes
        -----
        A run that is in the store already is not added again, and keeps its name here.
        """
        run = read_run(file)
        if self._file(run.id).exists():
            with suppress(UserError):  # a damaged one with this id stays as it is, beside the new one
                known = self.read(run.id)
                if known.autoencoder.fingerprint == run.autoencoder.fingerprint:
                    return known.info
            run = with_info(run, id=new_id(datetime.now(UTC)))
        # Written anew from what was understood, so that nothing else comes in with it.
        return self.save(run)

    def _file(self, id_: str) -> Path:
        if not is_id(id_):
            raise UserError(f"{id_[:80]!r} is no run’s id; `runs list` tells which there are.")
        return self.folder / f"{id_}{SUFFIX}"

    def _there(self, id_: str) -> Path:
        file = self._file(id_)
        if not file.exists():
            raise UserError(f"The run {id_} is not there any more; another window may have deleted it.")
        return file
