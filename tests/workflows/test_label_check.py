"""Labels are checked once, and what was found is there again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.analysis.label_check import doubts, neighbour_table
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import never, no_progress
from auslan_explorer.workflows.inspection import all_distances
from auslan_explorer.workflows.label_check import check_labels, known_doubts
from tests.made_up import made_up_activations


@pytest.fixture
def a(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Activations:
    """Recordings of which two have changed their labels."""
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path))
    made = made_up_activations()
    sign = made.sign.copy()
    sign[[3, 20]] = sign[[20, 3]]
    return replace(made, sign=sign, session=np.resize(np.arange(1, 7), len(made)).astype(np.int16))


def test_what_speaks_against_labels_is_found_and_kept(a: Activations) -> None:
    assert known_doubts(a) is None
    told: list[float] = []
    found = check_labels(a, progress=lambda share, text="": told.append(share))
    assert {3, 20} <= {doubt.recording for doubt in found}
    assert (
        found
        == doubts(a, neighbour_table(a, all_distances(a, None, None, progress=no_progress, cancelled=never)))
        == known_doubts(a)
    )
    assert told == sorted(told) and 0 <= told[0] < 0.98 <= told[-1] <= 1


def test_without_labels_there_is_nothing_to_check_and_a_check_can_be_cancelled(a: Activations) -> None:
    unknown = replace(a, classified=False)
    with pytest.raises(UserError, match="The signs of these recordings are not known"):
        check_labels(unknown)
    with pytest.raises(Cancelled):
        check_labels(a, cancelled=lambda: True)
    assert known_doubts(a) is None
