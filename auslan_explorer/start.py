"""Entry point of the command `auslan-explorer`: imports nothing large before it listens to Ctrl+C."""

from __future__ import annotations

from auslan_explorer import interrupts


def main() -> int:
    """Run the window or a command, and return its exit code."""
    interrupts.listen()
    try:
        from auslan_explorer.cli import main as run

        return interrupts.settle(run())
    except BaseException:
        # An interrupted import raises what it likes.
        if interrupts.was_asked():
            return interrupts.settle(0)
        raise
