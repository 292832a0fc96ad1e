"""Very many hidden states: how soon a file of them is seen, how soon a training begins, and the memory of both.

    python -m benchmarks.size [--recordings 20000] [--steps 50] [--units 512]

The file is made up in a temporary folder and deleted in the end; with the usual size it holds 2 GB of float32. The
window is the program's own, in a process of its own; so is the training, as the window starts it, up to the end of
its first epoch. The aims are those of the usual size.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import h5py
import numpy as np

from auslan_explorer.io.cache import read_cache
from auslan_explorer.training.estimate import estimate_seconds
from auslan_explorer.training.events import BatchesDone, EpochDone, Event, Failed, Stage, Started
from auslan_explorer.training.job import TrainingJob
from auslan_explorer.training.settings import recommended_autoencoder
from auslan_explorer.training.supervisor import Training
from benchmarks.common import ROOT, verdict

OPENS, WINDOW_GB = 5.0, 1.5
WORKER_GB = 3.0
CLASSES = 40


def make_file(path: Path, recordings: int, steps: int, units: int) -> None:
    """Write a cache of made-up paths, class by class another way through the space, block by block."""
    rng = np.random.default_rng(0)
    lengths = np.full(recordings, steps, dtype=np.int32)
    sign = (np.arange(recordings) % CLASSES).astype(np.int16)
    ways = rng.normal(size=(CLASSES, 3, units)).astype(np.float32) / 2
    time_ = np.linspace(0, 1, steps, dtype=np.float32)[:, None]
    shape = np.concatenate([time_, np.sin(3 * time_), time_**2], axis=1)
    with h5py.File(path, "w") as file:
        file.attrs["format"], file.attrs["version"] = "auslan-explorer-activations", 1
        file.attrs["steps"], file.attrs["units"] = steps, units
        file["recordings/length"] = lengths
        file["recordings/sign"] = file["recordings/predicted"] = sign
        file["recordings/session"] = file["recordings/trial"] = np.zeros(recordings, np.int16)
        file["recordings/split"] = np.tile(np.array([0] * 8 + [1, 2], np.uint8), recordings)[:recordings]
        file["recordings/first_step"] = np.zeros(recordings, np.int32)
        file["signs/key"] = file["signs/name"] = [f"class {number}" for number in range(CLASSES)]
        rows = file.create_dataset("hidden_states", (recordings * steps, units), "<f4", chunks=(1024, units))
        for start in range(0, recordings, 400):
            chosen = sign[start : start + 400]
            block = np.einsum("sk,nku->nsu", shape, ways[chosen])
            block += rng.normal(0, 0.05, block.shape).astype(np.float32)
            rows[start * steps : start * steps + block.shape[0] * steps] = np.tanh(block).reshape(-1, units)


def open_window(path: Path) -> tuple[float, float, float]:
    """Open the file in the program's window; return seconds to its first picture and to a sharp one, and GB at most."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "AUSLAN_EXPLORER_DATA": home}
        began = time.time()
        command = [sys.executable, "-m", "benchmarks._first_picture", str(path)]
        out = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    told = json.loads(out.strip().splitlines()[-1])
    return told["coarse"] - began, told["whole"] - began, told["most_kilobytes"] / 1024**2


def train_an_epoch(path: Path) -> tuple[float, float, float]:
    """Train until the first epoch is done; return seconds to an estimate of the rest, to that, and GB at most."""
    activations = read_cache(path)
    settings = recommended_autoencoder(2)
    print(f"said before it starts: {estimate_seconds(activations, settings) / 60:.0f} min at most")
    began = time.monotonic()
    estimated = ended = most = math.nan
    stage = ""

    def hear(event: Event) -> None:
        nonlocal estimated, ended, most, stage
        seconds = time.monotonic() - began
        if isinstance(event, Stage) and event.name != stage:
            stage = event.name
            print(f"{seconds:6.1f} s: {stage}", flush=True)
        elif isinstance(event, Started):
            print(f"{seconds:6.1f} s: learning from {event.training_rows} of {event.of_rows} steps", flush=True)
        elif isinstance(event, BatchesDone) and math.isnan(estimated) and event.seconds > 2:
            estimated = seconds
        elif isinstance(event, EpochDone | Failed) and math.isnan(ended):
            ended = seconds
            if isinstance(event, Failed):
                print(event.sentence)
            most = peak_gigabytes(training.pid)
            training.cancel()

    training = Training(TrainingJob(activations, settings, show_every=2), hear)
    training.start()
    training.wait()
    return estimated, ended, most


def peak_gigabytes(pid: int | None) -> float:
    """Return the most memory that a process has had; NaN where the system does not say."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            return next(float(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024**2
    except (OSError, StopIteration):
        return math.nan


def main() -> int:
    """Measure and print; 1 if an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recordings", type=int, default=20_000)
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--units", type=int, default=512)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.h5"
        make_file(path, args.recordings, args.steps, args.units)
        print(f"{args.recordings} recordings of {args.steps} steps, {args.units} units: "
              f"{path.stat().st_size / 1e9:.2f} GB", flush=True)  # fmt: skip
        first, sharp, window = open_window(path)
        print(f"a sharp picture of all of them after {sharp:.1f} s", flush=True)
        met = [
            verdict("first picture", first, OPENS, "s", at_most=True),
            verdict("memory of the window", window, WINDOW_GB, "GB", at_most=True),
        ]
        estimated, ended, worker = train_an_epoch(path)
        print(f"time left is known after {estimated:.1f} s, the first epoch done after {ended:.1f} s")
        met.append(verdict("memory of the training", worker, WORKER_GB, "GB", at_most=True))
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
