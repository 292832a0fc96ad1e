"""Disk cache of distances among recordings' paths: one small file for each recording."""

from __future__ import annotations

import contextlib
import io
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from auslan_explorer import paths
from auslan_explorer.io import atomic
from auslan_explorer.io.opening import read_bytes

_MOST_HEADER_BYTES = 4096
MOST_FOLDERS = 8
"""Most sets of hidden states whose distances are stored; the least recently used are removed first."""


@dataclass(frozen=True)
class NeighbourStore:
    """Rows of the distance matrix of one set of hidden states, on disk.

    Attributes
    ----------
    folder : Path
        Made when the first row is stored.
    count : int
        Number of recordings, which is the length of a row.
    """

    folder: Path
    count: int

    @classmethod
    def open_for(cls, fingerprint: str, count: int) -> NeighbourStore:
        """Return the store of hidden states with this fingerprint, in the person's data folder."""
        return cls(paths.data_dir() / "neighbours" / fingerprint, count)

    def row(self, recording: int) -> np.ndarray | None:
        """Read the distances of a recording, float32, shape (count,); None where they are missing or broken."""
        try:
            # allow_pickle=False: a pickled object could run code.
            data = read_bytes(self._file(recording), 4 * self.count + _MOST_HEADER_BYTES)
            kept = np.load(io.BytesIO(data), allow_pickle=False)
        except Exception:  # a damaged file raises nearly anything; it is computed again
            return None
        fits = isinstance(kept, np.ndarray) and kept.shape == (self.count,) and kept.dtype == np.float32
        return kept if fits and not np.isnan(kept).any() else None

    def clean(self) -> None:
        """Mark this store as used now, and remove the least recently used ones of other hidden states.

        Errors of removal are ignored.
        """
        with contextlib.suppress(OSError):
            if self.folder.is_dir():
                self.folder.touch()
            others = [each for each in self.folder.parent.iterdir() if each.is_dir() and each != self.folder]
            others.sort(key=lambda each: each.stat().st_mtime, reverse=True)
            for old in others[MOST_FOLDERS - 1 :]:
                shutil.rmtree(old, ignore_errors=True)

    def save(self, recording: int, distances: np.ndarray) -> None:
        """Write the distances of a recording.

        Raises
        ------
        UserError
            If the folder cannot be made or written.
        """
        paths.make_folder(self.folder)
        with atomic.writing(self._file(recording)) as temporary, temporary.open("wb") as file:
            np.save(file, np.asarray(distances, dtype=np.float32), allow_pickle=False)

    def _file(self, recording: int) -> Path:
        return self.folder / f"{recording}.npy"
