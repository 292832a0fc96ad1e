"""Seconds from the start of the process to the first complete picture, and the memory it takes.

The program itself is started, as a person does; it says when both views show all recordings and are sharp.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from benchmarks.common import ROOT, verdict

RUNS = 4


def once() -> tuple[float, float]:
    """Start the program, wait for the picture, end it; return seconds and megabytes resident."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "AUSLAN_EXPLORER_DATA": home}
        began = time.time()
        out = subprocess.run(
            [sys.executable, "-m", "benchmarks._first_picture"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    when, kilobytes = out.strip().splitlines()[-1].split()
    return float(when) - began, float(kilobytes) / 1024


def main() -> int:
    """Measure and print; 1 if an aim is missed."""
    once()  # warms the disk
    runs = [once() for _ in range(RUNS)]
    seconds, megabytes = min(r[0] for r in runs), max(r[1] for r in runs)
    met = verdict("first complete picture", seconds, 2.5, "s", at_most=True)
    return 0 if verdict("resident", megabytes, 500, "MB", at_most=True) and met else 1


if __name__ == "__main__":
    sys.exit(main())
