"""Computes every figure of the model card. Test recordings are used here only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from auslan_explorer import __version__
from auslan_explorer.analysis.activate import activate
from auslan_explorer.analysis.errors import accuracy
from auslan_explorer.analysis.quality import held_out, measure, pca
from auslan_explorer.analysis.stability import SIGN_NEIGHBOURS, pairs
from auslan_explorer.analysis.yardsticks import explained_along_path, mean_path_explained, same_session_share
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.ensemble import Ensemble
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.io.models import load_published
from auslan_explorer.ml.trainings import Classifiers, today
from auslan_explorer.training.events import AutoencoderTrained, ClassifierTrained
from auslan_explorer.training.settings import AutoencoderSettings, ClassifierSettings

OWN_MAP = "map"
PUBLISHED_MAP = "map of the published network"
"""Names of the sets of hidden states that autoencoders are trained on."""


def classifier_figures(classifiers: Classifiers) -> dict[str, Any]:
    """Compute the classifiers' accuracies on all splits; the only use of the test recordings."""

    def figures_of(trained: ClassifierTrained, split: np.ndarray) -> dict[str, Any]:
        known = activate(trained.classifier, classifiers.recordings, split=split)
        return {
            "accuracy": accuracy(known),
            "validation_loss": trained.validation_loss,
            "best_epoch": trained.best_epoch,
            "epochs": trained.epochs_run,
            "seconds": round(trained.seconds, 1),
        }

    seeds = {str(seed): figures_of(trained, classifiers.split) for seed, trained in classifiers.seeds.items()}
    return {
        "chosen_seed": classifiers.chosen,
        "mean_test_accuracy": float(np.mean([figures["accuracy"]["test"] for figures in seeds.values()])),
        "seeds": seeds,
        "sessions_held_out": figures_of(classifiers.held_out, classifiers.session_split),
    }


def autoencoder_figures(activations: Activations, trained: Mapping[int, AutoencoderTrained]) -> dict[str, Any]:
    """Measure map quality on held-out recordings for every number of dimensions, with PCA as the baseline."""
    out = {}
    for dims, result in trained.items():
        rows = held_out(activations)
        out[f"{dims}d"] = {
            **asdict(measure(activations, result.autoencoder, rows)),
            "pca": asdict(measure(activations, pca(activations, dims), rows)),
            "best_epoch": result.best_epoch,
            "epochs": result.epochs_run,
            "seconds": round(result.seconds, 1),
        }
    return out


def yardstick_figures(activations: Activations, trained: Mapping[int, Autoencoder]) -> dict[str, Any]:
    """Compute what the maps' figures are held against, on held-out recordings; see `analysis.yardsticks`."""
    rows = held_out(activations)
    maps = {f"{dims}d": some for dims, some in trained.items()}
    baselines = {f"pca_{dims}d": pca(activations, dims) for dims in trained}
    return {
        "mean_path": mean_path_explained(activations),
        "same_session": same_session_share(activations),
        "explained_by_fifth": {
            name: list(explained_along_path(activations, some, rows)) for name, some in {**maps, **baselines}.items()
        },
    }


def published_figures(recordings: Recordings, folder: Path) -> dict[str, Any]:
    """Measure the published networks on all recordings."""
    classifier, two, three = load_published(folder)
    activations = activate(classifier, recordings.article_subset())
    maps: dict[int, Autoencoder] = {2: two, 3: three}
    return {
        "accuracy": accuracy(activations),
        "projections": {f"{dims}d": asdict(measure(activations, some)) for dims, some in maps.items()},
    }


def stability_figures(ensemble: Ensemble, k: int = SIGN_NEIGHBOURS) -> dict[str, Any]:
    """Count the pairs of signs that stay neighbours over an ensemble, with the article's pairs one by one."""
    found = pairs(ensemble, k)
    counts = {word: [p for p in found if p.verdict == word] for word in dict.fromkeys(p.verdict for p in found)}
    losses = ensemble.info.get("validation_loss", [])
    return {
        "maps": len(ensemble.seeds),
        "neighbours": k,
        "settings": ensemble.info.get("settings", {}),
        "mean_validation_loss": float(np.mean(losses)) if losses else None,
        "pairs": len(found),
        "verdicts": {
            word: {"pairs": len(some), "neighbours_in_full_space": sum(p.path_true for p in some)}
            for word, some in counts.items()
        },
        "article": [
            {**asdict(p), "one": ensemble.signs[p.one], "other": ensemble.signs[p.other], "verdict": p.verdict}
            for p in found
            if p.article >= 0
        ],
    }


def all_figures(
    classifiers: Classifiers,
    sets: Mapping[str, Activations],
    maps: Mapping[str, Mapping[int, AutoencoderTrained]],
    classifier_settings: ClassifierSettings,
    autoencoder_settings: Mapping[int, AutoencoderSettings],
    recordings: Recordings,
    published: Path | None,
) -> dict[str, Any]:
    """Compute every figure of the card, as JSON values."""
    figures: dict[str, Any] = {
        "created": today(),
        "program_version": __version__,
        "recordings": len(classifiers.recordings),
        "signs": len(classifiers.recordings.signs),
        "settings": {
            "classifier": classifier_settings.as_dict(),
            "autoencoder": {f"{dims}d": each.as_dict() for dims, each in autoencoder_settings.items()},
        },
        "classifier": classifier_figures(classifiers),
        "projections": autoencoder_figures(sets[OWN_MAP], maps[OWN_MAP]),
        "yardsticks": yardstick_figures(
            sets[OWN_MAP], {dims: done.autoencoder for dims, done in maps[OWN_MAP].items()}
        ),
    }
    if published is not None:
        name = PUBLISHED_MAP
        figures["on_published"] = autoencoder_figures(sets[name], maps[name])
        figures["published"] = published_figures(recordings, published)
    return figures
