"""What a training is at, as the status bar says it: of a stand-in that trains nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal

from auslan_explorer.gui.training.controller import TrainingJobAdapter
from auslan_explorer.gui.training.trainer import Phase, TrainingProgress

HALF = TrainingProgress(epochs=80, training=(0.5,) * 40, validation=(0.4,) * 40, fraction=0.5)


class Trainer(QObject):
    """A training whose phase and progress are set by hand."""

    changed = Signal()
    phase = Phase.STARTING
    progress = TrainingProgress()
    kept = 0
    waited: tuple[float, ...] = ()

    def stop_and_keep(self) -> None:
        self.kept += 1

    def wait(self, seconds: float) -> bool:
        self.waited = (*self.waited, seconds)
        return seconds > 1


@pytest.fixture
def trainer(qapp: object) -> Iterator[Trainer]:
    yield Trainer()


@pytest.mark.parametrize(
    ("phase", "progress", "text", "fraction"),
    [
        (Phase.STARTING, TrainingProgress(), "starting TensorFlow", 0.0),
        (Phase.STARTING, TrainingProgress(stage="reading"), "reading hidden states", 0.0),
        (Phase.LEARNING, TrainingProgress(epochs=80), "epoch 1 of 80", 0.0),
        (Phase.LEARNING, HALF, "epoch 41 of 80", 0.5),
        (Phase.LEARNING, TrainingProgress(epochs=2, training=(1.0, 1.0), validation=(1.0, 1.0)), "epoch 2 of 2", 0.0),
        (
            Phase.LEARNING,
            TrainingProgress(epochs=80, stage="projecting"),
            "finding the place of every step on the map",
            0.0,
        ),
        (Phase.STOPPING, HALF, "stopping", 0.5),
        (Phase.MEASURING, HALF, "measuring what it is worth", 1.0),
        (Phase.MEASURING, TrainingProgress(stage="projecting"), "measuring what it is worth", 1.0),
    ],
)
def test_each_phase_is_said_in_its_words(
    trainer: Trainer, phase: Phase, progress: TrainingProgress, text: str, fraction: float
) -> None:
    shown, told = TrainingJobAdapter(trainer, 3, trainer), []  # type: ignore[arg-type]
    assert (shown.title, shown.stop_text, shown.running) == ("Training in 3-D", "Stop and keep best", True)
    shown.progressed.connect(lambda *how: told.append(how))
    trainer.phase, trainer.progress = phase, progress
    trainer.changed.emit()
    assert told == [(fraction, text)] and (shown.fraction, shown.text) == (fraction, text)


def test_its_end_is_announced_once_and_its_button_keeps_what_there_is(trainer: Trainer) -> None:
    shown, ended = TrainingJobAdapter(trainer, 2, trainer), []  # type: ignore[arg-type]
    shown.finished.connect(lambda: ended.append(True))
    shown.cancel()
    assert trainer.kept == 1 and shown.wait(120.0) and not shown.wait(0.5) and trainer.waited == (120.0, 0.5)
    trainer.phase = Phase.IDLE
    trainer.changed.emit()
    trainer.changed.emit()
    assert ended == [True] and not shown.running


def test_the_time_left_is_known_while_it_learns(trainer: Trainer) -> None:
    shown = TrainingJobAdapter(trainer, 2, trainer)  # type: ignore[arg-type]
    trainer.progress = TrainingProgress(
        epochs=80, training=(0.5,) * 40, validation=(0.4,) * 40, seconds=20.0, fraction=0.5
    )
    for phase in Phase:
        trainer.phase = phase
        assert shown.seconds_left() == (trainer.progress.seconds_left if phase is Phase.LEARNING else None)
    assert trainer.progress.seconds_left == pytest.approx(20.0)
