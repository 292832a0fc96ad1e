from __future__ import annotations

from auslan_explorer.core.progress import never, no_progress, part


def test_a_part_reports_to_the_whole() -> None:
    told: list[tuple[float, str]] = []
    half = part(lambda fraction, text: told.append((fraction, text)), 0.5, 1.0)
    half(0.0, "writing")
    part(half, 0.0, 0.5)(1.0, "checking")
    assert told == [(0.5, "writing"), (0.75, "checking")]


def test_a_job_that_nobody_follows_goes_on() -> None:
    no_progress(0.5, "half")
    assert not never()
