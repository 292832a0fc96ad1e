"""Builds activations from plain arrays of any recurrent network, so that people can explore their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from auslan_explorer.core.activations import Activations, ArrayStates, Layer
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Head
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.signs import readable_name
from auslan_explorer.core.splits import NO_SPLIT, SPLIT_NAMES
from auslan_explorer.core.words import counted
from auslan_explorer.io.array_parts import (
    check_states,
    make_inputs,
    make_labels,
    make_layers,
    make_names,
    make_outputs,
    make_words,
)
from auslan_explorer.io.cache_reader import MOST_SIGNS, MOST_STEPS
from auslan_explorer.io.hdf5_survey import MOST_TEXT
from auslan_explorer.io.npz import read_npz
from auslan_explorer.io.opening import shown, translating

_OPTIONAL = (
    "names", "steps", "prefix", "session", "trial", "split", "predicted", "first_step", "head_kernel", "head_bias",
    "sign", "signs", "recording_names", "step_probabilities", "step_classes", "inputs", "input_names",
    "seconds_per_step", "class_word", "sequence_word", "layer",
)  # fmt: skip
_TEXT_LISTS = ("signs", "names", "recording_names", "step_classes", "input_names")
_NAMED = {"layer_": "layers", "step_label_": "step_labels"}
"""Beginnings of arrays' names that are followed by a name of their own, and the argument that they become."""
_PROJECTIONS = {f"projection_{dims}d": dims for dims in (2, 3)}


def cache_from_arrays(
    states: np.ndarray,
    lengths: np.ndarray | Sequence[int],
    sign: np.ndarray | Sequence[int] | None = None,
    signs: Sequence[str] | None = None,
    *,
    names: Sequence[str] | None = None,
    steps: int | None = None,
    prefix: np.ndarray | None = None,
    session: np.ndarray | Sequence[int] | None = None,
    trial: np.ndarray | Sequence[int] | None = None,
    split: np.ndarray | Sequence[int] | None = None,
    predicted: np.ndarray | Sequence[int] | None = None,
    first_step: np.ndarray | Sequence[int] | None = None,
    head_kernel: np.ndarray | None = None,
    head_bias: np.ndarray | None = None,
    projections: Mapping[int, Projection | np.ndarray] | None = None,
    provenance: Mapping[str, str] | None = None,
    recording_names: Sequence[str] | None = None,
    step_labels: Mapping[str, Any] | None = None,
    step_probabilities: np.ndarray | None = None,
    step_classes: Sequence[str] | None = None,
    inputs: np.ndarray | None = None,
    input_names: Sequence[str] | None = None,
    seconds_per_step: float | None = None,
    class_word: str | None = None,
    sequence_word: str | None = None,
    layer: str = "",
    layers: Mapping[str, np.ndarray] | None = None,
) -> Activations:
    """Build activations from plain arrays, ready for `io.cache.write_cache`.

    Parameters
    ----------
    states : array of float, shape (S, units)
        Hidden states of real steps (no padding), recording after recording.
    lengths : array of int, shape (R,)
        Real steps of each recording; they add up to S.
    sign : array of int, shape (R,), optional
        Class of each recording, an index into `signs`; without both, recordings have no classes.
    signs : sequence of str, length C, optional
        A key for each class.
    names : sequence of str, length C, optional
        Readable names; made from the keys where absent.
    steps : int, optional
        Steps of the network; by default as far as the longest recording goes. Needed where there is a `prefix` and
        no `first_step`.
    prefix : array of float, shape (P, units), optional
        Hidden states while only padding in front was read, steps 0 to P-1.
    session, trial : array of int, shape (R,), optional
    split : array of int, shape (R,), optional
        0 train, 1 validation, 2 test, 255 none.
    predicted : array of int, shape (R,), optional
        The network's prediction, an index into `signs`; -1 where it is not known. By default the likeliest sign at
        the last step, where `step_probabilities` are of the signs.
    first_step : array of int, shape (R,), optional
        The network's step of each recording's first real step; by default ``steps - lengths`` where there is a
        `prefix`, else 0.
    head_kernel, head_bias : array of float, shapes (units, C) and (C,), optional
        The softmax layer on top.
    projections : mapping of int to Projection or array, optional
        For 2 and 3 dimensions; an array holds the S points (of a network without `prefix`).
    provenance : mapping of str to str, optional
        Where it comes from: data, model, seed, created, ...
    recording_names : sequence of str, length R, optional
    step_labels : mapping of str to array of str or numbers, shape (S,), optional
        Columns of labels of steps, by name.
    step_probabilities : array of float, shape (S, K), optional
        The network's own probabilities at each step, where `head_kernel` cannot give them.
    step_classes : sequence of str, length K, optional
        What they are probabilities of; by default the signs.
    inputs : array of float, shape (S, channels), optional
        What the network reads at each step.
    input_names : sequence of str, length channels, optional
    seconds_per_step : float, optional
    class_word, sequence_word : str, optional
        What a class and a sequence are called: "vowel", "utterance".
    layer : str, optional
        Name of the layer that `states` is of; needed where there are `layers`.
    layers : mapping of str to array of float, shape (S, units of that layer), optional
        States of other layers, cell states among them, by name.

    Returns
    -------
    Activations

    Raises
    ------
    UserError
        If something does not fit together; the sentence names the argument.
    """
    values = check_states("states", states)
    units = values.shape[1]
    classified = sign is not None or signs is not None
    if classified and (sign is None or signs is None):
        raise UserError("sign and signs belong together; give both, or neither where recordings have no classes.")
    keys = tuple(str(key) for key in signs) if signs is not None else ("all",)
    if len(keys) > MOST_SIGNS or max(map(len, keys), default=0) > MOST_TEXT:
        raise UserError(f"signs has {len(keys)} texts; {MOST_SIGNS} are the most, of {MOST_TEXT} letters each.")
    if not keys or not all(keys) or len(set(keys)) != len(keys):
        raise UserError("signs must name each class once, and none with an empty text.")
    count = np.asarray(lengths).size
    length = _whole("lengths", lengths, count, 1, np.iinfo(np.int32).max, np.int32)
    if int(length.sum(dtype=np.int64)) != len(values):
        raise UserError(
            f"lengths adds up to {length.sum(dtype=np.int64)}, but states has {counted(len(values), 'row')}."
        )
    readable = tuple(readable_name(key) for key in keys) if names is None else tuple(str(name) for name in names)
    if len(readable) != len(keys):
        raise UserError(f"names has {counted(len(readable), 'text')} for {counted(len(keys), 'sign')}.")
    before = np.zeros((0, units), dtype=np.float32) if prefix is None else _decimal("prefix", prefix, (None, units))
    first, last = _first_step(first_step, length, steps, prefix is not None)
    head = _head(head_kernel, head_bias, units, len(keys))
    maps = _projections(projections or {}, len(values), len(before))
    if layers and not layer:
        raise UserError("layer, the name of the layer that is shown, is needed where there are layers.")
    if seconds_per_step is not None and not 0 < float(seconds_per_step) < 1e9:
        raise UserError("seconds_per_step must be a number above 0.")
    source = ArrayStates(values)
    outputs = make_outputs(step_probabilities, step_classes, len(values), len(keys))
    if predicted is None and classified and outputs is not None and not outputs.names:
        # What the window shows at the last step is what the network answers.
        predicted = np.asarray(step_probabilities)[np.cumsum(length) - 1].argmax(axis=1)
    return Activations(
        states=source,
        prefix=before,
        lengths=length,
        first_step=first,
        sign=_whole("sign", sign, count, 0, len(keys) - 1, np.int16, 0),
        predicted=_whole("predicted", predicted, count, -1, len(keys) - 1, np.int16, -1),
        session=_whole("session", session, count, 0, np.iinfo(np.int16).max, np.int16, 0),
        trial=_whole("trial", trial, count, 0, np.iinfo(np.int16).max, np.int16, 0),
        split=_split(split, count),
        signs=keys,
        names=readable,
        steps=last,
        head=head,
        projections=maps,
        provenance={str(key): str(value) for key, value in (provenance or {}).items()},
        recording_names=make_names(recording_names, count),
        step_labels=make_labels(step_labels, len(values)),
        outputs=outputs,
        inputs=make_inputs(inputs, input_names, len(values)),
        seconds_per_step=float(seconds_per_step or 0.0),
        classified=classified,
        words=make_words(class_word, sequence_word),
        layers=make_layers(layer, layers, Layer(layer, source, before, head, maps)),
        layer=layer,
    )


