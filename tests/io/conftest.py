"""Fixtures of synthetic recordings and caches, and of the real ones where they lie beside the checkout."""

from __future__ import annotations

import errno
import io
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.io.cache import cache_from_arrays

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data"


@pytest.fixture(scope="session")
def real_archive() -> Path:
    path = REAL / "tctodd.tar.gz"
    if not path.is_file():
        pytest.skip(f"the real recordings do not stand at {path}")
    return path


@pytest.fixture(scope="session")
def published() -> Path:
    path = REAL / "published"
    if not path.is_dir():
        pytest.skip(f"the published weights do not stand at {path}")
    return path


def tsd_text(frames: int = 6, seed: int = 0) -> bytes:
    values = np.random.default_rng(seed).uniform(-1, 1, (frames, 22))
    return b"".join("\t".join(f"{v:.6f}" for v in row).encode() + b"\n" for row in values)


@pytest.fixture(scope="session")
def tsd() -> Callable[..., bytes]:
    return tsd_text


@pytest.fixture(scope="session")
def made_up() -> dict[str, bytes]:
    """Recordings of three signs, two sessions, three trials, by path."""
    signs, files = ("hello", "flash-light", "his_hers"), {}
    for number, (sign, session, trial) in enumerate((s, n, t) for s in signs for n in (1, 2) for t in (1, 2, 3)):
        files[f"tctodd/tctodd{session}/{sign}-{trial}.tsd"] = tsd_text(5 + number, number)
    return files


def tar_bytes(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def zip_bytes(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def as_tar() -> Callable[..., bytes]:
    return tar_bytes


@pytest.fixture(scope="session")
def as_zip() -> Callable[..., bytes]:
    return zip_bytes


@pytest.fixture
def recordings() -> Recordings:
    rng = np.random.default_rng(3)
    lengths = np.array([4, 7, 5], dtype=np.int32)
    return Recordings(
        frames=rng.normal(size=(16, 22)).astype(np.float32),
        lengths=lengths,
        sign=np.array([0, 1, 1], dtype=np.int16),
        session=np.array([1, 1, 9], dtype=np.int16),
        trial=np.array([1, 3, 2], dtype=np.int16),
        signs=("computer_PC_", "hello"),
        notes=("A note, with an umlaut: ü.",),
    )


@pytest.fixture
def activations() -> Activations:
    """A network of 5 units and 10 steps, with everything that is optional."""
    rng = np.random.default_rng(1)
    lengths = np.array([4, 7, 5])
    states = rng.uniform(-1, 1, (16, 5)).astype(np.float16).astype(np.float32)
    return cache_from_arrays(
        states,
        lengths,
        [0, 1, 1],
        ("computer_PC_", "hello"),
        steps=10,
        prefix=rng.uniform(-1, 1, (6, 5)).astype(np.float32),
        session=[1, 1, 9],
        trial=[1, 3, 2],
        split=[0, 1, 255],
        predicted=[0, 0, -1],
        head_kernel=rng.normal(size=(5, 2)).astype(np.float32),
        head_bias=np.array([9, 0], dtype=np.float32),  # it answers as predicted
        projections={
            k: Projection(
                rng.normal(size=(16, k)).astype(np.float32), np.zeros((6, k), np.float32), f"finger{k}", f"{k}-D test"
            )
            for k in (2, 3)
        },
        provenance={"data": "made up", "seed": "1"},
    )


@pytest.fixture(params=["full", "read-only"])
def broken_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A disk that fails when a file is renamed (root ignores permission bits); returns words of the message."""
    number, word = {"full": (errno.ENOSPC, "no room"), "read-only": (errno.EROFS, "only be read")}[request.param]

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "replace", fail)
    return word
