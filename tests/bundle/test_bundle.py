"""The frozen program itself, with an empty home folder and no Python on the path: `make bundle`, `make test-bundle`."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from auslan_explorer import __version__

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "dist" / "auslan-explorer"
PROGRAM = FOLDER / ("auslan-explorer.exe" if sys.platform == "win32" else "auslan-explorer")
MOST_BYTES = 1_300_000_000

pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="there is no bundle; `make bundle` makes it")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def surroundings(home: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of somebody who has nothing but the program: no Python, no settings."""
    if sys.platform == "win32":
        return {**os.environ, "APPDATA": str(home), "LOCALAPPDATA": str(home), "PATH": os.environ["SYSTEMROOT"]}
    empty = tmp_path / "nothing"
    empty.mkdir()
    names = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "LIBGL_ALWAYS_SOFTWARE")
    shown = {name: os.environ[name] for name in names if name in os.environ}
    return {**shown, "HOME": str(home), "PATH": str(empty), "LANG": "C.UTF-8", "TMPDIR": str(tmp_path)}


def run(arguments: list[str], env: dict[str, str], cwd: Path, seconds: float = 300) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROGRAM), *arguments], env=env, cwd=cwd, capture_output=True, text=True, timeout=seconds, check=False
    )


@pytest.fixture
def read_only() -> Iterator[None]:
    """The installed folder as a system keeps it: nothing in it can be written."""
    folders = [FOLDER, *(path for path in FOLDER.rglob("*") if path.is_dir() and not path.is_symlink())]
    before = {folder: folder.stat().st_mode for folder in folders}
    for folder in folders:
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    yield
    for folder, mode in before.items():
        folder.chmod(mode)


def files_of_the_program() -> dict[str, float]:
    return {str(path): path.lstat().st_mtime for path in FOLDER.rglob("*")}


def test_it_says_its_version_and_helps(surroundings: dict[str, str], tmp_path: Path) -> None:
    assert run(["--version"], surroundings, tmp_path).stdout.strip() == f"auslan-explorer {__version__}"
    helped = run(["--help"], surroundings, tmp_path)
    assert helped.returncode == 0 and "self-test" in helped.stdout and "train" in helped.stdout


@pytest.mark.parametrize("arguments", [["rendr"], ["film"], ["info", "missing.h5"], ["train", "autoencoder"]])
def test_bad_input_is_one_sentence_and_exit_code_2(
    surroundings: dict[str, str], tmp_path: Path, arguments: list[str]
) -> None:
    done = run(arguments, surroundings, tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("auslan-explorer: ") and "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["runs", "list"]])
def test_output_that_does_not_fit_is_one_sentence_and_exit_code_2(
    surroundings: dict[str, str], tmp_path: Path, arguments: list[str]
) -> None:
    command = [str(PROGRAM), *arguments]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, env=surroundings, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.decode() == "auslan-explorer: The output could not be written: No space left on device.\n"


@pytest.mark.usefixtures("read_only")
def test_the_window_opens_plays_selects_retrains_exports_and_closes(
    surroundings: dict[str, str], home: Path, tmp_path: Path
) -> None:
    out, before, began = tmp_path / "out", files_of_the_program(), time.time()
    done = run(["self-test", "--out", str(out), "--epochs", "3"], surroundings, tmp_path, 800)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    report = json.loads((out / "self-test.json").read_text())
    assert (report["version"], report["frozen"], report["passed"]) == (__version__, True, True)
    assert [check for check in report["checks"] if not check["passed"]] == []
    assert (out / "map.png").read_bytes().startswith(b"\x89PNG") and (out / "film.mp4").read_bytes()[4:8] == b"ftyp"
    print(f"first picture after {report['first_picture'] - began:.1f} s")
    assert files_of_the_program() == before, "the program wrote into its own folder"
    assert not [file for file in home.rglob("*") if file.is_file() and "auslan" in str(file.relative_to(home)).lower()]


def test_a_map_is_trained_from_the_command_line(surroundings: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "map.h5"
    done = run(
        ["train", "autoencoder", "--dims", "3", "--epochs", "1", "--out", str(file)], surroundings, tmp_path, 600
    )
    assert done.returncode == 0 and file.exists(), done.stderr
    assert "Warning" not in done.stderr and "physical cores" not in done.stderr
    assert run(["info", str(file), "--json"], surroundings, tmp_path).returncode == 0


def test_every_work_inside_is_named_with_its_licence() -> None:
    told = (FOLDER / "licences" / "README.md").read_text(encoding="utf-8")
    for name in ("Python", "PySide6", "tensorflow", "keras", "numpy", "av", "h5py", "PyOpenGL", "QtAwesome"):
        rows = [row for row in told.splitlines() if row.lower().startswith(f"| {name.lower()}")]
        assert rows, name
        assert any((FOLDER / "licences" / rows[-1].split("|")[4].strip()).glob("*")), name
    assert (FOLDER / "licences" / "texts" / "GPL-3.txt").exists()


def test_nothing_of_the_machine_that_built_it_is_left() -> None:
    files = [path for path in FOLDER.rglob("*") if path.is_file() and not path.is_symlink()]
    assert not [file for file in files if file.suffix == ".pyc"]
    assert not [file for file in files if "/distributed/http/" in file.as_posix()], "pages of a server that is none"
    if not sys.platform.startswith("linux"):
        return
    assert [file for file in files if file.stat().st_mode & 0o111] == [PROGRAM]
    if shutil.which("readelf") is None:
        pytest.skip("readelf comes with binutils")
    libraries = [str(file) for file in files if ".so" in file.name]
    said = subprocess.run(["readelf", "--dynamic", "--wide", *libraries], capture_output=True, text=True, check=False)
    searched = re.findall(r"\((?:RPATH|RUNPATH)\).*\[(.*)\]", said.stdout)
    assert searched and [path for paths in searched for path in paths.split(":") if path.startswith("/")] == []


def test_it_weighs_no_more_than_it_may() -> None:
    files = [path for path in FOLDER.rglob("*") if path.is_file() and not path.is_symlink()]
    assert sum(path.stat().st_size for path in files) < MOST_BYTES


def test_the_guide_is_inside() -> None:
    pages = {page.name for page in (FOLDER / "_internal" / "resources" / "guide").glob("*.html")}
    assert {"index.html", "window.html", "trouble.html"} <= pages
