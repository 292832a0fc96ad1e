"""What jobs find and write is as it was when somebody read and kept it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.origin import Kind
from auslan_explorer.core.resting import HeldInput
from auslan_explorer.core.selected import Selected
from auslan_explorer.core.session import SessionState, opening_state
from auslan_explorer.draw.hand_points import LIMBS, POINTS, hand_points
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.workflows import forks, label_check, resting, what_if
from auslan_explorer.workflows.elan import ElanOptions, export_for_elan
from auslan_explorer.workflows.export import PictureOptions, compose_picture
from tests.known import compare, told
from tests.small_network import classifier, made_of, recordings

KNOWN = Path(__file__).parent / "values"
FRAMES = recordings(36)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the person's data of each test's own, where tables are kept."""
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "home"))
    return tmp_path


@pytest.fixture(scope="module")
def made() -> Activations:
    return made_of(FRAMES)


def of_known(number: int) -> np.ndarray | None:
    """Return frames of most recordings: some are not at hand."""
    return None if number % 9 == 8 else FRAMES[number]


def test_forks(made: Activations) -> None:
    spreads = np.concatenate(FRAMES).std(axis=0)
    assert forks.known_forks(made) is None
    found = {
        "all": forks.find_all_forks(made), "kept": forks.known_forks(made),
        "signs": forks.part_signs(made, (1, 2), of_known, spreads), "alone": forks.part_signs(made, (2, 3)),
        "recordings": forks.part_recordings(made, (1, 10), of_known, spreads),
        "no frames": forks.part_recordings(made, (8, 10), of_known, spreads),
    }  # fmt: skip
    compare(KNOWN, "forks", told("forks", found))
    once = replace(made, sign=np.arange(len(made), dtype=np.int16) % 1, lengths=made.lengths)
    with pytest.raises(UserError, match="two signs have two recordings"):
        forks.find_all_forks(once)


def test_label_check(made: Activations) -> None:
    assert label_check.known_doubts(made) is None
    found = {"doubts": label_check.check_labels(made), "kept": label_check.known_doubts(made)}
    compare(KNOWN, "doubts", told("doubts", found))


@pytest.mark.parametrize("held", [HeldInput.REST, HeldInput.MEAN, HeldInput.FRAME])
def test_resting_points(made: Activations, held: HeldInput) -> None:
    state = replace(opening_state(made), resting=held, selected=Selected((3,)), step=14)
    points, places = resting.find_resting(made, made.projections, state, of_known)
    frames = {number: each for number, each in enumerate(FRAMES) if of_known(number) is not None}
    found = {"held": resting.held_frame(made, state, frames), "starts": resting.starting_states(classifier(), FRAMES)}
    compare(KNOWN, f"resting-{held}", told("resting", {**found, "points": points, "places": places}))


def test_smallest_changes(made: Activations) -> None:
    spreads = np.concatenate(FRAMES).std(axis=0)
    found: dict[str, object] = {}
    for recording in (1, 3, 5):
        for sign in range(4):
            try:
                change = what_if.find_smallest_change(made, classifier(), FRAMES[recording], of_known, spreads, sign)
            except UserError as error:
                found[f"{recording} {sign}"] = str(error)
            else:
                found[f"{recording} {sign}"] = change
    compare(KNOWN, "smallest-changes", told("change", found))


@pytest.mark.parametrize("name", ["own.tsd", "OWN.TSD", "own.h5", "Own.H5"])
def test_a_changed_recording_is_saved(made: Activations, home: Path, name: str) -> None:
    networks = what_if.find_networks(made, made.projections, {})
    changed = FRAMES[5][2:] + np.float32(0.05)
    file = what_if.save_changed(home / name, made, networks, 5, FRAMES[5], changed)
    assert file == home / name
    if file.suffix.lower() == ".tsd":
        compare(KNOWN, "changed-tsd", file.read_text(encoding="utf-8"))
        return
    read = read_cache(file)
    kept = ("lengths", "sign", "session", "trial", "predicted", "signs", "recording_names")
    found = {each: getattr(read, each) for each in kept} | {"states": read.all_states()}
    compare(KNOWN, "changed-h5", told("changed", found | {str(d): p.points for d, p in read.projections.items()}))


def test_a_changed_recording_of_another_kind_is_refused(made: Activations, home: Path) -> None:
    networks = what_if.find_networks(made, made.projections, {})
    with pytest.raises(UserError, match=r"\.tsd .* or \.h5"):
        what_if.save_changed(home / "own.csv", made, networks, 5, FRAMES[5], FRAMES[5])


def test_annotations_with_their_table(made: Activations, home: Path) -> None:
    options = ElanOptions(film=False, table=True, pose=False, theme="light")
    for name, frames_of in (("with", lambda number: FRAMES[number]), ("without", lambda _: None)):
        file = export_for_elan(made, (4, 1), home / f"{name}.eaf", options, frames_of)
        compare(KNOWN, f"table-{name}", file.with_suffix(".csv").read_text(encoding="utf-8"))
    silent = replace(made, head=None)
    with pytest.raises(UserError, match="leave out the table"):
        export_for_elan(silent, (4, 1), home / "nothing.eaf", options, lambda _: None)


def rests(a: Activations, held: HeldInput) -> SessionState:
    return replace(opening_state(a), resting=held)


ASKED: dict[str, Callable[[Activations], object]] = {
    "not at hand": lambda a: resting.find_resting(a, a.projections, rests(a, HeldInput.REST), lambda _: None),
    "not one selected": lambda a: resting.held_frame(a, rests(a, HeldInput.FRAME), {0: FRAMES[0]}),
    "too long": lambda a: resting.starting_states(classifier(), [np.zeros((30, 22), np.float32)]),
    "no network": lambda a: what_if.find_networks(replace(a, classifier=None, head=None), {}, {}),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_is_missing_is_said(made: Activations, name: str) -> None:
    with pytest.raises(UserError) as told_:
        ASKED[name](made)
    compare(KNOWN, f"missing-{name.replace(' ', '-')}", f"{told_.value}\n")


def test_joints_of_a_hand_are_joined_along_each_finger() -> None:
    told_ = [f"{POINTS[first]} {POINTS[second]}" for first, second in LIMBS]
    points = hand_points(FRAMES[2][:2])
    compare(KNOWN, "joints", "\n".join(told_) + "\n" + told("points", points))


@pytest.mark.usefixtures("qapp")
def test_a_picture_is_of_the_step_of_its_state(made: Activations) -> None:
    options = PictureOptions(2, (200, 160), LIGHT)
    for step in (7, 19):
        picture = compose_picture(made, made.projections, replace(opening_state(made), step=step), options)
        assert picture.step == step


def test_an_own_cache_is_not_what_ships(made: Activations, home: Path) -> None:
    write_cache(home / "own.h5", made)
    assert read_cache(home / "own.h5").origin.kind is Kind.FILE
    assert read_cache(paths.ships("activations.h5")).origin.kind is Kind.SHIPPED
