from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Session
from auslan_explorer.core.trajectories import Trajectories
from tests.made_up import made_up_activations


@pytest.fixture
def session() -> Session:
    return Session(made_up_activations())


def other_map(session: Session, dims: int = 2) -> Projection:
    own = session.activations.projections[dims]
    return Projection(own.points + 1, own.prefix - 1, "other", "another map")


def test_a_training_s_map_takes_the_place_of_the_activations_own(session: Session) -> None:
    own, other = session.projections[2], other_map(session)
    own_paths = session.trajectories(2)
    session.add_projection("run", other)
    assert session.projections[2] is own and session.has_projection("run") and not session.has_projection("gone")
    session.update(run_2d="run")
    assert session.projections[2] is other and session.projections[3] is not other
    paths = session.trajectories(2)
    assert paths is not None and own_paths is not None
    expected = Trajectories.build(session.activations, other, session.state.log_scale)
    assert np.array_equal(paths.vertices, expected.vertices) and np.array_equal(paths.segments, expected.segments)
    assert np.array_equal(paths.last_vertex, expected.last_vertex)
    session.update(run_2d="")
    again = session.trajectories(2)
    assert again is not None and np.array_equal(again.vertices, own_paths.vertices)


def test_a_run_that_is_not_there_leaves_the_activations_own_map(session: Session) -> None:
    session.update(run_2d="gone")
    assert session.projections[2] is session.activations.projections[2]


def test_what_is_being_learned_is_shown_until_it_is_done_or_given_up(session: Session) -> None:
    said: list[int] = []
    session.paths_changed.connect(said.append)
    own, other = session.trajectories(2), other_map(session)
    session.update(selected=(3,))
    session.show_learning(2, other)
    shown = session.trajectories(2)
    assert said == [2] and shown is not None and own is not None
    assert not np.array_equal(shown.vertices, own.vertices)
    assert session.projections[2] is not other and session.state.selected == (3,)
    session.show_learning(2, None)
    given_up = session.trajectories(2)
    assert said == [2, 2] and given_up is not None and np.array_equal(given_up.vertices, own.vertices)
    session.show_learning(2, other)
    session.adopt_learned(2, "run", other)
    assert said == [2, 2, 2] and session.state.run_2d == "run" and session.projections[2] is other


def test_a_map_of_other_recordings_is_refused(session: Session) -> None:
    with pytest.raises(UserError, match="other recordings"):
        session.add_projection("run", Projection(np.zeros((3, 2), np.float32), np.zeros((0, 2), np.float32), "", ""))
