"""Seconds from the start of the process to the first complete picture, and the memory it takes.

The program itself is started, as a person does; it says when both views show all recordings and are sharp. Beside it
starts an empty window of Python, Qt, pyqtgraph and h5py. The ratio is of processors' time, which a busy machine changes
little.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time

from benchmarks.common import ROOT, verdict

RUNS = 4
AIM_EMPTY = 2.0


def once(module: str) -> tuple[float, float, float]:
    """Start a window, wait for its picture, end it; return seconds, those of processors, and megabytes resident."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "AUSLAN_EXPLORER_DATA": home}
        began, before = time.time(), resource.getrusage(resource.RUSAGE_CHILDREN)
        out = subprocess.run(
            [sys.executable, "-m", module],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    processors = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    when, kilobytes, *_ = out.strip().splitlines()[-1].split()
    return float(when) - began, processors, float(kilobytes) / 1024


def main() -> int:
    """Measure and print; 1 if an aim is missed."""
    ours, empty = "benchmarks._first_picture", "benchmarks._empty_window"
    once(ours)  # warms the disk
    once(empty)
    runs, others = [], []
    for _ in range(RUNS):
        runs.append(once(ours))
        others.append(once(empty))
    seconds, megabytes = min(r[0] for r in runs), max(r[2] for r in runs)
    met = verdict("first complete picture", seconds, 2.5, "s", at_most=True)
    print(f"an empty window of Python, Qt, pyqtgraph and h5py: {min(r[0] for r in others):.1f} s")
    ratio = min(r[1] for r in runs) / min(r[1] for r in others)
    met &= verdict("first complete picture in empty windows, on processors", ratio, AIM_EMPTY, "times", at_most=True)
    return 0 if verdict("resident", megabytes, 500, "MB", at_most=True) and met else 1


if __name__ == "__main__":
    sys.exit(main())
