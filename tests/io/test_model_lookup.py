"""The networks that made activations are found among files by their weights, and by nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.network import Autoencoder, Classifier, DenseLayer, Head
from auslan_explorer.core.projection import Projection
from auslan_explorer.io.model_lookup import AUTOENCODERS, CLASSIFIER, find_autoencoder, with_networks
from auslan_explorer.io.models import save_autoencoder, save_classifier
from tests.made_up import SIGNS, made_up_activations

UNITS = 8


def draw(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 0.5, shape).astype(np.float32)


def classifier_of(seed: int) -> Classifier:
    head = Head(draw(seed, UNITS, len(SIGNS)), draw(seed + 1, len(SIGNS)))
    kernels = draw(seed, 22, 4 * UNITS), draw(seed, UNITS, 4 * UNITS), draw(seed, 4 * UNITS)
    return Classifier(*kernels, head, "sigmoid", np.zeros(22, np.float32), np.ones(22, np.float32), 90, SIGNS)


def autoencoder_of(seed: int, dims: int) -> Autoencoder:
    layers = (
        DenseLayer(draw(seed, UNITS, dims), np.zeros(dims, np.float32), "linear"),
        DenseLayer(draw(seed, dims, UNITS), np.zeros(UNITS, np.float32), "linear"),
    )
    return Autoencoder(layers, 0)


def save(folder: Path, classifier: Classifier | None = None, autoencoders: Mapping[int, Autoencoder] = {}) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if classifier is not None:
        save_classifier(folder / CLASSIFIER, classifier)
    for dims, autoencoder in autoencoders.items():
        save_autoencoder(folder / AUTOENCODERS[dims], autoencoder)
    return folder


@pytest.fixture
def made() -> tuple[Activations, Classifier, dict[int, Autoencoder]]:
    """Activations that know their softmax layer and the fingerprints of their maps, and the networks."""
    classifier, autoencoders = classifier_of(1), {dims: autoencoder_of(dims, dims) for dims in (2, 3)}
    a = made_up_activations(units=UNITS)
    maps = {
        dims: Projection(a.projections[dims].points, a.projections[dims].prefix, network.fingerprint, "")
        for dims, network in autoencoders.items()
    }
    return replace(a, head=classifier.head, projections=maps), classifier, autoencoders


def found_in(a: Activations) -> tuple[str | None, dict[int, str]]:
    return a.classifier and a.classifier.fingerprint, {d: some.fingerprint for d, some in a.autoencoders.items()}


def test_networks_are_found_by_their_weights_in_whichever_folder_they_lie(made, tmp_path: Path) -> None:
    a, classifier, autoencoders = made
    others = save(tmp_path / "others", classifier_of(7), {2: autoencoder_of(8, 2), 3: autoencoders[3]})
    own = save(tmp_path / "own", classifier, {2: autoencoders[2], 3: autoencoder_of(9, 3)})
    prints = {dims: some.fingerprint for dims, some in autoencoders.items()}
    for folders in ([others, own], [own, others], [tmp_path / "nowhere", others, own]):
        assert found_in(with_networks(a, folders)) == (classifier.fingerprint, prints)
        for dims in (2, 3):
            found = find_autoencoder(a, a.projections[dims], folders)
            assert found is not None and found.fingerprint == prints[dims]
    assert found_in(with_networks(a, [others])) == (None, {3: prints[3]})
    assert find_autoencoder(a, a.projections[2], [others]) is None


def test_where_nothing_fits_the_activations_are_the_same_object(made, tmp_path: Path) -> None:
    a, *_ = made
    others = save(tmp_path / "others", classifier_of(7), {2: autoencoder_of(8, 2)})
    assert with_networks(a, [others, tmp_path / "nowhere"]) is a
    assert with_networks(a, []) is a


def test_broken_files_are_networks_that_are_not_there(made, tmp_path: Path) -> None:
    a, classifier, autoencoders = made
    broken = tmp_path / "broken"
    broken.mkdir()
    for name in (CLASSIFIER, *AUTOENCODERS.values()):
        (broken / name).write_bytes(b"\x89HDF\r\n\x1a\n and nothing more")
    assert with_networks(a, [broken]) is a
    assert find_autoencoder(a, a.projections[2], [broken]) is None
    own = save(tmp_path / "own", classifier, autoencoders)
    (own / CLASSIFIER).write_bytes(b"")
    found = with_networks(a, [broken, own])  # one broken file takes none of the others with it
    assert found_in(found) == (None, {dims: some.fingerprint for dims, some in autoencoders.items()})


def test_networks_that_are_known_already_stay(made, tmp_path: Path) -> None:
    a, classifier, autoencoders = made
    known = replace(a, classifier=classifier_of(5), autoencoders={2: autoencoder_of(6, 2)})
    own = save(tmp_path / "own", classifier, autoencoders)
    found = with_networks(known, [own])
    assert found.classifier is known.classifier and found.autoencoders[2] is known.autoencoders[2]
    assert found.autoencoders[3].fingerprint == autoencoders[3].fingerprint
    complete = replace(known, autoencoders={2: known.autoencoders[2], 3: autoencoder_of(6, 3)})
    assert with_networks(complete, [own]) is complete


def test_an_autoencoder_that_activations_bring_along_is_taken_where_it_fits(made, tmp_path: Path) -> None:
    a, _, autoencoders = made
    brings = replace(a, autoencoders={2: autoencoders[2], 3: autoencoder_of(6, 3)})
    assert find_autoencoder(brings, a.projections[2], []) is autoencoders[2]
    assert find_autoencoder(brings, a.projections[3], []) is None
    own = save(tmp_path / "own", None, autoencoders)
    found = find_autoencoder(brings, a.projections[3], [own])
    assert found is not None and found.fingerprint == autoencoders[3].fingerprint


def test_a_map_without_a_fingerprint_and_activations_without_a_layer_have_no_network(made, tmp_path: Path) -> None:
    a, classifier, autoencoders = made
    own = save(tmp_path / "own", classifier, autoencoders)
    nameless = replace(a.projections[2], fingerprint="")
    assert find_autoencoder(replace(a, autoencoders=autoencoders), nameless, [own]) is None
    assert with_networks(replace(a, head=None, projections={}), [own]).classifier is None


def test_what_ships_is_looked_at_first_and_then_the_persons_own(
    made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, classifier, autoencoders = made
    monkeypatch.setattr(paths, "models_dir", lambda: save(tmp_path / "ships", classifier, {2: autoencoders[2]}))
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    save(tmp_path / "data" / "models", None, {3: autoencoders[3]})
    prints = {dims: some.fingerprint for dims, some in autoencoders.items()}
    assert found_in(with_networks(a)) == (classifier.fingerprint, prints)
    for dims in (2, 3):
        found = find_autoencoder(a, a.projections[dims])
        assert found is not None and found.fingerprint == prints[dims]
