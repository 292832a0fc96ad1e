"""The program, ended as soon as its first picture is complete: prints when that was and the memory it took."""

from __future__ import annotations

import sys
import time

from auslan_explorer import app
from auslan_explorer.core.splits import TRAIN


def main() -> int:
    """Open the window on what ships and wait for the picture."""
    qt = app.make_application()
    window = app.make_window(qt, app.open_activations(None))
    window.session.update(splits=frozenset({TRAIN}))
    window.show()
    from PySide6.QtWidgets import QWidget

    from auslan_explorer.gui.views.map2d.canvas import MapCanvas
    from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D

    maps = window.findChildren(MapCanvas) + window.findChildren(Scatter3D)
    assert len(maps) == 2
    while not all(shows(view) for view in maps if isinstance(view, QWidget) and view.isVisible()):
        qt.processEvents()
        time.sleep(0.002)
    qt.processEvents()
    done = time.time()
    with open("/proc/self/status", encoding="ascii") as status:
        resident = next(line.split()[1] for line in status if line.startswith("VmRSS"))
    print(done, resident)
    window.close()
    return 0


def shows(view: object) -> bool:
    """Return whether a view shows its picture; the 3-D view draws within its first paint."""
    sharp = getattr(view, "is_sharp", None)
    return bool(sharp()) if callable(sharp) else True


if __name__ == "__main__":
    sys.exit(main())
