"""What a training is given when it starts, and when one can be started."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtWidgets import QLineEdit

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


def test_start_comes_back_after_an_edit_while_a_run_was_being_kept(window: MainWindow, trainings: Trainings) -> None:
    window.docks.show("retrain")
    dock, controller = window.retrain, window.commands.training.controller
    epochs = dock.form.rows["epochs"].field
    assert isinstance(epochs, QLineEdit)
    ends: dict[str, Callable[[], None]] = {
        "kept": lambda: controller.kept.emit(SimpleNamespace(seconds=1.0, name="one")),
        "lost": lambda: controller.lost.emit("The disk is full.", ()),
        "discarded": controller.discarded.emit,
    }
    for place, end in enumerate(ends.values()):
        controller._keeping = True
        epochs.setText(str(20 + place))
        assert not dock.start_button.isVisible()
        controller._keeping = False
        end()
        assert dock.start_button.isVisible() and dock.form.isVisible()