def activations_from_npz(path: Path) -> Activations:
    """Build activations from a NumPy ``.npz`` file whose arrays are named like the arguments of `cache_from_arrays`.

    Projections are arrays named ``projection_2d`` and ``projection_3d``, other layers ``layer_NAME``, labels of steps
    ``step_label_NAME``; any other array of a single text becomes provenance.

    Raises
    ------
    UserError
        If the file is missing, no ``.npz`` of plain arrays, lacks one that is needed, or they do not fit together.
    """
    found: dict[str, Any] = read_npz(path)
    missing = [name for name in ("states", "lengths") if name not in found]
    if missing:
        raise UserError(f"{shown(path)} lacks the array {missing[0]}; see docs/activation-cache.md for what is needed.")
    arguments: dict[str, Any] = {name: found.pop(name) for name in ("states", "lengths")}
    arguments |= {name: found.pop(name) for name in _OPTIONAL if name in found}
    arguments["projections"] = {dims: found.pop(name) for name, dims in _PROJECTIONS.items() if name in found}
    for beginning, argument in _NAMED.items():
        named = [name for name in found if name.startswith(beginning) and len(name) > len(beginning)]
        arguments[argument] = {name.removeprefix(beginning): found.pop(name) for name in named}
    texts = {name: str(value) for name, value in found.items() if value.ndim == 0 and value.dtype.kind in "US"}
    unknown = sorted(found.keys() - texts.keys())
    if unknown:
        raise UserError(
            f"{shown(path)} holds an array {shown(unknown[0])}, which means nothing here; leave it out or rename it."
        )
    for name in ("class_word", "sequence_word", "layer"):
        if name in arguments:
            arguments[name] = str(arguments[name])
    if "seconds_per_step" in arguments:
        _decimal("seconds_per_step", arguments["seconds_per_step"], ())
        arguments["seconds_per_step"] = float(arguments["seconds_per_step"])
    for name in _TEXT_LISTS:
        if name in arguments:
            arguments[name] = [str(text) for text in np.atleast_1d(arguments[name])]
    if "steps" in arguments:
        arguments["steps"] = int(
            _whole("steps", np.ravel(arguments["steps"]), 1, 1, np.iinfo(np.int32).max, np.int32)[0]
        )
    try:
        with translating(path, "a file of arrays that fit together"):
            return cache_from_arrays(**arguments, provenance=texts)
    except UserError as error:
        raise UserError(f"{shown(path)}: {error}") from error


