"""Makes one small good file, or folder of files, of each kind that the program reads, and names what reads it."""

from __future__ import annotations

import importlib.util
import json
import os
import tarfile
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import h5py
import numpy as np

from auslan_explorer import __version__

Reader = Callable[[Path], object]
RNG = np.random.default_rng(1)
LENGTHS, SIGN, SIGNS = np.full(6, 5), np.arange(6) % 2, ["one", "two"]


def make_good_files(folder: Path) -> dict[str, Path]:
    """Write one small good file or folder of each kind; return them by kind.

    Sets the person's data folder to one in `folder`, so that nothing else is read or written.
    """
    from auslan_explorer import paths

    os.environ[paths.DATA_VARIABLE] = str(folder / "data")
    files = {
        "eaf": folder / "a.eaf",
        "autoencoder": folder / "a.h5", "cache": folder / "c.h5", "csv": folder / "l.csv", "groups": folder / "g.json",
        "inputs": folder / "i.npz", "keras": folder / "n.keras", "weights": folder / "w.h5", "lstmvis": folder / "vis",
        "npz": folder / "s.npz", "hdf5": folder / "u.h5", "npy": folder / "a.npy", "projector": folder / "projector",
        "published": folder / "published", "runs": folder / "data" / "runs", "session": folder / "s.auslan",
        "settings": folder / "settings" / "window.json", "old settings": folder / "old" / "window.ini",
        "stability": folder / "e.h5", "tar": folder / "r.tar.gz", "tsd": folder / "r.tsd", "zip": folder / "r.zip",
    }  # fmt: skip
    for each in files.values():
        (each.parent if each.suffix else each).mkdir(parents=True, exist_ok=True)
    _make_activations(files)
    _make_models(files)
    _make_recordings(files)
    _make_tables(files)
    _make_lstmvis(files["lstmvis"])
    _make_weights(files)
    _make_settings(files)
    if importlib.util.find_spec("onnx") is not None:
        files["onnx"] = _make_onnx(folder / "n.onnx")
    return files


def _make_activations(files: dict[str, Path]) -> None:
    from auslan_explorer.io.arrays import cache_from_arrays
    from auslan_explorer.io.cache import write_cache
    from auslan_explorer.io.groups_file import write_groups
    from auslan_explorer.io.session_file import SavedSession, source_of, write_session

    states, points = RNG.normal(size=(30, 4)).astype("f4"), RNG.normal(size=(30, 2)).astype("f4")
    np.savez_compressed(
        files["npz"], allow_pickle=False, states=states, lengths=LENGTHS, sign=SIGN, signs=np.array(SIGNS),
        projection_2d=points, step_label_word=np.array(["the", "cat", "sat"] * 10), layer_low=states[:, :3],
        layer=np.array("top"), recording_names=np.array(list("abcdef")), step_probabilities=np.full((30, 2), 0.5, "f4"),
    )  # fmt: skip
    activations = cache_from_arrays(
        states, LENGTHS, SIGN, SIGNS, projections={2: points}, provenance={"data": "made up"},
        step_labels={"word": ["the", "cat", "sat"] * 10}, layers={"low": states[:, :3]}, layer="top",
        inputs=states[:, :2], input_names=["x", "y"],
    )  # fmt: skip
    write_cache(files["cache"], activations)
    shown = {"signs": "all", "selected": [["one", 1, 2]], "step": 3, "run_2d": "", "trail": [0, 0]}
    write_session(files["session"], SavedSession(shown, source_of(activations, files["session"])))
    write_groups(files["groups"], ())
    np.savez(
        files["inputs"], X=RNG.normal(size=(6, 5, 3)).astype("f4"), y=SIGN, lengths=LENGTHS,
        class_names=np.array(SIGNS), names=np.array(list("abcdef")), split=np.array([0, 0, 1, 1, 2, 2]),
    )  # fmt: skip
    np.save(files["npy"], RNG.normal(size=(6, 5, 3)).astype("f4"))
    with h5py.File(files["hdf5"], "w") as file:  # of no kind that is known here
        file["hidden"], file["len"] = RNG.normal(size=(6, 5, 3)), LENGTHS
        file["group/label"] = ["one", "two", "one", "two", "one", "two"]


