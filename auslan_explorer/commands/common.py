"""Shared parts of commands: options, argument types, progress bars, checks before long work."""

from __future__ import annotations

import argparse
import datetime
import importlib
import os
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from auslan_explorer import __version__, interrupts, paths
from auslan_explorer.commands.system_libraries import how_to_install, missing_packages, needed_libraries
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import Progress
from auslan_explorer.io.atomic import check_writable
from auslan_explorer.io.opening import shown
from auslan_explorer.quick_start import QuickStart

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

PROGRAM = "auslan-explorer"

Commands = argparse._SubParsersAction
"""Type that ``add_subparsers`` returns; argparse has no public name for it."""

HELP_WIDTH = 100

MOST = 2**31 - 1
"""Largest whole number of an option that has no limit of its own."""
_MOST_DIGITS = 9
NETWORK_SUFFIXES = (".h5", ".hdf5")
QUIET_SECONDS = 30.0
"""Seconds between lines of progress without a terminal; short work prints none."""


# --------------------------------------------------------------------------------------------------------- parsing
class Parser(argparse.ArgumentParser):
    """Argument parser that reports bad input in one sentence, with a pointer to the help."""

    def error(self, message: str) -> NoReturn:
        """Print one line on stderr and exit with code 2."""
        sentence = message[:1].upper() + message[1:].rstrip(".")
        self.exit(2, f"{PROGRAM}: {sentence}; see `{self.prog} --help`.\n")

    def _print_message(self, message: str, file: Any = None) -> None:
        # argparse's own takes no notice of help that could not be written.
        if message:
            (file or sys.stderr).write(message)


def add_command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int], summary: str, details: str, example: str
) -> argparse.ArgumentParser:
    """Add a command with its summary, details and an example, and return its parser."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=textwrap.fill(f"{summary[:1].upper()}{summary[1:]}. {details}", HELP_WIDTH),
        epilog=f"example:\n{example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(run=run)
    return parser


def add_recordings(parser: argparse.ArgumentParser) -> None:
    """Add the option --recordings."""
    parser.add_argument(
        "--recordings",
        metavar="SOURCE",
        type=Path,
        help="folder, archive or imported file with the recordings (default: those imported before)",
    )


def add_source(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose the activations; see `commands.sources.chosen_activations`."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--published",
        metavar="PLACE",
        type=Path,
        help="folder with the three weight files behind the article’s figures, or a weight file of Keras 2 with one "
        "LSTM of any width, in place of the shipped networks",
    )
    group.add_argument(
        "--models",
        metavar="DIR",
        type=Path,
        help="folder with classifier.h5, autoencoder-2d.h5 and autoencoder-3d.h5 (default: those that ship)",
    )
    group.add_argument(
        "--cache",
        metavar="FILE",
        type=Path,
        help="activation cache, of any recurrent network (default: the one that ships)",
    )
    add_recordings(parser)


def add_maps(parser: argparse.ArgumentParser) -> None:
    """Add the option --run, by which a command draws other maps; see `commands.sources.chosen_activations`."""
    parser.add_argument(
        "--run",
        dest="maps",
        metavar="RUN",
        action="append",
        default=[],
        help="id or name of a saved run whose map is shown; may be given twice, for the 2-D and the 3-D map "
        "(without it the file’s own map, else principal components)",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the option --json."""
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")


def size(text: str) -> tuple[int, int]:
    """Parse width and height from text like ``1200x1000``."""
    width, cross, height = text.lower().replace("×", "x").partition("x")
    if not cross or not width.strip().isdecimal() or not height.strip().isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a size; give width x height in pixels, such as 1200x1000")
    if max(len(width), len(height)) > _MOST_DIGITS:
        raise argparse.ArgumentTypeError(f"{shown(text)!r} is larger than a picture can be")
    return int(width), int(height)


