"""What README and guide say was found with the shipped network holds for the files that ship."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.analysis.hands import hand_usage
from auslan_explorer.analysis.neighbours import PathIndex, distances_among
from auslan_explorer.analysis.predictions import accuracy_by_step, early_figures, predictions_for
from auslan_explorer.analysis.sign_report import typical
from auslan_explorer.analysis.stability import Pair, pairs
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.splits import TEST
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
    return {f"{shipped.names[pair.one]} / {shipped.names[pair.other]}": pair for pair in found}


@pytest.fixture(scope="module")
def mistakes(shipped: Activations) -> list[tuple[str, str]]:
    """True and mistaken sign of each misclassified recording."""
    wrong = np.flatnonzero(shipped.predicted != shipped.sign)
    return [(shipped.names[shipped.sign[i]], shipped.names[shipped.predicted[i]]) for i in wrong]


def recording(a: Activations, sign: str, session: int, trial: int) -> int:
    found = (a.sign == a.names.index(sign)) & (a.session == session) & (a.trial == trial)
    return int(np.flatnonzero(found)[0])


def test_six_of_seven_mistakes_are_within_the_four_closest_pairs(
    shipped: Activations, all_pairs: dict[str, Pair], mistakes: list[tuple[str, str]]
) -> None:
    closest = list(all_pairs)[:4]
    within = [" / ".join(sorted(each, key=str.casefold)) in closest for each in mistakes]
    assert (len(shipped), len(mistakes), sum(within), len(all_pairs)) == (2528, 7, 6, 4371)
    said = "crazy / think, soon / who, boy / girl and innocent / mine"
    assert said == f"{', '.join(closest[:3])} and {closest[3]}"
    for document in (README, FINDINGS):
        assert said in document and "six of the seven mistakes are within these" in document
        assert "7 of 2 528 recordings" in document


def test_who_is_taken_for_soon_by_its_outlying_recordings(
    shipped: Activations, all_pairs: dict[str, Pair], mistakes: list[tuple[str, str]]
) -> None:
    assert mistakes.count(("who", "soon")) == 3
    rows = np.flatnonzero(shipped.sign == shipped.names.index("who"))
    wrong = rows[shipped.predicted[rows] != shipped.sign[rows]]
    among = distances_among(shipped.all_states(), shipped.offsets, rows.tolist())
    outlying = [each for each, _ in typical(tuple(rows.tolist()), among, whole_paths=True).outlying]
    assert set(wrong.tolist()) <= set(outlying[:4])
    answers = predictions_for(shipped)
    assert answers is not None
    left = sorted(shipped.steps - int(answers.settled[i]) for i in wrong)
    assert "among the four most outlying of the 27" in FINDINGS
    assert f"soon in its last {left[0]} to {left[-1]} steps" in FINDINGS
    pair = all_pairs["soon / who"]
    assert pair.path_rank == 2 and f"neighbours on {pair.path_maps} of {pair.maps} retrained maps" in FINDINGS


def test_hurt_and_all_are_not_alike(shipped: Activations, all_pairs: dict[str, Pair]) -> None:
    pair = all_pairs["all / hurt"]
    assert not pair.path_true
    assert f"place {pair.path_rank} of 4371 pairs" in README and f"place {pair.path_rank} of 4371 pairs" in FINDINGS
    assert f"only {pair.path_maps} of {pair.maps} retrained maps" in README
    assert f"neighbours on {pair.path_maps} of {pair.maps} retrained maps only ({pair.verdict})" in FINDINGS
    for sign in ("hurt", "all"):
        rows = shipped.sign == shipped.names.index(sign)
        assert rows.sum() == 27 and (shipped.predicted[rows] == shipped.sign[rows]).all()
    far = all_pairs["God / science"]
    assert f"is at place {far.path_rank}, on {far.path_maps} map of {far.maps}" in FINDINGS


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


def test_a_tray_lies_among_recordings_of_hurry(shipped: Activations, all_pairs: dict[str, Pair]) -> None:
    which = recording(shipped, "tray", 1, 3)
    order = np.argsort(PathIndex(shipped.all_states(), shipped.offsets).distances_to_all(which))
    nearest = [shipped.names[shipped.sign[i]] for i in order if i != which][:10]
    assert nearest == ["hurry"] * 10 and f"the {all_pairs['hurry / tray'].path_rank}st closest pair" in FINDINGS


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
    assert usage is not None
    assert f"{usage.one_handed_signs} of the 94 signs" in FINDINGS
    assert f"{usage.one_handed * 100:.0f} % of the recordings" in FINDINGS


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
