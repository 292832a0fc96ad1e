"""Starts Auslan Explorer; `python main.py ...` takes what the command `auslan-explorer` takes."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Run the window or a command; or a training, where the program has started itself for that."""
    if sys.argv[1:] == ["--worker"]:
        # Before any import that could bring Qt along: TensorFlow and OpenGL in one process crash.
        from auslan_explorer.ml.worker import main as train

        return train()
    from auslan_explorer.cli import main as run

    return run()


if __name__ == "__main__":
    multiprocessing.freeze_support()  # frozen, the program itself is what its child processes are started with
    sys.exit(main())
