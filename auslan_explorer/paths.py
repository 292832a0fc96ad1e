"""Paths of resources, models and the person's data, in a checkout or frozen. Folders are made on first write."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import platformdirs

from auslan_explorer.core.errors import UserError

DATA_VARIABLE = "AUSLAN_EXPLORER_DATA"
"""Environment variable that names another folder for the person's own data."""

_APP = "auslan-explorer"


def _root() -> Path:
    """Return the folder with models, resources and the guide, laid out as in the repository."""
    # PyInstaller unpacks what the program ships to sys._MEIPASS.
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen)
    package = Path(__file__).resolve().parent
    # A wheel has it in the package; in a checkout, also where it is installed editable, it lies beside.
    shipped = package / "shipped"
    return shipped if shipped.is_dir() else package.parent


def models_dir() -> Path:
    """Return the folder of the shipped networks and activation cache."""
    return _root() / "models"


def resources_dir() -> Path:
    """Return the folder of the shipped icons, fonts and notices."""
    return _root() / "resources"


def guide_page(name: str = "index") -> Path | None:
    """Return a page of the built user guide, by default its first; None where it has not been built."""
    page = resources_dir() / "guide" / f"{name}.html"
    return page if page.is_file() else None


def guide_sources() -> Path:
    """Return the folder of the user guide's sources, which need not exist outside a checkout."""
    return _root() / "docs" / "guide"


def ships(name: str) -> Path:
    """Return the path of a shipped model file, for example ``ships("classifier.h5")``."""
    return models_dir() / name


def data_dir() -> Path:
    """Return the folder of the person's data, which need not exist yet."""
    chosen = os.environ.get(DATA_VARIABLE)
    return _at_home(chosen) if chosen else _system_folder(platformdirs.user_data_dir)


def recordings_file() -> Path:
    """Return the file of imported recordings, which need not exist yet."""
    return data_dir() / "recordings.h5"


def downloads_dir() -> Path:
    """Return the folder of downloads, which need not exist yet."""
    return data_dir() / "downloads"


def settings_file() -> Path:
    """Return the file of the window's settings, which need not exist yet."""
    return _system_folder(partial(platformdirs.user_config_dir, roaming=True)) / "window.json"


def old_settings_file() -> Path:
    """Return where earlier versions kept the window's settings, as Qt chose it."""
    folder = _at_home("~/.config") / _APP if sys.platform == "darwin" else settings_file().parent
    return folder / "window.ini"


def log_dir() -> Path:
    """Return the folder of log files, which need not exist yet."""
    return _system_folder(platformdirs.user_log_dir)


def _system_folder(find: Callable[..., str]) -> Path:
    """Return a folder where the system keeps such things of a person; without a home, the data folder that is named.

    Raises
    ------
    UserError
        If there is no home folder and no data folder is named.
    """
    try:
        return _at_home(find(_APP, appauthor=False))
    except (RuntimeError, UserError):  # later releases raise the first, earlier ones leave a "~"
        chosen = os.environ.get(DATA_VARIABLE)
        if chosen:
            return _at_home(chosen)
        raise _no_home("you") from None


def _no_home(whose: str) -> UserError:
    return UserError(f"There is no home folder for {whose}; set HOME, or {DATA_VARIABLE} to a folder of yours.")


def _at_home(text: str) -> Path:
    """Return a path with ``~`` as the home folder.

    Raises
    ------
    UserError
        If there is no such home folder, as for a user without an account.
    """
    try:
        path = Path(text).expanduser()
    except RuntimeError:
        path = Path(text)
    if text.startswith("~") and path.parts[0].startswith("~"):
        raise _no_home(path.parts[0][:200])
    return path


def home_dir() -> Path:
    """Return the home folder; the current folder where there is none."""
    try:
        return Path.home()
    except RuntimeError:
        return Path.cwd()


def make_folder(folder: Path) -> Path:
    """Create a folder of the person's data if it is missing, and return it.

    Raises
    ------
    UserError
        If it cannot be made: a read-only home, a full disk, a file in its place.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"The folder {folder} cannot be made ({error.strerror or error}); "
            f"set {DATA_VARIABLE} to a folder that can be written."
        ) from error
    return folder
