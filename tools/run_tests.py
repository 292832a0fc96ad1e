"""Runs the tests room by room, several rooms at a time, and adds up what they say.

A room is a folder of tests/, such as tests/gui/views/map2d. It runs in a process of its own, or in several where it is
slow, with a display of its own where windows open; as many run at a time as there are cores. TensorFlow and Mesa's
OpenGL crash in one process, so the tests of one process are of one kind:

core    everything without a window system: Qt draws off screen
ml      tests/ml: TensorFlow
gui     tests/gui: real windows with OpenGL, in an X server without a screen
bundle  tests/bundle: the frozen program in such a server; skipped where `make bundle` has not made it

`python tools/run_tests.py [--only KIND] [--room NAME] [--measure] [FILE ...] [pytest arguments, values after "="]`
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import ParseError

from junit_reports import Totals, read_totals, seconds_by_file
from xvfb import NoServer, virtual_display

TESTS = Path(__file__).parents[1] / "tests"
# A process that hangs past pytest's own limit for one test is ended.
LIMIT_SECONDS = 20 * 60
# What an interrupted process has for its clean-up.
LAST_WORDS_SECONDS = 10
KINDS = ["core", "ml", "gui", "bundle"]
# Processes side by side that each take every core wait for one another more than they compute: linear algebra takes
# three times the processor's time then. NumPy, TensorFlow, and OpenGL in software.
THREADS = [
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
    "LP_NUM_THREADS",
]
# Seconds that slow files of tests take: the slowest are begun first, since begun last they would leave the other cores
# idle. Nothing but time depends on them; a run of all tests with `--measure` writes the file anew.
SECONDS_FILE = TESTS / "seconds.json"
SECONDS: dict[str, int] = json.loads(SECONDS_FILE.read_text(encoding="utf-8")) if SECONDS_FILE.exists() else {}
# Quicker files are not written down.
LEAST_SECONDS = 3
SECONDS_OF_OTHERS = 1
# A room that takes longer than a process may is run by several. Each pays anew for its imports, TensorFlow's some
# seconds, and for what its tests share; but the last ones to end should leave no core idle for long.
LONGEST_SECONDS = 30
PROCESSES_PER_CORE = 8


class BadInput(Exception):
    """What was asked for does not exist; the text is one sentence."""


@dataclass(frozen=True)
class Batch:
    """The tests of one process: files or folders of one room, or single tests as pytest names them."""

    room: str
    paths: tuple[str, ...]

    @property
    def kind(self) -> str:
        first = self.room.split("/")[0]
        return first if first in KINDS else "core"


# ------------------------------------------------------------------------------------------------------ what is to run
def room_of(path: Path) -> str:
    """Name the room that a file or folder of tests lies in: its folder, as seen from tests/."""
    folder = path if path.is_dir() else path.parent
    return folder.relative_to(TESTS).as_posix()


def all_rooms() -> list[str]:
    """Name every folder that has tests in it, or below it."""
    folders = {folder for file in TESTS.rglob("test_*.py") for folder in file.relative_to(TESTS).parents}
    return sorted(folder.as_posix() for folder in folders - {Path()})


def seconds_of(file: Path) -> int:
    """Return how long the tests of a file are known to take."""
    return SECONDS.get(file.relative_to(TESTS).as_posix(), SECONDS_OF_OTHERS)


def batches_of_rooms(rooms: Sequence[str]) -> list[Batch]:
    """Make one batch of the files directly in each room, or several where they take long; the slowest come first."""
    files: dict[str, list[Path]] = {}
    for file in sorted(TESTS.rglob("test_*.py"), key=seconds_of, reverse=True):
        files.setdefault(room_of(file), []).append(file)
    batches: list[tuple[int, Batch]] = []
    seconds = {room: sum(map(seconds_of, files[room])) for room in sorted(set(rooms) & set(files))}
    longest = max(LONGEST_SECONDS, sum(seconds.values()) // (PROCESSES_PER_CORE * (os.cpu_count() or 1)))
    for room in seconds:
        parts: list[list[Path]] = [[] for _ in range(-(-seconds[room] // longest))]
        for file in files[room]:
            min(parts, key=lambda part: sum(map(seconds_of, part))).append(file)
        batches += [(sum(map(seconds_of, part)), Batch(room, tuple(map(str, part)))) for part in parts if part]
    return [batch for _, batch in sorted(batches, key=lambda each: -each[0])]


def batches_of_paths(paths: Sequence[str]) -> list[Batch]:
    """Make one batch of what was asked for in each room; `paths` are files, folders or tests (`FILE::TEST`).

    Raises
    ------
    BadInput
        Where there is no such file.
    """
    batches: dict[str, Batch] = {}
    for path in paths:
        name, colons, test = path.partition("::")
        place = Path(name).resolve()
        if not place.exists() or not place.is_relative_to(TESTS):
            raise BadInput(f"There is no file or folder of tests {path!r}.")
        for batch in batches_below(place) if place.is_dir() else [Batch(room_of(place), (f"{place}{colons}{test}",))]:
            before = batches.setdefault(batch.room, replace(batch, paths=()))
            batches[batch.room] = replace(batch, paths=(*before.paths, *batch.paths))
    return list(batches.values())


def batches_below(folder: Path) -> list[Batch]:
    """Make a batch of each room in a folder of tests, itself included."""
    return batches_of_rooms([room_of(file) for file in folder.rglob("test_*.py")])


def looks_like_path(argument: str) -> bool:
    """Tell a file or folder of tests from another argument."""
    return ".py" in argument or Path(argument).resolve().is_relative_to(TESTS)


def rooms_called(name: str) -> list[str]:
    """Find the rooms of a name (`map2d`, `views/map2d`), with the rooms below them.

    Raises
    ------
    BadInput
        Where there is none; the sentence says which there are.
    """
    rooms = all_rooms()
    called = [room for room in rooms if f"/{room}".endswith(f"/{name}")]
    if not called:
        names = sorted({room.split("/")[-1] for room in rooms})
        raise BadInput(f"There is no room {name!r} of tests; the rooms are {', '.join(names)}.")
    return [room for room in rooms if any(f"{room}/".startswith(f"{each}/") for each in called)]


def asked_for(arguments: Sequence[str]) -> tuple[list[Batch], list[str], bool]:
    """Read the command line: the batches to run, what is handed on to pytest, and whether times are written down.

    Raises
    ------
    BadInput
        Where a room or a file does not exist, or has no test of the kind asked for.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=KINDS, help="run tests of one kind")
    parser.add_argument("--room", help="run the tests of one room, for example map2d")
    parser.add_argument("--measure", action="store_true", help=f"write the times of slow files to {SECONDS_FILE.name}")
    options, rest = parser.parse_known_args(arguments)
    # An option's value that is no path, as in `-k name`, is left to pytest.
    paths = [part for part in rest if not part.startswith("-") and looks_like_path(part)]
    if paths and options.room:
        raise BadInput("Name a room or files, not both.")
    if paths:
        batches = batches_of_paths(paths)
    else:
        batches = batches_of_rooms(rooms_called(options.room) if options.room else all_rooms())
    of_kind = [batch for batch in batches if options.only in (None, batch.kind)]
    if batches and not of_kind:
        raise BadInput(f"None of these tests is of the kind {options.only}.")
    return of_kind, [part for part in rest if part not in paths], options.measure


