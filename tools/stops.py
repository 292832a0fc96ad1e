"""Stops commands at random moments, with Ctrl+C or kill -9, and looks at what they leave.

    python tools/stops.py --signal int --times 200 [--seed N] [--commands film render]

Each command runs on small made-up files, once to its end and then again and again, stopped at a moment drawn over that
time. Afterwards its target has to be whole, or as it was before, or absent; after Ctrl+C the exit code is 130 with one
sentence and nothing else is left; after kill -9 nothing else is left once the next start has cleared. A Ctrl+C before
the program's first line, which Python answers by itself, is counted apart. The exit code is 1 if anything
else was seen.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import os
import random
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from xvfb import virtual_display

from auslan_explorer import early_interrupts, paths
from auslan_explorer.io.cache import cache_from_arrays, read_cache, write_cache
from auslan_explorer.io.eaf_reader import read_eaf
from auslan_explorer.io.models import load_autoencoder
from auslan_explorer.io.recordings import open_recordings
from auslan_explorer.io.session_file import read_session
from auslan_explorer.io.temporary import clear_left_behind

ROOT = Path(__file__).parents[1]
SIGNS = ("alive", "boy", "come", "drink", "happy")
OLD = b"what was there before"
LONGEST = 300.0
"""Seconds that a command may take to its end."""
ENDS_WITHIN = 60.0
"""Seconds from the signal to the end; other programs may run beside this."""
SLOW = ("train", "evaluate", "stability", "window training")
"""Commands that take long, and so are stopped more rarely."""


_KEPT = ("runs", "sessions")
"""Folders of the person's data in which a training and a window keep what is gone on with after a crash."""


@dataclass(frozen=True)
class Command:
    """A command, what it writes, and how to tell that this is whole."""

    arguments: tuple[str, ...]
    target: str = ""
    check: Callable[[Path], object] = Path.read_bytes
    script: str = "main.py"


def commands() -> dict[str, Command]:
    """Return the commands by name; paths are relative to the folder of `make_inputs`."""
    film = ("film", "--cache", "cache.h5", "--size", "320x240", "--fps", "10")
    return {
        "render": Command(
            ("render", "--figure", "3", "--cache", "cache.h5", "--out", "out/a.png"), "a.png", _ends(b"IEND\xaeB`\x82")
        ),
        "mp4": Command((*film, "--out", "out/a.mp4"), "a.mp4", _check_film),
        "gif": Command((*film, "--out", "out/a.gif"), "a.gif", _ends(b";")),
        "frames": Command((*film, "--out", "out/f-%02d.png"), "f-*.png", _ends(b"IEND\xaeB`\x82")),
        "csv": Command(("export", "paths", "--cache", "cache.h5", "--out", "out/a.csv"), "a.csv", _check_csv),
        "h5": Command(("export", "paths", "--cache", "cache.h5", "--out", "out/a.h5"), "a.h5", _check_hdf5),
        "cache": Command(("cache", "--arrays", "a.npz", "--out", "out/a.h5"), "a.h5", read_cache),
        "import": Command(("import", "recordings.tar.gz", "--out", "out/a.h5"), "a.h5", open_recordings),
        "info": Command(("info", "cache.h5")),
        "check": Command(("cache", "check", "cache.h5")),
        "train": Command(
            ("train", "autoencoder", "--cache", "cache.h5", "--epochs", "2", "--dims", "2", "--out", "out/a.h5"),
            "a.h5",
            load_autoencoder,
        ),
        "evaluate": Command(("evaluate", "--json")),
        "from": Command(("cache", "--from", "a.npz", "--out", "out/a.h5"), "a.h5", read_cache),
        "elan": Command(
            ("elan", "--cache", "cache.h5", "--no-film", "--no-table", "--out", "out/a.eaf"), "a.eaf", read_eaf
        ),
        "pairs": Command(
            ("minimal-pairs", "--recordings", "recordings.tar.gz", "--csv", "out/a.csv"), "a.csv", _ends(b"\n")
        ),
        "stability": Command(("stability", "--csv", "out/a.csv"), "a.csv", _check_csv),
        "runs": Command(("runs", "list")),
        **{f"window {name}": _in_window(name, *told) for name, told in _WINDOWS.items()},
    }


