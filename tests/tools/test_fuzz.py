"""The mutation tests of every reader: a part of them with the day's seed, and that they notice what they should."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def fuzz() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz", ROOT / "tools" / "fuzz.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_todays_changed_files_are_opened_or_refused_in_one_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "tools/fuzz.py", "--tries", "1000"], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    print(done.stdout.splitlines()[0])
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("fault", ["raises", "hangs", "says nonsense"])
def test_a_reader_that_fails_in_another_way_is_noticed(
    fuzz: ModuleType, fault: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from auslan_explorer.core.errors import UserError

    def read(_path: Path) -> None:
        if fault == "raises":
            raise KeyError("inside")
        while fault == "hangs":
            pass
        raise UserError("a name\nwith a line break")

    monkeypatch.setattr(fuzz, "SECONDS", 0.2)
    monkeypatch.setattr(fuzz, "readers", lambda: dict.fromkeys(fuzz.CHANGES, read))
    assert fuzz.main(["--tries", "1", "--seed", "5", "--kinds", "tsd"]) == 1
    assert "1 anything else" in capsys.readouterr().out


def test_the_same_seed_makes_the_same_changes(fuzz: ModuleType, tmp_path: Path) -> None:
    good = fuzz.make_good_files(tmp_path)
    for kind, changes in fuzz.CHANGES.items():
        data = good[kind].read_bytes()
        for change in set(changes) - {fuzz.change_hdf5}:
            one, other = (change(data, fuzz.random.Random("3/1")) for _ in range(2))
            assert len(one) == len(other) and one != data, (kind, change)
