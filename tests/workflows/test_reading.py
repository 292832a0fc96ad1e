"""Whatever a person brings is recognised and read, or refused in a sentence that says what to do."""

from __future__ import annotations

import zipfile
from pathlib import Path

import h5py
import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.identity import network_name
from auslan_explorer.core.origin import Kind
from auslan_explorer.io.array_survey import Choice, guess, list_arrays
from auslan_explorer.io.cache import cache_from_arrays, write_cache
from auslan_explorer.workflows.array_preview import preview_points
from auslan_explorer.workflows.reading import Brought, Request, read_request, suffixes, what_is
from tests.io.test_keras_weights import ARRAYS, CLASSES, UNITS, write_weights

RNG = np.random.default_rng(0)
STATES = RNG.normal(0, 1, (6, 5, 4)).astype(np.float32)
LENGTHS = np.array([5, 2, 3, 5, 1, 4])
REAL = np.arange(5) < LENGTHS[:, None]
LABELS = ["walk", "run"] * 3


def test_arrays_are_listed_as_they_stand_and_those_of_an_hdf5_file_by_name(tmp_path: Path) -> None:
    arrays = {name: np.zeros((2, at + 1), np.float32) for at, name in enumerate(("y", "X", "lengths"))}
    np.savez(tmp_path / "a.npz", **arrays)
    assert [each.name for each in list_arrays(tmp_path / "a.npz")] == ["y", "X", "lengths"]
    (tmp_path / "a.csv").write_text("y,X,lengths\n1,2,3\n")
    assert [each.name for each in list_arrays(tmp_path / "a.csv")] == ["y", "X", "lengths"]
    with h5py.File(tmp_path / "a.h5", "w", track_order=True) as file:
        for name, values in arrays.items():
            file.create_group(name, track_order=True)["values"] = values
        file["alone"] = arrays["y"]
    names = [each.name for each in list_arrays(tmp_path / "a.h5")]
    assert names == sorted(names) and len(names) == 4


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """An HDF5 file of another program."""
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["encoder/hidden_states"] = STATES
        file["encoder/len"] = LENGTHS
        file["activity"] = np.array(LABELS, dtype="S4")
        file["label"] = np.array(LABELS, dtype="S4")
        file["letters"] = np.array([f"l{row}" for row in range(REAL.sum())], dtype="S4")
        file["probs"] = RNG.dirichlet([1, 1], 6).astype(np.float32)
    return tmp_path / "other.h5"


def test_a_path_is_told_by_a_look_at_it(tmp_path: Path, other: Path) -> None:
    write_cache(tmp_path / "own.h5", cache_from_arrays(STATES[0], [5]))
    write_weights(tmp_path / "weights.hdf5")
    np.savez(tmp_path / "named.npz", states=STATES[0], lengths=[5])
    np.savez(tmp_path / "x.npz", X=STATES)
    for name in ("broken.h5", "broken.npz", "m.keras", "s.auslan", "r.zip", "a.txt"):
        (tmp_path / name).write_bytes(b"?")
    (tmp_path / "a.csv").write_text("subject,v\n1,2\n")
    (tmp_path / "long.csv").write_text("sequence,v\n1,2\n")
    for name in ("signs/tctodd1", "photos", "published", "in_part"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "signs/tctodd1/exit-1.tsd").touch()
    (tmp_path / "published/model_weights_final.hdf5").touch()
    (tmp_path / "in_part/auto2D_model_weights.hdf5").touch()  # what is missing is said on opening
    expected = {
        "own.h5": Brought.ACTIVATIONS, "weights.hdf5": Brought.NETWORK, "named.npz": Brought.ACTIVATIONS,
        "x.npz": Brought.ARRAYS, "broken.h5": Brought.ACTIVATIONS, "broken.npz": Brought.ACTIVATIONS,
        "m.keras": Brought.NETWORK, "s.auslan": Brought.SESSION, "r.zip": Brought.RECORDINGS, "a.txt": Brought.UNKNOWN,
        "a.csv": Brought.ARRAYS, "long.csv": Brought.ACTIVATIONS, "signs": Brought.RECORDINGS,
        "photos": Brought.UNKNOWN, "published": Brought.PUBLISHED, "other.h5": Brought.ARRAYS,
        "in_part": Brought.PUBLISHED,
    }  # fmt: skip
    assert {name: what_is(tmp_path / name) for name in expected} == expected
    assert {".h5", ".npz", ".npy", ".csv", ".keras"} <= set(suffixes())


