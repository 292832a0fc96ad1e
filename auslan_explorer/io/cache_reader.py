"""Reads and checks every part of an activation cache except the hidden states' values; collects all problems."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import h5py
import numpy as np

from auslan_explorer.core.activations import Activations, Layer
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Head
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.signs import readable_name
from auslan_explorer.core.splits import NO_SPLIT, SPLIT_NAMES
from auslan_explorer.core.words import counted
from auslan_explorer.io import cache_parts, hdf5
from auslan_explorer.io.cache_parts import ColumnParts, LayerParts, SourceOf
from auslan_explorer.io.hdf5_survey import attribute, attribute_names

VERSION = 2
OLDEST = 1
STATES = "hidden_states"
PREFIX = "padding_prefix"
DIMENSIONS = (2, 3)

MOST_SIGNS = np.iinfo(np.int16).max
MOST_STEPS = 100_000
"""Steps of a network; much of what is drawn and computed has a place for each."""
_LONGEST_PROVENANCE = 100_000

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Parts:
    """Contents of a valid cache without the hidden states' values; fields as in `Activations`."""

    states_shape: tuple[int, int]
    lengths: np.ndarray
    rest: dict[str, Any]
    layers: tuple[LayerParts, ...]
    outputs: ColumnParts | None
    inputs: ColumnParts | None

    @property
    def large(self) -> tuple[str, ...]:
        """Paths of the datasets whose values are read later."""
        columns = [each.dataset for each in (self.outputs, self.inputs) if each is not None]
        return (STATES, *(layer.dataset for layer in self.layers), *columns)

    def activations(self, source: SourceOf) -> Activations:
        """Build the activations with sources of what is read later."""
        states = source(STATES, self.states_shape)
        columns: dict[str, Any] = {
            name: None if parts is None else parts.columns(source)
            for name, parts in (("outputs", self.outputs), ("inputs", self.inputs))
        }
        layers: tuple[Layer, ...] = ()
        rest = dict(self.rest)
        if self.layers:
            rest["layer"] = rest["layer"] or "hidden state"
            shown = Layer(rest["layer"], states, rest["prefix"], rest["head"], rest["projections"])
            layers = (*(each.layer(source) for each in self.layers), shown)
            order = {name: place for place, name in enumerate(self.rest["layer_order"])}
            layers = tuple(sorted(layers, key=lambda each: order.get(each.name, len(order))))
        del rest["layer_order"]
        return Activations(states=states, lengths=self.lengths, layers=layers, **columns, **rest)


def inspect(file: h5py.File, path: Path) -> tuple[Parts | None, list[str]]:
    """Read and check a cache, without the hidden states' values.

    Returns
    -------
    parts : Parts or None
        None where anything is wrong.
    problems : list of str
        A sentence for each thing that is wrong.
    """
    try:
        version = hdf5.check_format(file, path, hdf5.ACTIVATIONS, VERSION, OLDEST)
    except UserError as error:
        return None, [str(error)]
    return _Inspection(file, version).run()


