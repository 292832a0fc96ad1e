"""Entry point of the command `auslan-explorer`: listens to Ctrl+C before it imports anything large."""

from __future__ import annotations

import os

from auslan_explorer import early_interrupts

early_interrupts.listen()  # here, not in `main`: the script that calls it may import more before
# Read by NumPy's linear algebra as it is loaded. After a product its threads spin for 2^26 ticks of the clock, a tenth
# of a second of a processor at every start; 2^20 are enough where the next product follows at once.
os.environ.setdefault("OPENBLAS_THREAD_TIMEOUT", "20")


def main() -> int:
    """Run the window or a command, and return its exit code."""
    from auslan_explorer import interrupts

    try:
        from auslan_explorer.cli import main as run

        interrupts.listen()
        return interrupts.settle(run())
    except BaseException:
        # An interrupted import raises what it likes.
        if interrupts.was_asked():
            return interrupts.settle(0)
        raise
