"""Seconds from the start of the process to the first picture and to a whole one, and the memory it takes.

The program itself is started, as a person does, whose Python keeps the bytecode of what it imports. The first picture
is the window with a sharp map; it is whole once the 3-D view shows its own. Beside it starts an empty window of Python,
Qt, pyqtgraph and h5py. The two go by turns, and the median of their ratios counts.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from benchmarks.common import ROOT, verdict

RUNS = 7
AIM_EMPTY = 2.0


def once(module: str, bytecode: str) -> dict[str, float]:
    """Start a window, wait for its picture, end it; return when what was there, in seconds since, and what it took."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "AUSLAN_EXPLORER_DATA": home}
        environment["PYTHONPYCACHEPREFIX"] = bytecode
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        began = time.time()
        command = [sys.executable, "-m", module]
        out = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    told = json.loads(out.strip().splitlines()[-1])
    return {key: value - began if key in ("first", "whole") else value for key, value in told.items()}


def main() -> int:
    """Measure and print; 1 if an aim is missed."""
    ours, empty = "benchmarks._first_picture", "benchmarks._empty_window"
    with tempfile.TemporaryDirectory() as bytecode:
        once(ours, bytecode)  # compiles, and warms the disk
        once(empty, bytecode)
        both = [(once(ours, bytecode), once(empty, bytecode)) for _ in range(RUNS)]
    runs, others = [one for one, _ in both], [other for _, other in both]

    def least(runs: list[dict[str, float]], what: str) -> float:
        return min(run[what] for run in runs)

    met = verdict("first picture", least(runs, "first"), 1.5, "s", at_most=True)
    met &= verdict("whole picture, 3-D too", least(runs, "whole"), 2.5, "s", at_most=True)

    def in_empty_windows(what: str, alone: str) -> float:
        return statistics.median(run[what] / other[alone] for run, other in both)

    print(
        f"an empty window of Python, Qt, pyqtgraph and h5py: {least(others, 'first'):.2f} s; on the clock the first "
        f"picture takes {in_empty_windows('first', 'first'):.1f} of it"
    )
    ratio = in_empty_windows("first_processors", "first_processors")
    met &= verdict("first picture in empty windows, on processors", ratio, AIM_EMPTY, "times", at_most=True)
    print(f"the whole picture: {in_empty_windows('whole_processors', 'first_processors'):.1f} times")
    most = max(run["kilobytes"] for run in runs) / 1024
    return 0 if verdict("resident", most, 500, "MB", at_most=True) and met else 1


if __name__ == "__main__":
    sys.exit(main())
