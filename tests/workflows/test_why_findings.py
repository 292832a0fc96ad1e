"""What the guide says was found by asking the network that ships why; and that what was computed is kept."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.core.shares import percent
from auslan_explorer.workflows.forks import find_all_forks, known_forks, part_signs
from auslan_explorer.workflows.minimal_pairs import find_minimal_pairs, known_minimal_pairs
from auslan_explorer.workflows.what_if import FramesOf, find_networks, find_smallest_change
from tests.made_up import made_up_activations

ROOT = Path(__file__).parents[2]
WHY = " ".join(re.sub(r"[*_`]", "", (ROOT / "docs/guide/why.md").read_text(encoding="utf-8")).split())


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path))


@pytest.fixture(scope="module")
def recorded(recordings: Recordings, frames_of: FramesOf) -> tuple[FramesOf, np.ndarray]:
    """Frames of each recording, and the spreads of the channels."""
    return frames_of, np.maximum(recordings.frames.std(axis=0), 1e-6)


def test_how_long_signs_go_together(shipped: Activations) -> None:
    for one, other, before in (("soon", "who", ""), ("crazy", "think", ""), ("boy", "pen", "but ")):
        pair = shipped.names.index(one), shipped.names.index(other)
        share = percent(part_signs(shipped, pair).fork.together)
        assert re.search(rf"{before}{one} and {other} (?:go together )?for {re.escape(share)}", WHY, re.IGNORECASE)


def test_what_keeps_signs_apart(shipped: Activations, recorded: tuple[FramesOf, np.ndarray]) -> None:
    found = find_minimal_pairs(shipped, recorded[0])
    assert known_minimal_pairs(shipped) == found
    pairs = {(shipped.names[p.one], shipped.names[p.other], p.feature): p for p in found}
    crazy, head, no = (
        pairs[each] for each in (("crazy", "think", "movement"), ("head", "think", "handshape"),
                                 ("no", "yes", "orientation"))
    )  # fmt: skip
    assert f"Without movement, {crazy.taken} of the {crazy.of_one} recordings of crazy" in WHY
    assert f"Without handshape, {head.back} of {head.of_other} recordings of think are taken for head" in WHY
    assert f"without orientation, {no.taken} of {no.of_one} of no for yes" in WHY


def test_how_little_would_have_been_enough(shipped: Activations, recorded: tuple[FramesOf, np.ndarray]) -> None:
    a, (frames_of, spreads) = shipped, recorded
    sign = a.names.index("innocent")
    (wrong,) = np.flatnonzero((a.sign == sign) & (a.predicted != sign)).tolist()
    frames = frames_of(wrong)
    assert frames is not None and a.names[a.predicted[wrong]] == "mine"
    network = find_networks(a, {}, {}).classifier
    found = find_smallest_change(a, network, frames, frames_of, spreads, sign)
    assert found.change is not None and a.sign[found.donor] == sign
    assert {(p.group.hand, p.group.kind) for p in found.change.patches} == {("right", "place")}
    assert f"answered right with {percent(found.change.share)} of its numbers" in WHY


def test_what_was_compared_is_kept_and_a_damaged_file_is_computed_again(tmp_path: Path) -> None:
    a = made_up_activations()
    assert known_forks(a) is None
    found = find_all_forks(a)
    assert known_forks(a) == found and len(found) == 6
    (file,) = (tmp_path / "forks").iterdir()
    file.write_bytes(file.read_bytes()[:60])
    assert known_forks(a) is None
    with pytest.raises(UserError, match="two recordings each"):
        find_all_forks(made_up_activations(recordings_per_sign=1))
