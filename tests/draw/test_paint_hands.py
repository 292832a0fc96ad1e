"""What is painted of two gloves: where they are, their trails, outlines, and the body's side."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from auslan_explorer.draw import paint_hands
from auslan_explorer.draw.hands import FRONT, SIDE, SIGNER, Glove, Viewpoint, gloves
from auslan_explorer.draw.paint_hands import LEFT_COLOUR, RIGHT_COLOUR, Pose, paint_gesture
from auslan_explorer.draw.theme import DARK, LIGHT, RGB, Theme

SIZE = 300
STILL = np.array([0.0, -0.15, -0.16, 0.5, 0.3, 0.5, 0, 0, 0, 0, 0])


def frames(**right: tuple[float, float, float]) -> np.ndarray:
    """One frame for each named place of the right hand; the left hand lies at the signer's left."""
    left = STILL.copy()
    left[0] = -0.15
    rows = []
    for place in right.values():
        hand = STILL.copy()
        hand[:3] = place
        rows.append(np.concatenate([left, hand]))
    return np.array(rows)


def painted(*poses: Pose, theme: Theme = LIGHT, viewpoint: Viewpoint = FRONT, qapp: object = None) -> np.ndarray:
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor(*theme.background))
    with QPainter(image) as painter:
        paint_gesture(painter, QRectF(0, 0, SIZE, SIZE), poses, theme, viewpoint)
    return np.frombuffer(image.constBits(), np.uint8).reshape(SIZE, SIZE, 4)[..., 2::-1].astype(int)


def of_colour(pixels: np.ndarray, colour: RGB) -> np.ndarray:
    """Return the rows and columns of pixels of a colour."""
    return np.argwhere(np.abs(pixels - np.array(colour)).max(axis=-1) < 12)


pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_from_the_front_the_right_hand_is_at_the_viewer_s_left(theme: Theme) -> None:
    pixels = painted(Pose(frames(a=(0.15, -0.15, -0.16)), 0), theme=theme)
    right, left = of_colour(pixels, RIGHT_COLOUR), of_colour(pixels, LEFT_COLOUR)
    assert len(right) > 100 and len(left) > 100
    assert right[:, 1].mean() < SIZE / 2 < left[:, 1].mean()


def test_over_the_signer_s_shoulders_it_is_at_the_right() -> None:
    lifted = frames(a=(0.2, 0.1, -0.2))
    lifted[:, [4, 15]] = 0.9  # backs towards the signer
    pixels = painted(Pose(lifted, 0), viewpoint=SIGNER)
    assert of_colour(pixels, RIGHT_COLOUR)[:, 1].mean() > SIZE / 2


def test_the_hand_goes_up_with_y_and_to_the_viewer_s_right_when_it_goes_ahead_seen_from_the_side() -> None:
    low, high, ahead = (painted(Pose(frames(a=at), 0), viewpoint=SIDE) for at in (
        (0.1, -0.1, 0.0), (0.1, 0.2, 0.0), (0.1, -0.1, -0.3)))  # fmt: skip
    blank = painted(Pose(frames(a=(0.0, 0.0, 0.0))[:0], 0), viewpoint=SIDE)
    changed = [np.argwhere((each != blank).any(axis=-1)).mean(axis=0) for each in (low, high, ahead)]
    assert changed[1][0] < changed[0][0] - 30
    assert changed[2][1] > changed[0][1] + 30


def test_the_trail_shows_the_way_so_far_and_nothing_to_come() -> None:
    way = frames(a=(0.1, -0.1, -0.1), b=(0.1, 0.3, -0.1), c=(0.3, 0.3, -0.1))
    seen = [painted(Pose(way, at)) for at in range(3)]
    corner = seen[0][:60, :60]
    assert (corner == corner[0, 0]).all()
    middle = slice(100, 150)
    assert (seen[1][middle] != seen[0][middle]).any(), "the way up is drawn"


@pytest.mark.parametrize("side", [0, 11])
def test_the_trail_of_either_hand_goes_through_where_it_was(side: int) -> None:
    way = frames(a=(0.15, -0.3, -0.1), b=(0.15, -0.3, -0.1), c=(0.15, -0.3, -0.1))
    x = -0.15 if side == 0 else 0.15
    way[:, side : side + 3] = (x, 0.3, -0.1), (x, 0.0, -0.1), (x, -0.3, -0.1)
    drawn = (painted(Pose(way, 2)) != painted(Pose(way[2:], 0))).any(axis=-1)
    place = painted(Pose(way[:1], 0)) != painted(
        Pose(way[2:], 0)
    )  # of the hand itself at the beginning, and at the end
    columns = np.argwhere(place.any(axis=-1))[:, 1]
    rows, across = np.argwhere(drawn).T
    assert np.ptp(rows) > 60, "it goes from above to below"
    assert columns.min() <= across.min() and across.max() <= columns.max(), "in the hand's own column"


