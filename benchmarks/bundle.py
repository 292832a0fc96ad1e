"""Seconds until the map stands on the screen, of what `make bundle` made and of the program run from source.

Either is started as a person does, by turns, and the screen is looked at until the colours of the paths are on it. Both
have run once before: neither compiles anything, and their files are in memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

import numpy as np
from PySide6.QtGui import QGuiApplication, QImage, QScreen

from benchmarks.common import NOT_MEASURED, ROOT, verdict

BUNDLE = ROOT / "dist" / "auslan-explorer" / "auslan-explorer"
RUNS = 4
AIM = 1.3
LONGEST_SECONDS = 60.0
_GREY = 60
"""Difference of a pixel's channels up to which it counts as grey."""
_COLOURED = 5000
"""Coloured pixels in the middle of the screen from which on the paths are there; a window without them has hundreds."""


def shows_paths(screen: QScreen) -> bool:
    """Return whether the paths are in the middle of the screen."""
    size = screen.size()
    middle = screen.grabWindow(0, size.width() // 4, size.height() // 4, size.width() // 2, size.height() // 2)
    image = middle.toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    channels = pixels[..., :3]
    return int(np.count_nonzero(np.ptp(channels, axis=2) > _GREY)) > _COLOURED


def seconds_to_paths(command: list[str], screen: QScreen, bytecode: str) -> float:
    """Start the program, wait for the paths on the screen, end it, and return the seconds."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "AUSLAN_EXPLORER_DATA": home}
        environment["PYTHONPYCACHEPREFIX"] = bytecode
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        began = time.perf_counter()
        program = subprocess.Popen(command, cwd=home, env=environment, stderr=subprocess.DEVNULL)
        try:
            while not shows_paths(screen):
                if program.poll() is not None or time.perf_counter() - began > LONGEST_SECONDS:
                    raise RuntimeError(f"{command[0]} showed no paths")
                time.sleep(0.01)
            return time.perf_counter() - began
        finally:
            program.terminate()
            program.wait()


def main() -> int:
    """Measure and print; 1 if the aim is missed, 3 where no bundle has been made."""
    if not BUNDLE.exists():
        print(f"There is no {BUNDLE.relative_to(ROOT)}; run `make bundle` first.")
        return NOT_MEASURED
    app = QGuiApplication(sys.argv)
    screen = app.primaryScreen()
    bundle, source = [str(BUNDLE)], [sys.executable, str(ROOT / "main.py")]
    with tempfile.TemporaryDirectory() as bytecode:
        both = [[seconds_to_paths(each, screen, bytecode) for each in (bundle, source)] for _ in range(RUNS + 1)]
    least = np.min(both[1:], axis=0)
    print(f"the paths stand on the screen after {least[0]:.2f} s from the bundle, {least[1]:.2f} s from source")
    ratio = float(least[0] / least[1])
    return 0 if verdict("the bundle in starts from source", ratio, AIM, "times", at_most=True) else 1


if __name__ == "__main__":
    sys.exit(main())
