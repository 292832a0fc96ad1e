"""Networks of files: run once over the same sequences, with what a person says of them, and refused in a sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import h5py
import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.network import Head
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.recurrent import Cell, RecurrentLayer, RecurrentNetwork
from auslan_explorer.io.cache import cache_from_arrays, read_cache, write_cache
from auslan_explorer.io.keras_archive import KerasArchive
from auslan_explorer.training.network_job import NetworkJob
from auslan_explorer.workflows import networks
from auslan_explorer.workflows.networks import NetworkKind, NetworkRequest, find_network, run_network


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were written, by a network that counts its runs."""
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    written: list[Path] = []

    def run(request: NetworkRequest, out: Path, *_: object) -> None:
        written.append(out)
        write_cache(out, cache_from_arrays(np.full((3, 2), len(written) / 10, np.float32), [3]))

    kind = NetworkKind("It", (".net",), lambda path: path.suffix == ".net", lambda path: "", run)
    monkeypatch.setattr(networks, "KINDS", (kind,))
    for name in ("it.net", "x.npz", "y.npz"):
        (tmp_path / name).write_text(name)
    return written


def request_of(
    file: Path, inputs: Path | None = None, out: Path | None = None, classes: tuple[str, ...] = ()
) -> NetworkRequest:
    return NetworkRequest(file, inputs, out, classes, "")


def state(request: NetworkRequest) -> float:
    return round(float(run_network(request).all_states()[0, 0]), 2)


def test_what_was_run_over_the_same_is_found_again(tmp_path: Path, ran: list[Path]) -> None:
    first = request_of(tmp_path / "it.net", tmp_path / "x.npz")
    assert [state(first), state(first)] == [0.1, 0.1] and len(ran) == 1
    assert ran[0].is_relative_to(tmp_path / "data")
    assert state(request_of(tmp_path / "it.net", tmp_path / "y.npz")) == 0.2
    assert state(request_of(tmp_path / "it.net", tmp_path / "x.npz", classes=("a",))) == 0.3
    assert state(replace(first, gates="sigmoid")) == 0.4
    assert state(first) == 0.1 and len(set(ran)) == len(ran) == 4


def test_a_file_that_is_named_is_written_anew(tmp_path: Path, ran: list[Path]) -> None:
    named = request_of(tmp_path / "it.net", tmp_path / "x.npz", tmp_path / "out.h5")
    assert [state(named), state(named)] == [0.1, 0.2] and ran == [tmp_path / "out.h5"] * 2


def test_what_is_no_network_or_lacks_its_sequences_is_refused(tmp_path: Path, ran: list[Path]) -> None:
    with pytest.raises(UserError, match=r"x\.npz holds no network"):
        run_network(request_of(tmp_path / "x.npz", tmp_path / "x.npz"))
    with pytest.raises(UserError, match="choose the sequences that it is to read"):
        run_network(request_of(tmp_path / "it.net"))
    assert ran == []


X = np.arange(12, dtype=np.float32).reshape(2, 3, 2)


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[NetworkJob]:
    """What the child process is told, which is not started."""
    told: list[NetworkJob] = []

    def take(job: NetworkJob, *, progress: Progress, cancelled: IsCancelled) -> None:
        told.append(job)
        progress(1.0, "ran")

    monkeypatch.setattr("auslan_explorer.training.network_job.run_in_worker", take)
    return told


def keras_of(monkeypatch: pytest.MonkeyPatch, shape: tuple[int | None, ...]) -> None:
    found = KerasArchive(("InputLayer", "GRU", "NotEqual", "Dense"), shape)
    monkeypatch.setattr("auslan_explorer.io.keras_archive.check_keras_archive", lambda path: found)


@pytest.mark.parametrize("name", ["a.h5", "a.hdf5", "A.H5", "a.keras", "A.KERAS", "a.onnx", "A.ONNX"])
def test_a_network_is_known_by_its_ending_and_what_it_holds(name: str, tmp_path: Path) -> None:
    file, weights = tmp_path / name, name.lower().endswith(("h5", "hdf5"))
    assert find_network(file) is None, "it is not there"
    file.write_bytes(b"nothing")
    assert (find_network(file) is None) == weights
    with h5py.File(file, "w") as written:
        written.attrs["keras_version"] = "2.1.6"
    found = find_network(file)
    assert found is not None and "." + name.lower().partition(".")[2] in found.suffixes
    if weights:
        with h5py.File(file, "w") as written:
            written.attrs["format"] = "something else"
        assert find_network(file) is None
    with h5py.File(tmp_path / "a.weights", "w") as written:
        written.attrs["keras_version"] = "2.1.6"
    assert find_network(tmp_path / "a.weights") is None


