"""Caches that other programs write, by the examples in the documents; each runs where its program is installed."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from auslan_explorer.io.cache import check_cache, read_cache

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
PROGRAMS = {"cache.R": "Rscript", "cache.m": "matlab"}


def check(file: Path) -> None:
    assert check_cache(file) == []
    a = read_cache(file)
    assert (len(a), a.units, a.real_steps, set(a.signs)) == (12, 8, 306, {"walk", "run"})


def test_a_cache_of_a_data_frame_opens(tmp_path: Path) -> None:
    missing = [name for name in ("pandas", "h5netcdf") if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"{missing[0]} is not installed")
    command = [sys.executable, str(EXAMPLES / "pandas_cache.py"), str(tmp_path / "walks.h5")]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    check(tmp_path / "walks.h5")


@pytest.mark.parametrize("example", PROGRAMS)
def test_a_cache_of_another_language_opens(example: str, tmp_path: Path) -> None:
    program = shutil.which(PROGRAMS[example])
    if program is None:
        pytest.skip(f"{PROGRAMS[example]} is not installed")
    script = EXAMPLES / example
    arguments = [str(script), "walks.h5"] if example.endswith(".R") else ["-batch", f"run('{script}')"]
    run = subprocess.run([program, *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    if "hdf5r" in run.stderr and run.returncode:
        pytest.skip("the package hdf5r is not installed")
    assert run.returncode == 0, run.stderr
    check(tmp_path / "walks.h5")
