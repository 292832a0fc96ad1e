"""What a changed recording is saved as, and which recording a change may be taken from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.matching import kept_recordings
from auslan_explorer.core.network import Autoencoder, Classifier, DenseLayer, Head
from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.io import tsd
from auslan_explorer.io.cache import read_cache
from auslan_explorer.workflows.attribution import NO_NETWORK
from auslan_explorer.workflows.what_if import Networks, find_networks, find_smallest_change, save_changed
from tests.made_up import SIGNS, made_up_activations

UNITS, STEPS = 8, 20


@pytest.fixture(scope="module")
def networks() -> Networks:
    rng = np.random.default_rng(4)

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.4, shape).astype(np.float32)

    scale = np.full(len(CHANNELS), 0.5, np.float32), np.full(len(CHANNELS), 0.3, np.float32)
    reads = draw(len(CHANNELS), 4 * UNITS), draw(UNITS, 4 * UNITS), draw(4 * UNITS)
    head = Head(draw(UNITS, len(SIGNS)), draw(len(SIGNS)))
    classifier = Classifier(*reads, head, "sigmoid", *scale, STEPS, SIGNS)
    layers = (DenseLayer(draw(UNITS, 2), draw(2), "linear"), DenseLayer(draw(2, UNITS), draw(UNITS), "linear"))
    return Networks(classifier, {2: Autoencoder(layers, 0)})


@pytest.fixture
def activations(networks: Networks) -> Activations:
    return replace(made_up_activations(), classifier=networks.classifier)


def frames(seed: int, length: int = 9) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0.2, 0.8, (length, len(CHANNELS))).astype(np.float32)


def test_as_text_a_changed_recording_is_its_numbers_whatever_the_case_of_the_ending(
    activations: Activations, networks: Networks, tmp_path: Path
) -> None:
    own, changed = frames(0), frames(1, 12)
    for name in ("a.tsd", "b.TSD"):
        assert save_changed(tmp_path / name, activations, networks, 7, own, changed) == tmp_path / name
        found, _ = tsd.parse((tmp_path / name).read_bytes(), name)
        np.testing.assert_allclose(found, changed, atol=1e-5)


@pytest.mark.parametrize("name", ["a.h5", "b.H5"])
def test_as_hidden_states_it_lies_beside_the_recording_itself_on_their_maps(
    name: str, activations: Activations, networks: Networks, tmp_path: Path
) -> None:
    own, changed = frames(0), frames(1, 12)
    told: list[float] = []
    file = save_changed(
        tmp_path / name, activations, networks, 7, own, changed, progress=lambda share, text="": told.append(share)
    )
    a = read_cache(file)
    assert a.recording_names == ("as recorded", "changed")
    assert (a.signs, a.sign.tolist(), a.lengths.tolist()) == (SIGNS, [1, 1], [9, 12])
    assert a.session.tolist() == [activations.session[7]] * 2 and a.trial.tolist() == [activations.trial[7]] * 2
    network = networks.classifier
    padded = np.zeros((2, STEPS, len(CHANNELS)), np.float32)
    padded[0, -9:], padded[1, -12:] = ((each - network.mean) / network.std for each in (own, changed))
    hidden = network.hidden_states(padded)
    for recording, length in enumerate((9, 12)):
        np.testing.assert_allclose(a.recording_states(recording), hidden[recording, -length:], atol=1e-3)
    kept = kept_recordings(a)
    assert kept is not None
    for recording, each in enumerate((own, changed)):
        np.testing.assert_allclose(kept.frames_of(recording), each, atol=2e-3)
    points = networks.autoencoders[2].encode(a.all_states())
    np.testing.assert_allclose(a.projections[2].points, points, atol=1e-2)
    assert told and told == sorted(told)


def test_another_ending_is_refused_and_nothing_written(
    activations: Activations, networks: Networks, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=r"saved as \.tsd \(its numbers\) or \.h5 \(its hidden states on the maps\)"):
        save_changed(tmp_path / "a.csv", activations, networks, 7, frames(0), frames(1))
    assert list(tmp_path.iterdir()) == []


def test_a_change_is_taken_from_the_nearest_other_recording_that_is_answered_right(
    activations: Activations, networks: Networks
) -> None:
    own = frames(0)
    answered = activations.predicted.copy()
    answered[12] = 0
    a = replace(activations, predicted=answered)
    # Of the sign of recordings 12 to 17: the first is answered wrong, the second is the very same, the third is not at
    # hand, the fourth is far, the fifth near, the sixth less so.
    known = {12: own + 0.001, 13: own.copy(), 15: frames(5), 16: own + 0.01, 17: own + 0.02}
    asked = (a, networks.classifier, own, known.get, np.ones(len(CHANNELS)))
    told: list[float] = []
    found = find_smallest_change(*asked, 2, progress=lambda share, text="": told.append(share))
    assert found.donor == 16
    assert told[:5] == pytest.approx([0, 0.06, 0.12, 0.18, 0.24])
    with pytest.raises(UserError, match="There is no recording of “drink” at hand that this network answers right"):
        find_smallest_change(a, networks.classifier, own, {12: own + 1, 13: own}.get, np.ones(len(CHANNELS)), 2)


def test_the_network_and_the_encoders_of_the_maps_shown_are_found_or_the_lack_is_said(
    activations: Activations, networks: Networks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path))
    a = replace(activations, autoencoders={2: networks.autoencoders[2]})
    found = find_networks(a, a.projections, {})
    assert found.classifier is networks.classifier and set(found.autoencoders) <= {2}
    with pytest.raises(UserError, match=NO_NETWORK[:40]):
        find_networks(made_up_activations(), {}, {})
