"""Pictures of every kind are as they were when somebody looked at them and kept them in `pictures/`.

A picture that differs is written into `out/pictures/` beside what differs: look at it, and where the change is meant,
move it to `tests/draw/pictures/`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.annotations import Beside, StepMark, Variant
from auslan_explorer.core.landscape import Landscape
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.core.playing import Trail
from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.core.resting import HeldInput, RestingMarks
from auslan_explorer.core.selected import Selected
from auslan_explorer.core.session import Colouring, opening_state
from auslan_explorer.draw.architecture import architecture_image
from auslan_explorer.draw.figures import figure_picture
from auslan_explorer.draw.film_frames import FilmFrames, subject_of
from auslan_explorer.draw.film_settings import FilmSettings, FilmView
from auslan_explorer.draw.gesture import Gesture, paint_hands_and_captions
from auslan_explorer.draw.hands import FRONT, SIDE, SIGNER, Viewpoint
from auslan_explorer.draw.paint import colour, font, paint_text
from auslan_explorer.draw.picture import Picture, to_image
from auslan_explorer.draw.scene import build_scene_of_projection
from auslan_explorer.draw.theme import DARK, LIGHT, Theme
from tests.made_up import made_up_activations, torn

pytestmark = pytest.mark.usefixtures("qapp")

KNOWN = Path(__file__).parent / "pictures"
OUT = Path(__file__).parents[2] / "out" / "pictures"
SIZE = (380, 320)
FAR, MOST_FAR = 24, 12
"""Steps of brightness from which a pixel is another one, and how many may be: processors round in ways of their own."""


def activations(recordings_per_sign: int = 6) -> Activations:
    """Return recordings whose maps hold everything that can be drawn on one."""
    dense = DenseLayer(np.zeros((8, 2), np.float32), np.zeros(2, np.float32), "linear")
    back = DenseLayer(np.zeros((2, 8), np.float32), np.zeros(8, np.float32), "tanh")
    a = made_up_activations(recordings_per_sign)
    a = replace(a, autoencoders={2: Autoencoder((dense, back), 0)}, hand_ratio=(a.sign / 6).astype(np.float32))
    for dims, projection in a.projections.items():
        measured, rows = projection.measured, len(projection.points)
        measured.error = np.linspace(0.1, 0.9, rows, dtype=np.float32)
        measured.distortion = np.geomspace(0.2, 5, rows).astype(np.float32)
        places = np.array([[3.0, 3.0, 1.0], [-4.0, -2.0, 0.5]], np.float32)[:, :dims]
        measured.resting = {HeldInput.REST: RestingMarks(places, np.array([True, False]), ("drink 80 %", "zero 40 %"))}
        ends = np.stack([projection.points[a.offsets[1:][a.sign == sign] - 1].mean(axis=0) for sign in range(4)])
        away = np.random.default_rng(3).normal(0, [0.9, 0.3, 0.5][:dims], (12, 4, dims))
        measured.ends = (ends + away).astype(np.float32)
    answer = np.full((81, 81), 2, np.int16)
    answer[:, 41:] = 1
    certainty = np.linspace(0, 1, 441, dtype=np.float32).reshape(21, 21)
    distance = np.zeros((21, 21), np.float32)
    distance[:6] = 2
    low = np.array([-8.0, -8.0])
    a.projections[2].measured.landscapes[False] = Landscape(low, -low, answer, certainty, distance, 1.0)
    return a


def of_map(dims: int = 2, theme: Theme = LIGHT, **changes: object) -> Picture:
    a = activations(60 if "flow" in changes else 6)
    state = replace(opening_state(a), **changes)  # type: ignore[arg-type]
    projection = a.projections[dims]
    scene = build_scene_of_projection(a, projection, state, theme)
    title, note = "A map", "of four signs"
    step = None if state.step == 0 else state.step
    return Picture(scene, theme, *SIZE, title=title, note=note, step=step, scale=1.0)


def changed() -> Picture:
    a = activations()
    own, first = a.projections[2], int(a.first_step[3])
    variant = Variant(3, np.zeros((4, 22), np.float32), np.arange(4), first, {2: own.points[:5] * 0.8}, {2: own})
    marks = (StepMark(3, first + 5, "part here"), StepMark(9, int(a.steps) - 3, "part here"))
    state = replace(opening_state(a), log_scale=False)
    scene = build_scene_of_projection(a, own, state, LIGHT, annotated=Beside(variant, marks))
    return Picture(scene, LIGHT, *SIZE, scale=1.0)


def jumping() -> Picture:
    a = made_up_activations()
    state = replace(opening_state(a), faint_jumps=True, points=False, log_scale=False)
    scene = build_scene_of_projection(a, torn(a), state, LIGHT)
    return Picture(scene, LIGHT, *SIZE, scale=1.0)


def rising(length: int) -> np.ndarray:
    """Return frames of a left hand at rest and a right one that goes up, turns, and closes."""
    frames = np.full((length, len(CHANNELS)), 0.5)
    frames[:, :3] = -0.15, -0.15, -0.1
    frames[:, 6:11] = 0
    frames[:, 11], frames[:, 13] = 0.15, -0.1
    frames[:, 12] = np.linspace(-0.1, 0.3, length)
    frames[:, 14] = np.linspace(0.3, 0.7, length)
    frames[:, 17:] = np.linspace(0, 1, length)[:, None] * np.array([0.2, 0.4, 0.6, 0.8, 1.0])
    return frames


def twice(picture: Picture) -> Picture:
    """Return a picture in which everything is twice as large."""
    return replace(picture, width=2 * SIZE[0], height=2 * SIZE[1], scale=2.0)


def hands(
    viewpoint: Viewpoint = FRONT,
    theme: Theme = LIGHT,
    unit: float = 1.0,
    size: tuple[int, int] = (300, 260),
    **changes: object,
) -> QImage:
    gesture = Gesture(("drink, session 1",), (rising(14),), 6, np.zeros(0, np.int64), viewpoint=viewpoint)
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(colour(theme.background))
    with QPainter(image) as painter:
        shown = replace(gesture, **changes)  # type: ignore[arg-type]
        paint_hands_and_captions(painter, QRectF(0, 0, *size), shown, 9, theme, unit)
    return image


def two_hands(*, apart: bool) -> QImage:
    frames = rising(14), rising(7)[:, ::1] + 0.05
    return hands(titles=("drink", "zero"), frames=frames, beside=np.arange(14) // 2, apart=apart)


def film(view: FilmView, number: int, **changes: object) -> QImage:
    a = activations()
    settings = FilmSettings(view=view, width=480, height=270, caption="A film", show_step=True, show_time=True,
                            source="made up", **changes)  # type: ignore[arg-type] # fmt: skip
    subject = subject_of(a, a.projections, replace(opening_state(a), settled=True), settings)
    pixels = FilmFrames(subject, settings).image(number)
    assert pixels is not None
    return QImage(np.ascontiguousarray(pixels).data, 480, 270, 4 * 480, QImage.Format.Format_RGB32).copy()


PICTURES: dict[str, Callable[[], Picture | QImage]] = {
    "time": lambda: of_map(),
    "time-dark": lambda: of_map(theme=DARK),
    "step-12": lambda: of_map(step=12),
    "trail": lambda: of_map(step=14, trail=Trail(4, 2), ghost=True),
    "signs-selected": lambda: of_map(colouring=Colouring.SIGN, selected=Selected((0, 1, 2, 12)), settled=True),
    "one-selected-dark": lambda: of_map(theme=DARK, selected=Selected((7,)), settled=True),
    "last-steps": lambda: of_map(last_only=True, colouring=Colouring.SESSION),
    "answers": lambda: of_map(colouring=Colouring.ANSWER, mistakes=True),
    "splits": lambda: of_map(colouring=Colouring.SPLIT, points=False),
    "certainty": lambda: of_map(colouring=Colouring.CONFIDENCE, lines=False, log_scale=False),
    "error": lambda: of_map(colouring=Colouring.ERROR),
    "distortion-dark": lambda: of_map(theme=DARK, colouring=Colouring.DISTORTION),
    "spread": lambda: of_map(spread=True, log_scale=False, points=False, colouring=Colouring.SIGN),
    "landscape": lambda: of_map(landscape=True, log_scale=False, points=False),
    "landscape-dark": lambda: of_map(theme=DARK, landscape=True, log_scale=False, lines=False),
    "flow": lambda: of_map(flow=True, log_scale=False, points=False, colouring=Colouring.SIGN),
    "resting": lambda: of_map(resting=HeldInput.REST, log_scale=False),
    "changed": changed,
    "jumps": jumping,
    "space": lambda: of_map(3),
    "space-large-dark": lambda: replace(
        of_map(3, DARK, resting=HeldInput.REST, settled=True), scale=1.5, title="", note=""
    ),
    "large": lambda: replace(of_map(), scale=1.5, title="", note=""),
    "signs-selected-twice": lambda: twice(
        of_map(colouring=Colouring.SIGN, selected=Selected((0, 1, 2, 12)), settled=True, mistakes=True)
    ),
    "error-twice-dark": lambda: twice(of_map(theme=DARK, colouring=Colouring.ERROR, step=12)),
    "landscape-twice": lambda: twice(of_map(landscape=True, log_scale=False, points=False, spread=True)),
    "changed-twice": lambda: twice(changed()),
    "space-twice": lambda: twice(of_map(3, colouring=Colouring.CONFIDENCE, resting=HeldInput.REST)),
    "hands-twice": lambda: hands(unit=2.0, size=(600, 520)),
    "transparent": lambda: replace(of_map(flow=True, log_scale=False), transparent=True, axes=False),
    "hand-usage": lambda: replace(figure_picture(6, activations(), SIZE), scale=1.0, title="", note=""),
    "mistakes": lambda: replace(figure_picture(11, activations(), SIZE), scale=1.0, title="", note=""),
    "network": lambda: architecture_image(2, activations(), (720, 480), LIGHT),
    "hands": lambda: hands(),
    "hands-side": lambda: hands(SIDE, DARK),
    "hands-signer": lambda: hands(SIGNER, unit=1.5),
    "two-hands": lambda: two_hands(apart=False),
    "two-hands-apart": lambda: two_hands(apart=True),
    "film": lambda: film(FilmView.MAP_2D, 9, theme="dark"),
    "film-both": lambda: film(FilmView.BOTH, 15),
}


def read(file: Path) -> np.ndarray:
    return drawn_bytes(QImage(str(file)))


def drawn_bytes(image: QImage) -> np.ndarray:
    """Return red, green, blue and opacity, int, shape (height, width, 4)."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888_Premultiplied)
    return np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.width(), 4).astype(int)


