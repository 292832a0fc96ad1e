"""Finds the networks that made activations among the model files, by their weights."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.projection import Projection
from auslan_explorer.io.models import load_autoencoder, load_classifier

CLASSIFIER = "classifier.h5"
AUTOENCODERS = {2: "autoencoder-2d.h5", 3: "autoencoder-3d.h5"}


def with_networks(activations: Activations, folders: Sequence[Path] | None = None) -> Activations:
    """Return `activations` with the networks that made them, as far as their files are found.

    A classifier is matched by its softmax layer, an autoencoder by the projection's fingerprint.

    Parameters
    ----------
    activations : Activations
    folders : sequence of Path, optional
        Where to look; by default what ships, then the person's own models.
    """
    classifier, autoencoders = activations.classifier, dict(activations.autoencoders)
    for folder in _folders() if folders is None else folders:
        # A file that is missing or broken is a network that is not at hand.
        with suppress(UserError):
            if classifier is None and activations.head is not None:
                found = load_classifier(folder / CLASSIFIER)
                if np.array_equal(found.head.kernel, activations.head.kernel):
                    classifier = found
        for dims, projection in activations.projections.items():
            with suppress(UserError):
                if dims not in autoencoders:
                    autoencoder = load_autoencoder(folder / AUTOENCODERS[dims])
                    if autoencoder.fingerprint == projection.fingerprint:
                        autoencoders[dims] = autoencoder
    if classifier is activations.classifier and len(autoencoders) == len(activations.autoencoders):
        return activations
    return replace(activations, classifier=classifier, autoencoders=autoencoders)


def find_autoencoder(
    activations: Activations, projection: Projection, folders: Sequence[Path] | None = None
) -> Autoencoder | None:
    """Find the autoencoder that made a projection, by its fingerprint; None where its file is not found.

    Parameters
    ----------
    activations : Activations
        Their own autoencoders are tried first.
    projection : Projection
    folders : sequence of Path, optional
        Where to look; by default what ships, then the person's own models.
    """
    if not projection.fingerprint:
        return None
    own = activations.autoencoders.get(projection.dims)
    if own is not None and own.fingerprint == projection.fingerprint:
        return own
    for folder in _folders() if folders is None else folders:
        with suppress(UserError):
            found = load_autoencoder(folder / AUTOENCODERS[projection.dims])
            if found.fingerprint == projection.fingerprint:
                return found
    return None


def _folders() -> tuple[Path, Path]:
    return paths.models_dir(), paths.data_dir() / "models"