def _describe(values: np.ndarray) -> str:
    return f"{values.dtype} of shape {values.shape}"


def _whole(
    name: str, given: Any, count: int, least: int, most: int, dtype: Any, default: int | None = None
) -> np.ndarray:
    """Return a column of whole numbers, one per recording; raise UserError outside the range [least, most]."""
    if given is None and default is not None:
        return np.full(count, default, dtype=dtype)
    values = np.asarray(given)
    most = min(most, np.iinfo(dtype).max)
    if values.shape != (count,) or values.dtype.kind not in "iu" or count == 0:
        raise UserError(f"{name} must be whole numbers, one a recording ({count}), not {_describe(values)}.")
    if int(values.min()) < least or int(values.max()) > most:
        raise UserError(f"{name} must lie in {least} to {most}, and reaches from {values.min()} to {values.max()}.")
    return values.astype(dtype)


def _decimal(name: str, given: Any, shape: tuple[int | None, ...]) -> np.ndarray:
    """Return an array as finite float32 of a given shape, in which None is any length."""
    values = np.asarray(given)
    fits = values.ndim == len(shape) and all(w in (None, f) for f, w in zip(values.shape, shape, strict=True))
    if not fits or values.dtype.kind != "f":
        wanted = ", ".join("any" if n is None else str(n) for n in shape)
        raise UserError(f"{name} must be decimal numbers of shape ({wanted}), not {_describe(values)}.")
    with np.errstate(over="ignore"):
        values = values.astype(np.float32)  # before the check: a double may be too large for it
    if not np.isfinite(values).all():
        raise UserError(f"{name} holds values that are not finite numbers.")
    return values


def _first_step(given: Any, lengths: np.ndarray, steps: int | None, padded: bool) -> tuple[np.ndarray, int]:
    """Return each recording's first step, and the network's number of steps."""
    if given is not None:
        first = _whole("first_step", given, len(lengths), 0, np.iinfo(np.int32).max, np.int32)
    elif padded and steps is None:
        raise UserError("steps is needed where there is a prefix and no first_step.")
    else:
        first = (int(steps) - lengths if padded and steps is not None else np.zeros_like(lengths)).astype(np.int32)
    end = int((first.astype(np.int64) + lengths).max())
    if max(end, steps or 0) > MOST_STEPS:
        raise UserError(f"The network has {max(end, steps or 0)} steps; {MOST_STEPS} are the most.")
    if steps is not None and (end > steps or int(first.min()) < 0):
        raise UserError(
            f"A recording goes beyond the network’s {counted(steps, 'step')}; steps, lengths or first_step is wrong."
        )
    return first, end if steps is None else int(steps)


def _split(given: Any, count: int) -> np.ndarray:
    split = _whole("split", given, count, 0, 255, np.uint8, NO_SPLIT)
    if not np.isin(split, list(SPLIT_NAMES)).all():
        raise UserError("split must be 0 (train), 1 (validation), 2 (test) or 255 (none).")
    return split


def _head(kernel: Any, bias: Any, units: int, signs: int) -> Head | None:
    if kernel is None and bias is None:
        return None
    if kernel is None or bias is None:
        raise UserError("head_kernel and head_bias belong together; give both or neither.")
    return Head(_decimal("head_kernel", kernel, (units, signs)), _decimal("head_bias", bias, (signs,)))


def _projections(given: Mapping[int, Projection | np.ndarray], rows: int, prefix: int) -> dict[int, Projection]:
    found = {}
    for dims, projection in given.items():
        if dims not in (2, 3):
            raise UserError(f"projections can have 2 or 3 dimensions, not {dims}.")
        if not isinstance(projection, Projection):
            points = _decimal(f"projections {dims}", projection, (rows, dims))
            projection = Projection(points, np.zeros((0, dims), dtype=np.float32), "", f"{dims}-D projection")
        if projection.points.shape != (rows, dims) or len(projection.prefix) != prefix:
            raise UserError(
                f"projections {dims} must hold {counted(rows, 'point')} of {dims} numbers, and {prefix} of the prefix."
            )
        found[dims] = projection
    return found
