"""Makes the icon files of Windows and macOS from the PNG files in resources/icons.

`python tools/make_icons.py [FOLDER]` writes auslan-explorer.ico and auslan-explorer.icns there (default: build/icons).
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "resources" / "icons"
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
ICNS_SIZES = (16, 32, 64, 128, 256, 512)


def make_icons(folder: Path) -> tuple[Path, Path]:
    """Write both icon files, with each size as it was drawn, and return them."""
    folder.mkdir(parents=True, exist_ok=True)
    ico, icns = folder / "auslan-explorer.ico", folder / "auslan-explorer.icns"
    # Pillow takes the picture of a size that is wanted, and shrinks the largest only where there is none.
    smaller, largest = _pictures(ICO_SIZES)
    largest.save(ico, append_images=smaller, sizes=[(size, size) for size in ICO_SIZES])
    smaller, largest = _pictures(ICNS_SIZES)
    largest.save(icns, append_images=smaller)
    return ico, icns


def _pictures(sizes: tuple[int, ...]) -> tuple[list[Image.Image], Image.Image]:
    *smaller, largest = [Image.open(PICTURES / f"auslan-explorer-{size}.png").convert("RGBA") for size in sizes]
    return smaller, largest


if __name__ == "__main__":
    for written in make_icons(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "icons"):
        print(written)
