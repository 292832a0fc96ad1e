"""The numbers of the guide's page "Five findings in the data" are what the program computes."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.analysis.flow import LEAST, mean_flow
from auslan_explorer.analysis.label_check import NEIGHBOURS, Doubt
from auslan_explorer.analysis.landscape import decision_landscape
from auslan_explorer.analysis.step_lengths import step_lengths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.projection import signed_log
from auslan_explorer.core.resting import HeldInput
from auslan_explorer.core.session import Session
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.io.model_lookup import find_autoencoder
from auslan_explorer.workflows.label_check import held_out_answers, known_doubts
from auslan_explorer.workflows.resting import STARTS, find_resting
from auslan_explorer.workflows.what_if import FramesOf

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/guide/five-findings.md").read_text(encoding="utf-8")
PAGE = " ".join(re.sub(r"[*_`]", "", TEXT).split())


def says(sentence: str) -> None:
    assert sentence in PAGE, sentence


def test_labels_in_doubt(shipped: Activations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path))
    a, found, held_out = shipped, known_doubts(shipped), held_out_answers(shipped)
    assert found is not None and held_out is not None
    both = [each for each in found if each.by_neighbours and each.by_answer]
    says(f"Of {len(a)} recordings {len(found)} bear a label that is in doubt; against {len(both)} of these both speak")

    def titles(doubts: list[Doubt]) -> list[str]:
        return [f"{a.names[a.sign[d.recording]]} {a.session[d.recording]}.{a.trial[d.recording]}" for d in doubts]

    by_title = dict(zip(titles(found), found, strict=True))
    says(f"session: {', '.join(titles(both)[:-1])} and {titles(both)[-1]}.")
    wrong = [each for each in both if a.predicted[each.recording] != a.sign[each.recording]]
    assert titles(wrong) == ["crazy 2.3"] and a.names[a.predicted[wrong[0].recording]] == "think"
    says(f"{by_title['sorry 2.3'].taking} of the {NEIGHBOURS} nearest of sorry 2.3 are of danger")
    man = by_title["man 2.1"]
    assert a.names[man.sign] == "mine" and not man.by_answer
    differ = held_out[:, 0] != a.sign
    first = a.session[differ] <= 2
    says(f"Of the {differ.sum()} answers that differ from the label {first.sum()} are of sessions 1 and 2")
    (danger,) = (each for each in found if a.names[a.sign[each.recording]] == "danger")
    assert titles([danger]) == ["danger 1.3"] and danger.by_answer and not danger.by_neighbours
    says(f"({a.names[danger.answer]}, with a probability of {danger.of_answer:.0%}".replace("%", " %"))


def test_most_of_the_way_is_made_in_few_steps(shipped: Activations) -> None:
    a = shipped
    shares = []
    for rows in (a.all_states(), signed_log(a.projections[2].points)):
        lengths = step_lengths(rows, a.offsets)
        lengths = np.sort(lengths[np.isfinite(lengths)])[::-1].astype(float)
        shares.append(lengths[: len(lengths) // 10].sum() / lengths.sum())
    says(f"a tenth of all steps makes {shares[0] * 100:.0f} % of the way of the hidden states")
    says(f"and {shares[1] * 100:.0f} % of the way on the map")


def test_paths_go_one_way(shipped: Activations) -> None:
    t = Trajectories.build(shipped, shipped.projections[2], True)
    flow = mean_flow(t, np.ones(len(shipped), bool))
    says(f"{len(flow.counts)} cells of the grid hold {LEAST} steps or more")
    says(f"in {(flow.agreement > 2 / 3).mean() * 100:.0f} % of these cells the mean movement is more than two thirds")


def test_almost_every_sign_has_its_own_region(shipped: Activations) -> None:
    a, projection = shipped, shipped.projections[2]
    autoencoder = find_autoencoder(a, projection)
    assert autoencoder is not None and a.head is not None
    found = decision_landscape(a, projection, autoencoder, a.head, log_scale=True)
    says(f"{len(np.unique(found.answer))} of the {len(a.signs)} signs have a region")
    says(f"{found.far.mean() * 100:.0f} % of the map is hatched")
    ends = (signed_log(projection.points[a.offsets[1:] - 1]) - found.low) / (found.high - found.low)
    rows, columns = found.answer.shape
    at = np.rint(ends[:, 1] * (rows - 1)).astype(int), np.rint(ends[:, 0] * (columns - 1)).astype(int)
    says(f"{(found.answer[at] == a.predicted).mean() * 100:.1f} % of the recordings end in the region of their answer")


def test_the_network_forgets(shipped: Activations, frames_of: FramesOf) -> None:
    session = Session(shipped)
    session.update(resting=HeldInput.MEAN)
    points, on_maps = find_resting(shipped, shipped.projections, session.state, frames_of)
    assert set(on_maps) == {2, 3} and points.stable.tolist() == [True] and points.starts[0] >= STARTS
    says(f"From {STARTS} states of real recordings all lead to one and the same point, which is stable")
    answer = shipped.names[points.answers[0]]
    says(f"it would answer {answer} there, with a probability of {points.certainty[0] * 100:.0f} %")
    half = np.log(0.5) / np.log(points.growth[0])
    says(f"after {half:.0f} steps")