def letters() -> QImage:
    """Return some words as this machine writes them."""
    image = QImage(240, 60, QImage.Format.Format_RGB32)
    image.fill(colour(LIGHT.background))
    with QPainter(image) as painter:
        paint_text(painter, 8, 24, "Hidden states of 27 signs", font(13), LIGHT.foreground, None)
        paint_text(painter, 8, 48, "Qgj 0123456789 %", font(17, bold=True), LIGHT.accent, None)
    return image


def compare(name: str, image: QImage) -> None:
    file = KNOWN / f"{name}.png"
    known, now = (read(file) if file.exists() else np.zeros((0, 0, 4), int)), drawn_bytes(image)
    same_size = known.shape == now.shape
    if same_size:
        far = np.abs(known - now).max(axis=2) > FAR
        if np.count_nonzero(far) <= MOST_FAR:
            return
    OUT.mkdir(parents=True, exist_ok=True)
    image.save(str(OUT / file.name))
    where = ""
    if same_size:
        rows, columns = np.nonzero(far)
        where = f", {len(rows)} pixels within x {columns.min()} to {columns.max()}, y {rows.min()} to {rows.max()}"
    pytest.fail(f"{name} is another picture than {file.name}{where}; it is in {OUT}.")


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_as_somebody_looked_at_it(name: str) -> None:
    if (KNOWN / "letters.png").exists() and (read(KNOWN / "letters.png") != drawn_bytes(letters())).any():
        pytest.skip("this machine writes letters in another way than the one on which the pictures were drawn")
    drawn = PICTURES[name]()
    compare(name, to_image(drawn) if isinstance(drawn, Picture) else drawn)


def test_every_picture_that_is_kept_is_drawn() -> None:
    assert {file.stem for file in KNOWN.glob("*.png")} == {*PICTURES, "letters"}
