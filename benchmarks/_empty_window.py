"""An empty window of what the program is made of, ended as soon as it is painted: the least that a start can take."""

from __future__ import annotations

import json
import sys
import time

import h5py
import pyqtgraph
from PySide6.QtWidgets import QApplication, QMainWindow


def main() -> int:
    """Open a window with an empty plot; print when it was painted, and what it took of processors."""
    app = QApplication(sys.argv)
    window = QMainWindow()
    window.setCentralWidget(pyqtgraph.PlotWidget())
    window.resize(1560, 900)
    window.show()
    app.processEvents()
    window.repaint()
    print(json.dumps({"first": time.time(), "first_processors": time.process_time(), "h5py": h5py.__version__}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
