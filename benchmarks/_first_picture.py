"""The program, ended as soon as its picture is complete: prints when a first and a complete one were there, and memory.

With a file, it is opened as the command line opens it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from auslan_explorer import app
from auslan_explorer.core.splits import TRAIN


def main() -> int:
    """Open the window on what ships, or on a file, and wait for the picture."""
    qt = app.make_application()
    if len(sys.argv) > 1:
        window = app.window_on(app.read_for_window(file := Path(sys.argv[1])), file)
    else:
        window = app.make_window(qt, app.open_activations(None))
        window.session.update(splits=frozenset({TRAIN}))
    window.show()
    from auslan_explorer.gui.views.map2d.canvas import MapCanvas
    from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D

    maps = window.findChildren(MapCanvas) + window.findChildren(Scatter3D)
    assert len(maps) == 2
    first = 0.0
    while not (window.session.projections and all(shows(view) for view in maps if view.isVisible())):
        qt.processEvents()
        if not first and window.session.projections and all(map(has_picture, maps)):
            first = time.time()
        time.sleep(0.002)
    qt.processEvents()
    done = time.time()
    with open("/proc/self/status", encoding="ascii") as status:
        most = next(line.split()[1] for line in status if line.startswith("VmHWM" if len(sys.argv) > 1 else "VmRSS"))
    print(*([first or done] if len(sys.argv) > 1 else []), done, most)
    window.close()
    return 0


def has_picture(view: object) -> bool:
    """Return whether a view shows its paths, coarsely at least; the 3-D view draws within its first paint."""
    layer = getattr(view, "_image_layer", None)
    return layer is None or (layer.request is not None and layer.request.scene is getattr(view, "_scene", None))


def shows(view: object) -> bool:
    """Return whether a view shows its picture; the 3-D view draws within its first paint."""
    sharp = getattr(view, "is_sharp", None)
    return bool(sharp()) if callable(sharp) else True


if __name__ == "__main__":
    sys.exit(main())
