"""Every undoable field of the state, found from its declaration, is undone and redone, and the views follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from auslan_explorer.analysis.predictions import predictions_for
from auslan_explorer.core.history import History
from auslan_explorer.core.landscape import Landscape
from auslan_explorer.core.playing import Alignment, Trail
from auslan_explorer.core.projection import PointQuality, Projection
from auslan_explorer.core.resting import HeldInput, RestingMarks
from auslan_explorer.core.session import DECLARED, TRANSIENT, Colouring, Layout, Session
from auslan_explorer.core.splits import TRAIN
from auslan_explorer.core.state_fields import NOTHING, Dirty
from auslan_explorer.core.step_labels import StepLabels
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from tests.gui.view_parts import pixels
from tests.made_up import STEPS, made_up_activations, torn


@dataclass(frozen=True)
class Case:
    """A field's other value, what the menu calls its change, and the state in which the change is seen."""

    value: Any
    undo_text: str
    given: tuple[tuple[str, Any], ...] = ()
    dims: tuple[int, ...] = (2, 3)
    """Dimensions of the views that are changed by this value."""


LANDSCAPE = Landscape(
    np.full(2, -2.0), np.full(2, 2.0), np.eye(40, dtype=np.int16), np.zeros((4, 4), np.float32),
    np.zeros((4, 4), np.float32), 1.0,
)  # fmt: skip
"""What is answered on either scale, but for one sign on the diagonal."""
MIDWAY = (("step", STEPS // 2 + 3),)
CASES = {
    "visible_signs": Case(frozenset({0, 3}), "hide 2 signs"),
    "splits": Case(frozenset({0}), "splits"),
    "selected": Case((1, 8), "selection"),
    "colouring": Case(Colouring.SPLIT, "colour by split"),
    "log_scale": Case(False, "signed log scale off"),
    "points": Case(False, "points off"),
    "lines": Case(False, "lines off"),
    "faint_jumps": Case(True, "faint lines over jumps on", (("run_2d", "torn 2"), ("run_3d", "torn 3"))),
    "labels": Case(True, "names on", (("labels", False),)),
    "last_only": Case(True, "only last steps on"),
    "layout": Case(Layout.MAP_2D, "layout"),
    "isolate": Case(True, "isolate", (("selected", (1, 8)),)),
    "mistakes": Case(True, "names of mistakes on", (("labels", True),)),
    "hand_threshold": Case(0.9, "threshold of hand usage", (("colouring", Colouring.HANDS),)),
    "neighbours": Case(5, "number of neighbours", (("colouring", Colouring.TRUST),)),
    "label_column": Case("other", "which labels", (("colouring", Colouring.LABEL),)),
    "spread": Case(True, "spread over retrained maps on", (("selected", (1, 8)),)),
    "landscape": Case(True, "decision landscape on"),
    "flow": Case(True, "flow on"),
    "resting": Case(HeldInput.MEAN, "resting points"),
    "figure": Case(3, "figure", (("splits", frozenset({TRAIN})),), dims=(2,)),
    "run_2d": Case("other 2", "2-D map"),
    "run_3d": Case("other 3", "3-D map"),
    "alignment": Case(Alignment.START, "alignment", MIDWAY),
    "trail": Case(Trail(3), "trail", MIDWAY),
    "ghost": Case(True, "whole paths beneath on", MIDWAY),
    "settled": Case(True, "settled steps on"),
}


def test_every_undoable_field_has_a_case() -> None:
    assert set(CASES) == set(DECLARED) - TRANSIENT


@pytest.fixture
def session() -> Session:
    """Everything that a field may show is known: hand usage, quality, spread, predictions, another map."""
    a = made_up_activations()
    rng = np.random.default_rng(0)
    a = replace(a, hand_ratio=np.linspace(0, 1.2, len(a), dtype=np.float32))
    session = Session(a)
    halves = np.arange(a.real_steps, dtype=np.int32) % 2
    session.set_step_labels({"first": StepLabels(halves, ("b", "c")), "other": StepLabels(1 - halves, ("b", "c"))})
    assert predictions_for(a) is not None
    for dims in (2, 3):
        own = a.projections[dims]
        trust = {k: np.linspace(0, 1 / k, a.real_steps, dtype=np.float32) for k in (5, 12)}
        ends = rng.normal(0, 2, (6, len(a.signs), dims)).astype(np.float32)
        session.set_measured(
            own,
            PointQuality(
                trust=trust,
                ends=ends,
                landscapes={True: LANDSCAPE, False: LANDSCAPE},
                resting={HeldInput.MEAN: RestingMarks(ends[0], np.ones(len(a.signs), bool), a.names)},
            ),
        )
        session.add_projection(f"other {dims}", Projection(-own.points, -own.prefix, "other", "other"))
        session.add_projection(f"torn {dims}", Projection(-torn(a, dims).points, -own.prefix, "torn", "torn"))
    return session


def walk(session: Session, field: str, shot: Callable[[], np.ndarray] | None, seen: bool) -> None:
    """Change a field, undo it, redo it; with `shot` compare the pictures too."""
    case = CASES[field]
    session.update(**dict(case.given))
    history = History(session)
    before, picture = session.state, None if shot is None else shot()
    assert getattr(before, field) != case.value
    session.update(**{field: case.value})
    after, changed = session.state, None if shot is None else shot()
    assert history.undo_name == case.undo_text
    history.undo()
    assert session.state == before and history.redo_name == case.undo_text and not history.can_undo
    if shot is not None and picture is not None and changed is not None:
        assert np.array_equal(shot(), picture), "undone, it looks otherwise than before"
        assert np.array_equal(changed, picture) is not seen, "the change is seen where it shows, and only there"
    history.redo()
    assert session.state == after and not history.can_redo
    if shot is not None and changed is not None:
        assert np.array_equal(shot(), changed), "redone, it looks otherwise than at first"


def is_seen(field: str, dims: int) -> bool:
    """Whether a field's change is drawn by the view of so many dimensions, as the field declares it."""
    elsewhere = {2: Dirty.MOVED_3D, 3: Dirty.MOVED_2D | Dirty.SPREAD}[dims]
    return dims in CASES[field].dims and (DECLARED[field].invalidates & ~elsewhere) != NOTHING


def shows_paths_of_state(canvas: MapCanvas, session: Session) -> bool:
    scene, paths = canvas.drawn_scene(), session.trajectories(2)
    if scene is None or paths is None or not len(scene.layers[-1].positions):
        return scene is not None
    drawn = scene.layers[-1].positions[-1]
    return bool((np.abs(paths.vertices - drawn).max(axis=1) < 1e-5).any())


@pytest.mark.parametrize("field", CASES)
def test_on_the_2d_map(field: str, canvas: MapCanvas, session: Session, qtbot: QtBot) -> None:
    def shot() -> np.ndarray:
        # Other paths are laid out beside the window: until they are, the image on screen is that of the old ones.
        qtbot.waitUntil(lambda: shows_paths_of_state(canvas, session) and canvas.is_sharp())
        image = canvas.grab().toImage()
        return np.frombuffer(image.constBits(), np.uint8).copy()

    walk(session, field, shot, is_seen(field, 2))


@pytest.mark.gl
@pytest.mark.parametrize("field", CASES)
def test_in_the_3d_view(field: str, scatter: Scatter3D, session: Session) -> None:
    walk(session, field, lambda: pixels(scatter), is_seen(field, 3))