def _make_models(files: dict[str, Path]) -> None:
    from auslan_explorer.core.ensemble import Ensemble
    from auslan_explorer.core.network import Autoencoder, DenseLayer
    from auslan_explorer.io.models import save_autoencoder
    from auslan_explorer.io.stability_store import write_ensemble
    from auslan_explorer.training.run import Run, RunInfo
    from auslan_explorer.training.runs import RunStore
    from auslan_explorer.training.settings import AutoencoderSettings

    layers = tuple(
        DenseLayer(RNG.normal(size=(a, b)).astype("f4"), np.zeros(b, "f4"), "linear")
        for a, b in pairwise((4, 5, 2, 5, 4))
    )
    autoencoder = Autoencoder(layers, 1)
    save_autoencoder(files["autoencoder"], autoencoder, {"seed": 3})
    square = np.ones((2, 2))
    ensemble = Ensemble((1, 2), np.ones((2, 2, 3, 2), "f4"), np.ones((2, 6, 2), "f4"), square, square, ("a", "b"), "f")
    write_ensemble(files["stability"], ensemble)
    for number in (1, 2):
        info = RunInfo(
            f"20260101-00000{number}-abcdef", f"run {number}", "2026-01-01T00:00:00+00:00", __version__,
            AutoencoderSettings(dims=2), (1.0, 0.5), (1.0, 0.6), 2, 3.0, {"measured_on": "test"}, "f", "made up",
            thumbnail=_png(),
        )  # fmt: skip
        points = RNG.normal(size=(30, 2)).astype("f4")
        RunStore(files["runs"]).save(Run(info, autoencoder, points, points[:0]))


def _png() -> bytes:
    from PySide6.QtCore import QBuffer
    from PySide6.QtGui import QImage

    image, buffer = QImage(16, 16, QImage.Format.Format_RGB32), QBuffer()
    image.fill(0x336699)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _make_recordings(files: dict[str, Path]) -> None:
    files["tsd"].write_text(("\t".join(["0.25"] * 22) + "\n") * 3)
    with tarfile.open(files["tar"], "w:gz") as tar, zipfile.ZipFile(files["zip"], "w") as archive:
        for trial in (1, 2, 3):
            name = f"tctodd1/hello-{trial}.tsd"
            tar.add(files["tsd"], name)
            archive.write(files["tsd"], name)


def _make_tables(files: dict[str, Path]) -> None:
    from auslan_explorer.core.timeline import Tier, TimedText
    from auslan_explorer.io.eaf import write_eaf

    signs = Tier("sign", (TimedText(0, 400, "one"), TimedText(400, 900, "two")))
    write_eaf(files["eaf"], [signs, Tier("answer", signs.texts, "sign")], ["a.mp4"], ["a.csv"], {"by": "us"}, "me")
    rows = RNG.normal(size=(6, 3)).round(4)
    numbers = "\n".join("\t".join(map(str, row)) for row in rows.tolist())
    (files["projector"] / "tensors.tsv").write_text(f"{numbers}\n")
    told = "".join(f"s{row // 3}\t{row % 3}\tone\tword {row}\n" for row in range(6))
    (files["projector"] / "metadata.tsv").write_text(f"sequence\tstep\tlabel\tword\n{told}")
    lines = "".join(f"s{row // 3},{row % 3},one,word,{','.join(map(str, rows[row].tolist()))}\n" for row in range(6))
    files["csv"].write_text(f"sequence,step,label,word,a,b,c\n{lines}")


_LSTMVIS = """
name: Mine  # with a comment
description: "Two: sentences"
files: {states: states.hdf5, words: train.hdf5, dict: words.dict}
word_sequence:
  file: words
  path: words
  dict_file: dict
states:
  file: states
  types: [
    {type: state, layer: 1, path: states1},
    {type: output, layer: 2, path: 'states2'},
  ]
meta:
  tags:
    file: words
    path: tags
    dict: dict
"""


def _make_lstmvis(folder: Path) -> None:
    (folder / "lstm.yml").write_text(_LSTMVIS)
    (folder / "words.dict").write_text("the 1\ncat 2\n</s> 3\n")
    with h5py.File(folder / "states.hdf5", "w") as file:
        file["states1"] = file["states2"] = RNG.normal(size=(6, 3)).astype("f4")
    with h5py.File(folder / "train.hdf5", "w") as file:
        file["words"], file["tags"] = [1, 2, 3, 1, 2, 3], [0, 1, 2, 0, 1, 2]


