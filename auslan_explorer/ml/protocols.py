"""Measures the article's network and this program's training by the protocols that published figures are made with.

``python -m auslan_explorer.ml.protocols`` runs both, writes ``protocols.json``, and tells of it in the model card.

mts
    The multivariate time series archives' split of these recordings: 95 signs, 12 recordings of each to train (1140)
    and 15 to test (1425), ``his_hers`` and long recordings kept (Karim et al. 2019, "Multivariate LSTM-FCNs for time
    series classification"; Ismail Fawaz et al. 2019, "Deep learning for time series classification: a review").
sessions
    Leave one session out: each of the nine recording sessions is the test once, the other eight train. Beside the file
    is written what each recording was answered with by the network that had not seen its session (the label check's
    second witness), if the folder holds the hidden states of the same recordings.

In both all that does not test trains, and the weights after the last epoch are the result: no choice is made that
could look at the test recordings.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from tqdm import tqdm

from auslan_explorer import __version__, paths
from auslan_explorer.analysis.activate import activate
from auslan_explorer.analysis.label_check import (
    HELD_OUT_COLUMNS,
    HELD_OUT_KIND,
    held_out_table,
    is_held_out_table,
)
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress, part
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.core.splits import TEST, TRAIN
from auslan_explorer.core.words import counted
from auslan_explorer.io.atomic import write_bytes
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.npz import read_npy
from auslan_explorer.io.recordings import open_recordings
from auslan_explorer.io.table_store import shipped_name, write_table
from auslan_explorer.ml.card import FIGURES_FILE, PROTOCOLS_FILE, read_protocols, write_card
from auslan_explorer.ml.jobs import ClassifierJob, run_side_by_side
from auslan_explorer.ml.trainings import today
from auslan_explorer.training.settings import ClassifierSettings, classifier_of_few

MEASURED_ON = "activations.h5"
ProtocolName = Literal["mts", "sessions"]
PROTOCOLS: tuple[ProtocolName, ...] = ("mts", "sessions")
MTS_RUNS = 5
MTS_TRAIN_PER_SIGN = 12


@dataclass(frozen=True)
class ProtocolResult:
    """What a protocol gave.

    Attributes
    ----------
    figures : dict
        Accuracy of each run with their mean, least, and standard deviation (of the sample), as JSON values.
    recordings : Recordings
        Those that it was run on.
    held_out : ndarray of int32, shape (recordings, HELD_OUT_COLUMNS), or None
        The answers to all recordings, where each of them was the test once.
    """

    figures: dict[str, Any]
    recordings: Recordings
    held_out: np.ndarray | None


def mts_split(sign: np.ndarray, seed: int) -> np.ndarray:
    """Split by sign: `MTS_TRAIN_PER_SIGN` recordings of each to train, drawn with `seed`, the others to test.

    Returns
    -------
    ndarray of uint8, shape (recordings,)

    Raises
    ------
    UserError
        If a sign has too few recordings to leave any for the test.
    """
    rng = np.random.default_rng(seed)
    split = np.full(len(sign), TEST, dtype=np.uint8)
    for code in np.unique(sign):
        rows = rng.permutation(np.flatnonzero(sign == code))
        if len(rows) <= MTS_TRAIN_PER_SIGN:
            raise UserError(
                f"Sign number {code} has {counted(len(rows), 'recording')}; the protocol needs more than "
                f"{MTS_TRAIN_PER_SIGN}."
            )
        split[rows[:MTS_TRAIN_PER_SIGN]] = TRAIN
    return split


def session_splits(session: np.ndarray) -> dict[str, np.ndarray]:
    """Split once for each session, which is the test; by its number.

    Raises
    ------
    UserError
        If there is but one session.
    """
    numbers = np.unique(session)
    if len(numbers) < 2:
        raise UserError("Leaving one session out needs recordings of two sessions at least; import more of them.")
    return {str(number): np.where(session == number, TEST, TRAIN).astype(np.uint8) for number in numbers}


def protocol_settings(name: ProtocolName) -> ClassifierSettings:
    """Return the settings that a protocol trains with: those for few recordings of a sign, or those of what ships."""
    return classifier_of_few() if name == "mts" else ClassifierSettings()


def run_protocol(
    name: ProtocolName,
    recordings: Recordings,
    settings: ClassifierSettings | None = None,
    workers: int = 2,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> ProtocolResult:
    """Train and test by a protocol.

    Parameters
    ----------
    name : {"mts", "sessions"}
    recordings : Recordings
        As imported. "sessions" takes the article's subset of them.
    settings : ClassifierSettings, optional
        The seed is replaced by the number of the run. Default: `protocol_settings`.
    workers : int
        Trainings at a time.
    progress, cancelled : callable, optional

    Returns
    -------
    ProtocolResult

    Raises
    ------
    UserError
        If the recordings are too few for the protocol.
    Cancelled
    """
    settings = replace(settings or protocol_settings(name), validate_every=0)
    if name == "sessions":
        recordings = recordings.article_subset()
        splits = session_splits(recordings.session)
    else:
        splits = {str(run): mts_split(recordings.sign, run) for run in range(MTS_RUNS)}
    jobs = {
        run: ClassifierJob(recordings, split, replace(settings, seed=seed))
        for seed, (run, split) in enumerate(splits.items())
    }
    trained = run_side_by_side(jobs, workers, progress, cancelled)
    accuracy = {}
    held_out = np.zeros((len(recordings), HELD_OUT_COLUMNS), dtype=np.int32) if name == "sessions" else None
    for run, result in trained.items():
        rows = np.flatnonzero(splits[run] == TEST)
        told = activate(result.classifier, recordings.select(rows))
        accuracy[run] = float(np.mean(told.predicted == told.sign))
        if held_out is not None:
            held_out[rows] = answers_table(told)
    values = list(accuracy.values())
    figures = {
        "created": today(),
        "program_version": __version__,
        "recordings": len(recordings),
        "signs": len(recordings.signs),
        "train": int(np.mean([(split == TRAIN).sum() for split in splits.values()])),
        "test": int(np.mean([(split == TEST).sum() for split in splits.values()])),
        "settings": settings.as_dict(),
        "accuracy": accuracy,
        "mean": float(np.mean(values)),
        "worst": min(values),
        "deviation": float(np.std(values, ddof=1)),
        "seconds": round(sum(result.seconds for result in trained.values()), 1),
    }
    return ProtocolResult(figures, recordings, held_out)


def answers_table(activations: Activations) -> np.ndarray:
    """Return a network's answers with their probabilities and those of the labels, as `held_out_table` holds them."""
    a, rows = activations, np.arange(len(activations))
    assert a.head is not None
    probabilities = a.head.probabilities(a.all_states()[np.asarray(a.offsets[1:]) - 1])
    return held_out_table(a.predicted, probabilities[rows, a.predicted], probabilities[rows, a.sign])


