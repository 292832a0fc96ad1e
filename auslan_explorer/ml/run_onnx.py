"""Runs an ONNX file over sequences by onnxruntime and records its LSTM, GRU and RNN nodes."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from auslan_explorer.capture.keras_model import DIRECTIONS, as_probabilities
from auslan_explorer.capture.recorded import Options, Recorded, write_recorded
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.words import counted
from auslan_explorer.io.opening import check_memory, read_bytes, shown, translating
from auslan_explorer.training.network_job import NetworkJob

RECURRENT = ("LSTM", "GRU", "RNN")
_OPERATORS = frozenset(
    """
    Abs Add ArgMax AveragePool BatchNormalization Cast Clip Concat Constant ConstantOfShape Conv Div Dropout Elu Equal
    Erf Exp Expand Flatten GRU Gather GatherElements GatherND Gelu Gemm GlobalAveragePool GlobalMaxPool Greater
    HardSigmoid Identity LSTM LayerNormalization LeakyRelu Less Log LogSoftmax MatMul Max MaxPool Min Mul Neg Not Pad
    Pow RNN Range Reciprocal ReduceMax ReduceMean ReduceMin ReduceSum Relu Reshape Selu Shape Sigmoid Slice Softmax
    Softplus Split Sqrt Squeeze Sub Sum Tanh Transpose Unsqueeze Where
    """.split()  # noqa: SIM905 (seventy quoted words read worse)
)
"""Operators that are run; none of them has a graph or a file of its own."""
_DOMAINS = ("", "ai.onnx")
_MOST_BYTES = (2 << 30) - 1
_BATCH = 256
_WHAT = "an ONNX file"


def run_onnx(job: NetworkJob, report: Callable[[float, str], None]) -> None:
    """Check a network's file, run it over the sequences, and write the activation cache.

    Raises
    ------
    UserError
        If the file names anything that is not run here, or sequences and network do not fit.
    """
    import onnxruntime

    report(0.05, "Checking the network")
    model, states = expose_states(job.file)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = os.cpu_count() or 1
    with translating(job.file, "a network that onnxruntime can run"):
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    recorded = _run(session, states, job.x, report)
    write_recorded(
        job.out, recorded, job.labels, None, job.real,
        Options(job.class_names or None, job.names or None, job.split, provenance={"model": job.file.name}),
    )  # fmt: skip
    report(1.0, "")


# -------------------------------------------------------------------------------------------------------------- check
def expose_states(file: Path) -> tuple[bytes, dict[str, str]]:
    """Check an ONNX file, and return it with the states of its recurrent nodes among its outputs.

    Returns
    -------
    model : bytes
    states : dict of str to str
        Outputs that are states, by the name of the layer, in the order of the network.

    Raises
    ------
    UserError
        If it keeps data in other files, has operators that are on no list, no recurrent node, or several inputs.
    """
    import onnx

    with translating(file, _WHAT):
        model = onnx.load_model_from_string(read_bytes(file, _MOST_BYTES, _WHAT))
        graph = model.graph
        for tensor in _messages(model, onnx.TensorProto):
            if tensor.external_data or tensor.data_location == onnx.TensorProto.EXTERNAL:
                raise UserError(f"{shown(file)} keeps its data in other files, which are not followed; save it as one.")
            check_memory(4 * math.prod(tensor.dims), shown(tensor.name))
        if model.functions:
            raise UserError(f"{shown(file)} has functions of its own, which are not run here.")
        for node in graph.node:
            if node.domain not in _DOMAINS or node.op_type not in _OPERATORS:
                raise UserError(f"{shown(file)} has the operator {shown(node.op_type)}, which is not run here.")
        known = {tensor.name for tensor in graph.initializer}
        inputs = [each.name for each in graph.input if each.name not in known]
        if len(inputs) != 1:
            raise UserError(f"{shown(file)} has {counted(len(inputs), 'input')}; only networks with one are run here.")
        states: dict[str, str] = {}
        told = {each.name for each in graph.output}
        for number, node in enumerate(each for each in graph.node if each.op_type in RECURRENT):
            if not node.output[0]:
                node.output[0] = f"states of recurrent node {number}"
            if node.output[0] not in told:
                kind = onnx.TensorProto.FLOAT
                graph.output.append(onnx.helper.make_tensor_value_info(node.output[0], kind, None))
            name = node.name.strip("/").replace("/", " ") or f"{node.op_type} {number + 1}"
            states[name if name not in states else f"{name}, {number + 1}"] = node.output[0]
        if not states:
            raise UserError(f"{shown(file)} has no LSTM, GRU or RNN node, so there are no hidden states to show.")
        return bytes(model.SerializeToString()), states


def _messages(message: Any, kind: type) -> Iterator[Any]:
    """Yield every part of one kind, wherever in a message it stands: also in graphs of nodes and in sparse tensors."""
    for field, value in message.ListFields():
        if field.message_type is not None:
            for part in [value] if hasattr(value, "ListFields") else value:
                if isinstance(part, kind):
                    yield part
                yield from _messages(part, kind)


# ---------------------------------------------------------------------------------------------------------------- run
def _run(session: Any, states: dict[str, str], x: np.ndarray, report: Callable[[float, str], None]) -> Recorded:
    given = session.get_inputs()[0]
    x = x.astype(np.int64 if "int64" in given.type else np.int32 if "int32" in given.type else np.float32)
    batch_first = _batch_first(session, given, states, x)
    fixed = given.shape[0 if batch_first else 1]
    size = fixed if isinstance(fixed, int) else _BATCH
    answer = next((each.name for each in session.get_outputs() if each.name not in states.values()), None)
    found: dict[str, list[np.ndarray]] = {}
    answers: list[np.ndarray] = []
    for start in range(0, len(x), size):
        part = x[start : start + size]
        wanted = [*states.values(), *([answer] if answer else [])]
        values = session.run(wanted, {given.name: _fed(part, size if isinstance(fixed, int) else 0, batch_first)})
        for name, rows in zip(states, values, strict=False):
            # Steps, directions, sequences, units.
            for place in range(rows.shape[1]):
                layer = f"{name}, {DIRECTIONS[place]}" if rows.shape[1] == 2 else name
                found.setdefault(layer, []).append(rows[:, place].swapaxes(0, 1)[: len(part)])
        if answer:
            rows = values[-1]
            swapped = rows.ndim == 3 and not batch_first
            answers.append((rows.swapaxes(0, 1) if swapped else rows)[: len(part)])
        report(0.1 + 0.8 * min(start + size, len(x)) / len(x), "Running the network")
    layers = {name: np.concatenate(parts) for name, parts in found.items()}
    top = [name for name in layers if not name.endswith(f", {DIRECTIONS[1]}")][-1]
    outputs = np.concatenate(answers).astype(np.float32) if answers and answers[0].ndim in (2, 3) else None
    fits = outputs is not None and len(outputs) == len(x)
    return Recorded(layers, top, as_probabilities(outputs) if outputs is not None and fits else None, inputs=x)


def _fed(part: np.ndarray, size: int, batch_first: bool) -> np.ndarray:
    """Return sequences as the network reads them; of a network of fixed size the last one fills up what is missing."""
    if size > len(part):
        part = np.concatenate([part, np.repeat(part[-1:], size - len(part), axis=0)])
    return np.ascontiguousarray(part if batch_first else part.swapaxes(0, 1))


def _batch_first(session: Any, given: Any, states: dict[str, str], x: np.ndarray) -> bool:
    """Find out by a try whether the first axis of the input is the sequences or the steps.

    Raises
    ------
    UserError
        If neither fits.
    """
    steps = x.shape[1]
    for batch_first in (True, False):
        fixed = given.shape[0 if batch_first else 1] if len(given.shape) > 1 else None
        size = fixed if isinstance(fixed, int) else next(number for number in (2, 3) if number != steps)
        fed = _fed(x[:size], size, batch_first)
        fits = len(given.shape) == fed.ndim and all(
            not isinstance(side, int) or side == length for side, length in zip(given.shape, fed.shape, strict=True)
        )
        if not fits:
            continue
        try:
            rows = session.run([next(iter(states.values()))], {given.name: fed})[0]
        except Exception:  # another order may do
            continue
        if rows.shape[0] == steps and rows.shape[2] == size:
            return batch_first
    raise UserError(
        f"The network reads an input of shape {tuple(given.shape)}, and these sequences have {x.shape[1:]} (steps, "
        "channels); choose others."
    )
