"""An X server without a screen, for windows that nobody watches: tests and benchmarks.

As a command: `python tools/xvfb.py COMMAND ...` runs the command inside one and exits with its code.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SCREEN = "1600x1200x24"
START_SECONDS = 30


class NoServer(RuntimeError):
    """Xvfb is missing or does not start."""


@contextmanager
def virtual_display() -> Iterator[dict[str, str]]:
    """Run Xvfb on a display that it picks itself.

    Yields
    ------
    dict[str, str]
        Environment variables that send a Qt program there, drawing OpenGL in software.

    Raises
    ------
    NoServer
        Where there is no Xvfb, or it does not start.
    """
    if shutil.which("Xvfb") is None:
        raise NoServer("Xvfb is not installed (Debian package xvfb)")
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"],
        pass_fds=[write_end],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        # One line with the display's number, or the end of the pipe when the server dies.
        with os.fdopen(read_end) as answer:
            number = answer.readline().strip()
        if not number:
            raise NoServer("Xvfb did not start")
        yield {
            "DISPLAY": f":{number}",
            "QT_QPA_PLATFORM": "xcb",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            # PyOpenGL may pick EGL where Qt uses GLX, and then sees no context (pyopengl #172).
            "PYOPENGL_PLATFORM": "glx",
        }
    finally:
        server.terminate()
        try:
            server.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()


def main(command: list[str]) -> int:
    """Run `command` inside a virtual display; its exit code."""
    try:
        with virtual_display() as variables:
            return subprocess.run(command, env={**os.environ, **variables}, check=False).returncode
    except NoServer as error:
        print(f"{error}.", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