# ------------------------------------------------------------------------------------------------------- how it is run
@contextlib.contextmanager
def environment_of(kind: str, folder: Path) -> Iterator[dict[str, str]]:
    """The environment variables that tests of a kind run with; what they leave behind lies in `folder`."""
    # A person's own settings of Python must not decide; PYTHONPATH alone may say where the code under test lies.
    inherited = {key: value for key, value in os.environ.items() if key == "PYTHONPATH" or not key.startswith("PYTHON")}
    variables = {
        **inherited,
        "TMPDIR": str(folder),
        "QT_API": "pyside6",
        "PYTEST_QT_API": "pyside6",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "CUDA_VISIBLE_DEVICES": "-1",
        **dict.fromkeys(THREADS, "1"),
    }
    in_windows = kind in ("gui", "bundle")
    if in_windows and sys.platform.startswith("linux"):
        variables.pop("WAYLAND_DISPLAY", None)
        with virtual_display() as display:
            yield {**variables, **display}
    elif in_windows:
        yield variables
    else:
        variables.pop("DISPLAY", None)
        yield {**variables, "QT_QPA_PLATFORM": "offscreen"}


def write_seconds(measured: dict[str, float]) -> None:
    """Write down the slow files; those that were not run stay as they are."""
    known = {file: seconds for file, seconds in SECONDS.items() if (TESTS / file).exists() and file not in measured}
    known |= {file: round(seconds) for file, seconds in measured.items() if seconds >= LEAST_SECONDS}
    SECONDS_FILE.write_text(json.dumps(dict(sorted(known.items())), indent=1) + "\n", encoding="utf-8")


