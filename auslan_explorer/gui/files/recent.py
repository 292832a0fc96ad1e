"""Files that this person opened, saved or made last, newest first, as the settings remember them."""

from __future__ import annotations

from pathlib import Path

from auslan_explorer import paths
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.io.session_file import SHIPPED, SUFFIX

MOST_RECENT = 8
_RECENT, _CACHES = "recent", "activation_files"


class RecentFiles:
    """Sessions and activations that were opened or saved, and activations apart from them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def files(self) -> list[Path]:
        """Files of any kind, newest first."""
        return self._read(_RECENT)

    @property
    def sessions(self) -> list[Path]:
        """Sessions among them."""
        return [file for file in self.files if file.suffix.lower() == SUFFIX]

    @property
    def activations(self) -> list[Path]:
        """Activations that this person made or opened and that are still there; those of the command line last."""
        made = paths.data_dir() / "models" / SHIPPED
        found = self._read(_CACHES)
        return [file for file in (*found, *([] if made in found else [made])) if file.exists()]

    def remember(self, file: Path) -> None:
        """Put a file that was opened or saved first."""
        self._put_first(_RECENT, file)
        if file.suffix.lower() != SUFFIX:
            self.remember_made(file)

    def remember_made(self, file: Path) -> None:
        """Put activations that were written by the way first among the person's."""
        self._put_first(_CACHES, file)

    def forget(self) -> None:
        """Remember none of them any more; the files stay."""
        self._settings.set_values({_RECENT: "", _CACHES: ""})

    def _read(self, name: str) -> list[Path]:
        return [Path(line) for line in self._settings.text(name, "").split("\n") if line][:MOST_RECENT]

    def _put_first(self, name: str, file: Path) -> None:
        file = file.absolute()
        files = [file, *(each for each in self._read(name) if each != file)][:MOST_RECENT]
        self._settings.set_value(name, "\n".join(str(each) for each in files))