def _in_window(name: str, target: str = "", check: Callable[[Path], object] = Path.read_bytes) -> Command:
    return Command((name, "cache.h5", "out"), target, check, "tools/stops_window.py")


def _ends(end: bytes) -> Callable[[Path], object]:
    def check(path: Path) -> None:
        if not path.read_bytes().endswith(end):
            raise ValueError("cut short")

    return check


_WINDOWS: dict[str, tuple[Any, ...]] = {
    "shown": (), "playing": (), "film": ("a.gif", _ends(b";")), "session": ("a.auslan", read_session), "training": (),
}  # fmt: skip
"""What is done in a window, the file that it writes, and how to tell that this is whole."""


def _check_film(path: Path) -> None:
    import av

    with av.open(str(path)) as film:
        if not sum(1 for _ in film.decode(video=0)):
            raise ValueError("no frames")


def _check_csv(path: Path) -> None:
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    if len(rows) < 2 or len({len(row) for row in rows}) != 1:
        raise ValueError("cut short")


def _check_hdf5(path: Path) -> None:
    import h5py

    with h5py.File(path) as file:
        file.visititems(lambda _, node: node[()] if isinstance(node, h5py.Dataset) else None)


def make_inputs(folder: Path) -> None:
    """Write a small cache, arrays and recordings."""
    rng = np.random.default_rng(1)
    lengths, sign = np.full(40, 12), np.arange(40) % 2
    arrays = {
        "states": rng.normal(size=(480, 8)).astype("f4"), "lengths": lengths, "sign": sign,
        "signs": np.array(["one", "two"]), "projection_2d": rng.normal(size=(480, 2)).astype("f4"),
    }  # fmt: skip
    np.savez_compressed(folder / "a.npz", allow_pickle=False, **arrays)
    made = cache_from_arrays(arrays["states"], lengths, sign, ["one", "two"], projections={2: arrays["projection_2d"]})
    write_cache(folder / "cache.h5", made)
    recording = folder / "a.tsd"
    recording.write_text("".join("\t".join(f"{value:.3f}" for value in row) + "\n" for row in rng.random((50, 22))))
    with tarfile.open(folder / "recordings.tar.gz", "w:gz") as archive:
        for number in range(30):
            archive.add(recording, f"tctodd{number % 3 + 1}/{SIGNS[number % len(SIGNS)]}-{number // 15 + 1}.tsd")


