"""Where resources, models and a person's own data lie, frozen or not. Nothing is made before something is written."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

from auslan_explorer.core.errors import UserError

DATA_VARIABLE = "AUSLAN_EXPLORER_DATA"
"""Environment variable that names another folder for the person's own data."""

_APP = "auslan-explorer"


def _root() -> Path:
    """Return the folder in which models, resources and the guide lie in the repository's own order."""
    # PyInstaller unpacks what the program ships to sys._MEIPASS.
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen)
    package = Path(__file__).resolve().parent
    # A wheel has it in the package; in a checkout, also where it is installed editable, it lies beside.
    shipped = package / "shipped"
    return shipped if shipped.is_dir() else package.parent


def models_dir() -> Path:
    """Return the folder of the networks and the activation cache that ship."""
    return _root() / "models"


def resources_dir() -> Path:
    """Return the folder of icons, fonts and notices that ship."""
    return _root() / "resources"


def guide_page(name: str = "index") -> Path | None:
    """Return a page of the built user guide, by default its first; None where it has not been built."""
    page = resources_dir() / "guide" / f"{name}.html"
    return page if page.is_file() else None


def guide_sources() -> Path:
    """Return the folder of the user guide's text, which need not be there outside a checkout."""
    return _root() / "docs" / "guide"


def ships(name: str) -> Path:
    """Return where a shipped model file lies, for example ``ships("classifier.h5")``."""
    return models_dir() / name


def data_dir() -> Path:
    """Return the folder of the person's own data, which need not exist yet."""
    chosen = os.environ.get(DATA_VARIABLE)
    return Path(chosen).expanduser() if chosen else Path(platformdirs.user_data_dir(_APP, appauthor=False))


def recordings_file() -> Path:
    """Return where imported recordings are kept, which need not exist yet."""
    return data_dir() / "recordings.h5"


def downloads_dir() -> Path:
    """Return where downloads are kept, which need not exist yet."""
    return data_dir() / "downloads"


def log_dir() -> Path:
    """Return the folder of the log, which need not exist yet."""
    return Path(platformdirs.user_log_dir(_APP, appauthor=False))


def make_folder(folder: Path) -> Path:
    """Make a folder of the person's own data where it is missing, and return it.

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