def test_before_it_has_begun_the_hands_are_faint() -> None:
    faint, begun = (painted(Pose(frames(a=(0.15, 0, -0.1)), at)) for at in (-1, 0))
    assert not len(of_colour(faint, RIGHT_COLOUR)) < len(of_colour(begun, RIGHT_COLOUR)) == 0
    assert len(of_colour(begun, RIGHT_COLOUR)) > 100
    assert len(of_colour(faint, RIGHT_COLOUR)) == 0


def test_an_outlined_recording_lets_the_one_beneath_be_seen() -> None:
    hand = frames(a=(0.15, 0, -0.1))
    both = painted(Pose(hand, 0), Pose(hand, 0, outlined=True))
    alone = painted(Pose(hand, 0, outlined=True))
    assert len(of_colour(both, RIGHT_COLOUR)) > 3 * len(of_colour(alone, RIGHT_COLOUR)) > 0


def test_the_palm_s_side_is_lighter_than_the_back() -> None:
    up = frames(a=(0.15, 0.1, -0.1))
    up[:, 15] = 1.0  # fingers up: the palm looks ahead, at the viewer
    assert not len(of_colour(painted(Pose(up, 0)), RIGHT_COLOUR))
    assert len(of_colour(painted(Pose(up, 0), viewpoint=Viewpoint(180, 0)), RIGHT_COLOUR)) > 100


def test_nothing_is_painted_outside_the_area() -> None:
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor(*LIGHT.background))
    with QPainter(image) as painter:
        paint_gesture(painter, QRectF(50, 50, 100, 100), [Pose(frames(a=(0.5, 0.5, -0.4)), 0)], LIGHT)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(SIZE, SIZE, 4)[..., :3]
    outside = np.ones((SIZE, SIZE), bool)
    outside[50:150, 50:150] = False
    assert (pixels[outside] == 255).all() and (pixels[~outside] != 255).any()


@pytest.mark.parametrize("viewpoint", [FRONT, SIDE])
@pytest.mark.parametrize("place", [(0.5, 0.1, -0.1), (0.1, 0.6, -0.1), (0.1, 0.1, 0.6)])
def test_a_hand_that_is_pulled_aside_is_seen_whole_in_every_frame(
    place: tuple[float, float, float], viewpoint: Viewpoint
) -> None:
    way = frames(a=(0.15, 0.0, -0.1), b=place)
    seen = [painted(Pose(way, at), viewpoint=viewpoint) for at in range(2)]
    blank = painted(Pose(way[:0], 0))[0, 0]
    for pixels in seen:
        rim = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
        assert (rim == blank).all(), "nothing is cut"
    top = [np.argwhere((pixels != blank).any(axis=-1))[:, 0].max() for pixels in seen]
    assert top[0] == top[1], "the body stays where it is"


def test_an_arrow_points_at_a_hand_too_far_off_to_be_seen() -> None:
    near, far = (painted(Pose(frames(a=(x, 0.1, -0.1)), 0)) for x in (0.3, 4.0))
    arrow = of_colour(far, RIGHT_COLOUR)
    assert len(of_colour(near, RIGHT_COLOUR)) > 100 and 20 < len(arrow) < 200
    assert arrow[:, 1].max() < 20, "the signer's right is at the viewer's left"


def test_each_hand_bears_its_own_letter_and_an_outlined_one_none(monkeypatch: pytest.MonkeyPatch) -> None:
    letters: list[tuple[str, float]] = []

    def write(_painter: object, _eye: object, hand: Glove, letter: str, *_: object) -> None:
        letters.append((letter, float(hand.place[0])))

    monkeypatch.setattr(paint_hands, "_paint_letter", write)
    shown = frames(one=(0.15, 0.0, -0.1))
    painted(Pose(shown, 0))
    # The signer's left is at the glove's smaller x.
    (left, at_left), (right, at_right) = sorted(letters, key=lambda each: each[0])
    assert (left, right) == ("L", "R") and at_left < at_right
    letters.clear()
    painted(Pose(shown, 0, outlined=True))
    assert letters == []


def test_a_letter_is_written_in_the_background_s_colour_on_the_hand_and_grows_with_everything() -> None:
    plain = frames(one=(0.15, 0.0, -0.1))
    counts = []
    for unit in (1.0, 2.0):
        inks = []
        for letter in ("L", "R", ""):
            image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
            image.fill(QColor(255, 0, 0))
            eye = paint_hands._Eye.of(QRectF(0, 0, SIZE, SIZE), FRONT, [plain])
            with QPainter(image) as painter:
                paint_hands._paint_letter(painter, eye, gloves(plain[0])[1], letter, LIGHT, unit)
            pixels = np.frombuffer(image.constBits(), np.uint8).reshape(SIZE, SIZE, 4)[..., 2::-1].astype(int)
            inks.append(of_colour(pixels, LIGHT.background))
        assert not len(inks[2]) and len(inks[0]) and inks[1].tolist() != inks[0].tolist()
        (spot,), _ = eye.project(gloves(plain[0])[1].cuff[1:])
        middle = (inks[1].max(axis=0) + inks[1].min(axis=0))[::-1] / 2
        np.testing.assert_allclose(middle, spot, atol=2.5 * unit)
        counts.append(len(inks[1]))
    assert counts[1] > 2.5 * counts[0]