# ------------------------------------------------------------------------------------------------------ networks
def _put_dense(file: h5py.File, widths: tuple[int, ...]) -> None:
    for number, (before, after) in enumerate(pairwise(widths)):
        name = f"dense_{number + 1}"
        file[f"model_weights/{name}/{name}/kernel:0"] = RNG.normal(size=(before, after)).astype("f4")
        file[f"model_weights/{name}/{name}/bias:0"] = np.zeros(after, "f4")


def _write_lstm(path: Path, channels: int, units: int, classes: int) -> None:
    """Write what ``model.save`` of Keras 2 does of an LSTM and a dense layer."""
    lstm = {"recurrent_activation": "hard_sigmoid", "batch_input_shape": [None, 9, channels]}
    layers = [{"class_name": "LSTM", "config": lstm}, {"class_name": "Dense", "config": {"activation": "softmax"}}]
    config = {"class_name": "Sequential", "config": layers}
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"], file.attrs["model_config"] = "2.1.6", json.dumps(config)
        group = "model_weights/lstm_1/lstm_1"
        file[f"{group}/kernel:0"] = RNG.normal(size=(channels, 4 * units)).astype("f4")
        file[f"{group}/recurrent_kernel:0"] = RNG.normal(size=(units, 4 * units)).astype("f4")
        file[f"{group}/bias:0"] = np.zeros(4 * units, "f4")
        _put_dense(file, (units, classes))
        file["model_weights"].attrs["layer_names"] = [b"lstm_1", b"dense_1"]


def _make_weights(files: dict[str, Path]) -> None:
    from auslan_explorer.core.recordings import CHANNELS
    from auslan_explorer.io.published import AUTOENCODER_FILES, CLASSIFIER_FILE

    _write_lstm(files["weights"], 3, 4, 2)
    _write_lstm(files["published"] / CLASSIFIER_FILE, len(CHANNELS), 4, 2)
    for dims, name in AUTOENCODER_FILES.items():
        with h5py.File(files["published"] / name, "w") as file:
            file.attrs["keras_version"] = "2.1.6"
            _put_dense(file, (4, 6, 5, dims, 5, 6, 4))
    layers = [
        {"module": "keras.layers", "class_name": name, "config": config, "registered_name": None}
        for name, config in (
            ("InputLayer", {"batch_shape": [None, 5, 3]}), ("LSTM", {"units": 4}), ("Dense", {"units": 2})
        )
    ]  # fmt: skip
    config = {"module": "keras", "class_name": "Sequential", "config": {"layers": layers}, "registered_name": None}
    with zipfile.ZipFile(files["keras"], "w") as archive:
        archive.writestr("config.json", json.dumps(config))
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.9.2"}))
        archive.write(files["weights"], "model.weights.h5")


def _make_onnx(path: Path) -> Path:
    import onnx

    make, kind = onnx.helper, onnx.TensorProto.FLOAT
    nodes = [
        make.make_node("LSTM", ["x", "W", "R"], ["all", "last"], "/top/LSTM", hidden_size=4),
        make.make_node("Constant", [], ["shape"], value=onnx.numpy_helper.from_array(np.array([-1, 4]), "shape")),
        make.make_node("Reshape", ["last", "shape"], ["flat"]),
        make.make_node("Gemm", ["flat", "D"], ["logits"]),
    ]
    shapes = {"W": (1, 16, 3), "R": (1, 16, 4), "D": (4, 2)}
    tensors = [
        onnx.numpy_helper.from_array(RNG.normal(size=shape).astype("f4"), name) for name, shape in shapes.items()
    ]
    inputs, outputs = (
        [make.make_tensor_value_info(name, kind, shape)] for name, shape in (("x", [5, 1, 3]), ("logits", [1, 2]))
    )
    graph = make.make_graph(nodes, "mine", inputs, outputs, tensors)
    model = make.make_model(graph, opset_imports=[make.make_opsetid("", 17)], ir_version=8)
    path.write_bytes(model.SerializeToString())
    return path


