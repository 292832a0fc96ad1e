from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.analysis.quality import reconstruction
from auslan_explorer.analysis.step_errors import point_errors, step_errors
from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, DenseLayer


def test_steps_add_up_to_the_whole(activations: Activations, autoencoder: Autoencoder) -> None:
    errors = point_errors(activations, autoencoder)
    by_step = step_errors(activations, errors)
    _, mse, last = reconstruction(activations, autoencoder)
    filled = by_step.count > 0
    assert by_step.count.sum() == activations.real_steps
    assert np.average(by_step.mse[filled], weights=by_step.count[filled]) == pytest.approx(mse, rel=1e-5)
    back = step_errors(activations, errors, from_end=True)
    assert back.mse[0] == pytest.approx(last, rel=1e-5) and back.count[0] == len(activations)


def test_explained_variance_is_that_of_the_step_alone(activations: Activations, autoencoder: Autoencoder) -> None:
    one = np.zeros(len(activations), dtype=bool)
    one[:12] = True
    found = step_errors(activations, point_errors(activations, autoencoder), one)
    step = activations.steps - 1
    states = np.stack([activations.recording_states(i)[-1] for i in range(12)])
    away = np.square(autoencoder.reconstruct(states) - states).mean()
    assert found.explained[step] == pytest.approx(1 - away / states.var(axis=0).mean(), rel=1e-4)
    assert np.isnan(found.explained[0]) and np.isnan(found.mse[0])


def test_a_step_that_one_recording_has_explains_nothing(activations: Activations, autoencoder: Autoencoder) -> None:
    one = np.arange(len(activations)) == 3
    found = step_errors(activations, point_errors(activations, autoencoder), one)
    assert found.count.tolist().count(1) == activations.lengths[3] and np.isnan(found.explained).all()
    # Nor does one in which all have the same state.
    still = replace(activations, states=ArrayStates(np.ones_like(activations.all_states())))
    assert np.isnan(step_errors(still, point_errors(still, autoencoder)).explained).all()


def test_an_autoencoder_of_other_units_is_refused(activations: Activations) -> None:
    other = Autoencoder((DenseLayer(np.ones((3, 2), np.float32), np.zeros(2, np.float32), "linear"),
                         DenseLayer(np.ones((2, 3), np.float32), np.zeros(3, np.float32), "linear")), 0)  # fmt: skip
    with pytest.raises(UserError, match="reads 3 units"):
        point_errors(activations, other)


@pytest.mark.slow
def test_the_published_map_falls_apart_after_step_65(published: tuple[Activations, dict[int, Autoencoder]]) -> None:
    """The article trained on the network's steps 10 to 64 alone; what comes after, its autoencoders have never seen."""
    activations, autoencoders = published
    found = step_errors(activations, point_errors(activations, autoencoders[2]))
    trained, after = slice(40, 65), slice(75, 90)
    assert np.nanmean(found.mse[after]) > 2 * np.nanmean(found.mse[trained])
