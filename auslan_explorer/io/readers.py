"""The one list of readers of activations, for the command line, the dialog that opens files, and dropped files.

Another package adds readers by an entry point of the group ``auslan_explorer.readers`` that names a `Reader`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.origin import Kind, Origin
from auslan_explorer.io.opening import shown

if TYPE_CHECKING:
    from auslan_explorer.core.activations import Activations

GROUP = "auslan_explorer.readers"


KERAS_FILE = ("a .keras file", (".keras",))
KERAS_WEIGHTS = ("Keras weights of LSTM, GRU or SimpleRNN layers (HDF5)", (".h5", ".hdf5"))
ONNX_FILE = ("an ONNX file with LSTM, GRU or RNN nodes", (".onnx",))
NETWORKS = (KERAS_FILE, KERAS_WEIGHTS, ONNX_FILE)
"""Title and endings of each kind of network, which `workflows.networks` runs over sequences."""


@dataclass(frozen=True)
class Reader:
    """Reads one kind of file.

    Attributes
    ----------
    title : str
        What it reads, as it stands in a list.
    suffixes : tuple of str
        Endings that the dialog offers; none for folders.
    accepts : callable
        Takes a path that exists; says whether it is of this kind, by a look at its name or beginning.
    read : callable
        Takes the path and returns the activations, or raises `UserError`; runs nothing that is in the file.
    """

    title: str
    suffixes: tuple[str, ...]
    accepts: Callable[[Path], bool]
    read: Callable[[Path], Activations]


def _ends(*suffixes: str) -> Callable[[Path], bool]:
    return lambda path: path.is_file() and path.suffix.lower() in suffixes


# What reads a file is imported once there is one: the command line's help lists the readers without NumPy.
def _is_projector(path: Path) -> bool:
    from auslan_explorer.io.tables import TENSORS

    return (path / TENSORS).is_file() if path.is_dir() else path.name.lower() == TENSORS


def _is_lstmvis(path: Path) -> bool:
    from auslan_explorer.io.lstmvis import settings_file

    return settings_file(path) is not None


def _is_long_csv(path: Path) -> bool:
    from auslan_explorer.io.tables import is_long_csv

    return _ends(".csv")(path) and is_long_csv(path)


def _is_own_file(path: Path) -> bool:
    """Return whether a file is HDF5 of a format of this program, or cannot be read as HDF5, which its reader says."""
    from auslan_explorer.io import hdf5

    if not _ends(".h5", ".hdf5")(path):
        return False
    if not hdf5.is_hdf5(path):
        return True
    try:
        with hdf5.reading(path) as file:
            return bool(hdf5.text_attribute(file, "format"))
    except UserError:
        return True


def _is_npz_of_states(path: Path) -> bool:
    from auslan_explorer.io.npz import list_npz

    if not _ends(".npz")(path):
        return False
    try:
        return {"states", "lengths"} <= list_npz(path).keys()
    except UserError:
        return True


def _read_cache(path: Path) -> Activations:
    from auslan_explorer.io.cache import read_cache

    return read_cache(path)


def _read_npz(path: Path) -> Activations:
    from auslan_explorer.io.arrays import activations_from_npz

    return activations_from_npz(path)


def _read_projector(path: Path) -> Activations:
    from auslan_explorer.io.tables import read_projector

    return read_projector(path)


def _read_lstmvis(path: Path) -> Activations:
    from auslan_explorer.io.lstmvis import read_lstmvis

    return read_lstmvis(path)


def _read_long_csv(path: Path) -> Activations:
    from auslan_explorer.io.tables import read_long_csv

    return read_long_csv(path)


BUILT_IN = (
    Reader("activations", (".h5", ".hdf5"), _is_own_file, _read_cache),
    Reader("arrays of NumPy named states and lengths", (".npz",), _is_npz_of_states, _read_npz),
    Reader("tensors.tsv and metadata.tsv of the embedding projector", (".tsv",), _is_projector, _read_projector),
    Reader("a folder of LSTMVis with its lstm.yml", (".yml", ".yaml"), _is_lstmvis, _read_lstmvis),
    Reader("a CSV with a line for each step", (".csv",), _is_long_csv, _read_long_csv),
)  # fmt: skip


@lru_cache(maxsize=1)
def readers() -> tuple[Reader, ...]:
    """Return the readers of the program, then those of other packages; one that cannot be loaded is left out."""
    # Imported once somebody needs it: it takes as long as to read the file that ships.
    from importlib.metadata import entry_points

    found = list(BUILT_IN)
    for point in entry_points(group=GROUP):
        try:
            reader = point.load()
        except Exception:  # another package's mistake must not keep this program from opening files
            continue
        if isinstance(reader, Reader):
            found.append(reader)
    return tuple(found)


def find_reader(path: Path) -> Reader | None:
    """Return the first reader that accepts a path; None where there is none."""
    # Those of other packages are looked for only where none of the program's own accepts it.
    own = next((reader for reader in BUILT_IN if reader.accepts(path)), None)
    return own or next((reader for reader in readers()[len(BUILT_IN) :] if reader.accepts(path)), None)


def read_activations(path: Path) -> Activations:
    """Read activations of any known kind.

    Raises
    ------
    UserError
        If the path is missing, of no known kind, or cannot be read.
    """
    if not path.exists():
        raise UserError(f"There is no file {shown(path)}; check the path.")
    reader = find_reader(path)
    if reader is None:
        known = "; ".join(each.title for each in readers())
        raise UserError(f"{shown(path)} is of no kind that is known here. Known are: {known}.")
    found = reader.read(path)
    # A cache names its own place; so that what others read is found again too, they are given theirs.
    if found.origin.kind is not Kind.MEMORY:
        return found
    return replace(found, origin=Origin(Kind.FILE, str(path.absolute())))


def titles(of: Iterable[Reader]) -> tuple[str, ...]:
    """Return what can be opened as activations by some readers, as it stands in a list."""
    return (
        *(reader.title for reader in of),
        *(f"{title} with the sequences that it is to read" for title, _ in NETWORKS),
        "other HDF5, .npz, .npy, .csv and .tsv files once you say which array is what",
    )


def suffixes() -> tuple[str, ...]:
    """Return all endings that readers name, each once."""
    return tuple(dict.fromkeys(suffix for reader in readers() for suffix in reader.suffixes))
