"""Seconds to the article's film with the command that a person calls, beside the article's own way.

The article ran Keras on each recording by itself and drew each frame with Matplotlib; a few of either are timed and
multiplied, without its compression by ffmpeg. Ours is the whole command: start, drawing, compression, file. Beside it
stands what its H.264 encoding takes by itself, in seconds of all processors. The two go by turns, and the median of
their ratios counts: a machine that others use too may work at half its speed a minute later.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.common import ROOT, verdict

RECORDINGS, FRAMES = 1974, 150
AIM_SECONDS, AIM_RATIO, AIM_ENCODINGS = 30.0, 5.0, 2.0
TURNS = 5
_LEFT_OUT = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONDONTWRITEBYTECODE")
"""Variables: of windows, and one that has each start compile the program anew."""


class Taken(NamedTuple):
    """What a film took: the command's seconds, those of all processors, and those of its encoding alone."""

    seconds: float
    processors: float
    encoding: float

    @property
    def encodings(self) -> float:
        """How many times its encoding the film took on all processors."""
        return self.processors / self.encoding


def ours(*options: str, turns: int = TURNS) -> list[Taken]:
    """Return what the command takes without a display, and its encoding alone after it, each time anew."""
    environment = {key: value for key, value in os.environ.items() if key not in _LEFT_OUT}
    runs = []
    for _ in range(turns):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, str(ROOT / "main.py"), "film", "--out", str(Path(folder) / "film.mp4"), *options]
            began, before = time.perf_counter(), of_children()
            subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True)
            seconds, processors = time.perf_counter() - began, of_children() - before
        again = [sys.executable, "-m", "benchmarks._encoding", *options]
        encoding = subprocess.run(again, env=environment, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        runs.append(Taken(seconds, processors, float(encoding.splitlines()[0])))
    return runs


def in_encodings(film: str, runs: list[Taken]) -> bool:
    """Print what a film takes, measured by its encoding; return whether that is within the aim."""
    middle = sorted(runs, key=lambda run: run.encodings)[len(runs) // 2]
    print(f"on all processors {middle.processors:.1f} s, its encoding alone {middle.encoding:.1f} s")
    return verdict(f"{film} in encodings", middle.encodings, AIM_ENCODINGS, "times", at_most=True)


def of_children() -> float:
    """Return the seconds of all processors that ended children have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def article() -> dict[str, float]:
    """Return the seconds that a recording and a frame take in the article's way."""
    command = [sys.executable, "-m", "benchmarks._article_film"]
    out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    taken: dict[str, float] = json.loads(out.strip().splitlines()[-1])
    return taken


def main() -> int:
    """Measure and print; 1 if an aim is missed."""
    ours("--frames", "1", turns=1)  # compiles what was never started
    runs = ours()
    seconds = min(run.seconds for run in runs)
    theirs = article()
    whole = RECORDINGS * theirs["recording"] + FRAMES * theirs["frame"]
    met = verdict("the article's film, 1920 x 1080, points and lines", seconds, AIM_SECONDS, "s", at_most=True)
    print(
        f"the article's way: {whole:.0f} s, from {1000 * theirs['recording']:.0f} ms a recording "
        f"({RECORDINGS} of them) and {theirs['frame']:.2f} s a frame ({FRAMES})"
    )
    met &= verdict("ratio", whole / seconds, AIM_RATIO, "times")
    met &= in_encodings("the film", runs)
    runs = ours("--view", "3d")
    print(f"3-D, points, the camera turning: {min(run.seconds for run in runs):.1f} s")
    met &= in_encodings("the 3-D film", runs)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
