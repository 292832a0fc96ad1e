"""Updates progress bars without repainting the whole window."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar


def show_fraction(bar: QProgressBar, fraction: float | None) -> None:
    """Set a progress bar to a fraction (0 to 1), or to be moving for None; painted with the window's next repaint.

    `QProgressBar.setValue` and `setRange` paint at once, and recompose the whole window around an OpenGL view with it:
    some 50 ms with software OpenGL.
    """
    bar.setUpdatesEnabled(False)
    bar.setRange(0, 0 if fraction is None else 1000)
    bar.setValue(0 if fraction is None else round(1000 * fraction))
    bar.setUpdatesEnabled(True)