def at_least(least: int, most: int = MOST) -> Callable[[str], int]:
    """Return an argument type of whole numbers from `least` to `most`."""

    def convert(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if value < least:
            raise argparse.ArgumentTypeError(f"{shown(text)!r} is not a whole number of at least {least}")
        if value > most:
            raise argparse.ArgumentTypeError(f"{shown(text)!r} is more than {most}")
        return value

    return convert


def number(text: str) -> float:
    """Parse a finite number."""
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if value != value or abs(value) == float("inf"):
        raise argparse.ArgumentTypeError(f"{shown(text)!r} is not a number")
    return value


# ------------------------------------------------------------------------------------------------------- out files
def check_out(path: Path, suffixes: Sequence[str] = ()) -> None:
    """Check that a file can be written, before any long work begins.

    Raises
    ------
    UserError
        If it cannot, or its ending is none of `suffixes`.
    """
    if suffixes and path.suffix.lower() not in suffixes:
        raise UserError(f"{path.name}: give the file the ending {' or '.join(suffixes)}.")
    check_writable(path)


def own_file(name: str) -> Path:
    """Return the default path of a network that the person trained, for example of ``classifier.h5``."""
    return paths.data_dir() / "models" / name


def made(**known: Any) -> dict[str, Any]:
    """Return the provenance stored with a network: what is `known`, with date and version."""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    return {**known, "created": today, "program_version": __version__}


def chosen_out(chosen: Path | None, default: Path, suffixes: Sequence[str]) -> Path:
    """Return the checked output file: the chosen one, or `default`, whose folder is made if it is missing."""
    if chosen is None:
        paths.make_folder(default.parent)
    out = chosen or default
    check_out(out, suffixes)
    return out


# --------------------------------------------------------------------------------------------------------- drawing
@contextmanager
def drawing_with_qt() -> Iterator[None]:
    """Import Qt, and do without what slows a start as long as this lasts; raises as `import_qt`."""
    import_qt()
    with QuickStart():
        yield


def import_qt() -> None:
    """Import Qt with interrupts postponed: a Ctrl+C during the import would abort the process with a core dump.

    Raises
    ------
    UserError
        If a library that it needs is missing.
    """
    try:
        with interrupts.postponed():
            importlib.import_module("PySide6.QtGui")
    except ImportError as error:
        packages = missing_packages(needed_libraries()) if sys.platform.startswith("linux") else []
        remedy = f" {how_to_install(packages)}" if packages else ""
        raise UserError(
            f"Windows, pictures and films are drawn with Qt, which cannot be loaded here: {error}.{remedy}"
        ) from error


def drawing_application() -> QGuiApplication:
    """Start Qt without a window system, which drawing text needs; warn of a missing font on stderr."""
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication

    existing = QGuiApplication.instance()
    if isinstance(existing, QGuiApplication):
        return existing
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # What is drawn is small: to hand each line and circle to other threads takes longer than to draw it.
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
    # Where the system's language is not installed Qt says so in four lines; nothing that is drawn hangs on it.
    before = qInstallMessageHandler(
        lambda _kind, _context, said: None if said.startswith("Detected locale") else print(said, file=sys.stderr)
    )
    app = QGuiApplication(sys.argv[:1])
    qInstallMessageHandler(before)
    if not QFontMetricsF(QFont()).inFontUcs4(ord("a")):
        print(
            f"{PROGRAM}: There is no font on this computer, so boxes stand for letters; install one, on Debian and "
            "Ubuntu fonts-dejavu-core.",
            file=sys.stderr,
        )
    return app


# -------------------------------------------------------------------------------------------------------- progress
@contextmanager
def progress_bar(title: str) -> Iterator[Progress]:
    """Show a progress bar with the time left on stderr; yields the `core.progress.Progress` to report to.

    Without a terminal, one line is printed every half minute instead. To report raises `KeyboardInterrupt` where an
    interrupt came to nothing, as while Qt looks at what is being imported.
    """
    if not sys.stderr.isatty():
        yield _Lines(title)
        return
    from tqdm import tqdm

    layout = "{desc} {percentage:3.0f}% |{bar:24}| {elapsed}, {remaining} left"
    with tqdm(total=1.0, desc=title, bar_format=layout, file=sys.stderr, leave=False, mininterval=0.1) as bar:

        def show(fraction: float, text: str) -> None:
            interrupts.raise_swallowed()
            bar.set_description_str(f"{title}: {text}" if text else title, refresh=False)
            bar.update(max(min(fraction, 1.0) - bar.n, 0.0))

        yield show


class _Lines:
    """Progress as lines of text, for output that is not a terminal."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._began = self._said = time.monotonic()

    def __call__(self, fraction: float, text: str) -> None:
        interrupts.raise_swallowed()
        now = time.monotonic()
        if now - self._said < QUIET_SECONDS:
            return
        self._said = now
        left = (now - self._began) * (1 - fraction) / fraction if fraction > 0 else None
        after = "" if left is None else f", {int(left) // 60}:{int(left) % 60:02d} left"
        words = f"{self._title}: {text}" if text else self._title
        print(f"{words} ({100 * fraction:.0f} %{after})", file=sys.stderr, flush=True)


@contextmanager
def quietly() -> Iterator[None]:
    """Suppress what a library writes to stderr below Python, unless the wrapped import fails.

    TensorFlow 2.21 logs before it reads TF_CPP_MIN_LOG_LEVEL.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    sys.stderr.flush()
    shown = os.dup(2)
    with tempfile.TemporaryFile() as said:
        os.dup2(said.fileno(), 2)
        try:
            yield
        except BaseException:
            said.seek(0)
            os.write(shown, said.read())
            raise
        finally:
            os.dup2(shown, 2)
            os.close(shown)
