"""Rebuilds everything in ``models/`` from the recordings: ``python -m auslan_explorer.ml.make_models``.

Three classifiers on the article's split, of which the one that is best on the validation recordings ships; one more
with whole recording sessions held out; a 2-D and a 3-D autoencoder on the shipped classifier's hidden states; the same
two on the published hidden states, for their figures only; the activation cache; an ensemble of quick 2-D maps that
differ in their seed alone; the nearest recordings of each, by which labels are checked; ``figures.json``; the model
card. What networks answered that had not seen a session is kept if the recordings are the same: ``ml.protocols`` makes
it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from auslan_explorer import __version__, paths
from auslan_explorer.analysis.label_check import KIND, neighbour_table
from auslan_explorer.analysis.neighbours import distances_among
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.ensemble import Ensemble
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress, part
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.io.atomic import write_bytes
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.io.models import recording_keys, save_autoencoder, save_classifier
from auslan_explorer.io.recordings import open_recordings
from auslan_explorer.io.stability_store import SHIPPED, read_ensemble, write_ensemble
from auslan_explorer.io.table_store import shipped_name, write_table
from auslan_explorer.ml.card import FIGURES_FILE, write_card
from auslan_explorer.ml.figures import OWN_MAP, PUBLISHED_MAP, all_figures, stability_figures
from auslan_explorer.ml.protocols import read_held_out, write_held_out
from auslan_explorer.ml.trainings import (
    DATA,
    SEEDS,
    SPLIT_SEED,
    Classifiers,
    published_activations,
    shipped_activations,
    train_autoencoders,
    train_classifiers,
)
from auslan_explorer.training.ensemble import assemble_ensemble, train_ensemble
from auslan_explorer.training.events import AutoencoderTrained
from auslan_explorer.training.settings import (
    AutoencoderSettings,
    ClassifierSettings,
    quick_autoencoder,
    recommended_autoencoder,
)

ENSEMBLE_SEEDS = 24
MAP_SEED = 1
"""Seed of the maps that ship: of seeds 0 to 3 the best one on the validation recordings."""


def write_models(
    folder: Path,
    classifiers: Classifiers,
    activations: Activations,
    autoencoders: Mapping[int, AutoencoderTrained],
    figures: Mapping[str, Any],
) -> None:
    """Write the networks and the cache into `folder`; each file atomically.

    Raises
    ------
    UserError
        If the folder cannot be written.
    """
    seed = classifiers.chosen
    trained = classifiers.seeds[seed]
    common = {"data": DATA, "program_version": __version__, "created": figures["created"]}
    save_classifier(
        folder / "classifier.h5",
        trained.classifier,
        {
            **common,
            "settings": {**figures["settings"]["classifier"], "seed": seed},
            "seed": seed,
            "split": f"article's split, seed {SPLIT_SEED}",
            "figures": figures["classifier"]["seeds"][str(seed)],
        },
        split=classifiers.split,
        recordings=recording_keys(classifiers.recordings),
    )
    projections = {}
    for dims, result in autoencoders.items():
        info = {
            **common,
            "settings": figures["settings"]["autoencoder"][f"{dims}d"],
            "seed": figures["settings"]["autoencoder"][f"{dims}d"]["seed"],
            "classifier": trained.classifier.fingerprint,
            "figures": figures["projections"][f"{dims}d"],
        }
        save_autoencoder(folder / f"autoencoder-{dims}d.h5", result.autoencoder, info)
        projections[dims] = activations.project(result.autoencoder, f"{dims}-D autoencoder")
    write_cache(folder / "activations.h5", replace(activations, projections=projections))


def write_figures(folder: Path, figures: Mapping[str, Any]) -> None:
    """Write ``figures.json`` and the card; each file atomically.

    Raises
    ------
    UserError
        If the folder cannot be written.
    """
    write_bytes(folder / FIGURES_FILE, (json.dumps(figures, indent=2) + "\n").encode())
    write_card(folder)


def make_ensemble(
    folder: Path,
    settings: AutoencoderSettings,
    seeds: int,
    workers: int,
    progress: Progress,
    cancelled: IsCancelled,
) -> Ensemble:
    """Train the shipped ensemble on the cache in `folder`, and write it there.

    The cache is read back from the file: it holds hidden states in half precision, and an ensemble is matched to them
    by a hash of their bytes.
    """
    activations = read_cache(folder / "activations.h5")
    done = train_ensemble(activations, settings, range(seeds), workers, progress, cancelled)
    write_ensemble(folder / SHIPPED, assemble_ensemble(activations, done.maps, settings))
    # Its figures are those of what ships, which has numbers in single precision.
    return read_ensemble(folder / SHIPPED)


def find_label_neighbours(folder: Path, progress: Progress, cancelled: IsCancelled) -> None:
    """Find the neighbours that vote on the labels of the cache in `folder`, and write them there; it takes minutes.

    Those of an earlier cache are removed.
    """
    a = read_cache(folder / "activations.h5")
    among = distances_among(a.all_states(), a.offsets, range(len(a)), progress, cancelled)
    file = folder / shipped_name(KIND, a.fingerprint)
    for old in folder.glob(shipped_name(KIND, "*")):
        old.unlink()
    write_table(file, neighbour_table(a, among))


def make_models(
    recordings: Recordings,
    folder: Path,
    published: Path | None = None,
    classifier_settings: ClassifierSettings | None = None,
    autoencoder_settings: Mapping[int, AutoencoderSettings] | None = None,
    seeds: Sequence[int] = SEEDS,
    workers: int = 2,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
    ensemble_settings: AutoencoderSettings | None = None,
    ensemble_seeds: int = ENSEMBLE_SEEDS,
) -> dict[str, Any]:
    """Train and write everything that ships in ``models/``.

    Parameters
    ----------
    recordings : Recordings
        As imported.
    folder : Path
        Output folder; made if it is missing.
    published : Path, optional
        Folder of the published weights; without it their part of the figures is left out.
    classifier_settings : ClassifierSettings, optional
    autoencoder_settings : mapping of int to AutoencoderSettings, optional
        By number of dimensions; by default `training.settings.recommended_autoencoder` in 2-D and 3-D
        with `MAP_SEED`.
    seeds : sequence of int
        Seeds of the classifiers on the article's split.
    workers : int
        Trainings in parallel.
    progress, cancelled : callable, optional
    ensemble_settings : AutoencoderSettings, optional
        For the ensemble's maps; by default `training.settings.quick_autoencoder`.
    ensemble_seeds : int
        Number of maps of the ensemble.

    Returns
    -------
    dict
        The figures, as they are written to ``figures.json``.

    Raises
    ------
    UserError
        If the recordings cannot be trained on, or the folder cannot be written.
    Cancelled
        Before the ensemble, nothing was written; in it, the networks and the cache are there.
    """
    began = time.monotonic()
    paths.make_folder(folder)
    # The classifiers take about half of the time.
    classifiers = train_classifiers(recordings, classifier_settings, seeds, workers, part(progress, 0, 0.55), cancelled)
    activations = shipped_activations(classifiers)
    sets = {OWN_MAP: activations}
    if published is not None:
        sets[PUBLISHED_MAP] = published_activations(recordings, published)
    autoencoder_settings = autoencoder_settings or {dims: recommended_autoencoder(dims, MAP_SEED) for dims in (2, 3)}
    maps = train_autoencoders(sets, autoencoder_settings, workers, part(progress, 0.55, 0.8), cancelled)
    progress(0.8, "measuring")
    figures = all_figures(
        classifiers,
        sets,
        maps,
        classifier_settings or ClassifierSettings(),
        autoencoder_settings,
        recordings,
        published,
    )
    answers = read_held_out(folder)
    write_models(folder, classifiers, activations, maps[OWN_MAP], figures)
    if answers is not None:
        write_held_out(folder, classifiers.recordings, answers)
    ensemble = make_ensemble(
        folder,
        ensemble_settings or quick_autoencoder(2),
        ensemble_seeds,
        workers,
        part(progress, 0.82, 0.96),
        cancelled,
    )
    find_label_neighbours(folder, part(progress, 0.96, 1.0), cancelled)
    figures["stability"] = stability_figures(ensemble)
    figures["seconds"], figures["workers"] = round(time.monotonic() - began), workers
    write_figures(folder, figures)
    progress(1.0, "done")
    return figures


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line and return the exit code; 2 with one sentence where something is missing."""
    parser = argparse.ArgumentParser(prog="python -m auslan_explorer.ml.make_models", description=__doc__)
    parser.add_argument(
        "--recordings", type=Path, metavar="SOURCE", help="what `import` reads; else the recordings imported before"
    )
    parser.add_argument("--published", type=Path, metavar="DIR", help="folder of the published weights")
    parser.add_argument("--out", type=Path, default=paths.models_dir(), metavar="DIR", help="default: %(default)s")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="trainings at a time (default: 2)")
    options = parser.parse_args(arguments)
    shared = Path(__file__).resolve().parents[3] / "shared" / "data"
    source, published = options.recordings, options.published
    if source is None and not paths.recordings_file().exists() and (shared / "tctodd.tar.gz").exists():
        source = shared / "tctodd.tar.gz"
    if published is None and (shared / "published").is_dir():
        published = shared / "published"
    try:
        recordings = open_recordings(source)
        with tqdm(total=1.0, bar_format="{l_bar}{bar}| {elapsed} gone, {remaining} left, {desc}") as bar:

            def show(fraction: float, text: str) -> None:
                bar.set_description_str(text, refresh=False)
                bar.update(fraction - bar.n)

            figures = make_models(recordings, options.out, published, workers=options.workers, progress=show)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"Mean test accuracy {figures['classifier']['mean_test_accuracy']:.2%}; all figures in {options.out}.")
    if read_held_out(options.out) is None:
        print(
            "The label check has no answers of networks that had not seen a session: "
            "`python -m auslan_explorer.ml.protocols --only sessions` makes them."
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