def _make_settings(files: dict[str, Path]) -> None:
    values = {
        "look": "dark", "text_size": 125.0, "reduce_motion": True, "film_width": 640, "docks_shown": ["runs"],
        "window_rectangle": [0, 0, 900.0, 700.0], "signbank_address": "https://example.org/{word}", "speed": 2.0,
        "recent_files": "a.h5\nb.h5", "layout": "both",
    }  # fmt: skip
    files["settings"].write_text(json.dumps(values))
    files["old settings"].write_text('[General]\nlook=dark\ntext_size=125\nreduce_motion=yes\nname="a\\x263a\\n"\n')


# ------------------------------------------------------------------------------------------------------------ readers
def readers() -> dict[str, Reader]:
    """Return what reads each kind, as the commands and the window do, and looks at what was read."""
    from auslan_explorer.io import cache, groups_file, inputs, keras_archive, models, recordings, session_file, tsd
    from auslan_explorer.io.eaf_reader import read_eaf
    from auslan_explorer.io.stability_store import read_ensemble

    def read_cache(path: Path) -> object:
        cache.check_cache(path)
        return _open(path)

    return {
        "autoencoder": lambda path: (models.load_autoencoder(path), models.read_info(path)),
        "cache": read_cache,
        "csv": _open,
        "eaf": read_eaf,
        "groups": groups_file.read_groups,
        "hdf5": _survey,
        "inputs": inputs.read_inputs,
        "keras": keras_archive.check_keras_archive,
        "lstmvis": _open,
        "npy": _survey,
        "npz": _open,
        "old settings": _read_settings,
        "onnx": _read_onnx,
        "projector": _open,
        "published": _read_published,
        "runs": _read_runs,
        "session": session_file.read_session,
        "settings": _read_settings,
        "stability": lambda path: read_ensemble(path).sign_ends(),
        "tar": recordings.import_recordings,
        "tsd": lambda path: tsd.parse(path.read_bytes(), path.name),
        "weights": _read_weights,
        "zip": recordings.import_recordings,
    }


def _open(path: Path) -> object:
    """Open activations as Ctrl+O does: find out what they are, read them, and find their maps."""
    from auslan_explorer.workflows.opening import open_request
    from auslan_explorer.workflows.reading import Request, what_is

    what_is(path)
    return open_request(Request(path)).activations.all_states()


def _survey(path: Path) -> object:
    """Read a file of unknown arrays as the dialog does that asks which is what."""
    from auslan_explorer.capture.chosen import read_chosen
    from auslan_explorer.core.errors import UserError
    from auslan_explorer.io.array_survey import guess, list_arrays
    from auslan_explorer.workflows.array_preview import preview_points

    arrays = list_arrays(path)
    for each in arrays:
        try:
            preview_points(path, each.name)
        except UserError:
            continue
    return read_chosen(path, guess(arrays)).all_states()


def _read_weights(path: Path) -> object:
    from auslan_explorer.io.published import load_keras_classifier
    from auslan_explorer.workflows.networks import find_network

    if (kind := find_network(path)) is not None:
        kind.describe(path)
    classifier = load_keras_classifier(path)
    return classifier.hidden_states(np.zeros((1, 3, len(classifier.kernel)), "f4"))


def _read_published(path: Path) -> object:
    from auslan_explorer.io.published import load_published

    classifier, two, three = load_published(path)
    states = classifier.hidden_states(np.zeros((1, 3, len(classifier.kernel)), "f4"))[0]
    return two.encode(states), three.encode(states)


def _read_runs(path: Path) -> object:
    from PySide6.QtGui import QImage

    from auslan_explorer.core.errors import UserError
    from auslan_explorer.training.runs import RunStore

    store = RunStore(path)
    refused = UserError("no run")
    read = []
    for info in store.list():
        QImage.fromData(info.thumbnail)
        try:
            read.append(store.read(info.id))
        except UserError as error:
            refused = error
    if len(read) < 2:
        raise refused
    return read


def _read_settings(path: Path) -> object:
    from auslan_explorer.draw.theme import DARK
    from auslan_explorer.gui.settings.preferences import default_film_settings, export_folder
    from auslan_explorer.gui.settings.store import Settings

    settings = Settings(path.with_suffix(".json"))
    settings.set_value("speed", 1.0)
    settings.texts("docks_shown")
    settings.numbers("window_rectangle", 4)
    return default_film_settings(settings, DARK), export_folder(settings), settings.complaint()


def _read_onnx(path: Path) -> object:
    from auslan_explorer.ml.run_onnx import expose_states

    return expose_states(path)
