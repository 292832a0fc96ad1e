"""The time that a job still takes is what its share so far has taken, for the share that is left."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication

from auslan_explorer.gui import jobs
from auslan_explorer.gui.jobs import MIN_FRACTION_TO_ESTIMATE, Job


@pytest.mark.parametrize(
    ("fraction", "left"), [(0.0, None), (MIN_FRACTION_TO_ESTIMATE / 2, None), (0.25, 60.0), (0.5, 20.0), (1.0, 0.0)]
)
def test_the_time_left(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, fraction: float, left: float | None
) -> None:
    monkeypatch.setattr(jobs, "time", SimpleNamespace(monotonic=lambda: 30.0))
    job = Job("Counting", lambda: None)
    job._started, job.fraction = 10.0, fraction
    assert job.seconds_left() == (None if left is None else pytest.approx(left))
