"""An ONNX file is checked, and run over sequences in a process of its own; where onnx and onnxruntime are installed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import softmax
from auslan_explorer.io.cache import check_cache
from auslan_explorer.ml.run_onnx import expose_states
from auslan_explorer.workflows.reading import Request, read_request

onnx = pytest.importorskip("onnx", reason="onnx is not installed")
pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")

RNG = np.random.default_rng(0)
UNITS, CHANNELS = 4, 3
X = RNG.normal(0, 1, (6, 5, CHANNELS)).astype(np.float32)
RNN = {
    "W": RNG.normal(0, 0.5, (2, UNITS, CHANNELS)), "R": RNG.normal(0, 0.5, (2, UNITS, UNITS)),
    "V": RNG.normal(0, 0.5, (2, 3 * UNITS, 2 * UNITS)), "S": RNG.normal(0, 0.5, (2, 3 * UNITS, UNITS)),
    "D": RNG.normal(0, 1, (UNITS, 2)),
}  # fmt: skip


def make(path: Path, *, batch_first: bool = True, extra: str = "", external: bool = False) -> Path:
    """Write a network of a bidirectional RNN, a GRU whose states nobody reads, and a dense layer."""
    helper, kind = onnx.helper, onnx.TensorProto.FLOAT
    nodes = [helper.make_node("Transpose", ["x"], ["steps"], perm=[1, 0, 2] if batch_first else [0, 1, 2])]
    both = {"hidden_size": UNITS, "direction": "bidirectional"}
    nodes.append(helper.make_node("RNN", ["steps", "W", "R"], ["both"], "/low/RNN", **both))
    nodes.append(helper.make_node("Transpose", ["both"], ["turned"], perm=[0, 2, 1, 3]))
    nodes.append(helper.make_node("Reshape", ["turned", "shape"], ["merged"]))
    nodes.append(helper.make_node("GRU", ["merged", "V1", "S1"], ["", "last"], hidden_size=UNITS))
    nodes.append(helper.make_node("Squeeze", ["last", "zero"], ["state"]))
    nodes.append(helper.make_node("Gemm", ["state", "D"], ["logits"]))
    if extra:
        nodes.append(helper.make_node(extra, ["logits"], ["more"]))
    tensors = [onnx.numpy_helper.from_array(RNN[name].astype(np.float32), name) for name in ("W", "R", "D")]
    tensors += [onnx.numpy_helper.from_array(RNN[name][:1].astype(np.float32), f"{name}1") for name in ("V", "S")]
    tensors += [onnx.numpy_helper.from_array(np.array([0, 0, 2 * UNITS]), "shape")]
    tensors += [onnx.numpy_helper.from_array(np.array([0]), "zero")]
    if external:
        onnx.external_data_helper.set_external_data(tensors[0], "/etc/passwd")
    axes = ["batch", "time"] if batch_first else ["time", "batch"]
    graph = helper.make_graph(
        nodes, "mine", [helper.make_tensor_value_info("x", kind, [*axes, CHANNELS])],
        [helper.make_tensor_value_info("logits", kind, ["batch", 2])], tensors,
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    path.write_bytes(model.SerializeToString())
    return path


@pytest.mark.parametrize("batch_first", [True, False])
def test_states_of_every_node_and_direction_are_recorded(
    batch_first: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    np.savez(tmp_path / "x.npz", X=X, y=np.array(list("ababab")))
    a = read_request(Request(make(tmp_path / "m.onnx", batch_first=batch_first), tmp_path / "x.npz"))
    assert [layer.name for layer in a.layers] == ["low RNN, forward", "low RNN, backward", "GRU 2"]
    assert (a.layer, a.units, a.signs, a.lengths.tolist()) == ("GRU 2", UNITS, ("a", "b"), [5] * 6)
    for name, place in (("low RNN, forward", 0), ("low RNN, backward", 1)):
        h, steps = np.zeros(UNITS), []
        for row in X[4][:: 1 - 2 * place]:
            h = np.tanh(RNN["W"][place] @ row + RNN["R"][place] @ h)
            steps.append(h)
        np.testing.assert_allclose(a.with_layer(name).recording_states(4), steps[:: 1 - 2 * place], atol=2e-3)
    last = np.array([a.recording_states(number)[-1] for number in range(6)])
    np.testing.assert_array_equal(a.predicted, softmax(last @ RNN["D"]).argmax(axis=1))
    assert check_cache(Path(a.origin.file)) == []


@pytest.mark.parametrize(
    ("given", "says"), [({"extra": "Loop"}, "has the operator Loop"), ({"external": True}, "data in other files")]
)
def test_what_is_not_run_is_refused(tmp_path: Path, given: dict, says: str) -> None:
    with pytest.raises(UserError, match=says):
        expose_states(make(tmp_path / "m.onnx", **given))


@pytest.mark.parametrize("place", ["sparse", "nested"])
def test_data_in_other_files_are_found_wherever_they_are_named(place: str, tmp_path: Path) -> None:
    file = make(tmp_path / "m.onnx")
    model = onnx.load_model_from_string(file.read_bytes())
    tensor = onnx.numpy_helper.from_array(np.zeros(3, np.float32), "far")
    onnx.external_data_helper.set_external_data(tensor, "/etc/passwd")
    if place == "sparse":
        model.graph.sparse_initializer.add().values.CopyFrom(tensor)
    else:
        attribute = model.graph.node[0].attribute.add(name="g", type=onnx.AttributeProto.GRAPH)
        attribute.g.initializer.add().CopyFrom(tensor)
    file.write_bytes(model.SerializeToString())
    with pytest.raises(UserError, match="data in other files"):
        expose_states(file)


def test_what_is_no_onnx_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "m.onnx").write_bytes(b"\xff" * 100)
    with pytest.raises(UserError, match="damaged"):
        expose_states(tmp_path / "m.onnx")
