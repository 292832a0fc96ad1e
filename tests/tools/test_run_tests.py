"""The runner of the tests: what it runs when asked for a room or a file, and how it counts what goes wrong."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import run_tests  # noqa: E402 - found in tools/ alone

PASSES = "def test_one(): pass\n"


@pytest.fixture
def tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two rooms in the place of this one, one below a folder of windows."""
    folder = tmp_path / "tests"
    monkeypatch.setattr(run_tests, "TESTS", folder)
    monkeypatch.chdir(tmp_path)
    # Displays cost seconds and are tried by every test of a window.
    monkeypatch.setattr(run_tests, "virtual_display", lambda: nullcontext({}))
    monkeypatch.setattr(run_tests.signal, "signal", lambda *_: None)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:cacheprovider\n")
    write(folder / "plain/test_plain.py", PASSES)
    write(folder / "gui/views/map/test_map.py", PASSES)
    return folder


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_every_room_runs_in_a_process_and_the_sum_stands_alone_on_the_last_line(
    tests: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run_tests.main([]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert {line.split(":")[0] for line in lines if line.startswith("---")} == {"--- plain", "--- gui/views/map"}
    assert lines[-1] == "2 passed, 0 failed, 0 skipped"


def test_times_are_written_down_when_asked_for_and_those_of_other_files_stay(
    tests: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = tests / "seconds.json"
    monkeypatch.setattr(run_tests, "SECONDS_FILE", written)
    monkeypatch.setattr(run_tests, "SECONDS", {"gui/views/map/test_map.py": 7, "plain/test_plain.py": 9, "gone.py": 5})
    assert run_tests.main([str(tests / "plain/test_plain.py")]) == 0 and not written.exists()
    assert run_tests.main(["--measure", str(tests / "plain/test_plain.py")]) == 0
    assert json.loads(written.read_text()) == {"gui/views/map/test_map.py": 7}, "the quick ones are not written down"
    monkeypatch.setattr(run_tests, "LEAST_SECONDS", 0)
    assert run_tests.main(["--measure"]) == 0
    assert json.loads(written.read_text()) == {"gui/views/map/test_map.py": 0, "plain/test_plain.py": 0}


def test_a_long_room_is_divided_where_there_are_cores_for_it(tests: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tests / "plain/test_more.py", PASSES)
    seconds = {"plain/test_plain.py": 40, "plain/test_more.py": 40, "gui/views/map/test_map.py": 900}
    monkeypatch.setattr(run_tests, "SECONDS", seconds)
    for cores, expected in {1: [1, 2], 4: [1, 1, 1]}.items():
        monkeypatch.setattr(run_tests.os, "cpu_count", lambda cores=cores: cores)
        batches = run_tests.batches_of_rooms(["plain", "gui/views/map"])
        assert [len(batch.paths) for batch in batches] == expected
        assert batches[0].room == "gui/views/map", "the slowest is begun first"


def test_every_file_whose_time_is_known_is_there() -> None:
    assert run_tests.SECONDS and all((ROOT / "tests" / file).exists() for file in run_tests.SECONDS)


def rooms(arguments: list[str]) -> list[str]:
    """Name the rooms that the arguments ask for."""
    return [batch.room for batch in run_tests.asked_for(arguments)[0]]


@pytest.mark.parametrize("room", ["map", "views/map", "views", "gui"])
def test_a_room_is_called_by_its_folder(tests: Path, room: str) -> None:
    assert rooms(["--room", room]) == ["gui/views/map"]


def test_a_room_of_a_name_that_two_have_is_both_each_in_its_kind_of_process(tests: Path) -> None:
    write(tests / "map/test_map.py", PASSES)
    batches, extra, measure = run_tests.asked_for(["--room", "map", "-k", "one"])
    assert {(batch.room, batch.kind) for batch in batches} == {("map", "core"), ("gui/views/map", "gui")}
    assert extra == ["-k", "one"] and not measure
    assert rooms(["--room", "map", "--only", "gui"]) == ["gui/views/map"]


def test_an_unknown_room_is_a_sentence_with_the_rooms_there_are(
    tests: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_tests.main(["--room", "cellar"]) == 2
    assert capsys.readouterr().err == "There is no room 'cellar' of tests; the rooms are gui, map, plain, views.\n"


def test_a_file_is_all_that_is_collected(tests: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write(tests / "gui/views/map/test_other.py", "def test_other(): assert False\n")
    assert run_tests.main(["--only", "gui", "tests/gui/views/map/test_map.py"]) == 0
    assert capfd.readouterr().out.endswith("\n1 passed, 0 failed, 0 skipped\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["tests/gui/views/map/test_none.py"],
        ["test_map.py"],
        ["--only", "gui", "tests/plain"],
        ["--room", "map", "tests/plain"],
    ],
)
def test_what_is_not_there_is_a_sentence(tests: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run_tests.main(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    "text",
    [
        "def test_one(): assert False\n",
        "import os\ndef test_one(): os._exit(0)\n",
        "import os\ndef test_one(): os.abort()\n",
        "import nothing_of_this_name\n",
    ],
    ids=["fails", "leaves", "dies", "broken"],
)
def test_what_goes_wrong_in_one_room_counts_once_and_the_other_still_runs(
    tests: Path, text: str, capfd: pytest.CaptureFixture[str]
) -> None:
    write(tests / "plain/test_plain.py", text)
    assert run_tests.main([]) == 1
    assert capfd.readouterr().out.endswith("\n1 passed, 1 failed, 0 skipped\n")


def test_a_process_that_hangs_is_ended_and_counts_as_failed(
    tests: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_tests, "LIMIT_SECONDS", 1)
    write(tests / "plain/test_plain.py", "import time\ntime.sleep(600)\n")
    assert run_tests.main(["--room", "plain"]) == 1
    assert "were stopped after" in capfd.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is sent as a signal")
def test_ctrl_c_ends_every_process(tmp_path: Path) -> None:
    marks = [tmp_path / "one", tmp_path / "two"]
    for mark in marks:
        write(
            tmp_path / f"tests/{mark.name}/test_long.py",
            "import os, pathlib, time\n"
            f"def test_one(): pathlib.Path({str(mark)!r}).write_text(str(os.getpid())); time.sleep(600)\n",
        )
    for tool in ("run_tests.py", "junit_reports.py", "xvfb.py"):
        write(tmp_path / "tools" / tool, (ROOT / "tools" / tool).read_text(encoding="utf-8"))
    with subprocess.Popen(
        [sys.executable, "tools/run_tests.py"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as runner:
        wait_until(lambda: any(mark.exists() and mark.read_text() for mark in marks))
        runner.send_signal(signal.SIGINT)
        _, told = runner.communicate(timeout=300)
    assert runner.returncode == 130 and "interrupted" in told and "Traceback" not in told
    # One that was ended while it wrote has left an empty file.
    begun = [int(mark.read_text()) for mark in marks if mark.exists() and mark.read_text()]
    assert begun and not any(Path(f"/proc/{process}").exists() for process in begun)