def read_held_out(folder: Path) -> np.ndarray | None:
    """Return the answers that `write_held_out` wrote beside a folder's hidden states; None where there are none."""
    if not (folder / MEASURED_ON).exists():
        return None
    a = read_cache(folder / MEASURED_ON)
    file = folder / shipped_name(HELD_OUT_KIND, a.fingerprint)
    table = read_npy(file) if file.exists() else None
    return table if table is not None and is_held_out_table(a, table) else None


def write_held_out(folder: Path, recordings: Recordings, table: np.ndarray) -> Path | None:
    """Write the answers to the recordings whose hidden states are in a folder, in place of earlier ones.

    Returns
    -------
    Path or None
        The file; None where the folder holds hidden states of other recordings, or none.

    Raises
    ------
    UserError
        If it cannot be written.
    """
    if not (folder / MEASURED_ON).exists():
        return None
    a = read_cache(folder / MEASURED_ON)
    if not all(np.array_equal(getattr(a, name), getattr(recordings, name)) for name in ("sign", "session", "trial")):
        return None
    file = folder / shipped_name(HELD_OUT_KIND, a.fingerprint)
    write_table(file, table)
    for old in folder.glob(shipped_name(HELD_OUT_KIND, "*")):
        if old != file:
            old.unlink()
    return file


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line and return the exit code; 2 with one sentence where something is missing."""
    parser = argparse.ArgumentParser(prog="python -m auslan_explorer.ml.protocols", description=__doc__)
    parser.add_argument("--recordings", type=Path, metavar="SOURCE", help="what `import` reads")
    parser.add_argument("--out", type=Path, default=paths.models_dir(), metavar="DIR", help="default: %(default)s")
    parser.add_argument("--only", choices=PROTOCOLS, help="run one, and keep what the file says of the other")
    parser.add_argument("--epochs", type=int, metavar="N", help="default: those of the settings")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="trainings at a time (default: 2)")
    options = parser.parse_args(arguments)
    try:
        recordings = open_recordings(options.recordings)
        with tqdm(total=1.0, bar_format="{l_bar}{bar}| {elapsed} gone, {remaining} left, {desc}") as bar:

            def show(fraction: float, text: str) -> None:
                bar.set_description_str(text, refresh=False)
                bar.update(fraction - bar.n)

            names = PROTOCOLS if options.only is None else (options.only,)

            def run(name: ProtocolName, told: Progress) -> Mapping[str, Any]:
                settings = protocol_settings(name)
                if options.epochs is not None:
                    settings = replace(settings, epochs=options.epochs)
                result = run_protocol(name, recordings, settings, options.workers, told)
                if result.held_out is not None:
                    write_held_out(options.out, result.recordings, result.held_out)
                return result.figures

            _write(options.out / PROTOCOLS_FILE, names, run, show)
            if (options.out / FIGURES_FILE).exists():
                write_card(options.out)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _write(
    file: Path,
    names: Sequence[ProtocolName],
    run: Callable[[ProtocolName, Progress], Mapping[str, Any]],
    progress: Progress,
) -> None:
    """Run protocols one after the other, and write the file after each: they take long."""
    found = read_protocols(file.parent)
    for number, name in enumerate(names):
        found[name] = dict(run(name, part(progress, number / len(names), (number + 1) / len(names))))
        write_bytes(file, (json.dumps(found, indent=2) + "\n").encode())


if __name__ == "__main__":
    sys.exit(main())
