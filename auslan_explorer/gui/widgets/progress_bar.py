"""Showing progress without having the whole window painted anew."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar


def show_fraction(bar: QProgressBar, fraction: float) -> None:
    """Show how far something is, when the window next paints.

    `QProgressBar.setValue` paints at once, and with it the whole window around an OpenGL view is put together anew:
    some 50 ms where OpenGL is drawn on the processor.
    """
    bar.setUpdatesEnabled(False)
    bar.setRange(0, 1000)
    bar.setValue(round(1000 * fraction))
    bar.setUpdatesEnabled(True)
