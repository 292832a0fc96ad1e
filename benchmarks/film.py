"""Seconds to the article's film with the command that a person calls, beside the article's own way.

The article ran Keras on each recording by itself and drew each frame with Matplotlib; a few of either are timed and
multiplied, without its compression by ffmpeg. Ours is the whole command: start, drawing, compression, file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.common import ROOT, verdict

RECORDINGS, FRAMES = 1974, 150
AIM_SECONDS, AIM_RATIO = 30.0, 5.0
_WINDOWS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def ours(*options: str) -> float:
    """Return the seconds that the command takes, without a display."""
    environment = {key: value for key, value in os.environ.items() if key not in _WINDOWS}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "main.py"), "film", "--out", str(Path(folder) / "film.mp4"), *options]
        began = time.perf_counter()
        subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True)
        return time.perf_counter() - began


def article() -> dict[str, float]:
    """Return the seconds that a recording and a frame take in the article's way."""
    command = [sys.executable, "-m", "benchmarks._article_film"]
    out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    taken: dict[str, float] = json.loads(out.strip().splitlines()[-1])
    return taken


def main() -> int:
    """Measure and print; 1 if an aim is missed."""
    seconds = ours()
    theirs = article()
    whole = RECORDINGS * theirs["recording"] + FRAMES * theirs["frame"]
    met = verdict("the article's film, 1920 x 1080, points and lines", seconds, AIM_SECONDS, "s", at_most=True)
    print(
        f"the article's way: {whole:.0f} s, from {1000 * theirs['recording']:.0f} ms a recording "
        f"({RECORDINGS} of them) and {theirs['frame']:.2f} s a frame ({FRAMES})"
    )
    met &= verdict("ratio", whole / seconds, AIM_RATIO, "times")
    print(f"3-D, points, the camera turning: {ours('--view', '3d'):.1f} s")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