def test_arrays_of_another_program_are_guessed_read_and_kept(other: Path, data: Path) -> None:
    with pytest.raises(
        UserError, match=r"encoder/hidden_states \(6 × 5 × 4, decimal numbers\).*--states encoder/hidden"
    ):
        read_request(Request(other))
    choice = guess(list_arrays(other))
    assert choice == Choice("encoder/hidden_states", "encoder/len", labels="label", outputs="probs")
    a = read_request(Request(other, choice=choice))
    np.testing.assert_allclose(a.all_states(), STATES[REAL], atol=1e-3)
    assert (a.lengths.tolist(), a.signs, a.sign.tolist()) == (LENGTHS.tolist(), ("run", "walk"), [1, 0] * 3)
    # So that a session finds it without being told again.
    assert a.origin.kind is Kind.FILE and Path(a.origin.file).parent == data / "opened"
    labelled = read_request(Request(other, choice=Choice("encoder/hidden_states", "encoder/len", labels="letters")))
    assert not labelled.classified and labelled.step_labels["letters"].text(3) == "l3"
    assert len(list((data / "opened").iterdir())) == 2


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        (Choice("none"), "holds no array none; it holds activity"),
        (Choice("probs"), ""),
        (Choice("label"), "are no hidden states"),
        (Choice(lengths="encoder/len"), "Say which array"),
        (Choice("encoder/hidden_states", labels="probs"), ""),
        (Choice("encoder/hidden_states", mask="encoder/len"), "mask has shape"),
        (Choice("encoder", ""), "is a group"),
    ],
)
def test_what_does_not_fit_is_said(other: Path, choice: Choice, says: str) -> None:
    if not says:
        assert len(read_request(Request(other, choice=choice)))
        return
    with pytest.raises(UserError, match=says):
        read_request(Request(other, choice=choice))


def test_a_link_in_an_unknown_file_is_not_followed(other: Path) -> None:
    with h5py.File(other, "r+") as file:
        file["away"] = h5py.ExternalLink("/etc/passwd", "/")
    with pytest.raises(UserError, match="a link to another place"):
        read_request(Request(other, choice=Choice("away")))


def test_a_table_with_other_columns_is_read_by_their_names(tmp_path: Path) -> None:
    lines = ["subject,frame,h1,h2,activity"]
    lines += [f"s{row // 3},{-row},{row},{row / 2},{'xy'[row // 3]}" for row in range(6)]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    choice = guess(list_arrays(tmp_path / "a.csv"), table=True)
    assert choice == Choice(sequence="subject", step="frame", labels="activity")
    a = read_request(Request(tmp_path / "a.csv", choice=choice))
    assert (a.lengths.tolist(), a.signs, a.units) == ([3, 3], ("x", "y"), 2)
    assert a.all_states()[:, 0].tolist() == [2, 1, 0, 5, 4, 3]
    with pytest.raises(UserError, match="has no column person; it has subject"):
        read_request(Request(tmp_path / "a.csv", choice=Choice(sequence="person")))


