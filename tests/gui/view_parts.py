"""Helpers shared by tests of the 3-D view."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D


def pixels(scatter: Scatter3D) -> np.ndarray:
    """Return the rendered picture, red, green, blue, shape (height, width, 3)."""
    assert scatter.view is not None
    scatter.view.refine()
    image = scatter.view.grabFramebuffer().convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return data[..., 2::-1].astype(int)
