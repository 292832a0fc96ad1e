"""One way in for whatever a person brings: says what a path is, and reads it with what the person says of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.io import array_survey, readers
from auslan_explorer.io.array_survey import Choice
from auslan_explorer.io.eaf_reader import SUFFIX as ANNOTATIONS
from auslan_explorer.io.opening import shown
from auslan_explorer.io.published import AUTOENCODER_FILES, CLASSIFIER_FILE
from auslan_explorer.io.readers import find_reader, read_activations
from auslan_explorer.io.session_file import SUFFIX
from auslan_explorer.workflows import networks
from auslan_explorer.workflows.kept_files import kept_file
from auslan_explorer.workflows.networks import NetworkRequest, find_network, run_network

RECORDING_FILES = (".zip", ".tar", ".gz", ".tgz", ".tsd")


class Brought(Enum):
    """What a path is, as far as a look at it tells."""

    SESSION = auto()
    ACTIVATIONS = auto()
    NETWORK = auto()
    PUBLISHED = auto()
    RECORDINGS = auto()
    ANNOTATIONS = auto()
    """Of recordings that are open, by ELAN."""
    ARRAYS = auto()
    """Arrays of unknown names: the person has to say which is what."""
    UNKNOWN = auto()


@dataclass(frozen=True)
class Request:
    """A file to open, with what a person says of it.

    Attributes
    ----------
    file : Path
    inputs : Path or None
        Sequences that a network is to read.
    out : Path or None
        Where what a network does is kept.
    classes : tuple of str
        Names of a network's outputs.
    gates : str
        Of a weight file that does not say.
    choice : Choice
        Which array is what.
    layer : str
        The layer to show; empty for the file's own choice.
    """

    file: Path
    inputs: Path | None = None
    out: Path | None = None
    classes: tuple[str, ...] = ()
    gates: str = ""
    choice: Choice = field(default_factory=Choice)
    layer: str = ""


def what_is(path: Path) -> Brought:
    """Say what a path is, by its name and the beginning of it."""
    suffix = path.suffix.lower()
    if suffix == SUFFIX:
        return Brought.SESSION
    if suffix == ANNOTATIONS and path.is_file():
        return Brought.ANNOTATIONS
    if find_network(path) is not None:
        return Brought.NETWORK
    if find_reader(path) is not None:
        return Brought.ACTIVATIONS
    if path.is_dir():
        if any((path / name).is_file() for name in (CLASSIFIER_FILE, *AUTOENCODER_FILES.values())):
            return Brought.PUBLISHED
        return Brought.RECORDINGS if _holds_recordings(path) else Brought.UNKNOWN
    if suffix in RECORDING_FILES:
        return Brought.RECORDINGS
    return Brought.ARRAYS if path.is_file() and suffix in array_survey.SUFFIXES else Brought.UNKNOWN


def _holds_recordings(folder: Path) -> bool:
    levels = ("*.[tT][sS][dD]", "*/*.[tT][sS][dD]", "*/*/*.[tT][sS][dD]")
    return any(next(iter(folder.glob(level)), None) is not None for level in levels)


def suffixes() -> tuple[str, ...]:
    """Return the endings of all files that hold activations, networks or arrays, each once."""
    of_networks = (suffix for kind in networks.KINDS for suffix in kind.suffixes)
    return tuple(dict.fromkeys((*readers.suffixes(), *of_networks, *array_survey.SUFFIXES)))


def read_request(request: Request, *, progress: Progress = no_progress, cancelled: IsCancelled = never) -> Activations:
    """Read activations of whatever a person brings.

    Raises
    ------
    UserError
        If it cannot be read, or more has to be said of it; the sentence says how.
    Cancelled
    """
    if not request.file.exists():
        raise UserError(f"There is no file {shown(request.file)}; check the path.")
    kind = what_is(request.file)
    if kind is Brought.NETWORK:
        wanted = NetworkRequest(request.file, request.inputs, request.out, request.classes, request.gates)
        found = run_network(wanted, progress=progress, cancelled=cancelled)
    elif request.choice != Choice() or kind is Brought.ARRAYS:
        found = _read_arrays(request, progress)
    else:
        found = read_activations(request.file)
    return found.with_layer(request.layer) if request.layer else found


def _read_arrays(request: Request, progress: Progress) -> Activations:
    """Read a file of arrays; it is kept as a cache too, so that a session finds it without being told again."""
    from auslan_explorer.capture.chosen import how_to_say, read_chosen
    from auslan_explorer.io.cache import read_cache, write_cache

    if request.choice == Choice():
        raise UserError(how_to_say(request.file))
    found = read_chosen(request.file, request.choice)
    out = request.out or kept_file([request.file], repr(request.choice))
    if request.out is not None or not out.exists():
        write_cache(out, found, progress)
    return read_cache(out)