class _Inspection:
    def __init__(self, file: h5py.File, version: int) -> None:
        self.file = file
        self.problems: list[str] = []
        # From version 2 on, sequences need no classes.
        self.classified = version < 2 or any(name in file for name in ("signs", "recordings/sign"))

    def attempt(self, read: Callable[[], T]) -> T | None:
        """Return what `read` returns; where it raises UserError, record the sentence and return None."""
        try:
            return read()
        except UserError as error:
            self.problems.append(str(error))
            return None

    def report(self, wrong: Any, sentence: str) -> None:
        if bool(wrong):
            self.problems.append(sentence)

    def run(self) -> tuple[Parts | None, list[str]]:
        shape = self.attempt(lambda: cache_parts.states_shape(self.file, STATES))
        steps = hdf5.int_attribute(self.file, "steps", 0)
        self.report(steps < 1, "The attribute steps is missing or not above zero.")
        self.report(steps > MOST_STEPS, f"The attribute steps says {steps}; {MOST_STEPS} are the most.")
        rows, units = shape or (None, None)
        if units is not None:
            said = hdf5.int_attribute(self.file, "units", 0)
            self.report(said != units, f"The attribute units says {said}, but {STATES} has {counted(units, 'column')}.")
        keys = self.attempt(self._keys) if self.classified else ("all",)
        prefix = self.attempt(lambda: hdf5.array(self.file, PREFIX, "f", (None, units), np.float32))
        lengths = self.attempt(lambda: hdf5.needed(self.file, "recordings/length", "iu", (None,), np.int32))
        rest: dict[str, Any] = {"steps": steps, "signs": keys, "provenance": self._provenance()}
        rest["prefix"] = np.zeros((0, units or 0), dtype=np.float32) if prefix is None else prefix
        rest["names"] = self._names(keys)
        signs = None if keys is None else len(keys)
        rest["head"] = self._head(units, signs)
        rest["projections"] = self._projections(rows, len(rest["prefix"]))
        layers = self._layers(rows, len(rest["prefix"]), signs)
        outputs = self.attempt(lambda: cache_parts.read_outputs(self.file, rows, signs))
        inputs = self.attempt(lambda: cache_parts.read_inputs(self.file, rows))
        rest |= self._parts(rows, lengths)
        if lengths is not None:
            self._check_lengths(lengths, rows)
            rest |= self._table(len(lengths), None if keys is None else len(keys))
            rest["first_step"] = self._first_step(lengths, steps, prefix is not None)
            rest["hand_ratio"] = self._hand_ratio(lengths.shape)
        if self.problems or shape is None or lengths is None:
            return None, self.problems
        return Parts(shape, lengths, rest, layers, outputs, inputs), []

    def _parts(self, rows: int | None, lengths: np.ndarray | None) -> dict[str, Any]:
        """Read the small parts that any network may have."""
        names = self.attempt(lambda: hdf5.texts(self.file, "recordings/name")) or ()
        self.report(
            names and lengths is not None and len(names) != len(lengths),
            f"recordings/name has {counted(len(names), 'name')} for "
            f"{counted(0 if lengths is None else len(lengths), 'recording')}.",
        )
        labels = None if rows is None else self.attempt(lambda: cache_parts.read_step_labels(self.file, rows))
        return {
            "recording_names": names,
            "step_labels": labels or {},
            "seconds_per_step": self.attempt(lambda: cache_parts.read_seconds(self.file)) or 0.0,
            "words": cache_parts.read_words(self.file),
            "classified": self.classified,
            "layer": hdf5.text_attribute(self.file, "layer"),
            "layer_order": self.attempt(lambda: hdf5.texts(self.file, "layer_order")) or (),
        }

    def _layers(self, rows: int | None, prefix: int, signs: int | None) -> tuple[LayerParts, ...]:
        found = []
        for group, dataset, name in self.attempt(lambda: cache_parts.layer_paths(self.file)) or ():
            shape = self.attempt(lambda dataset=dataset: cache_parts.states_shape(self.file, dataset))  # type: ignore[misc]
            if shape is None:
                continue
            self.report(
                rows not in (None, shape[0]), f"{dataset} has {counted(shape[0], 'row')}, but {STATES} has {rows}."
            )
            # Cell states have neither head nor map of their own in a file.
            own = group if dataset.endswith(STATES) else None
            before = np.zeros((0, shape[1]), dtype=np.float32)
            head, maps = None, {}
            if own is not None:
                path = f"{own}/{PREFIX}"
                given = self.attempt(
                    lambda path=path, units=shape[1]: hdf5.array(self.file, path, "f", (prefix, units), np.float32)  # type: ignore[misc]
                )
                before = before if given is None else given
                head = self._head(shape[1], signs, f"{own}/")
                maps = self._projections(shape[0], len(before), f"{own}/")
            found.append(LayerParts(name, dataset, shape, before, head, maps))
        return tuple(found)

    def _keys(self) -> tuple[str, ...]:
        keys = hdf5.texts(self.file, "signs/key")
        if keys is None:
            raise UserError("signs/key is missing.")
        if not keys or not all(keys) or len(set(keys)) != len(keys):
            raise UserError("signs/key is empty, or holds an empty text or the same text twice.")
        if len(keys) > MOST_SIGNS:
            raise UserError(f"signs/key names {len(keys)} signs; {MOST_SIGNS} are the most.")
        return keys

    def _names(self, keys: tuple[str, ...] | None) -> tuple[str, ...] | None:
        names = self.attempt(lambda: hdf5.texts(self.file, "signs/name"))
        if keys is None:
            return None
        if names is None:
            return tuple(readable_name(key) for key in keys)
        self.report(
            len(names) != len(keys), f"signs/name has {counted(len(names), 'name')} for {counted(len(keys), 'key')}."
        )
        return names

    def _provenance(self) -> dict[str, str]:
        group = self.file.get("provenance")
        if not isinstance(group, h5py.Group):
            return {}
        found = {}
        for key in attribute_names(group):
            value = attribute(group, key)
            text = hdf5.text_attribute(group, key) if isinstance(value, str | bytes | None) else str(value)
            found[key.encode("utf-8", "replace").decode()] = text[:_LONGEST_PROVENANCE]
        return found

    def _check_lengths(self, lengths: np.ndarray, rows: int | None) -> None:
        self.report(len(lengths) == 0, "recordings/length is empty.")
        self.report((lengths < 1).any(), "recordings/length holds a recording without steps.")
        if rows is not None:
            total = int(lengths.sum(dtype=np.int64))
            self.report(
                total != rows, f"recordings/length adds up to {total}, but {STATES} has {counted(rows, 'row')}."
            )

    def _table(self, count: int, signs: int | None) -> dict[str, np.ndarray | None]:
        """Read the table of recordings."""

        def column(name: str, dtype: Any, default: int) -> np.ndarray | None:
            def read() -> np.ndarray:
                values = hdf5.array(self.file, f"recordings/{name}", "iu", (count,), dtype)
                return np.full(count, default, dtype=dtype) if values is None else values

            return self.attempt(read)

        table: dict[str, np.ndarray | None] = {
            "sign": self.attempt(lambda: hdf5.needed(self.file, "recordings/sign", "iu", (count,), np.int16))
            if self.classified
            else np.zeros(count, dtype=np.int16),
            "predicted": column("predicted", np.int16, -1),
            "session": column("session", np.int16, 0),
            "trial": column("trial", np.int16, 0),
            "split": column("split", np.uint8, NO_SPLIT),
        }
        for name, least in (("sign", 0), ("predicted", -1)):
            values = table[name]
            if values is not None and signs is not None and len(values):
                self.report(
                    values.min() < least or values.max() >= signs,
                    f"recordings/{name} holds numbers outside {least} to {signs - 1}, the rows of signs/key.",
                )
        split = table["split"]
        if split is not None:
            known = ", ".join(f"{code} ({name})" for code, name in SPLIT_NAMES.items())
            self.report(
                not np.isin(split, list(SPLIT_NAMES)).all(), f"recordings/split holds other codes than {known}."
            )
        return table

    def _first_step(self, lengths: np.ndarray, steps: int, padded: bool) -> np.ndarray | None:
        name = "recordings/first_step"
        first = self.attempt(lambda: hdf5.array(self.file, name, "iu", lengths.shape, np.int32))
        if first is None:
            # A padding prefix means that recordings are padded in front, as in the article.
            first = min(steps, MOST_STEPS) - lengths if padded else np.zeros_like(lengths)
        if 1 <= steps <= MOST_STEPS:
            last = first.astype(np.int64) + lengths
            self.report(
                (first < 0).any() or (last > steps).any(),
                f"A recording begins before step 0 or ends after the network’s {counted(steps, 'step')} "
                "(recordings/first_step and length).",
            )
        return first.astype(np.int32)

    def _hand_ratio(self, shape: tuple[int, ...]) -> np.ndarray | None:
        name = "recordings/hand_ratio"
        ratio = self.attempt(lambda: hdf5.array(self.file, name, "f", shape, np.float32))
        self.report(ratio is not None and (ratio < 0).any(), f"{name} holds a number below zero.")
        return ratio

    def _head(self, units: int | None, signs: int | None, at: str = "") -> Head | None:
        kernel = self.attempt(lambda: hdf5.array(self.file, f"{at}head/kernel", "f", (units, signs), np.float32))
        bias = self.attempt(lambda: hdf5.array(self.file, f"{at}head/bias", "f", (signs,), np.float32))
        if kernel is None or bias is None:
            there = [name for name in (f"{at}head/kernel", f"{at}head/bias") if name in self.file]
            self.report(len(there) == 1, f"{''.join(there)} stands alone; head/kernel and head/bias belong together.")
            return None
        return Head(kernel, bias)

    def _projections(self, rows: int | None, prefix: int, at: str = "") -> dict[int, Projection]:
        found = {}
        for dims in DIMENSIONS:
            name = f"{at}projections/{dims}d"
            projection = self.attempt(lambda name=name, dims=dims: self._projection(name, dims, rows, prefix))  # type: ignore[misc]
            if projection is not None:
                found[dims] = projection
        return found

    def _projection(self, name: str, dims: int, rows: int | None, prefix: int) -> Projection | None:
        if name not in self.file:
            return None
        points = hdf5.needed(self.file, f"{name}/points", "f", (rows, dims), np.float32)
        start = hdf5.array(self.file, f"{name}/prefix", "f", (prefix, dims), np.float32)
        if start is None:
            if prefix:
                raise UserError(f"{name}/prefix is missing, although there is a {PREFIX}.")
            start = np.zeros((0, dims), dtype=np.float32)
        group = self.file[name]
        title = hdf5.text_attribute(group, "title") or f"{dims}-D projection"
        return Projection(points, start, hdf5.text_attribute(group, "fingerprint"), title)
