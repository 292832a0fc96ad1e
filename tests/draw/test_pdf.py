"""PDF: what is drawn stands in the file as lines and dots, and the file's table leads to every object."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from auslan_explorer.core.session import opening_state
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.pdf import beneath
from auslan_explorer.draw.picture import Picture, save
from auslan_explorer.draw.scene import scene_of
from auslan_explorer.draw.theme import LIGHT
from tests.made_up import made_up_activations


def picture(**changes: object) -> Picture:
    a = made_up_activations()
    state = replace(opening_state(a), selected=(0, 1))
    return replace(Picture(scene_of(a, a.projections[2], state, LIGHT), LIGHT, 500, 420), **changes)  # type: ignore[arg-type]


def written(tmp_path: Path, **changes: object) -> bytes:
    save(picture(**changes), tmp_path / "f.pdf")
    return (tmp_path / "f.pdf").read_bytes()


def operators(pdf: bytes) -> str:
    """What the map's form draws."""
    found = re.search(rb"/Subtype /Form.*?stream\n(.*?)\nendstream", pdf, re.DOTALL)
    assert found is not None
    return zlib.decompress(found[1]).decode("ascii")


def test_every_point_is_a_dot_and_every_path_a_line(tmp_path: Path) -> None:
    drawn = operators(written(tmp_path))
    a = made_up_activations()
    t = Trajectories.of(a, a.projections[2], True)
    dots = re.findall(r"^(\S+) (\S+) m \S+ \S+ l S$", drawn, re.MULTILINE)
    assert len(dots) >= a.real_steps
    x, y = picture().placed_view().to_pixels(t.vertices[t.recording >= 0])
    found = np.array(dots, dtype=float)
    for px, py in zip(x, 420 - y, strict=True):
        assert np.abs(found - (px, py)).max(axis=1).min() < 0.011
    assert len(re.findall(r"^\S+ \S+ m$", drawn, re.MULTILINE)) >= len(a)


def test_a_path_grows_and_paper_may_be_left_out(tmp_path: Path) -> None:
    whole, half = operators(written(tmp_path)), operators(written(tmp_path, step=12))
    assert 0 < half.count(" l S\n") < whole.count(" l S\n")
    assert "1 1 1 rg" in whole
    assert "rg" not in operators(written(tmp_path, transparent=True))


def test_the_tables_lead_to_every_object(tmp_path: Path) -> None:
    pdf = written(tmp_path)
    at, seen = int(pdf.rsplit(b"startxref", 1)[1].split()[0]), {}
    while True:
        table = pdf[at : pdf.index(b"trailer", at)].split(b"\n")[1:]
        rows = iter(line for line in table if line.strip())
        for head in rows:
            first, count = map(int, head.split())
            for number in range(first, first + count):
                seen.setdefault(number, next(rows))
        trailer = pdf[pdf.index(b"trailer", at) : pdf.index(b"startxref", at)]
        before = re.search(rb"/Prev (\d+)", trailer)
        if before is None:
            break
        at = int(before[1])
    used = {number: int(row[:10]) for number, row in seen.items() if row.strip().endswith(b"n")}
    assert len(used) > 10
    for number, offset in used.items():
        assert pdf[offset:].startswith(b"%d 0 obj" % number), number
    page = next(pdf[offset:] for offset in used.values() if b"/Type /Page\n" in pdf[offset:][:40])
    form, call = re.search(rb"/Contents \[(\d+) 0 R", page), re.search(rb"/Map (\d+) 0 R", pdf)
    assert form is not None and int(form[1]) in used
    assert call is not None and int(call[1]) in used


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm (Debian package poppler-utils) is not here")
def test_a_reader_shows_it(tmp_path: Path) -> None:
    written(tmp_path)
    subprocess.run(["pdftoppm", "-r", "72", "-png", tmp_path / "f.pdf", tmp_path / "f"], check=True)
    image = QImage(str(next(tmp_path.glob("f*.png")))).convertToFormat(QImage.Format.Format_RGB32)
    assert (image.width(), image.height()) == (500, 420)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(420, 500, 4)[..., 2::-1].astype(int)
    a = made_up_activations()
    t = Trajectories.of(a, a.projections[2], True)
    x, y = picture().placed_view().to_pixels(t.vertices[t.last_vertex])
    for number in range(len(a)):
        spot = data[int(y[number]) - 1 : int(y[number]) + 2, int(x[number]) - 1 : int(x[number]) + 2]
        coloured = (spot.max(axis=-1) - spot.min(axis=-1)).max() > 30
        assert spot.min() < 235 and (coloured or number > 1)


def test_a_file_that_is_built_otherwise_is_refused() -> None:
    with pytest.raises(ValueError, match="no page"):
        beneath(b"%PDF-1.4 trailer", b"", (), (1, 1))
