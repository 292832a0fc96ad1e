"""Records the recurrent layers of a PyTorch model while it runs, by forward hooks; imports no PyTorch of its own.

A stack of layers in one module gives only its top layer's states, so every layer but the last is run again by itself;
cell states, of which an LSTM gives the last alone, are computed from what each layer read and gave (`capture.cells`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from auslan_explorer.capture.cells import cell_states_of_rows
from auslan_explorer.capture.pack import to_numpy
from auslan_explorer.capture.recorded import Options, Recorded, write_recorded
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.layers import CELL_STATES
from auslan_explorer.core.network import softmax
from auslan_explorer.core.words import counted

RECURRENT = frozenset({"LSTM", "GRU", "RNN"})
DIRECTIONS = ("forward", "backward")


def is_torch_model(model: Any) -> bool:
    """Return whether something is a PyTorch module, by what it can do."""
    return hasattr(model, "register_forward_hook") and hasattr(model, "named_modules")


def _is_a(module: Any, names: frozenset[str]) -> bool:
    return any(kind.__name__ in names for kind in type(module).__mro__)


class TorchRecorder:
    """Context manager that keeps what a model's recurrent layers do, and writes it when the block ends.

    Each call of the model inside the block adds its sequences. An error in the block leaves no file.

    Parameters
    ----------
    model : torch.nn.Module
    file : path
    labels, lengths, mask : see `capture.record.Record.arrays`
    head : str, optional
        Name of the linear layer that gives the classes; by default the last that was called.
    options : Options

    Attributes
    ----------
    file : Path or None
        The file, once it is written.
    """

    def __init__(
        self, model: Any, file: str | Path, labels: Any, lengths: Any, mask: Any, head: str | None, options: Options
    ) -> None:
        named = dict(model.named_modules())
        self._recurrent = {name or "recurrent": each for name, each in named.items() if _is_a(each, RECURRENT)}
        if not self._recurrent:
            raise UserError("The model has no LSTM, GRU or RNN layer, so there are no hidden states to record.")
        if head is not None and head not in named:
            raise UserError(f"The model has no layer {head!r}; there are: {', '.join(filter(None, named))}.")
        linear = frozenset({"Linear"})
        self._linear = {
            name: each for name, each in named.items() if (name == head if head is not None else _is_a(each, linear))
        }
        self._to, self._labels, self._lengths, self._mask, self._options = file, labels, lengths, mask, options
        self._sequences: dict[str, list[np.ndarray]] = {}
        self._read: list[np.ndarray] = []
        self._cells: dict[str, list[np.ndarray] | None] = {}
        self._heads: dict[str, list[np.ndarray]] = {}
        self._last_head = ""
        self._packed = self._batch_first = False
        self._handles: list[Any] = []
        self.file: Path | None = None

    def __enter__(self) -> TorchRecorder:
        for name, module in self._recurrent.items():
            self._handles.append(_watch(module, self._keeping(name)))
        for name, module in self._linear.items():
            self._handles.append(module.register_forward_hook(self._keeping_head(name)))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for handle in self._handles:
            handle.remove()
        self._handles.clear()
        if kind is None:
            self.file = self._write()

    # ------------------------------------------------------------------------------------------------- hooks
    def _keeping(self, name: str) -> Callable[[Any, Any, Any, Any], None]:
        def keep(module: Any, args: tuple, kwargs: dict, output: Any) -> None:
            sequences = args[0] if args else kwargs["input"]
            start = args[1] if len(args) > 1 else kwargs.get("hx")
            below = _layers_below(name, module, sequences, start)
            self._packed = self._packed or hasattr(sequences, "batch_sizes")
            self._batch_first = bool(module.batch_first)
            read = _rows(sequences, self._batch_first)
            if name == next(iter(self._recurrent)):
                self._read.extend(read)
            top = _layer_name(name, module, module.num_layers - 1), output[0]
            for number, (layer, states) in enumerate([*below, top]):
                rows = _rows(states, self._batch_first)
                self._keep(layer, module, number, read, rows)
                read = rows

        return keep

    def _keep(self, layer: str, module: Any, number: int, read: list[np.ndarray], rows: list[np.ndarray]) -> None:
        """Keep the states of one layer, each direction apart, and its cell states where it is an LSTM."""
        ways = DIRECTIONS if module.bidirectional else DIRECTIONS[:1]
        units = rows[0].shape[1] // len(ways)
        for place, direction in enumerate(ways):
            name = f"{layer}, {direction}" if module.bidirectional else layer
            own = [each[:, place * units : (place + 1) * units] for each in rows]
            self._sequences.setdefault(name, []).extend(own)
            if not _is_a(module, frozenset({"LSTM"})):
                continue
            weights = _weights(module, f"l{number}{'_reverse' if place else ''}")
            cells = None if weights is None else cell_states_of_rows(read, own, weights, backward=bool(place))
            known = self._cells.setdefault(name, [])
            if cells is None or known is None:
                self._cells[name] = None  # it began elsewhere than at zeros, or projects its state
            else:
                known.extend(cells)

    def _keeping_head(self, name: str) -> Callable[[Any, Any, Any], None]:
        def keep(_module: Any, _args: Any, output: Any) -> None:
            self._last_head = name
            self._heads.setdefault(name, []).append(to_numpy(output))

        return keep

    # ------------------------------------------------------------------------------------------------- writing
    def _write(self) -> Path:
        if not self._sequences:
            raise UserError("The model was not called inside the with block, so there is nothing to write.")
        counts = {len(sequences) for sequences in self._sequences.values()}
        if len(counts) > 1:
            raise UserError(
                "The recurrent layers were called for different numbers of sequences; record a model that calls each "
                "of them once for a batch."
            )
        layers: dict[str, list[np.ndarray]] = {}
        for name, sequences in self._sequences.items():
            layers[name] = self._real(sequences)
            cells = self._cells.get(name)
            if cells:
                layers[CELL_STATES.format(name)] = self._real(cells)
        # The last module's last layer; of two directions the forward one.
        shown = [name for name in self._sequences if not name.endswith(f", {DIRECTIONS[1]}")][-1]
        outputs, head = self._outputs(layers[shown])
        recorded = Recorded(layers, shown, outputs, head, self._real(self._read))
        return write_recorded(self._to, recorded, self._labels, None, None, self._options)

    def _real(self, sequences: list[np.ndarray]) -> list[np.ndarray]:
        """Cut padding off, by the mask or the lengths that were given."""
        if self._packed or (self._lengths is None and self._mask is None):
            return sequences
        given = to_numpy(self._lengths if self._mask is None else self._mask)
        if len(given) != len(sequences):
            what = "lengths" if self._mask is None else "mask"
            raise UserError(f"{what} is of {counted(len(given), 'sequence')}, but the model read {len(sequences)}.")
        if self._mask is not None:
            return [each[row[: len(each)].astype(bool)] for each, row in zip(sequences, given, strict=True)]
        if given.dtype.kind not in "iu" or any(not 1 <= n <= len(s) for n, s in zip(given, sequences, strict=True)):
            raise UserError("lengths must be whole numbers, none below 1 or above the steps that the model read.")
        return [each[: int(length)] for each, length in zip(sequences, given, strict=True)]

    def _outputs(self, states: list[np.ndarray]) -> tuple[Any, tuple[np.ndarray, np.ndarray] | None]:
        """Return the probabilities of the last linear layer, of sequences or of their steps, and that layer."""
        if not self._last_head:
            return None, None
        logits, module = self._heads[self._last_head], self._linear[self._last_head]
        bias = getattr(module, "bias", None)
        kernel = to_numpy(module.weight).T.astype(np.float32)
        head = kernel, np.zeros(kernel.shape[1], np.float32) if bias is None else to_numpy(bias).astype(np.float32)
        if all(each.ndim == 2 for each in logits):
            each_one = softmax(np.concatenate(logits))
            if len(each_one) == len(states):
                return each_one, head
            # A linear layer on the data of packed sequences has no order that can be relied on.
            return None, None
        if any(each.ndim != 3 for each in logits):
            return None, None
        rows = [softmax(row) for each in logits for row in (each if self._batch_first else each.swapaxes(0, 1))]
        if self._packed:
            # Padded again by then.
            steps = [row[: len(known)] for row, known in zip(rows, states, strict=False)]
        else:
            steps = self._real(rows) if len(rows) == len(states) else rows
        fits = len(steps) == len(states) and all(len(a) == len(b) for a, b in zip(steps, states, strict=True))
        return (steps if fits else None), None


def _layer_name(name: str, module: Any, number: int) -> str:
    return name if module.num_layers == 1 else f"{name} layer {number + 1}"


def _watch(module: Any, hook: Callable[[Any, Any, Any, Any], None]) -> Any:
    """Call a hook after each call of a module, with its named arguments where PyTorch hands them on (from 2.0 on)."""
    try:
        return module.register_forward_hook(hook, with_kwargs=True)
    except TypeError:
        return module.register_forward_hook(lambda own, args, output: hook(own, args, {}, output))


def _weights(module: Any, suffix: str) -> list[np.ndarray] | None:
    """Return an LSTM layer's kernels and bias, as `capture.cells` takes them; None where its state is projected."""
    if getattr(module, "proj_size", 0):
        return None
    known = module.state_dict()
    kernels = [to_numpy(known[f"weight_{kind}_{suffix}"]).T for kind in ("ih", "hh")]
    if not module.bias:
        return kernels
    return [*kernels, to_numpy(known[f"bias_ih_{suffix}"]) + to_numpy(known[f"bias_hh_{suffix}"])]


