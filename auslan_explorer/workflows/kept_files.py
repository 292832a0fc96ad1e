"""Where activations are kept that were made of a person's files, by the contents of these files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from auslan_explorer import __version__, paths
from auslan_explorer.io.opening import opened

_BLOCK_BYTES = 1 << 20


def kept_file(sources: Sequence[Path], said: str = "") -> Path:
    """Return the activation cache in the person's data folder that belongs to files and what was said of them.

    It need not exist yet; the same files, word for word, have the same one.

    Parameters
    ----------
    sources : sequence of Path
        Files, or folders of recordings; the first gives the name.
    said : str
        What else decides what is in it.

    Raises
    ------
    UserError
        If a file cannot be read, or the folder cannot be made.
    """
    digest = hashlib.sha256(f"{__version__} {said}".encode())
    for path in sources:
        if path.is_dir():
            files = sorted(each for each in path.rglob("*.tsd") if each.is_file())
            table = [(str(each.relative_to(path)), each.stat().st_size, each.stat().st_mtime_ns) for each in files]
            digest.update(repr((str(path.absolute()), table)).encode())
            continue
        with opened(path) as file:
            while block := file.read(_BLOCK_BYTES):
                digest.update(block)
    folder = paths.make_folder(paths.data_dir() / "opened")
    return folder / f"{sources[0].stem[:60]}-{digest.hexdigest()[:12]}.h5"
