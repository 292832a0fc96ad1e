"""Types of the callbacks by which a long job reports progress and is cancelled; no threads, no Qt.

A job takes both by keyword, and works without either::

    def job(..., *, progress: Progress = no_progress, cancelled: IsCancelled = never) -> Result: ...
"""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float, str], None]
"""Called with the fraction that is done, 0 to 1, and what is being done, in a few words or none."""

IsCancelled = Callable[[], bool]
"""Asked often; once it returns True, the job raises `core.errors.Cancelled` and leaves nothing half-made behind."""


def no_progress(fraction: float, text: str) -> None:
    """Ignore progress; the default of a job that reports to nobody."""


def never() -> bool:
    """Return False; the default of a job that cannot be cancelled."""
    return False


def part(progress: Progress, start: float, stop: float) -> Progress:
    """Return a `Progress` for one part of a job, scaled to its range of the whole job's progress.

    Parameters
    ----------
    progress : Progress
        Of the whole job.
    start, stop : float
        Fractions of the whole between which the part lies.
    """
    return lambda fraction, text: progress(start + (stop - start) * fraction, text)