class Sweep:
    """Runs and stops commands in one folder.

    Parameters
    ----------
    folder : Path
        An empty one.
    number : signal.Signals
        SIGINT or SIGKILL.
    """

    def __init__(self, folder: Path, number: signal.Signals) -> None:
        self.folder, self.out, self.number = folder, folder / "out", number
        self.out.mkdir()
        make_inputs(folder)
        os.environ[paths.DATA_VARIABLE] = str(folder / "data")
        os.environ["TMPDIR"] = str(folder / "system")
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            os.environ[name] = str(folder / "home")
        (folder / "system").mkdir()
        self._seconds: dict[str, float] = {}
        self._whole: dict[str, int] = {}

    def try_once(self, name: str, rng: random.Random) -> str:
        """Stop a command once; return what became of it."""
        command = commands()[name]
        if name not in self._seconds:
            self._measure(name, command)
        was_there = bool(command.target) and "*" not in command.target and rng.random() < 0.5
        if was_there:
            (self.out / command.target).write_bytes(OLD)
        # Half of them near the end, where files are written.
        moment = self._seconds[name] * (rng.random() * 1.05 if rng.random() < 0.5 else rng.uniform(0.6, 1.05))
        try:
            code, said, ended = self._run(command, moment)
            problem = self._look(name, command, was_there)
        finally:
            self._empty()
        if problem:
            return f"{name}, stopped after {moment:.3f} s (exit code {code}): {problem}\n{said}"
        if ended:
            return "ended before"
        return self._judge(code, said, f"{name}, stopped after {moment:.3f} s")

    def _judge(self, code: int, said: str, told: str) -> str:
        if self.number == signal.SIGKILL:
            return "stopped" if code == -signal.SIGKILL else f"{told}: exit code {code}\n{said}"
        if code == early_interrupts.EXIT_CODE and said.strip().endswith(early_interrupts.SENTENCE):
            return "stopped" if "Traceback" not in said else f"{told}: a traceback\n{said}"
        if "auslan_explorer/" not in said and (code in (-signal.SIGINT, 1, early_interrupts.EXIT_CODE)):
            return "stopped before the first line"
        return f"{told}: exit code {code}\n{said}"

    def _measure(self, name: str, command: Command) -> None:
        began = time.monotonic()
        code, said, _ = self._run(command, LONGEST)
        self._seconds[name] = time.monotonic() - began
        if code or any(self.folder.rglob("*.part*")):
            raise SystemExit(f"{name} does not even work undisturbed (exit code {code}): {said}")
        self._whole[name] = len(list(self.out.glob(command.target))) if command.target else 0
        self._empty()

    def _run(self, command: Command, moment: float) -> tuple[int, str, bool]:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / command.script), *command.arguments],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        try:
            said = process.communicate(timeout=moment)[1]
            return process.returncode, said, True
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, self.number)  # as a terminal does, to the whole group
        try:
            said = process.communicate(timeout=ENDS_WITHIN)[1]
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return process.wait(), f"It did not end within {ENDS_WITHIN:.3g} s.\n{process.communicate()[1]}", False
        return process.returncode, said, process.returncode == 0

    def _look(self, name: str, command: Command, was_there: bool) -> str:
        """Return what is wrong with what lies in the folders; nothing where all is well."""
        if self.number == signal.SIGKILL:
            clear_left_behind()  # what the next start does
        found = sorted(self.out.glob(command.target)) if command.target else []
        strange = [
            str(each.relative_to(self.folder))
            for place in (self.out, self.folder / "data", self.folder / "system")
            for each in place.rglob("*")
            if each not in found and each.is_file() and each.parent.name not in _KEPT
        ]
        strange += [str(each) for each in self.folder.rglob("*.part*")]
        if strange:
            return f"left behind: {', '.join(strange)}"
        if was_there and not found:
            return "what was there before is gone"
        if found and found[0].read_bytes() == OLD:
            return "" if was_there else "impossible"
        if found and len(found) != self._whole[name]:
            return f"{len(found)} of {self._whole[name]} files are there"
        for each in found:
            try:
                command.check(each)
            except Exception as error:
                return f"{each.name} is not whole: {error}"
        return ""

    def _empty(self) -> None:
        for place in (self.out, self.folder / "data", self.folder / "system"):
            for each in place.rglob("*"):
                if each.is_file():
                    each.unlink(missing_ok=True)


def _display(names: Sequence[str]) -> AbstractContextManager[dict[str, str]]:
    """Return a display that nobody watches, where windows are among the commands."""
    return virtual_display() if any(name.startswith("window") for name in names) else nullcontext({})


def main(argv: list[str] | None = None) -> int:
    """Stop commands so many times, and print a summary; return 1 where anything else was seen."""
    today = int(datetime.datetime.now(datetime.UTC).strftime("%Y%m%d"))
    known = list(commands())
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signal", choices=["int", "kill"], default="int")
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--seed", type=int, default=today, help="default: the day's")
    parser.add_argument("--commands", nargs="+", choices=known, default=known)
    args = parser.parse_args(argv)
    number = signal.SIGINT if args.signal == "int" else signal.SIGKILL
    # A shell lets what runs in its background ignore Ctrl+C, and children would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    print(f"Seed {args.seed}, {args.times} times {number.name}: {', '.join(args.commands)}.", flush=True)
    found: Counter[str] = Counter()
    quick = [name for name in args.commands if name not in SLOW] or args.commands
    with tempfile.TemporaryDirectory(prefix="auslan-explorer-stops-") as folder, _display(args.commands) as display:
        os.environ.update(display)
        sweep = Sweep(Path(folder), number)
        for turn in range(args.times):
            rng = random.Random(f"{args.seed}/{turn}")
            names = args.commands if turn % 5 == 0 else quick
            outcome = sweep.try_once(names[(turn // 5 if names is args.commands else turn) % len(names)], rng)
            simple = outcome in ("stopped", "stopped before the first line", "ended before")
            found[outcome if simple else "anything else"] += 1
            if not simple:
                print(f"--- turn {turn}: {outcome}", flush=True)
    kinds = ("stopped", "stopped before the first line", "ended before", "anything else")
    print(", ".join(f"{found[kind]} {kind}" for kind in kinds))
    return 1 if found["anything else"] else 0


if __name__ == "__main__":
    sys.exit(main())
