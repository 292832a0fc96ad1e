"""Output that nobody can take: a full disk, a closed stream, a reader who has left."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOST = "auslan-explorer: The output could not be written: "

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and devices as Unix has them")

Shell = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def shell(data_folder: Path, tmp_path: Path) -> Shell:
    """Run the program with a shell's redirection behind it, as a person types it."""

    def call(redirection: str, *args: object, unbuffered: str = "") -> subprocess.CompletedProcess[str]:
        command = shlex.join([sys.executable, str(ROOT / "main.py"), *map(str, args)])
        script = f"{command} {redirection}"
        environment = {**os.environ, "AUSLAN_EXPLORER_DATA": str(data_folder), "PYTHONUNBUFFERED": unbuffered}
        return subprocess.run(
            ["sh", "-c", script],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return call


def printing(cache: Path) -> list[list[object]]:
    """One command of each kind: argparse's own output, little text, JSON, more than a buffer holds, work before it."""
    return [
        ["--version"],
        ["film", "--help"],
        ["runs", "list"],
        ["info", cache, "--json"],
        ["cache", "check", cache],
        ["export", "paths", "--cache", cache, "--out", "paths.csv"],
    ]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_one_sentence_and_exit_code_2(shell: Shell, cache: Path) -> None:
    for args in printing(cache):
        done = shell(">/dev/full", *args)
        assert (done.returncode, done.stderr) == (2, f"{LOST}No space left on device.\n"), args
        done = shell(">/dev/full", *args, unbuffered="1")
        # Without a buffer nothing tells the output's error from a file's.
        assert done.returncode == 2 and done.stderr.endswith(" No space left on device.\n"), args
    assert shell(">/dev/full 2>&1", "--version").returncode == 2


def test_a_closed_output_is_one_sentence_and_exit_code_2(shell: Shell, cache: Path) -> None:
    for args in printing(cache):
        done = shell(">&-", *args)
        assert (done.returncode, done.stderr) == (2, f"{LOST}Bad file descriptor.\n"), args
    assert shell("<&- >&- 2>&-", "--version").returncode == 2


def test_a_closed_error_stream_does_not_matter_where_all_is_well(shell: Shell, cache: Path) -> None:
    done = shell("2>&-", "info", cache)
    assert done.returncode == 0 and done.stdout
    done = shell("2>&-", "info", "missing.h5")
    assert (done.returncode, done.stdout) == (2, "")


def test_files_are_written_whole_where_the_output_is_closed(shell: Shell, cache: Path, tmp_path: Path) -> None:
    assert shell("", "export", "paths", "--cache", cache, "--out", "open.csv").returncode == 0
    assert shell(">&- 2>&-", "export", "paths", "--cache", cache, "--out", "closed.csv").returncode == 2
    assert (tmp_path / "closed.csv").read_bytes() == (tmp_path / "open.csv").read_bytes()


def test_a_reader_who_has_left_ends_it_quietly(child, cache: Path) -> None:
    for args in printing(cache)[:-1]:
        for unbuffered in (None, "1"):
            read, write = os.pipe()
            os.close(read)
            env = {"PYTHONUNBUFFERED": unbuffered}
            done = child(*args, env=env, capture_output=False, stdout=write, stderr=subprocess.PIPE)
            os.close(write)
            assert (done.returncode, done.stderr) == (141, ""), args
