"""The program, ended as soon as its picture is whole: prints when what was there, at what cost, and its memory.

The first picture is there once it has been painted, before what follows it begins. The program is started as a person
starts it, on what ships or on a file.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from auslan_explorer import start  # before NumPy, as the program is started

if TYPE_CHECKING:
    from auslan_explorer.app import ReadForWindow
    from auslan_explorer.gui.window.main_window import MainWindow

LOOK_MS = 2
"""Time between two looks at whether the picture is whole."""


def end_once_whole(window: MainWindow) -> None:
    """Note when the window's first picture and its whole one are there; print them then, and close it."""
    from PySide6.QtCore import QTimer

    from auslan_explorer.gui.views.map2d.canvas import MapCanvas

    (map_view,) = window.findChildren(MapCanvas)
    told: dict[str, float] = {}
    timer = QTimer(window, interval=LOOK_MS)

    def note_first() -> None:
        if "first" not in told and window.session.projections and map_view.is_sharp():
            told.update(first=time.time(), first_processors=time.process_time())

    def look() -> None:
        views = None if window.views is None else window.views.panes
        if views is None or not window.session.projections:
            return
        layer = map_view._image_layer
        if "coarse" not in told and layer.request is not None and layer.request.scene is map_view._scene:
            told["coarse"] = time.time()
        both = [pane.view for pane in views.values() if pane.view is not None and pane.view.widget.isVisible()]
        if "first" in told and len(both) == 2 and all(view.is_sharp() and view.is_current() for view in both):
            timer.stop()
            told.update(whole=time.time(), whole_processors=time.process_time())
            with open("/proc/self/status", encoding="ascii") as status:
                lines = dict(line.split(":", 1) for line in status)
            told.update(kilobytes=int(lines["VmRSS"].split()[0]), most_kilobytes=int(lines["VmHWM"].split()[0]))
            print(json.dumps(told))
            window.close_unasked()

    map_view.presented.connect(note_first)
    timer.timeout.connect(look)
    timer.start()


def main() -> int:
    """Open the window on what ships, or on a file, and wait for the picture."""
    from auslan_explorer import app
    from auslan_explorer.core.splits import TRAIN

    make = app.window_on

    def window_on(read: ReadForWindow, file: Path | None) -> MainWindow:
        window = make(read, file)
        from auslan_explorer.gui.help.commands import TOUR_SEEN

        window.settings.set_value(TOUR_SEEN, True)  # else it lies over the first start
        if file is None:
            window.session.update(splits=frozenset({TRAIN}))
        end_once_whole(window)
        return window

    app.window_on = window_on
    return start.main()


if __name__ == "__main__":
    sys.exit(main())
