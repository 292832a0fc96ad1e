"""Opens the window on a file in a process of its own, as a notebook needs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from auslan_explorer.capture.record import record
from auslan_explorer.core.errors import UserError
from auslan_explorer.io.temporary import folder_for_child


def show(what: Any, x: Any = None, y: Any = None, **options: Any) -> subprocess.Popen[bytes]:
    """Open the window in a process of its own, and return that process at once.

    Parameters
    ----------
    what : path, or a Keras or PyTorch model
        A file of activations or a session; or a model, which is run on `x` and recorded to a temporary file first.
    x, y : arrays, optional
        Sequences for the model, and their labels.
    **options
        As `record` takes them.

    Raises
    ------
    UserError
        If there is no such file, or the model cannot be recorded.
    """
    if not isinstance(what, (str, Path)):
        if x is None:
            raise UserError("show(model, X, y) needs the sequences X that the model is to read.")
        folder, lock = folder_for_child()
        try:
            return _open(_recorded(folder, what, x, y, options), lock)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        finally:
            if os.name == "posix":
                os.close(lock)  # from now on the window alone keeps the folder
    file = Path(what)
    if not file.exists():
        raise UserError(f"There is no file {file}; check the path.")
    return _open(file)


def _open(file: Path, *kept: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "auslan_explorer.cli", str(file.absolute())],
        stdin=subprocess.DEVNULL,
        # Interrupting a notebook does not close the window.
        start_new_session=True,
        pass_fds=kept if os.name == "posix" else (),
    )


def _recorded(folder: Path, model: Any, x: Any, y: Any, options: dict[str, Any]) -> Path:
    file = folder / f"{type(model).__name__}.h5"
    if hasattr(model, "predict"):
        return Path(record(model, file, x, y, **options))
    with record(model, file, labels=y, **options):
        model(x)
    return file
