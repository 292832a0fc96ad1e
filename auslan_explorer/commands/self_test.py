"""Command `self-test`: drives a real window to check that everything works on this computer."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auslan_explorer import __version__, paths
from auslan_explorer.commands.common import Commands, add_command, add_json, at_least
from auslan_explorer.commands.system_libraries import check_window_libraries
from auslan_explorer.commands.window import has_display
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled, never
from auslan_explorer.io.temporary import temporary_folder

if TYPE_CHECKING:
    from auslan_explorer.core.activations import Activations
    from auslan_explorer.core.projection import Projection
    from auslan_explorer.gui.window.self_test import Check, SelfTest

REPORT = "self-test.json"
EPOCHS = 2


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "self-test",
        _self_test,
        "find out whether everything works on this computer",
        "Opens the window on what ships, plays, selects, trains a map for a moment in a process of its own (where "
        "TensorFlow is installed), exports a picture and a film, and closes. Your own settings and data are "
        "not touched. Exit code 1 says that something needed does not work.",
        "  auslan-explorer self-test\n  auslan-explorer self-test --out results --json",
    )
    parser.add_argument(
        "--out", metavar="DIR", type=Path, help=f"keep picture, film and {REPORT} in this folder (default: nowhere)"
    )
    parser.add_argument(
        "--epochs", metavar="N", type=at_least(1), default=EPOCHS, help=f"rounds of training (default: {EPOCHS})"
    )
    parser.add_argument("--require-3d", action="store_true", help="count the 3-D view among what is needed")
    add_json(parser)


def _self_test(args: argparse.Namespace) -> int:
    if not has_display():
        raise UserError("There is no display to open the window on; `render` and `train` work without one.")
    check_window_libraries()
    began = time.time()
    if args.out is not None:
        paths.make_folder(args.out)
    with ExitStack() as kept:
        scratch = kept.enter_context(temporary_folder("self-test"))
        # The person's groups, sessions and networks are neither used nor changed.
        os.environ[paths.DATA_VARIABLE] = str(scratch / "data")
        test = _drive(args, args.out or scratch, scratch)
        report = _report(test, began)
        if args.out is not None:
            (args.out / REPORT).write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    if args.json:
        print(json.dumps(report, indent=2))
    else:
        print("Everything needed works." if test.passed else "Something needed does not work.")
    return 0 if test.passed else 1


def _drive(args: argparse.Namespace, out: Path, scratch: Path) -> SelfTest:
    from PySide6.QtCore import QTimer

    from auslan_explorer import app
    from auslan_explorer.gui.settings.store import Settings
    from auslan_explorer.gui.window.self_test import SelfTest

    qt = app.make_application()
    activations = app.open_activations(None)
    window = app.make_window(qt, activations, Settings(scratch / "window.json"))
    train = partial(_train, activations, args.epochs)
    test = SelfTest(window, out, train, _quiet if args.json else _print_check, require_3d=args.require_3d)

    def run() -> None:
        try:
            test.run()
        finally:
            qt.quit()

    QTimer.singleShot(0, run)
    qt.exec()
    return test


def _train(activations: Activations, epochs: int, *, cancelled: IsCancelled = never) -> Projection:
    """Train a 2-D map in a child process."""
    from auslan_explorer.training.events import AutoencoderTrained, Event, Failed
    from auslan_explorer.training.job import TrainingJob
    from auslan_explorer.training.settings import AutoencoderSettings
    from auslan_explorer.training.supervisor import Training

    events: list[Event] = []
    training = Training(TrainingJob(activations, AutoencoderSettings(dims=2, epochs=epochs)), events.append)
    training.start()
    trained: AutoencoderTrained | None = None
    while trained is None:
        over = training.wait(0.1)
        trained = next((event for event in events if isinstance(event, AutoencoderTrained)), None)
        if cancelled() or (over and trained is None):
            break
    training.cancel()  # the map's quality is not needed here
    training.wait()
    if trained is None:
        failed = next((event for event in events if isinstance(event, Failed)), None)
        if failed is None:
            raise Cancelled
        raise UserError(" ".join((failed.sentence, *failed.log)))
    return activations.project(trained.autoencoder, "self-test")


def _print_check(check: Check) -> None:
    result = "works" if check.passed else "does not work" if check.needed else "not here"
    print(f"{check.name}: {result} ({check.said.rstrip('.')}; {check.seconds:.1f} s)", flush=True)


def _quiet(check: Check) -> None:
    pass


def _report(test: SelfTest, began: float) -> dict[str, Any]:
    from PySide6.QtCore import qVersion
    from PySide6.QtGui import QGuiApplication

    return {
        "version": __version__,
        "frozen": bool(getattr(sys, "frozen", False)),
        "system": platform.platform(),
        "python": platform.python_version(),
        "qt": qVersion(),
        "window_system": QGuiApplication.platformName(),
        "passed": test.passed,
        "began": began,
        "first_picture": test.first_picture,
        "checks": [asdict(check) for check in test.checks],
    }
