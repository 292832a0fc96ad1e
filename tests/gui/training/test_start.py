"""What a training is given when it starts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.training.settings import recommended_autoencoder
from tests.gui.training_parts import Trainings


@pytest.mark.parametrize("dims", [2, 3])
def test_a_training_is_given_the_map_on_screen_so_that_it_does_not_turn(
    window: MainWindow, trainings: Trainings, dims: int
) -> None:
    controller, session = window.commands.training.controller, window.session
    settings = recommended_autoencoder(dims, 0)
    turned = session.projections[dims]
    session.add_projection("turned", replace(turned, points=-turned.points))
    for run in ("", "turned"):
        session.update(**{f"run_{dims}d": run})
        controller.start(settings)
        given = trainings[-1].job.on_screen
        assert given is not None and np.array_equal(given, session.projections[dims].points)
        controller.trainer.cancel()


def test_a_training_keeps_as_many_processors_busy_as_the_settings_say(window: MainWindow, trainings: Trainings) -> None:
    dock = window.retrain
    for threads in (1, 0):
        window.settings.set_value("training_threads", threads)
        dock.start()
        assert trainings[-1].job.threads == threads
        assert trainings[-1].job.settings == dock.form.settings
        window.commands.training.controller.trainer.cancel()