class Runner:
    """Runs batches side by side, prints what each said when it has ended, and ends them all when interrupted.

    `seconds` says how long the tests of each file took.

    Parameters
    ----------
    extra : sequence of str
        More arguments for each pytest.
    folder : Path
        Where what the tests leave behind goes.
    workers : int
        How many processes run at a time.
    """

    def __init__(self, extra: Sequence[str], folder: Path, workers: int) -> None:
        self.seconds: dict[str, float] = {}
        self._extra = tuple(extra)
        self._folder = folder
        self._workers = workers
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._interrupted = False

    def run(self, batches: Sequence[Batch]) -> Totals:
        """Run all batches; what they counted together."""
        with ThreadPoolExecutor(self._workers) as pool:
            try:
                return sum(pool.map(self._run, batches, range(len(batches))), Totals())
            except KeyboardInterrupt:
                pool.shutdown(wait=False, cancel_futures=True)
                self._interrupt()
                raise

    def _run(self, batch: Batch, number: int) -> Totals:
        """Run one batch; alone, it speaks as it goes."""
        # A short name: sockets' paths are limited to about a hundred letters.
        folder = self._folder / str(number)
        folder.mkdir()
        start = time.monotonic()
        if self._workers == 1:
            print(f"--- {batch.room}", flush=True)
            totals, said = self._count(batch, folder, None)
        else:
            with (folder / "output").open("w+b") as output:
                totals, said = self._count(batch, folder, output)
                output.seek(0)
                said = f"--- {batch.room}\n{output.read().decode(errors='replace')}{said}"
        with self._lock:
            print(f"{said}--- {batch.room}: {totals} in {time.monotonic() - start:.0f} s", flush=True)
        return totals

    def _count(self, batch: Batch, folder: Path, output: IO[bytes] | None) -> tuple[Totals, str]:
        """Run one batch's pytest; what it counted, and a line where its process came to no good end."""
        report = folder / "report.xml"
        # pytest-qt would bring Qt into TensorFlow's process.
        without = ["-p", "no:pytest-qt"] if batch.kind == "ml" else []
        command = [sys.executable, "-m", "pytest", "-q", "-r", "fEs", f"--junitxml={report}", *without]
        try:
            with environment_of(batch.kind, folder) as variables:
                returncode = self._call([*command, *batch.paths, *self._extra], variables, output)
        except NoServer as error:
            return Totals(failed=1), f"The tests of {batch.room} cannot run: {error}.\n"
        except subprocess.TimeoutExpired:
            return Totals(failed=1), f"The tests of {batch.room} were stopped after {LIMIT_SECONDS // 60} minutes.\n"
        with self._lock, contextlib.suppress(OSError, ParseError):
            self.seconds |= seconds_by_file(report)
        died = f"The process that tested {batch.room} died of signal {-returncode}.\n" if returncode < 0 else ""
        return read_totals(report, returncode), died

    def _call(self, command: list[str], variables: dict[str, str], output: IO[bytes] | None) -> int:
        with self._lock:
            if self._interrupted:
                return -signal.SIGINT
            # A session of its own, so that it can be ended with all that it started.
            process = subprocess.Popen(
                command,
                cwd=TESTS.parent,
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=None if output is None else subprocess.STDOUT,
                start_new_session=True,
            )
            self._running.add(process)
        try:
            return process.wait(LIMIT_SECONDS)
        finally:
            _send(process, kill=True)
            process.wait()
            with self._lock:
                self._running.discard(process)

    def _interrupt(self) -> None:
        """End every process: with an interrupt, so that it cleans up, and at last by force."""
        with self._lock:
            self._interrupted = True
            running = list(self._running)
        for process in running:
            _send(process, kill=False)
        deadline = time.monotonic() + LAST_WORDS_SECONDS
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
            _send(process, kill=True)


def _send(process: subprocess.Popen[bytes], kill: bool) -> None:
    """Interrupt or kill a process and all that it started; nothing happens where all have ended."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform != "win32":
            os.killpg(process.pid, signal.SIGKILL if kill else signal.SIGINT)
        else:
            process.kill()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for, print the sum alone on the last line; 1 where anything failed, 2 where it is not there."""
    try:
        batches, extra, measure = asked_for(sys.argv[1:] if arguments is None else arguments)
    except BadInput as error:
        print(error, file=sys.stderr)
        return 2
    # A shell's background job is started deaf to Ctrl+C, which tests send to programs of their own.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    workers = max(1, min(os.cpu_count() or 1, len(batches)))
    try:
        with tempfile.TemporaryDirectory(prefix="auslan-explorer-tests-", ignore_cleanup_errors=True) as folder:
            runner = Runner(extra, Path(folder), workers)
            total = runner.run(batches)
    except KeyboardInterrupt:
        print("The tests were interrupted.", file=sys.stderr)
        return 130
    if measure:
        write_seconds(runner.seconds)
    print(total, flush=True)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
