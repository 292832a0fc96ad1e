"""What README and guide say was found with the shipped network holds for the files that ship."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.analysis.dtw import Scaling
from auslan_explorer.analysis.hands import ONE_HANDED_BELOW, hand_usage
from auslan_explorer.analysis.neighbours import PathIndex, distances_among
from auslan_explorer.analysis.predictions import accuracy_by_step, early_figures, predictions_for
from auslan_explorer.analysis.sign_report import typical
from auslan_explorer.analysis.stability import (
    SIGN_NEIGHBOURS,
    Pair,
    mean_paths,
    mutual_neighbours,
    pairs,
    path_distances,
)
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.splits import TEST, TRAIN
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.stability_store import read_ensemble

ROOT = Path(__file__).parents[2]


def text(file: str) -> str:
    """The text of a document in one line, without marks of emphasis."""
    return " ".join(re.sub(r"[*_`]", "", (ROOT / file).read_text(encoding="utf-8")).split())


README, FINDINGS = text("README.md"), text("docs/guide/findings.md")


@pytest.fixture(scope="module")
def shipped() -> Activations:
    file = paths.ships("activations.h5")
    if not file.is_file():
        pytest.skip("models/ does not hold the shipped activations")
    return read_cache(file)


@pytest.fixture(scope="module")
def all_pairs(shipped: Activations) -> dict[str, Pair]:
    """Pairs of signs by their names, closest first."""
    found = sorted(pairs(read_ensemble(paths.ships("stability.h5"))), key=lambda pair: pair.path_rank)
    return {f"{shipped.names[pair.one]} – {shipped.names[pair.other]}": pair for pair in found}


@pytest.fixture(scope="module")
def mistakes(shipped: Activations) -> list[tuple[str, str]]:
    """True and mistaken sign of each misclassified recording."""
    wrong = np.flatnonzero(shipped.predicted != shipped.sign)
    return [(shipped.names[shipped.sign[i]], shipped.names[shipped.predicted[i]]) for i in wrong]


def recording(a: Activations, sign: str, session: int, trial: int) -> int:
    found = (a.sign == a.names.index(sign)) & (a.session == session) & (a.trial == trial)
    return int(np.flatnonzero(found)[0])


def by_pair(one: str, other: str) -> str:
    """How the pair of these signs is told: as "boy – girl"."""
    return " – ".join(sorted((one, other), key=str.casefold))


def listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def rows_of(a: Activations, sign: str) -> np.ndarray:
    return np.flatnonzero(a.sign == a.names.index(sign))


def nearest_signs(a: Activations, which: int) -> list[str]:
    """Signs of the ten recordings whose paths are nearest, nearest first."""
    order = np.argsort(PathIndex(a.states, a.offsets, Scaling.of(a.all_states())).distances_to_all(which))
    return [a.names[a.sign[i]] for i in order if i != which][:10]


def most_outlying(a: Activations, sign: str) -> int:
    rows = rows_of(a, sign)
    among = distances_among(a.all_states(), a.offsets, rows.tolist())
    return typical(tuple(rows.tolist()), among, whole_paths=True).outlying[0][0]


def test_all_mistakes_are_within_the_closest_pairs_and_not_within_the_five_closest(
    shipped: Activations, all_pairs: dict[str, Pair], mistakes: list[tuple[str, str]]
) -> None:
    closest = list(all_pairs)
    wrong = sorted({by_pair(*each) for each in mistakes}, key=closest.index)
    assert (len(mistakes), len(all_pairs)) == (3, 4371)
    assert all_pairs[wrong[-1]].path_rank == 9 and not set(closest[:5]) & set(wrong)
    assert f"of the five closest pairs, {listed(closest[:5])}, no recording is taken" in FINDINGS
    for document in (README, FINDINGS):
        assert "all three mistakes are within the nine" in document and f": {listed(wrong)}." in document
        assert f"3 of {len(shipped):,} recordings".replace(",", " ") in document


def test_soon_begins_as_who_does_and_not_the_other_way_round(shipped: Activations, all_pairs: dict[str, Pair]) -> None:
    answers = predictions_for(shipped)
    assert answers is not None

    def held(sign: str, other: str) -> list[int]:
        """At how many steps each recording of a sign is held for another sign."""
        answer = answers.at == shipped.names.index(other)
        return [int(answer[shipped.offsets[i] : shipped.offsets[i + 1]].sum()) for i in rows_of(shipped, sign)]

    steps = held("soon", "who")
    assert f"{sum(count > 0 for count in steps)} of the {len(steps)} recordings of soon are held for who" in FINDINGS
    assert f"for some steps, one of them for {max(steps)};" in FINDINGS and not any(held("who", "soon"))
    pair = all_pairs["soon – who"]
    assert pair.path_rank == 3 and f"neighbours on {pair.path_maps} of {pair.maps} retrained maps" in FINDINGS
    both = np.concatenate([rows_of(shipped, "soon"), rows_of(shipped, "who")])
    assert (shipped.predicted[both] == shipped.sign[both]).all() and f"all {len(both)} recordings of both" in FINDINGS


def test_thank_and_hot_are_alike_and_hurt_and_all_are_not(shipped: Activations, all_pairs: dict[str, Pair]) -> None:
    unlike, alike, changing = (all_pairs[name] for name in ("all – hurt", "hot – thank", "God – science"))
    assert not unlike.path_true and unlike.path_maps == 0 and alike.path_true and alike.path_rank == 4
    on_map = path_distances(mean_paths(shipped, shipped.projections[2].points))
    assert not mutual_neighbours(on_map, SIGN_NEIGHBOURS)[unlike.one, unlike.other]
    for document in (README, FINDINGS):
        assert f"place {unlike.path_rank} of {len(all_pairs)} pairs" in document
        assert f"none of {unlike.maps} retrained maps" in document
        assert f"neighbours on {alike.path_maps} of {alike.maps}" in document
    for sign in ("hurt", "all", "thank", "hot"):
        rows = rows_of(shipped, sign)
        assert len(rows) == 27 and (shipped.predicted[rows] == shipped.sign[rows]).all()
    assert f"is at place {changing.path_rank} here, and on {changing.path_maps} maps of {changing.maps}" in FINDINGS
    assert 0.5 < changing.path_maps / changing.maps < 0.6


def test_hear_and_read_lie_together_on_the_shipped_map_alone(shipped: Activations, all_pairs: dict[str, Pair]) -> None:
    pair = all_pairs["hear – read"]
    on_map = path_distances(mean_paths(shipped, shipped.projections[2].points))
    assert mutual_neighbours(on_map, SIGN_NEIGHBOURS)[pair.one, pair.other] and pair.verdict == "seldom"
    nearer = int((on_map[np.triu_indices(len(on_map), 1)] < on_map[pair.one, pair.other]).sum())
    assert f"nearer than all but {nearer} pairs, but are at place {pair.path_rank}" in FINDINGS
    assert f"neighbours on {pair.path_maps} of {pair.maps} retrained maps only" in FINDINGS and not pair.path_true


def test_what_stays_is_real_and_what_is_seldom_is_not(all_pairs: dict[str, Pair]) -> None:
    stays = [pair for pair in all_pairs.values() if pair.verdict == "stays"]
    seldom = [pair for pair in all_pairs.values() if pair.verdict == "seldom"]
    real = sum(pair.path_true for pair in seldom)
    assert all(pair.path_true for pair in stays)
    assert f"{len(stays)} pairs of 4371 stay, and all {len(stays)} are neighbours" in FINDINGS
    assert (
        f"Of the {len(seldom)} pairs" in FINDINGS
        and f"{real} are ({real / len(seldom):.0%})".replace("%", " %") in FINDINGS
    )


def test_a_crazy_lies_among_recordings_of_think(shipped: Activations) -> None:
    which = recording(shipped, "crazy", 2, 3)
    assert shipped.names[shipped.predicted[which]] == "think" and len(rows_of(shipped, "crazy")) == 27
    assert nearest_signs(shipped, which) == ["think"] * 10 and most_outlying(shipped, "crazy") == which


def test_a_sorry_that_is_recognised_lies_far_from_all_others(shipped: Activations) -> None:
    which = recording(shipped, "sorry", 2, 3)
    assert shipped.predicted[which] == shipped.sign[which] and shipped.split[which] == TRAIN
    near = nearest_signs(shipped, which)
    assert "sorry" not in near and f"{near.count('danger')} of them are of danger" in FINDINGS
    assert most_outlying(shipped, "sorry") == which


def test_how_early_it_knows(shipped: Activations) -> None:
    answers = predictions_for(shipped)
    assert answers is not None
    known = next(each for each in accuracy_by_step(shipped, answers, Alignment.NETWORK) if each.split == "test")
    early = early_figures(shipped, answers, known, np.flatnonzero(shipped.split == TEST))
    assert early is not None and early.mostly_known is not None
    for document in (README, FINDINGS):
        assert f"settle within the first {early.settled_share * 100:.0f} % of a recording" in document
        assert f"right by step {early.mostly_known + 1} of {shipped.steps}" in document


def test_hands(shipped: Activations) -> None:
    usage = hand_usage(shipped)
    assert usage is not None and shipped.hand_ratio is not None
    assert f"{usage.one_handed_signs} of the 94 signs" in FINDINGS
    assert f"{usage.one_handed * 100:.0f} % of the recordings" in FINDINGS
    ends = np.column_stack([shipped.projections[2].points[shipped.offsets[1:] - 1], np.ones(len(shipped))])
    one_handed = shipped.hand_ratio < ONE_HANDED_BELOW
    line, *_ = np.linalg.lstsq(ends, np.where(one_handed, 1.0, -1.0))
    assert f"the ends of {((ends @ line > 0) == one_handed).mean() * 100:.0f} % of them" in FINDINGS


def test_danger_is_one_handed_and_a_neighbour_of_drink(shipped: Activations, all_pairs: dict[str, Pair]) -> None:
    assert shipped.hand_ratio is not None
    one_handed = shipped.hand_ratio[rows_of(shipped, "danger")] < ONE_HANDED_BELOW
    assert f"one-handed in {one_handed.sum()} of its {len(one_handed)} recordings" in FINDINGS
    pair = all_pairs["danger – drink"]
    assert pair.path_true and f"on {pair.path_maps} of {pair.maps} retrained maps." in FINDINGS


def test_accuracy_is_that_of_the_model_card() -> None:
    card = text("models/README.md")
    held_out = re.search(r"sessions held out \|[^|]*\|[^|]*\| ([\d.]+)% \|", card)
    assert held_out is not None
    for document in (README, FINDINGS):
        assert f"{held_out[1]} %" in document
    assert "99.64 % of 277 test recordings" in FINDINGS and "99.64%" in README


def test_the_citation_has_the_programs_version() -> None:
    from auslan_explorer import __version__

    assert f"\nversion: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_the_moving_picture_of_the_readme_is_small() -> None:
    assert "(docs/images/paths.gif)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert (ROOT / "docs" / "images" / "paths.gif").stat().st_size < 1_500_000


def test_links_of_the_readme_lead_to_files() -> None:
    links = re.findall(r"\]\(([^)#]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(links) > 8
    for link in links:
        assert link.startswith("https://") or (ROOT / link).exists(), link
