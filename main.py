"""Starts Auslan Explorer; `python main.py ...` takes what the command `auslan-explorer` takes."""

from __future__ import annotations

import os
import sys


def count_processors() -> None:
    """Tell scikit-learn how many processors there are where it would not find out by itself.

    On Linux joblib starts a program to count cores, and complains at length on a path that leads to none.
    """
    import shutil

    if sys.platform.startswith("linux") and not (shutil.which("lscpu") or shutil.which("cat")):
        os.environ.setdefault("OMP_NUM_THREADS", str(len(os.sched_getaffinity(0))))


def main() -> int:
    """Run the window or a command; or a training, where the program has started itself for that."""
    if sys.argv[1:] == ["--worker"]:
        # Before any import that could bring Qt along: TensorFlow and OpenGL in one process crash.
        from auslan_explorer.ml.worker import main as train

        count_processors()
        return train()
    count_processors()
    from auslan_explorer.start import main as run

    return run()


if __name__ == "__main__":
    if sys.argv[1:] != ["--worker"]:
        from auslan_explorer import start  # noqa: F401 - from here on it listens to Ctrl+C
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()  # the program itself is what its child processes are started with
    sys.exit(main())
