"""Loads the activations that the options choose: from a cache, or by running networks over recordings."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from auslan_explorer import __version__, paths
from auslan_explorer.analysis.activate import activate, fitting
from auslan_explorer.commands.common import progress_bar
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, Classifier
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.model_lookup import AUTOENCODERS, CLASSIFIER
from auslan_explorer.io.models import load_autoencoder, load_classifier, load_published, load_split, read_info, split_of
from auslan_explorer.io.published import load_keras_classifier
from auslan_explorer.io.readers import read_activations
from auslan_explorer.io.recordings import open_recordings

CACHE = "activations.h5"


@dataclass(frozen=True, eq=False)
class Networks:
    """A classifier and its autoencoders, with split and provenance.

    Attributes
    ----------
    classifier : Classifier
    autoencoders : dict of int to Autoencoder
        By number of dimensions.
    split : dict of str to int or None
        Stored split by "sign/session/trial"; None where it is lost.
    provenance : dict of str to str
    """

    classifier: Classifier
    autoencoders: dict[int, Autoencoder]
    split: dict[str, int] | None = None
    provenance: dict[str, str] = field(default_factory=dict)


def own_networks(folder: Path) -> Networks:
    """Load the networks of a folder.

    Missing autoencoders are left out. Autoencoders without a classifier were trained on the hidden states of the
    shipped classifier, which is loaded then.

    Raises
    ------
    UserError
        If there is no network, or a file cannot be read.
    """
    autoencoders = load_autoencoders(folder)
    path = folder / CLASSIFIER
    if not path.exists():
        if not autoencoders or folder == paths.models_dir():
            raise UserError(f"There is no {CLASSIFIER} in {folder}; train one, or choose a folder that holds one.")
        path = paths.ships(CLASSIFIER)
    info = read_info(path)
    classifier = load_classifier(path)
    provenance = {
        "model": f"LSTM classifier {classifier.fingerprint}, made {info.get('created', 'at an unknown time')}"
    }
    if "seed" in info:
        provenance["seed"] = str(info["seed"])
    return Networks(classifier, autoencoders, load_split(path), provenance)


def load_autoencoders(folder: Path) -> dict[int, Autoencoder]:
    """Load the autoencoders of a folder, by number of dimensions."""
    files = {dims: folder / name for dims, name in AUTOENCODERS.items()}
    return {dims: load_autoencoder(file) for dims, file in files.items() if file.exists()}


def published_networks(place: Path) -> Networks:
    """Load the networks behind the article's figures from their folder, or one LSTM alone from its weight file."""
    if place.is_file():
        return Networks(load_keras_classifier(place), {}, None, {"model": f"weights in {place.name}"})
    classifier, flat, solid = load_published(place)
    return Networks(classifier, {2: flat, 3: solid}, None, {"model": "weights behind the article’s figures (2018)"})


def recordings_for(classifier: Classifier, source: Path | None) -> tuple[Classifier, Recordings]:
    """Load the recordings that a classifier can read; see `analysis.activate.fitting`."""
    with progress_bar("reading recordings") as progress:
        recordings = open_recordings(source, progress)
    return fitting(classifier, recordings)


def activations_with(
    networks: Networks, source: Path | None, split: Callable[[Recordings], np.ndarray] | None = None
) -> Activations:
    """Run `networks` over recordings, with a projection by every autoencoder.

    Parameters
    ----------
    networks : Networks
    source : Path or None
        Value of --recordings.
    split : callable, optional
        Makes a split of the recordings, in place of the stored one.
    """
    classifier, recordings = recordings_for(networks.classifier, source)
    codes: np.ndarray | None = None
    if split is not None:
        codes = split(recordings)
    elif networks.split is not None:
        codes = split_of(networks.split, recordings)
    provenance = {
        "data": "Australian Sign Language signs (High Quality), M. W. Kadous 2002, UCI data set 115",
        "program_version": __version__,
        "created": datetime.datetime.now(datetime.UTC).date().isoformat(),
    }
    provenance |= networks.provenance
    with progress_bar("running the network") as progress:
        return activate(classifier, recordings, networks.autoencoders, codes, provenance, progress)


def chosen_activations(args: argparse.Namespace) -> Activations:
    """Load the activations that --published, --models, --cache and --recordings choose, with their projections.

    The default is the shipped cache, which needs no recordings. Commands that draw maps get those of the saved runs in
    --run, and principal components where there is none. Errors are told in the words of these data from now on.
    """
    found = _chosen(args)
    args.words = found.wording
    if not hasattr(args, "maps"):
        return found
    from auslan_explorer.analysis.principal import with_principal_components
    from auslan_explorer.workflows.opening import with_runs

    with progress_bar("finding the map") as progress:
        return with_principal_components(with_runs(found, args.maps) if args.maps else found, progress=progress)


def _chosen(args: argparse.Namespace) -> Activations:
    """Load the activations, with the maps that they come with."""
    if args.published is not None:
        return activations_with(published_networks(args.published), args.recordings)
    if args.models is not None or args.recordings is not None:
        if args.cache is not None:
            raise UserError("A cache holds its own hidden states; leave out --recordings or --cache.")
        return activations_with(own_networks(args.models or paths.models_dir()), args.recordings)
    return shipped_activations() if args.cache is None else read_activations(args.cache)


def shipped_activations() -> Activations:
    """Load the shipped activations.

    Raises
    ------
    UserError
        If they are missing, as in a checkout whose models were removed.
    """
    path = paths.ships(CACHE)
    if not path.exists():
        raise UserError(f"The activations that ship are missing ({path}); run `auslan-explorer models` to make them.")
    return read_cache(path)
