"""Runs networks of files over a person's sequences: Keras 2 weights here, others in a process of their own."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.origin import Kind, Origin
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress, part
from auslan_explorer.core.recurrent import Cell
from auslan_explorer.core.words import counted
from auslan_explorer.io import hdf5
from auslan_explorer.io.inputs import Inputs, read_inputs
from auslan_explorer.io.opening import check_regular, shown
from auslan_explorer.io.readers import KERAS_FILE, KERAS_WEIGHTS, ONNX_FILE
from auslan_explorer.workflows.kept_files import kept_file

if TYPE_CHECKING:
    from auslan_explorer.capture.recorded import Options, Recorded

GATES = ("sigmoid", "hard_sigmoid")
ARRAY_FILES = (".npz", ".npy")


@dataclass(frozen=True)
class NetworkRequest:
    """A network to run, and what a person says of it.

    Attributes
    ----------
    file : Path
    inputs : Path or None
        Sequences; see `io.inputs.read_inputs`. None for recordings that were imported before.
    out : Path or None
        Activation cache to write; by default one in the person's data folder, which is found again.
    classes : tuple of str
        Names of the outputs, in order; empty where the file or the sequences name them.
    gates : {"", "sigmoid", "hard_sigmoid"}
        Of a weight file that does not say which.
    """

    file: Path
    inputs: Path | None
    out: Path | None
    classes: tuple[str, ...]
    gates: str


@dataclass(frozen=True)
class NetworkKind:
    """One kind of file that holds a network.

    Attributes
    ----------
    title : str
        What it is, as it stands in a list.
    suffixes : tuple of str
    accepts : callable
        Says whether a path is of this kind, by a look at its name or beginning.
    describe : callable
        Returns a sentence about the network; raises `UserError` where it cannot be run.
    run : callable
        Runs it over sequences and writes a cache.
    """

    title: str
    suffixes: tuple[str, ...]
    accepts: Callable[[Path], bool]
    describe: Callable[[Path], str]
    run: Callable[[NetworkRequest, Path, Progress, IsCancelled], None]


# ------------------------------------------------------------------------------------------------------ Keras 2 weights
def _is_keras_weights(path: Path) -> bool:
    if path.suffix.lower() not in (".h5", ".hdf5") or not path.is_file() or not hdf5.is_hdf5(path):
        return False
    try:
        return hdf5.file_format(path)[0] == hdf5.KERAS
    except UserError:
        return False


def _describe_weights(path: Path) -> str:
    from auslan_explorer.io.recurrent_weights import load_recurrent_network

    network = load_recurrent_network(path)
    layers = ", ".join(
        f"{each.cell} of {counted(each.units, 'unit')}"
        + ("" if each.cell is Cell.SIMPLE else f" with {each.gates} gates")
        for each in network.layers
    )
    classes, channels = counted(len(network.head.bias), "class"), counted(network.channels, "channel")
    return f"{layers} and {classes}; reads {channels}."


def _run_weights(request: NetworkRequest, out: Path, progress: Progress, cancelled: IsCancelled) -> None:
    from auslan_explorer.capture.recorded import make_activations
    from auslan_explorer.io.cache import write_cache

    inputs = _labelled(request, read_inputs(_needed(request), progress=part(progress, 0, 0.4), cancelled=cancelled))
    recorded = _record_weights(request, inputs, part(progress, 0.4, 0.9), cancelled)
    activations = make_activations(recorded, inputs.labels, None, inputs.real, _options(request, inputs))
    write_cache(out, activations, part(progress, 0.9, 1.0))


def _record_weights(request: NetworkRequest, inputs: Inputs, progress: Progress, cancelled: IsCancelled) -> Recorded:
    from auslan_explorer.analysis.activate import BLOCK
    from auslan_explorer.capture.recorded import Recorded
    from auslan_explorer.core.errors import Cancelled
    from auslan_explorer.io.opening import check_memory
    from auslan_explorer.io.recurrent_weights import load_recurrent_network

    network = load_recurrent_network(request.file, request.gates)
    x, top = inputs.x, network.layers[-1].name
    if x.ndim != 3 or x.shape[2] != network.channels:
        raise UserError(
            f"The network reads {counted(network.channels, 'channel')} a step, and these sequences have shape "
            f"{x.shape[1:]}."
        )
    check_memory(2 * x.shape[0] * x.shape[1] * sum(each.units for each in network.layers) * 4, "The hidden states")
    states = {each.name: np.empty((*x.shape[:2], each.units), dtype=np.float32) for each in network.layers}
    for start in range(0, len(x), BLOCK):
        if cancelled():
            raise Cancelled
        for name, found in network.states(x[start : start + BLOCK].astype(np.float32)).items():
            states[name][start : start + BLOCK] = found
        progress(min(start + BLOCK, len(x)) / len(x), "Running the network")
    outputs = network.head.probabilities(states[top][:, -1])
    return Recorded(states, top, outputs, (network.head.kernel, network.head.bias), x)


def _run_on_recordings(request: NetworkRequest, progress: Progress, cancelled: IsCancelled) -> Activations:
    """Run a weight file over recordings, with all that the window knows of recordings."""
    from auslan_explorer.analysis.activate import activate, fitting
    from auslan_explorer.io.published import load_keras_classifier
    from auslan_explorer.io.recordings import open_recordings

    classifier = load_keras_classifier(request.file, gates=request.gates)
    recordings = open_recordings(request.inputs, part(progress, 0, 0.4), cancelled)
    classifier, recordings = fitting(classifier, recordings, request.classes)
    provenance = {"model": f"weights in {request.file.name}", "data": "recordings imported by the person"}
    return activate(
        classifier, recordings, provenance=provenance, progress=part(progress, 0.4, 1.0), cancelled=cancelled
    )


# ------------------------------------------------------------------------------------------------------- .keras files
def _describe_keras(path: Path) -> str:
    from auslan_explorer.io.keras_archive import check_keras_archive

    found = check_keras_archive(path)
    layers = ", ".join(name for name in found.layers if name not in ("InputLayer", "NotEqual", "Any"))
    return f"Layers: {layers}. Reads sequences of {_told(found.input_shape)} (steps × channels)."


def _told(shape: tuple[int | None, ...]) -> str:
    return " × ".join("any" if side is None else str(side) for side in shape)


def _run_keras(request: NetworkRequest, out: Path, progress: Progress, cancelled: IsCancelled) -> None:
    from auslan_explorer.io.keras_archive import check_keras_archive
    from auslan_explorer.training import prerequisites

    reads = check_keras_archive(request.file)
    inputs = read_inputs(_needed(request), reads.steps, progress=part(progress, 0, 0.2), cancelled=cancelled)
    shape = inputs.x.shape[1:]
    if len(shape) != len(reads.input_shape) or any(
        wanted not in (None, found) for wanted, found in zip(reads.input_shape, shape, strict=True)
    ):
        raise UserError(
            f"The network reads sequences of {_told(reads.input_shape)} (steps × channels), and these have "
            f"{_told(shape)}; choose others."
        )
    if sentence := prerequisites.missing("Running this network"):
        raise UserError(sentence)
    _run_beside(request, out, inputs, part(progress, 0.2, 1.0), cancelled)


def _run_beside(request: NetworkRequest, out: Path, inputs: Inputs, progress: Progress, cancelled: IsCancelled) -> None:
    """Run a network in a process of its own."""
    from auslan_explorer.training.network_job import NetworkJob, run_in_worker

    inputs = _labelled(request, inputs)
    labels = None if inputs.labels is None else inputs.labels.tolist()
    job = NetworkJob(
        request.file.absolute(), out.absolute(), inputs.x, inputs.real, labels, list(inputs.class_names),
        list(inputs.names), inputs.split,
    )  # fmt: skip
    run_in_worker(job, progress=progress, cancelled=cancelled)


# --------------------------------------------------------------------------------------------------------- ONNX files
def _describe_onnx(path: Path) -> str:
    check_regular(path)
    return "An ONNX network; the states of its LSTM, GRU and RNN nodes are shown."


def _run_onnx(request: NetworkRequest, out: Path, progress: Progress, cancelled: IsCancelled) -> None:
    missing = [name for name in ("onnx", "onnxruntime") if importlib.util.find_spec(name) is None]
    if missing:
        raise UserError(
            f"Running an ONNX file needs {missing[0]}, which is not installed here; install the program with its extra "
            '“onnx”, such as with `pip install "auslan-explorer[onnx]"`.'
        )
    inputs = read_inputs(_needed(request), progress=part(progress, 0, 0.2), cancelled=cancelled)
    _run_beside(request, out, inputs, part(progress, 0.2, 1.0), cancelled)


KINDS = (
    NetworkKind(
        *KERAS_FILE, lambda path: path.is_file() and path.suffix.lower() == ".keras", _describe_keras, _run_keras
    ),
    NetworkKind(*ONNX_FILE, lambda path: path.is_file() and path.suffix.lower() == ".onnx", _describe_onnx, _run_onnx),
    NetworkKind(*KERAS_WEIGHTS, _is_keras_weights, _describe_weights, _run_weights),
)


# ---------------------------------------------------------------------------------------------------------------- run
def find_network(path: Path) -> NetworkKind | None:
    """Return the kind of network that a path holds; None where it holds none."""
    return next((kind for kind in KINDS if kind.accepts(path)), None)


def run_network(
    request: NetworkRequest, *, progress: Progress = no_progress, cancelled: IsCancelled = never
) -> Activations:
    """Run a network over sequences; one that was run over the same before is not run again.

    Raises
    ------
    UserError
        If network or sequences cannot be read, or do not fit each other.
    Cancelled
    """
    from auslan_explorer.io.cache import read_cache, write_cache

    kind = find_network(request.file)
    if kind is None:
        raise UserError(f"{shown(request.file)} holds no network that can be run here.")
    of_recordings = request.inputs is None or request.inputs.suffix.lower() not in ARRAY_FILES
    if request.inputs is None and not (kind.run is _run_weights and paths.recordings_file().exists()):
        _needed(request)
    if kind.run is _run_weights and of_recordings:
        found = _run_on_recordings(request, progress, cancelled)
        if request.out is None and not request.classes and not request.gates:
            on = "" if request.inputs is None else str(request.inputs.absolute())
            return replace(found, origin=Origin(Kind.PUBLISHED, weights=str(request.file.absolute()), recordings=on))
        out = request.out or _kept_file(request)
        write_cache(out, found)
        return read_cache(out)
    out = request.out or _kept_file(request)
    if request.out is not None or not out.exists():
        kind.run(request, out, progress, cancelled)
    return read_cache(out)


def _needed(request: NetworkRequest) -> Path:
    if request.inputs is None:
        raise UserError(
            f"{shown(request.file)} is a network; choose the sequences that it is to read (--inputs FILE): an .npz "
            "with arrays X and y, an .npy, or recordings."
        )
    return request.inputs


def _kept_file(request: NetworkRequest) -> Path:
    sources = [path for path in (request.file, request.inputs) if path is not None]
    return kept_file(sources, f"{request.classes} {request.gates}")


def _labelled(request: NetworkRequest, inputs: Inputs) -> Inputs:
    return replace(inputs, class_names=request.classes) if request.classes else inputs


def _options(request: NetworkRequest, inputs: Inputs) -> Options:
    from auslan_explorer.capture.recorded import Options

    return Options(
        inputs.class_names or None, inputs.names or None, inputs.split, provenance={"model": request.file.name}
    )
