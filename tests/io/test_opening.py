"""The one door for files: what it opens, how it refuses, and that no reader stands beside it."""

from __future__ import annotations

import ast
import os
import socket
import sys
from pathlib import Path

import pytest

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.io import opening

PACKAGE = Path(opening.__file__).parents[1]
READERS = {
    "h5py.File", "json.load", "json.loads", "np.load", "np.loadtxt", "np.genfromtxt", "np.fromfile", "np.memmap",
    "tarfile.open", "zipfile.ZipFile", "gzip.open", "bz2.open", "lzma.open", "tomllib.load",
    "configparser.ConfigParser", "pickle.load", "pickle.loads", "marshal.loads", "QSettings", "joblib.load",
}  # fmt: skip
METHODS = {"read_bytes", "read_text", "restoreState", "restoreGeometry"}
KNOWN = {
    "io/opening.py": {"json.loads", "open"},  # the door itself
    "io/hdf5.py": {"h5py.File"},  # in `reading`, behind the door, and to write
    "io/npz.py": {"np.load", "zipfile.ZipFile"},
    "io/keras_archive.py": {"h5py.File", "zipfile.ZipFile"},  # behind the door, and of bytes that came by it
    "io/archives.py": {"tarfile.open", "zipfile.ZipFile"},
    "io/download.py": {"zipfile.ZipFile"},
    "io/neighbour_store.py": {"np.load"},  # of bytes that came by the door
    "commands/streams.py": {"open"},  # the standard streams
    "io/origin_tags.py": {"read_bytes"},  # of the GIF that was just written
    "io/guide.py": {"read_text"},  # what follows ships with the program, or is its own child's
    "workflows/quality.py": {"json.loads", "read_text"},
    "training/protocol.py": {"json.loads"},
    "gui/training/form.py": {"json.loads"},  # a text of the settings
    "gui/help/guide_browser.py": {"read_text"},
    "gui/icons.py": {"json.loads", "read_text"},  # of the font that comes with QtAwesome
    "ml/protocols.py": {"json.loads", "read_text"},
    "ml/card.py": {"json.loads", "read_text"},
}
"""Modules that may call a parser; every other has to go through the door."""


def test_no_reader_stands_beside_the_door() -> None:
    strange = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(PACKAGE).as_posix()
        found = set()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            if called in READERS:
                found.add(called)
            elif (
                isinstance(node.func, ast.Attribute) and node.func.attr in METHODS and not called.startswith("opening.")
            ):
                found.add(node.func.attr)
            elif called == "open" or called.endswith(".open"):
                mode = next((ast.unparse(arg) for arg in node.args if "'r" in ast.unparse(arg)), "")
                if mode.startswith(("'r'", "'rb'")) and "archive" not in called:
                    found.add("open")
        if found - KNOWN.get(name, set()):
            strange[name] = found - KNOWN.get(name, set())
    assert not strange, f"read these by auslan_explorer.io.opening: {strange}"


@pytest.mark.skipif(os.name != "posix", reason="pipes, devices and sockets are named so on POSIX alone")
def test_only_regular_files_are_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    Path("loop").symlink_to("loop")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        for name, words in (
            ("pipe", "is a pipe, device or socket"),
            ("/dev/zero", "is a pipe, device or socket"),
            ("socket", "is a pipe, device or socket"),
            ("loop", "leads back to itself"),
            (".", "is a folder"),
            ("missing", "There is no file"),
            ("missing/inside", "There is no file"),
            ("x" * 300, "There is no file"),
            ("null\0character", "There is no file"),
        ):
            with pytest.raises(UserError, match=words):
                opening.read_bytes(Path(name), 10)
            assert not opening.is_regular(Path(name))


@pytest.mark.parametrize(
    "error",
    [KeyError("a"), TypeError("b"), RecursionError(), OverflowError(), MemoryError(), OSError("c"), EOFError(),
     IndexError(),     UnicodeDecodeError("utf-8", b"", 0, 1, "d"), SystemError()],
)  # fmt: skip
def test_whatever_a_parser_raises_is_one_sentence(error: Exception, tmp_path: Path) -> None:
    file = tmp_path / "a.h5"
    file.write_bytes(b"x")
    with pytest.raises(UserError, match=r"a\.h5") as said, opening.opened(file):
        raise error
    assert str(said.value).count(". ") == 0 and str(said.value).isprintable()


def test_cancelling_and_sentences_pass(tmp_path: Path) -> None:
    file = tmp_path / "a.h5"
    file.write_bytes(b"x")
    for error in (Cancelled(), UserError("mine")):
        with pytest.raises(type(error)), opening.opened(file):
            raise error


def test_names_are_escaped_and_at_most_200_letters_long() -> None:
    assert opening.shown("a\nb\x1b[31m\ud800\u202e") == "a\\nb\\x1b[31m\\ud800\\u202e"
    assert len(opening.shown("é" * 5000)) == 200 and len(opening.shown("\n" * 5000)) == 200


def test_what_a_file_claims_is_held_against_its_size() -> None:
    opening.check_budget(1000 << 10, 1 << 10, "It")
    opening.check_budget(600 << 20, 20 << 20, "It")
    for claimed, size in ((10 << 20, 1 << 10), (5 << 30, 12 << 20), (200 << 20, 1 << 20)):
        with pytest.raises(UserError, match="claims to hold"):
            opening.check_budget(claimed, size, "It")


@pytest.mark.skipif(sys.platform != "linux", reason="the memory in use is read from /proc")
def test_a_process_with_a_limit_of_its_own_has_no_more_memory_than_that(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    monkeypatch.setattr(resource, "getrlimit", lambda which: (used + (64 << 20), resource.RLIM_INFINITY))
    free = opening.free_memory()
    assert free is not None and free <= 65 << 20


def test_what_needs_more_than_half_of_the_free_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "free_memory", lambda: 100 << 20)
    opening.check_memory(50 << 20, "It")
    with pytest.raises(UserError, match="needs 51 MB of memory and 100 MB are free"):
        opening.check_memory(51 << 20, "It")
