"""The mutation tests of every reader: a part of them, the same each time, and that they notice what they should."""

from __future__ import annotations

import importlib
import os
import random
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.io.readers import BUILT_IN

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux does")


@pytest.fixture
def fuzz(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    monkeypatch.setenv(paths.DATA_VARIABLE, "")  # put back afterwards
    yield importlib.import_module("fuzz")
    for name in ("fuzz", "fuzz_files", "fuzz_changes"):
        sys.modules.pop(name, None)


def test_changed_files_are_opened_or_refused_in_one_sentence() -> None:
    # The same files on every day: what `make fuzz` finds with fresh ones must not keep other work from landing.
    command = [sys.executable, "tools/fuzz.py", "--tries", "1000", "--seed", "7"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    print(done.stdout.splitlines()[0])
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_good_file_is_read_and_every_kind_of_activations_is_among_them(fuzz: ModuleType, tmp_path: Path) -> None:
    from fuzz_changes import CHANGES
    from fuzz_files import make_good_files, readers

    files, read = make_good_files(tmp_path), readers()
    for kind, file in files.items():
        read[kind](file)
        assert file.is_dir() or file.suffix in CHANGES, kind
    for reader in BUILT_IN:
        assert any(reader.accepts(file) for file in files.values()), reader.title
    assert read.keys() - files.keys() <= {"onnx"}  # where onnx is not installed


def _misbehave(fault: str, path: Path) -> None:
    if fault == "raises":
        raise KeyError("inside")
    if fault == "hangs":
        while True:
            pass
    if fault == "says nonsense":
        raise UserError("a name\nwith a line break")
    if fault == "computes":
        began = time.process_time()
        while time.process_time() - began < 0.4:
            pass
    if fault == "allocates":
        np.ones(4 << 20)
    if fault == "warns":
        warnings.warn("overflow", RuntimeWarning, stacklevel=1)
    if fault == "ends":
        os.kill(os.getpid(), signal.SIGKILL)
    if fault == "hangs in a library":
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        signal.pause()


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("raises", "KeyError: 'inside'"),
        ("hangs", "took longer than 2 s"),
        ("says nonsense", "an odd sentence"),
        ("computes", "s of the processor"),
        ("allocates", "opened, and took 32 MB"),
        ("warns", "a warning"),
        ("ends", "exit code -9"),
        ("hangs in a library", "killed"),
    ],
)
def test_a_reader_that_fails_in_another_way_is_noticed(
    fuzz: ModuleType,
    fault: str,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    tried: list[Path] = []

    def read(path: Path) -> None:
        tried.append(path)
        # The good file comes first, then one that is opened.
        if len(tried) == 3 and not (tmp_path / "once").exists():
            (tmp_path / "once").touch()
            _misbehave(fault, path)

    for name, least in {
        "SECONDS": 2 if fault == "hangs" else 60,
        "PROCESSOR_SECONDS": 0.3,
        "MOST_BYTES": 20 << 20,
        "HANGS_AFTER": 5 if fault == "hangs in a library" else 60,
    }.items():
        monkeypatch.setattr(fuzz, name, least)
    monkeypatch.setattr(fuzz, "readers", lambda: {"tsd": read})
    arguments = ["--tries", "4", "--seed", "5", "--kinds", "tsd", "--keep", str(tmp_path / "kept")]
    assert fuzz.main(arguments) == 1
    said = capfd.readouterr().out
    assert says in said and "seed 5/1" in said
    assert said.splitlines()[-1] == "3 opened, 0 refused, 0 not made, 1 anything else"
    assert [each.name for each in (tmp_path / "kept").rglob("*.tsd")] == ["r.tsd"]


def test_the_same_seed_makes_the_same_changes(fuzz: ModuleType, tmp_path: Path) -> None:
    from fuzz_changes import change_bytes, change_json, change_lines, change_table
    from fuzz_files import make_good_files

    files = make_good_files(tmp_path / "good")
    for kind, file in files.items():
        rng = random.Random("3/1")
        made = fuzz.change(file, tmp_path, rng)
        assert made.name == file.name, kind
    for change, kind in (
        (change_bytes, "npy"),
        (change_json, "session"),
        (change_table, "csv"),
        (change_lines, "old settings"),
    ):
        one, other = (change(files[kind].read_bytes(), random.Random("3/1")) for _ in range(2))
        assert one == other != files[kind].read_bytes(), change
