"""The program, ended as soon as its picture is whole: prints when what was there, at what cost, and its memory.

The first picture is there once it has been painted, before what follows it begins. With a file, it is opened as the
command line opens it.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import auslan_explorer.start  # noqa: F401 - as the program is started: before NumPy
from auslan_explorer import app
from auslan_explorer.core.splits import TRAIN
from auslan_explorer.quick_start import QuickStart


def main() -> int:
    """Open the window on what ships, or on a file, and wait for the picture."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    quick = QuickStart()
    read = app.read_for_window(file)
    qt = app.make_application()
    window = app.window_on(read, file)
    window.idle.add(quick.end)
    if file is None:
        window.session.update(splits=frozenset({TRAIN}))
    window.show()
    from auslan_explorer.gui.views.map2d.canvas import MapCanvas

    (map_view,) = window.findChildren(MapCanvas)
    told: dict[str, float] = {}

    def note_first() -> None:
        if "first" not in told and window.session.projections and map_view.is_sharp():
            told.update(first=time.time(), first_processors=time.process_time())

    map_view.presented.connect(note_first)
    while "whole" not in told:
        qt.processEvents()
        views = None if window.views is None else window.views.panes
        if views is None or not window.session.projections:
            continue
        layer = map_view._image_layer
        if "coarse" not in told and layer.request is not None and layer.request.scene is map_view._scene:
            told["coarse"] = time.time()
        both = [pane.view for pane in views.values() if pane.view is not None and pane.view.widget.isVisible()]
        if "first" in told and len(both) == 2 and all(view.is_sharp() and view.is_current() for view in both):
            told.update(whole=time.time(), whole_processors=time.process_time())
        time.sleep(0.002)
    with open("/proc/self/status", encoding="ascii") as status:
        lines = dict(line.split(":", 1) for line in status)
    told.update(kilobytes=int(lines["VmRSS"].split()[0]), most_kilobytes=int(lines["VmHWM"].split()[0]))
    print(json.dumps(told))
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