def _rows(values: Any, batch_first: bool) -> list[np.ndarray]:
    """Return what a layer read or gave as an array of each sequence."""
    return _unpack(values) if hasattr(values, "batch_sizes") else _split(values, batch_first)


def _split(states: Any, batch_first: bool) -> list[np.ndarray]:
    """Return the states of each sequence, (T, units), of a tensor of a batch or of one sequence."""
    array = to_numpy(states)
    if array.ndim == 2:
        return [array]
    return list(array if batch_first else array.swapaxes(0, 1))


def _unpack(packed: Any) -> list[np.ndarray]:
    """Return the states of each sequence of a PackedSequence, in the order in which they were packed."""
    data, sizes = to_numpy(packed.data), to_numpy(packed.batch_sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rows = [data[starts[sizes > place] + place] for place in range(int(sizes[0]))]
    order = getattr(packed, "unsorted_indices", None)
    return rows if order is None else [rows[place] for place in to_numpy(order).tolist()]


def _layers_below(name: str, module: Any, sequences: Any, start: Any) -> list[tuple[str, Any]]:
    """Run the layers below the top one by themselves; return the name and the output of each.

    Raises
    ------
    UserError
        If dropout between them is on: what they do would not be what they did.
    """
    if module.num_layers == 1:
        return []
    if module.training and module.dropout > 0:
        raise UserError(f"The layers of {name} drop units at random while training; call model.eval() first.")
    found = []
    for number in range(module.num_layers - 1):
        part = _lower_layers(module, number + 1)
        below = None if start is None else _first_states(start, (number + 1) * (2 if module.bidirectional else 1))
        output = part(sequences) if below is None else part(sequences, below)
        found.append((_layer_name(name, module, number), output[0]))
    return found


def _first_states(start: Any, count: int) -> Any:
    return tuple(each[:count] for each in start) if isinstance(start, tuple) else start[:count]


def _lower_layers(module: Any, count: int) -> Any:
    """Return a copy of a module with its lowest layers alone, with their weights and without hooks."""
    settings = {
        "input_size": module.input_size,
        "hidden_size": module.hidden_size,
        "num_layers": count,
        "bias": module.bias,
        "batch_first": module.batch_first,
        "bidirectional": module.bidirectional,
    }
    kind = next(each for each in type(module).__mro__ if each.__name__ in RECURRENT)
    if kind.__name__ == "RNN":
        settings["nonlinearity"] = module.nonlinearity
    if getattr(module, "proj_size", 0):
        settings["proj_size"] = module.proj_size
    part = kind(**settings)
    weights = module.state_dict()
    part.load_state_dict({key: weights[key] for key in part.state_dict()})
    one = next(iter(module.parameters()))
    return part.to(device=one.device, dtype=one.dtype).eval()