@pytest.mark.parametrize("kind", [".keras", ".onnx"])
def test_a_network_runs_beside_with_what_a_person_says_of_it(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: list[NetworkJob]
) -> None:
    keras_of(monkeypatch, (None, 2))
    monkeypatch.setattr(networks.importlib.util, "find_spec", lambda name: object())
    (tmp_path / f"a{kind}").touch()
    np.savez(tmp_path / "x.npz", X=X, y=[1, 0], lengths=[3, 2], class_names=["a", "b"], names=["c", "d"], split=[0, 2])
    found, told = find_network(tmp_path / f"a{kind}"), []
    assert found is not None
    request = NetworkRequest(tmp_path / f"a{kind}", tmp_path / "x.npz", None, (), "")
    found.run(request, tmp_path / "out.h5", lambda *how: told.append(how), never)
    (job,) = jobs
    assert (job.file, job.out) == (tmp_path / f"a{kind}", tmp_path / "out.h5") and np.array_equal(job.x, X)
    assert job.real is not None and job.real.sum(axis=1).tolist() == [3, 2]
    assert (job.labels, job.class_names, job.names) == ([1, 0], ["a", "b"], ["c", "d"])
    assert job.split is not None and job.split.tolist() == [0, 2] and told[-1] == (1.0, "ran")
    found.run(replace(request, classes=("p", "q")), tmp_path / "out.h5", no_progress, never)
    assert jobs[1].class_names == ["p", "q"]
    with pytest.raises(UserError):
        found.run(replace(request, inputs=None), tmp_path / "out.h5", no_progress, never)


@pytest.mark.parametrize(
    ("shape", "says"),
    [
        ((None, 2), None),
        ((3, 2), None),
        ((None, 3), "The network reads sequences of any × 3 (steps × channels), and these have 3 × 2; choose others."),
        ((None,), "The network reads sequences of any (steps × channels), and these have 3 × 2; choose others."),
        ((4, 2), "its sequences have 3 steps, and the network reads 4."),
    ],
)
def test_sequences_of_another_shape_are_refused_before_the_network_runs(
    shape: tuple[int | None, ...], says: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    jobs: list[NetworkJob],
) -> None:  # fmt: skip
    keras_of(monkeypatch, shape)
    np.save(tmp_path / "x.npy", X)
    request = NetworkRequest(tmp_path / "a.keras", tmp_path / "x.npy", None, (), "")
    if says is None:
        networks._run_keras(request, tmp_path / "out.h5", no_progress, never)
        assert len(jobs) == 1 and networks._describe_keras(tmp_path / "a.keras").startswith("Layers: GRU, Dense. Reads")
        return
    with pytest.raises(UserError, match=re.escape(says)):
        networks._run_keras(request, tmp_path / "out.h5", no_progress, never)
    assert not jobs


def test_what_is_missing_to_run_a_network_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keras_of(monkeypatch, (None, 2))
    np.save(tmp_path / "x.npy", X)
    request = NetworkRequest(tmp_path / "a.keras", tmp_path / "x.npy", None, (), "")
    monkeypatch.setattr("auslan_explorer.training.prerequisites.missing", lambda what: f"{what} needs more.")
    with pytest.raises(UserError, match=r"^Running this network needs more\.$"):
        networks._run_keras(request, tmp_path / "out.h5", no_progress, never)
    monkeypatch.setattr(networks.importlib.util, "find_spec", lambda name: None if name == "onnxruntime" else object())
    with pytest.raises(UserError, match="Running an ONNX file needs onnxruntime, which is not installed here"):
        networks._run_onnx(request, tmp_path / "out.h5", no_progress, never)


def test_recurrent_weights_are_told_and_run_step_by_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)

    def drawn(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.5, shape).astype(np.float32)

    low = RecurrentLayer("low", Cell.GRU, drawn(2, 9), drawn(3, 9), drawn(9), "hard_sigmoid")
    top = RecurrentLayer("top", Cell.SIMPLE, drawn(3, 4), drawn(4, 4), drawn(4), "sigmoid")
    network, asked = RecurrentNetwork((low, top), Head(drawn(4, 2), drawn(2))), []
    monkeypatch.setattr(
        "auslan_explorer.io.recurrent_weights.load_recurrent_network", lambda *given: asked.append(given) or network
    )
    words = "GRU of 3 units with hard_sigmoid gates, SimpleRNN of 4 units and 2 classes; reads 2 channels."
    assert networks._describe_weights(tmp_path / "a.h5") == words
    np.savez(tmp_path / "x.npz", X=X, y=[1, 0], lengths=[3, 2], names=["c", "d"])
    request = NetworkRequest(tmp_path / "a.h5", tmp_path / "x.npz", None, ("p", "q"), "sigmoid")
    networks._run_weights(request, tmp_path / "out.h5", no_progress, never)
    assert asked[1:] == [(tmp_path / "a.h5", "sigmoid")]
    made = read_cache(tmp_path / "out.h5")
    states = network.states(X)
    assert (made.layer, made.signs, made.recording_names) == ("top", ("p", "q"), ("c", "d"))
    np.testing.assert_allclose(made.recording_states(1), states["top"][1, :2], atol=1e-3)
    np.testing.assert_allclose(made.with_layer("low").recording_states(0), states["low"][0], atol=1e-3)
    assert made.predicted.tolist() == network.head.probabilities(states["top"][:, -1]).argmax(axis=1).tolist()
    with pytest.raises(Cancelled):
        networks._run_weights(request, tmp_path / "out.h5", no_progress, lambda: True)
    np.savez(tmp_path / "x.npz", X=X[..., :1])
    with pytest.raises(UserError, match=re.escape("reads 2 channels a step, and these sequences have shape (3, 1).")):
        networks._run_weights(request, tmp_path / "out.h5", no_progress, never)
