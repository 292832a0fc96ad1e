"""What the page on activation caches tells to type and to write is done, word for word."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np

from auslan_explorer.io.cache import check_cache, read_cache

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "activation-cache.md").read_text(encoding="utf-8")
SHELL = [line for block in re.findall(r"^```sh\n(.*?)^```", PAGE, re.M | re.S) for line in block.splitlines()]
PYTHON = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)


def made_up_arrays() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    return {
        "states": rng.normal(size=(50, 4)).astype(np.float32),
        "lengths": np.full(10, 5),
        "sign": np.arange(10) % 2,
    }


def test_the_commands_make_and_check_a_cache(ok, tmp_path) -> None:
    np.savez(tmp_path / "ARRAYS.npz", **made_up_arrays(), signs=np.array(["up", "down"]))
    for line in SHELL:
        program, *words = shlex.split(line)
        words = [word.replace("FILE", "FILE.h5") for word in words]
        if program == "python":
            subprocess.run([sys.executable, str(ROOT / words[0]), *words[1:]], check=True, cwd=tmp_path)
        elif words[0] == "cache":  # what is left opens the window
            ok(*words, cwd=tmp_path)
    assert len(read_cache(tmp_path / "waves.h5")) == 180
    assert len(read_cache(tmp_path / "FILE.h5")) == 10


def test_the_guide_leads_from_a_network_to_a_film(ok, tmp_path) -> None:
    page = (ROOT / "docs" / "guide" / "own-network.md").read_text(encoding="utf-8")
    block, _ = re.findall(r"^```sh\n(.*?)^```", page, re.M | re.S)  # the other: tests/ml/test_vowels_example.py
    example, window, film = map(shlex.split, block.splitlines())
    subprocess.run([sys.executable, str(ROOT / example[1]), *example[2:]], check=True, cwd=tmp_path)
    assert window[:2] == ["auslan-explorer", "open"] and (tmp_path / window[2]).is_file()
    ok(*film[1:], "--frames", "3", cwd=tmp_path)
    assert (tmp_path / "waves.gif").read_bytes().startswith(b"GIF8")


def test_the_code_writes_a_good_cache(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    # Those with `record` are called in the tests of capture.
    (code,) = [each for each in PYTHON if "write_cache" in each]
    rng = np.random.default_rng(1)
    given = {
        **made_up_arrays(),
        "split": np.zeros(10, dtype=int),
        "kernel": rng.normal(size=(4, 2)),
        "bias": np.zeros(2),
    }
    given["predicted"] = (given["states"][4::5] @ given["kernel"]).argmax(axis=1)  # what its head says of last states
    from auslan_explorer.core.projection import Projection

    given["points"] = Projection(rng.normal(size=(50, 2)).astype(np.float32), np.zeros((0, 2), np.float32), "", "PCA")
    exec(code, given)
    assert check_cache(Path("mine.h5")) == []
    assert dict(read_cache(Path("mine.h5")).provenance)["model"] == "GRU, 32 units"
