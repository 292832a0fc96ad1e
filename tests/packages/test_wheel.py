"""The wheel, in an environment of its own outside the checkout: what it needs beside it, and no TensorFlow.

Nothing is fetched: the packages that the wheel names are lent from the environment that runs the tests.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Callable
from email.parser import HeaderParser
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from auslan_explorer import __version__

ROOT = Path(__file__).parents[2]
MOST_BYTES = 40_000_000
SHIPPED = "auslan_explorer/shipped/"

pytestmark = pytest.mark.slow

Run = Callable[..., subprocess.CompletedProcess[str]]


def build(source: Path, target: Path, kind: str) -> Path:
    pytest.importorskip("hatchling", reason="hatchling comes with `make setup`")
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(target)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = target.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of an environment into which the wheel is installed."""
    environment = tmp_path_factory.mktemp("somewhere else") / "environment é"
    venv.create(environment, symlinks=os.name != "nt")
    folder = environment / ("Scripts" if os.name == "nt" else "bin")
    python = folder / "python"
    lend(needed_by(wheel), site_packages(python))
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def run(scripts: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the installed command as somebody does who has no checkout, in a folder of their own."""
    home = tmp_path_factory.mktemp("home")
    surroundings = {"HOME": str(home), "PATH": os.defpath, "LANG": "C.UTF-8"}
    program = str(scripts / "auslan-explorer")

    def call(*arguments: object, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        command = [*before, program, *map(str, arguments)]
        return subprocess.run(
            command, cwd=home, env=surroundings, capture_output=True, text=True, timeout=300, check=False
        )

    return call


def needed_by(wheel: Path) -> list[importlib.metadata.Distribution]:
    """What the wheel's metadata asks for without an extra, and what that asks for."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
    found: dict[str, importlib.metadata.Distribution] = {}
    queue = [Requirement(line) for line in metadata.get_all("Requires-Dist", [])]
    while queue:
        asked = queue.pop()
        name = canonicalize_name(asked.name)
        if name in found or (asked.marker is not None and not asked.marker.evaluate({"extra": ""})):
            continue
        found[name] = importlib.metadata.distribution(name)
        queue += map(Requirement, found[name].requires or [])
    return list(found.values())


def lend(distributions: list[importlib.metadata.Distribution], target: Path) -> None:
    """Put links to what these packages installed into another environment."""
    for distribution in distributions:
        for top in {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}:
            if not (target / top).exists():
                (target / top).symlink_to(Path(str(distribution.locate_file(top))))


def site_packages(python: Path) -> Path:
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(subprocess.run([python, "-c", asked], capture_output=True, text=True, check=True).stdout.strip())


def test_it_holds_what_ships_and_its_terms_and_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size <= MOST_BYTES
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert archive.testzip() is None
    inside = {name.removeprefix(SHIPPED) for name in names if name.startswith(SHIPPED)}
    there = {
        file.relative_to(ROOT).as_posix()
        for folder in ("models", "resources", "docs/guide")
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    # The built guide too, where it has been built.
    assert there - inside == {"docs/guide/conf.py"}
    assert "models/activations.h5" in inside and "docs/guide/index.md" in inside
    # What pages of the guide take in from beside it.
    assert all(name.startswith("docs/") and (ROOT / name).is_file() for name in inside - there)
    licences = f"auslan_explorer-{__version__}.dist-info/licenses/"
    assert {licences + "LICENSE", licences + "NOTICE"} <= names
    assert not [name for name in names if name.startswith(("tests", "tools", "benchmarks"))]


def test_the_source_archive_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    archive = build(ROOT, tmp_path / "archive", "sdist")
    with tarfile.open(archive) as opened:
        # Debian 12 has Python 3.11.2, which knows no filters yet; the archive is our own.
        opened.extractall(tmp_path, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    again = build(tmp_path / f"auslan_explorer-{__version__}", tmp_path / "again", "wheel")
    assert again.name == wheel.name and again.read_bytes() == wheel.read_bytes()


def test_it_tells_of_what_ships_and_draws_it(run: Run, scripts: Path, tmp_path: Path) -> None:
    assert run("--version").stdout.split() == ["auslan-explorer", __version__]
    told = run("info", "--json", site_packages(scripts / "python") / SHIPPED / "models" / "activations.h5")
    assert told.returncode == 0 and json.loads(told.stdout), told.stderr
    picture, film = tmp_path / "figure.png", tmp_path / "film.mp4"
    drawn = run("render", "--figure", 3, "--size", "320x240", "--out", picture)
    assert drawn.returncode == 0 and picture.read_bytes().startswith(b"\x89PNG"), drawn.stderr
    filmed = run("film", "--size", "320x180", "--steps-per-frame", 40, "--frames", 6, "--out", film)
    assert filmed.returncode == 0 and film.read_bytes()[4:8] == b"ftyp", filmed.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("train", "classifier"),
        ("train", "autoencoder", "--dims", "2"),
        ("models", "--out", "made"),
        ("stability", "--seeds", "2"),
        ("evaluate", "--autoencoder-on-published", "."),
    ],
)
def test_what_trains_says_what_to_install(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "TensorFlow" in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the virtual screen is an X server")
def test_the_window_works_and_says_that_it_cannot_train(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("self-test", "--out", out, before=(sys.executable, str(ROOT / "tools" / "xvfb.py")))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    checks = {check["name"]: check for check in json.loads((out / "self-test.json").read_text())["checks"]}
    (off,) = (check for check in checks.values() if not check["passed"])
    assert "train" in off["name"] and "TensorFlow" in off["said"] and not off["needed"]