def test_one_array_alone_is_read_and_seen(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", STATES)
    assert len(read_request(Request(tmp_path / "a.npy", choice=guess(list_arrays(tmp_path / "a.npy"))))) == 6
    points = preview_points(tmp_path / "a.npy", "array")
    assert points.shape == (30, 2) and points[:, 0].std() >= points[:, 1].std() > 0
    np.save(tmp_path / "large.npy", STATES.astype(np.float64) * 1e300)
    with pytest.raises(UserError, match="no finite numbers"):
        preview_points(tmp_path / "large.npy", "array")
    np.save(tmp_path / "large.npy", STATES[0] * np.float32(1e37))
    large = preview_points(tmp_path / "large.npy", "array")
    assert np.isfinite(large).all() and large[:, 0].std() >= large[:, 1].std() > 0
    np.save(tmp_path / "wide.npy", np.zeros((2, 100_000), np.float32))  # of which a table of products would take 40 GB
    assert preview_points(tmp_path / "wide.npy", "array").shape == (2, 2)
    np.save(tmp_path / "b.npy", np.array(["text"]))
    with pytest.raises(UserError, match="holds no vectors"):
        preview_points(tmp_path / "b.npy", "array")


def test_a_layer_is_chosen_by_name(tmp_path: Path) -> None:
    a = cache_from_arrays(STATES[0], [5], layer="top", layers={"lower": STATES[1, :, :3].copy()})
    write_cache(tmp_path / "a.h5", a)
    assert read_request(Request(tmp_path / "a.h5", layer="lower")).units == 3
    with pytest.raises(UserError, match="There is no layer 'x'; there are"):
        read_request(Request(tmp_path / "a.h5", layer="x"))


# ------------------------------------------------------------------------------------------------- Keras 2 and inputs
X = RNG.normal(0, 1, (6, 9, 22)).astype(np.float32)


def test_keras_2_weights_are_run_over_arrays(tmp_path: Path) -> None:
    weights = write_weights(tmp_path / "weights.hdf5")
    sign = np.array([0, 1, 2, 3, 4, 29])
    np.savez(tmp_path / "x.npz", X=X, y=sign, lengths=[9, 9, 4, 9, 9, 9])
    a = read_request(Request(weights, tmp_path / "x.npz"))
    assert (a.units, len(a.signs), a.sign.tolist(), a.lengths[2]) == (UNITS, CLASSES, sign.tolist(), 4)
    h = np.zeros(UNITS)
    c = np.zeros(UNITS)
    for row in X[0].astype(np.float64):
        z = row @ ARRAYS["rnn"]["kernel"] + h @ ARRAYS["rnn"]["recurrent_kernel"] + ARRAYS["rnn"]["bias"]
        i, f, g, o = np.split(z, 4)
        i, f, o = (np.clip(0.2 * gate + 0.5, 0, 1) for gate in (i, f, o))
        c = f * c + i * np.tanh(g)
        h = o * np.tanh(c)
    np.testing.assert_allclose(a.all_states()[8], h, atol=2e-3)
    logits = h @ ARRAYS["answer"]["kernel"] + ARRAYS["answer"]["bias"]
    assert a.predicted[0] == logits.argmax()
    named = tuple(f"c{number}" for number in range(CLASSES))
    assert read_request(Request(weights, tmp_path / "x.npz", classes=named)).signs == named
    other = read_request(Request(weights, tmp_path / "x.npz", gates="sigmoid"))
    assert np.abs(other.all_states() - a.all_states()).max() > 0.01


def test_keras_2_weights_are_run_over_recordings_and_found_again(tmp_path: Path) -> None:
    arrays = {"rnn": ARRAYS["rnn"], "answer": {name: each[..., :2] for name, each in ARRAYS["answer"].items()}}
    weights = write_weights(tmp_path / "weights.hdf5", arrays=arrays)
    with zipfile.ZipFile(tmp_path / "mine.zip", "w") as packed:
        for sign in ("hello", "name"):
            rows = "".join("\t".join(f"{value:.4f}" for value in row) + "\n" for row in X[0])
            packed.writestr(f"tctodd/tctodd1/{sign}-1.tsd", rows)
    a = read_request(Request(weights, tmp_path / "mine.zip"))
    assert (a.signs, a.origin.kind, a.origin.weights) == (("hello", "name"), Kind.PUBLISHED, str(weights))
    assert a.classifier is not None and network_name(a) == "weights.hdf5"
    turned = read_request(Request(weights, tmp_path / "mine.zip", classes=("name", "hello")))
    assert turned.signs == ("name", "hello") and turned.origin.kind is Kind.FILE


@pytest.mark.parametrize(
    ("arrays", "says"),
    [
        ({}, "choose the sequences"),
        ({"X": X[..., :3]}, "reads 22 channels"),
        ({"X": X, "foo": X}, "an array foo, which means nothing here"),
        ({"X": X, "y": [1, 2]}, "labels must name one for each of 6 sequences"),
        ({"X": X, "lengths": [1, 2]}, "lengths must be 6 whole numbers"),
        ({"X": X, "mask": np.zeros((6, 9))}, "a sequence has no real step"),
        ({"X": X, "y": np.full(6, 30)}, "labels must count from 0 to 29"),
        ({"y": [1], "X": np.array(["a"])}, "X must be numbers"),
    ],
)
def test_inputs_that_do_not_fit_are_refused(tmp_path: Path, arrays: dict, says: str) -> None:
    weights = write_weights(tmp_path / "weights.hdf5")
    inputs = tmp_path / "x.npz" if arrays else None
    if inputs is not None:
        np.savez(inputs, **arrays)
    with pytest.raises(UserError, match=says):
        read_request(Request(weights, inputs))
    assert not list((tmp_path / "data").rglob("*.h5"))
