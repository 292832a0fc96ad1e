"""Pictures, films and data are exported without a window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.session import Session
from auslan_explorer.draw.film_settings import FilmSettings
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.workflows.export import PictureOptions, export_film, export_paths, export_picture
from tests.made_up import made_up_activations

pytestmark = pytest.mark.usefixtures("qapp")  # fonts need an application, off screen


@pytest.fixture
def session() -> Session:
    return Session(made_up_activations())


def test_a_picture_has_the_size_asked_for(session: Session, tmp_path: Path) -> None:
    shown = session.activations, session.projections, session.state
    file = export_picture(*shown, tmp_path / "map.png", PictureOptions(2, (320, 240), LIGHT))
    image = QImage(str(file))
    assert file == tmp_path / "map.png" and (image.width(), image.height()) == (320, 240)


def test_a_map_that_there_is_not_cannot_be_drawn(session: Session, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no 3-D projection to draw"):
        export_picture(
            session.activations, {}, session.state, tmp_path / "map.png", PictureOptions(3, (320, 240), LIGHT)
        )


def test_a_cancelled_film_leaves_no_file(session: Session, tmp_path: Path) -> None:
    shown, settings = (session.activations, session.projections, session.state), FilmSettings(width=64, height=64)
    with pytest.raises(Cancelled):
        export_film(*shown, tmp_path / "film.gif", settings, {}, cancelled=lambda: True)
    assert list(tmp_path.iterdir()) == []


def test_paths_of_some_recordings_are_written(session: Session, tmp_path: Path) -> None:
    a = session.activations
    chosen = a.sign == 0
    file = export_paths(a, session.projections[2], tmp_path / "paths.csv", chosen)
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + int(a.lengths[chosen].sum()) and lines[0].endswith("split,predicted")
    assert list(tmp_path.iterdir()) == [file], "a description beside it is written only when asked for"
