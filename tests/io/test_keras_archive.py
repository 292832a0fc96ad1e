"""What a ``.keras`` file may hold is checked before Keras sees it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.io.keras_archive import check_keras_archive


def layer(kind: str, module: str = "keras.layers", registered: str | None = None, **config: Any) -> dict[str, Any]:
    return {"module": module, "class_name": kind, "config": config, "registered_name": registered}


def architecture(*extra: dict[str, Any]) -> dict[str, Any]:
    zeros = {"module": "keras.initializers", "class_name": "Zeros", "config": {}, "registered_name": None}
    layers = [
        layer("InputLayer", batch_shape=[None, None, 3]),
        layer("Bidirectional", layer=layer("LSTM", units=4, bias_initializer=zeros)),
        *extra,
    ]
    return {
        "module": "keras", "class_name": "Sequential", "config": {"name": "mine", "layers": layers},
        "registered_name": None, "compile_config": {"loss": {"class_name": "MyLoss", "module": "mine"}},
    }  # fmt: skip


def write(path: Path, config: Any, weights: Callable[[h5py.File], None] = lambda file: None, **more: bytes) -> Path:
    stored = io.BytesIO()
    with h5py.File(stored, "w") as file:
        weights(file)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", config if isinstance(config, bytes) else json.dumps(config))
        archive.writestr("model.weights.h5", stored.getvalue())
        for name, data in more.items():
            archive.writestr(name, data)
    return path


def test_an_architecture_of_known_layers_is_described(tmp_path: Path) -> None:
    found = check_keras_archive(write(tmp_path / "m.keras", architecture(layer("Dense", activation="softmax"))))
    assert found.layers == ("InputLayer", "Bidirectional", "Dense")
    assert (found.input_shape, found.steps) == ((None, 3), 0)


LAMBDA = {"class_name": "__lambda__", "config": {"value": "4wEAAAA"}}
FUNCTION = {"module": "os", "class_name": "function", "config": "system", "registered_name": "function"}


@pytest.mark.parametrize(
    ("extra", "named"),
    [
        (layer("Lambda", function=LAMBDA), "keras.layers.Lambda"),
        (layer("Dense", activation=FUNCTION), "os.function"),
        (layer("Dense", kernel_initializer=LAMBDA), "__lambda__"),
        (layer("Mine", module="mine", registered="Custom>Mine"), "mine.Mine"),
        (layer("Dense", registered="Custom>Dense"), "keras.layers.Dense"),
        (layer("TFSMLayer", filepath="/tmp/x"), "keras.layers.TFSMLayer"),
        (layer("TimeDistributed", layer=layer("Lambda")), "keras.layers.Lambda"),
        (layer("Popen", module="subprocess"), "subprocess.Popen"),
        (layer("load_model", module="keras.models"), "keras.models.load_model"),
        ({"class_name": "Dense", "config": {}}, "Dense"),
        ({"module": ["keras.layers"], "class_name": "Dense", "config": {}}, "Dense"),
    ],
)
def test_what_is_on_no_list_is_refused_by_its_name(tmp_path: Path, extra: dict[str, Any], named: str) -> None:
    with pytest.raises(UserError, match="not on the list of layers") as said:
        check_keras_archive(write(tmp_path / "m.keras", architecture(extra)))
    assert named in str(said.value)


def nested(depth: int) -> dict[str, Any]:
    return {"layer": nested(depth - 1)} if depth else {}


@pytest.mark.parametrize(
    ("config", "more", "says"),
    [
        (b"[1", {}, "damaged"),
        ({"class_name": "Sequential"}, {}, "names Sequential"),
        (architecture(layer("Dense", **nested(70))), {}, "nested too deeply"),
        (architecture(), {"assets/a.bin": b"x"}, "holds assets/a.bin"),
        (b" " * ((16 << 20) + 1), {}, r"m\.keras has a larger architecture than is read here"),
        (architecture(), {"evil.py": b"x"}, r"holds evil\.py"),
        ({**architecture(), "config": {"layers": [layer("InputLayer", batch_shape=[None, 3])]}}, {}, "has no LSTM"),
        (architecture(layer("InputLayer", batch_shape=[None, 3])), {}, "has 2 inputs"),
    ],
)
def test_other_files_are_refused_in_a_sentence(tmp_path: Path, config: Any, more: dict[str, bytes], says: str) -> None:
    with pytest.raises(UserError, match=says):
        check_keras_archive(write(tmp_path / "m.keras", config, **more))


def link(file: h5py.File) -> None:
    file["layers"] = h5py.ExternalLink("/etc/passwd", "/")


def bomb(file: h5py.File) -> None:
    file.create_dataset("layers/vars/0", (1 << 40,), "f4", chunks=(1 << 20,), compression="gzip")


@pytest.mark.parametrize("weights", [link, bomb])
def test_weights_that_lie_elsewhere_or_claim_too_much_are_refused(
    tmp_path: Path, weights: Callable[[h5py.File], None]
) -> None:
    with pytest.raises(UserError, match=r"a link to another place|claims to hold|more than"):
        check_keras_archive(write(tmp_path / "m.keras", architecture(), weights))


def test_a_zip_that_unpacks_to_too_much_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "m.keras", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", "{}")
        archive.writestr("model.weights.h5", bytes(400 << 20))
    with pytest.raises(UserError, match="claims to hold"):
        check_keras_archive(tmp_path / "m.keras")


@pytest.mark.parametrize(("left_out", "named"), [("config.json", "config.json"), ("model.weights.h5", "weights")])
def test_a_file_that_lacks_a_part_is_refused_by_its_name(tmp_path: Path, left_out: str, named: str) -> None:
    whole = write(tmp_path / "m.keras", architecture())
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(tmp_path / "part.keras", "w") as part:
        for member in archive.namelist():
            if member != left_out:
                part.writestr(member, archive.read(member))
    with pytest.raises(UserError, match=rf"part\.keras lacks .*{named}.*; save it again"):
        check_keras_archive(tmp_path / "part.keras")
