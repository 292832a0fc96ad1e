from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from auslan_explorer import __version__, cli
from auslan_explorer.commands import window
from auslan_explorer.core.errors import Cancelled, UserError

ROOT = Path(__file__).parents[2]
COMMANDS = [
    "import",
    "download",
    "stability",
    "info",
    "cache",
    "export",
    "train",
    "models",
    "evaluate",
    "render",
    "film",
]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """A folder of files that nothing can be made of."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "empty.h5").touch()
    (folder / "text.h5").write_text("no HDF5\n")
    (folder / "cut.h5").write_bytes(cache.read_bytes()[:3000])
    (folder / "cut.tar.gz").write_bytes(b"\x1f\x8b\x08\x00\x00")
    (folder / "nothing").mkdir()
    return folder


BAD = [
    ["infp", "x.h5"],
    ["no-such-file.h5"],
    ["nothing"],
    ["--nonsense"],
    ["a.h5", "b.h5"],
    ["info"],
    ["info", "missing.h5"],
    ["info", "empty.h5"],
    ["info", "text.h5"],
    ["info", "cut.h5"],
    ["info", "cut.tar.gz"],
    ["info", "nothing"],
    ["import", "missing.zip", "--out", "r.h5"],
    ["import", "empty.h5", "--out", "r.h5"],
    ["import", "nothing", "--out", "r.h5"],
    ["import", "nothing", "--out", "nowhere/r.h5"],
    ["import", "nothing", "--out", "nothing"],
    ["import", "nothing", "--out", "r.txt"],
    ["download", "--url", "ftp://example.org/x", "--out", "r.h5"],
    ["download", "--sha256", "12"],
    ["cache", "check", "missing.h5"],
    ["cache", "check", "cut.h5"],
    ["cache", "--arrays", "text.h5", "--out", "c.h5"],
    ["cache", "--models", "nothing", "--out", "c.h5"],
    ["cache", "--published", "nothing", "--out", "c.h5"],
    ["evaluate", "--published", "nothing"],
    ["evaluate", "--published", "missing"],
    ["evaluate", "--published", "a", "--models", "b"],
    ["evaluate", "--autoencoder-on-published", "missing"],
    ["evaluate", "--models", "nothing"],
    ["render", "--figure", "3"],
    ["render", "--figure", "99", "--out", "f.png"],
    ["render", "--figure", "three", "--out", "f.png"],
    ["render", "--figure", "3", "--out", "f.bmp"],
    ["render", "--figure", "3", "--out", "nowhere/f.png"],
    ["render", "--figure", "3", "--out", "f.png", "--size", "0x0"],
    ["render", "--figure", "3", "--out", "f.png", "--size", "99999x99999"],
    ["render", "--figure", "3", "--out", "f.png", "--size", "-5x5"],
    ["render", "--figure", "3", "--out", "f.png", "--size", "large"],
    ["render", "--figure", "3", "--out", "f.png", "--dpi", "0"],
    ["render", "--figure", "3", "--out", "f.png", "--dpi", "4801"],
    ["render", "--figure", "3", "--out", "f.png", "--cache", "text.h5"],
    ["render", "--figure", "3", "--out", "f.png", "--cache", "cut.h5"],
    ["render", "--figure", "3", "--out", "f.png", "--cache", "cut.h5", "--recordings", "nothing"],
    ["film", "--out", "f.avi"],
    ["film", "--out", "nowhere/frames"],
    ["film", "--out", "frames", "--cache", "cut.h5"],
    ["film", "--out", "f.mp4", "--size", "321x240"],
    ["film", "--out", "f.mp4", "--size", "4000x4000"],
    ["film", "--out", "f.mp4", "--fps", "1e9"],
    ["film", "--out", "f.gif", "--fps", "60"],
    ["film", "--out", "f.mp4", "--speed", "0"],
    ["film", "--out", "f.mp4", "--fps", "0", "--speed", "1"],
    ["film", "--out", "f.mp4", "--speed", "1e-9"],
    ["film", "--out", "f.mp4", "--steps-per-frame", "-1"],
    ["film", "--out", "f.mp4", "--hold", "-1"],
    ["film", "--out", "f.mp4", "--hold", "1e12"],
    ["film", "--out", "f.mp4", "--turns", "1e300"],
    ["film", "--out", "f.mp4", "--elevation", "100"],
    ["film", "--out", "f.mp4", "--scale", "0"],
    ["film", "--out", "f.mp4", "--signs", ""],
    ["film", "--out", "f.mp4", "--signs", "nosuchsign"],
    ["film", "--out", "f.mp4", "--colour", "mood"],
    ["film", "--out", "f.mp4", "--figure", "1"],
    ["film", "--out", "f.mp4", "--figure", "99"],
    ["film", "--out", "f.mp4", "--session", "missing.auslan"],
    ["film", "--out", "f.mp4", "--session", "text.h5"],
    ["film", "--out", "f.mp4", "--session", "a.auslan", "--cache", "cut.h5"],
    ["film", "--out", "f.mp4", "--view", "4d"],
    ["film", "--out", "f.mp4", "--fps", "0"],
    ["film", "--out", "f.mp4", "--fps", "nan"],
    ["film", "--out", "f.mp4", "--frames", "0"],
    ["film", "--out", "f.mp4", "--frames", "9999999"],
    ["film", "--out", "nowhere/f.mp4"],
    ["export", "paths"],
    ["export", "maps", "--out", "p.csv"],
    ["export", "paths", "--out", "p.txt"],
    ["export", "paths", "--out", "p.csv", "--dims", "4"],
    ["export", "paths", "--out", "p.csv", "--cache", "missing.h5"],
    ["train"],
    ["train", "perceptron"],
    ["train", "classifier", "--epochs", "0"],
    ["train", "classifier", "--recordings", "nothing", "--out", "c.h5"],
    ["train", "autoencoder"],
    ["train", "autoencoder", "--dims", "5"],
    ["train", "autoencoder", "--dims", "2", "--noise", "-1", "--out", "a.h5"],
    ["train", "autoencoder", "--dims", "2", "--learning-rate", "fast", "--out", "a.h5"],
    ["train", "autoencoder", "--dims", "2", "--cache", "missing.h5", "--out", "a.h5"],
    ["models", "--workers", "0"],
    ["models", "--out", "empty.h5"],
]


@pytest.mark.parametrize("args", BAD, ids=" ".join)
def test_one_sentence_and_exit_code_2(args, odd, monkeypatch, capfd) -> None:
    monkeypatch.chdir(odd)
    before = {path: path.stat().st_mtime_ns for path in odd.iterdir()}
    assert cli.main(args) == 2
    said, complaint = capfd.readouterr()
    assert said == ""
    assert complaint.startswith("auslan-explorer: ") and complaint.count("\n") == 1
    assert "Traceback" not in complaint
    assert {path: path.stat().st_mtime_ns for path in odd.iterdir()} == before


def test_a_typo_is_answered_with_the_command_that_was_meant(run) -> None:
    done = run("evalute", "--json")
    assert done.returncode == 2 and "did you mean evaluate?" in done.stderr and done.stdout == ""


def test_a_place_that_cannot_be_written_is_noticed_first(run, tmp_path) -> None:
    (tmp_path / "file").touch()
    for out in ("/dev/null", tmp_path, tmp_path / "missing" / "c.h5", tmp_path / "file" / "c.h5"):
        done = run("cache", "--out", out, "--recordings", tmp_path / "no-such-recordings")
        assert done.returncode == 2
        assert str(out) in done.stderr or str(Path(out).parent) in done.stderr or "ending" in done.stderr
        assert "no-such-recordings" not in done.stderr


def test_what_was_there_before_is_untouched(run, odd, tmp_path) -> None:
    out = tmp_path / "kept.csv"
    out.write_text("mine")
    assert run("export", "paths", "--cache", odd / "cut.h5", "--out", out).returncode == 2
    assert out.read_text() == "mine" and list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), ["train", "classifier"], ["cache", "check"]])
def test_help_is_there(command, capsys) -> None:
    assert cli.main([*command, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("usage: auslan-explorer") and len(said.splitlines()) > 5


def test_version(ok) -> None:
    assert ok("--version") == f"auslan-explorer {__version__}\n"


def test_help_and_info_load_neither_tensorflow_nor_qt(models) -> None:
    code = (
        "import sys\nfrom auslan_explorer import cli\n"
        "assert cli.main(['--help']) == 0\nassert 'numpy' not in sys.modules\n"
        "assert cli.main(['info', sys.argv[1]]) == 0\n"
        "heavy = {'tensorflow', 'keras', 'PySide6', 'sklearn'} & set(sys.modules)\nassert not heavy, heavy"
    )
    subprocess.run(
        [sys.executable, "-c", code, models / "classifier.h5"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyboardInterrupt(), 130, "Stopped"),
        (Cancelled(), 130, "Stopped"),
        (MemoryError(), 2, "memory"),
        (PermissionError(13, "Permission denied", "x.h5"), 2, "x.h5: Permission denied."),
        (UserError("This is wrong."), 2, "This is wrong."),
    ],
)
def test_what_can_happen_on_the_way(error, code, words, monkeypatch, capsys) -> None:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr(window, "open_window", fail)
    assert cli.main([]) == code
    assert words in capsys.readouterr().err


class Function:
    """A function of a library, with types that can be set."""

    def __init__(self, call: Callable[[Any], Any]) -> None:
        self.call = call

    def __call__(self, given: Any) -> Any:
        return self.call(given)


def test_display(monkeypatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert not window.has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert window.has_display()
    monkeypatch.delenv("WAYLAND_DISPLAY")
    # Left over from a login that is gone: Qt would abort.
    monkeypatch.setenv("DISPLAY", ":9797")
    assert not window.has_display()
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert window.has_display()


@pytest.mark.parametrize(("opened", "closed"), [(0, []), (4711, [4711])])
def test_an_x_server_is_asked_and_left(opened: int, closed: list[int], monkeypatch) -> None:
    left: list[int] = []
    x11 = SimpleNamespace(XOpenDisplay=Function(lambda _: opened), XCloseDisplay=Function(left.append))
    for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(window.ctypes, "CDLL", lambda _: x11)
    assert window.has_display() is bool(opened)
    assert left == closed


def test_without_the_library_of_x_qt_has_to_say_what_is_wrong(monkeypatch) -> None:
    def missing(_: str) -> None:
        raise OSError

    for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(window.ctypes, "CDLL", missing)
    assert window.has_display()


def test_info_tells_of_a_session_and_calls_damaged_files_what_they_are(tmp_path, capsys) -> None:
    session = tmp_path / "mine.auslan"
    session.write_text('{"format": "auslan-explorer session", "version": 99, "shown": {"colouring": "sign"}}')
    assert cli.main(["info", str(session)]) == 0
    out = capsys.readouterr().out
    assert "kind: session" in out and "colouring: sign" in out and "newer version" in out
    session.write_text("{")
    broken = tmp_path / "cache.h5"
    broken.write_bytes(b"not what it says")
    for file, word in ((session, "not a session"), (broken, "no HDF5 file")):
        assert cli.main(["info", str(file)]) == 2
        assert word in capsys.readouterr().err
