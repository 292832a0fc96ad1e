from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.session import opening_state
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.figures import figure_picture
from auslan_explorer.draw.film import FilmSettings, make_film
from auslan_explorer.draw.picture import Picture
from auslan_explorer.draw.scene import scene_of
from auslan_explorer.draw.theme import LIGHT
from tests.made_up import STEPS, made_up_activations

SETTINGS = FilmSettings(width=320, height=240, fps=20, frames=STEPS + 10)


def test_film_read_back_has_its_frames_size_and_duration_and_grows(tmp_path: Path) -> None:
    a = made_up_activations()
    out = tmp_path / "film.mp4"
    picture = figure_picture(3, a, (320, 240))
    picture = replace(picture, axes=False, scale=1.5, scene=replace(picture.scene, labels=()))
    fractions: list[float] = []
    make_film(picture, out, SETTINGS, progress=lambda done, what: fractions.append(done))
    with av.open(str(out)) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264" and stream.average_rate == 20
        frames = [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(stream)]
        assert container.duration / 1e6 == pytest.approx(SETTINGS.frames / 20, abs=0.06)
    assert len(frames) == SETTINGS.frames and frames[0].shape == (240, 320, 3)
    assert fractions == sorted(fractions) and fractions[-1] == 1.0

    t = Trajectories.of(a, a.projections[2], True)
    x, y = replace(picture, width=320, height=240).placed_view().to_pixels(t.vertices)
    shown = np.flatnonzero(a.split == 0)
    v = int(t.last_vertex[shown[np.hypot(*t.vertices[t.last_vertex[shown]].T).argmax()]])
    spot = np.s_[int(y[v]) - 1 : int(y[v]) + 2, int(x[v]) - 1 : int(x[v]) + 2]
    # Yellow: blue falls away from the paper's where the last step is drawn, at its frame and not before.
    blue = [frame[spot][..., 2].min() for frame in frames]
    assert min(blue[: STEPS - 2]) > 190
    assert max(blue[STEPS - 1 :]) < 170


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"width": 321}, "even"),
        ({"width": 10}, "too small"),
        ({"width": 5000}, "too large"),
        ({"fps": 0}, "frames a second"),
        ({"fps": float("nan")}, "frames a second"),
        ({"fps": 1e6}, "frames a second"),
        ({"frames": 0}, "frames"),
        ({"frames": 10**9}, "frames"),
        ({"steps_per_frame": 0}, "forward"),
    ],
)
def test_impossible_settings_are_said(changes: dict, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        replace(SETTINGS, **changes)


def test_nothing_to_film_foreign_ending_and_missing_folder(tmp_path: Path) -> None:
    a = made_up_activations()
    picture = figure_picture(3, a, (320, 240))
    nothing = scene_of(a, a.projections[2], replace(opening_state(a), visible_signs=frozenset()), LIGHT)
    with pytest.raises(UserError, match="nothing to film"):
        make_film(Picture(nothing, LIGHT, 320, 240), tmp_path / "f.mp4", SETTINGS)
    with pytest.raises(UserError, match="MP4"):
        make_film(picture, tmp_path / "f.avi", SETTINGS)
    with pytest.raises(UserError, match="does not exist"):
        make_film(picture, tmp_path / "no" / "f.mp4", SETTINGS)
    assert list(tmp_path.iterdir()) == []


def test_cancel_leaves_no_half_film(tmp_path: Path) -> None:
    out = tmp_path / "f.mp4"
    out.write_bytes(b"before")
    asked = iter([False] * 5 + [True] * 5)
    with pytest.raises(Cancelled):
        make_film(figure_picture(3, made_up_activations(), (320, 240)), out, SETTINGS, cancelled=lambda: next(asked))
    assert out.read_bytes() == b"before" and list(tmp_path.iterdir()) == [out]


def test_a_full_disk_is_said_and_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise av.error.FFmpegError(28, "No space left on device", str(tmp_path / "f.mp4"))

    monkeypatch.setattr(av.VideoFrame, "from_ndarray", full)
    with pytest.raises(UserError, match="no room left"):
        make_film(figure_picture(3, made_up_activations(), (320, 240)), tmp_path / "f.mp4", SETTINGS)
    assert list(tmp_path.iterdir()) == []
