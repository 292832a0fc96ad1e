"""Commands about recordings and what is in files: import, download, info, export."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auslan_explorer import paths
from auslan_explorer.commands import caches
from auslan_explorer.commands.common import (
    Commands,
    add_command,
    add_json,
    add_maps,
    add_source,
    check_out,
    chosen_out,
    progress_bar,
)
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.words import SIGN_LANGUAGE, Words, counted, told_words

if TYPE_CHECKING:
    import numpy as np

    from auslan_explorer.core.activations import Activations


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    parser = add_command(
        commands,
        "import",
        _import,
        "read recordings and keep them for later",
        "SOURCE may be the folder of .tsd files, tctodd.tar.gz, or the zip as UCI serves it. "
        "What was mended on the way is told.",
        "  auslan-explorer import tctodd.tar.gz",
    )
    parser.add_argument("source", metavar="SOURCE", type=Path, help="folder or archive")
    _add_recordings_out(parser)

    parser = add_command(
        commands,
        "download",
        _download,
        "download the recordings from the UCI repository and import them",
        "A download that broke off goes on where it stopped, and one that is there already is not fetched again. The "
        "donor asks to be acknowledged, and to be asked before commercial use.",
        "  auslan-explorer download",
    )
    parser.add_argument("--url", help="another address of the archive (default: UCI, data set 115)")
    parser.add_argument("--sha256", metavar="DIGITS", type=_sha256, help="checksum that the archive must have")
    _add_recordings_out(parser)

    parser = add_command(
        commands,
        "info",
        _info,
        "say what a file holds",
        "FILE may be recordings (imported, or a folder or archive), an activation cache, a classifier, an autoencoder, "
        "a session, a run, an ensemble of maps, or a file of the article’s weights.",
        "  auslan-explorer info models/activations.h5",
    )
    parser.add_argument("file", metavar="FILE", type=Path)
    add_json(parser)

    caches.add(commands)
    _add_export(commands)


def _add_recordings_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        help="where to keep the recordings, .h5 (default: recordings.h5 in your data folder, where all commands look)",
    )


def _sha256(text: str) -> str:
    if len(text) != 64 or not all(c in "0123456789abcdef" for c in text.lower()):
        raise argparse.ArgumentTypeError("a SHA-256 checksum has 64 digits from 0 to 9 and a to f")
    return text.lower()


# ------------------------------------------------------------------------------------------------ import, download
def _import(args: argparse.Namespace) -> int:
    out = chosen_out(args.out, paths.recordings_file(), (".h5", ".hdf5"))
    return _import_into(args.source, out)


def _import_into(source: Path, out: Path) -> int:
    from auslan_explorer.workflows.recordings import import_file

    with progress_bar("importing") as progress:
        imported = import_file(source, out, progress=progress)
    print(f"{out} holds {counted(imported.recordings, 'recording')} of {counted(imported.signs, 'sign')}.")
    if imported.left_out:
        print(imported.left_out)
    for text in imported.notes:
        print(f"  note: {text}")
    return 0


def _download(args: argparse.Namespace) -> int:
    from auslan_explorer.io.download import UCI_URL, download

    out = chosen_out(args.out, paths.recordings_file(), (".h5", ".hdf5"))
    with progress_bar("downloading") as progress:
        archive = download(args.url or UCI_URL, args.sha256, progress=progress)
    return _import_into(archive, out)


# ------------------------------------------------------------------------------------------------------------ info
def _info(args: argparse.Namespace) -> int:
    found = _describe(args.file)
    if args.json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        for line in _lines(found):
            print(line)
    return 0


def _describe(path: Path) -> dict[str, Any]:
    """Describe the contents of a file, as JSON values."""
    from auslan_explorer.io import hdf5

    if not path.exists():
        raise UserError(f"There is no file {path}; check the path.")
    if path.is_dir() or not hdf5.is_hdf5(path):
        if path.is_file() and not path.stat().st_size:
            raise UserError(f"{path} is empty; make or copy it again.")
        if path.suffix.lower() == ".auslan":
            return _session(path)
        if path.is_file() and path.suffix.lower() in (".h5", ".hdf5"):
            raise UserError(f"{path} is no HDF5 file, or it is damaged; make or copy it again.")
        return _recordings(path)
    kind, version = hdf5.file_format(path)
    describe = {
        hdf5.RECORDINGS: _recordings,
        hdf5.ACTIVATIONS: lambda _: _cache_info(path, version),
        hdf5.CLASSIFIER: _classifier,
        hdf5.AUTOENCODER: _autoencoder,
        hdf5.RUN: _training_run,
        hdf5.STABILITY: _ensemble,
        hdf5.KERAS: lambda _: _keras_weights(version),
    }[kind]
    return describe(path)


def _recordings(path: Path) -> dict[str, Any]:
    from auslan_explorer.io.recordings import open_recordings

    with progress_bar("reading") as progress:
        recordings = open_recordings(path, progress)
    return {
        "kind": "recordings",
        "recordings": len(recordings),
        "signs": len(recordings.signs),
        "frames": len(recordings.frames),
        "channels": recordings.frames.shape[1],
        "shortest": int(recordings.lengths.min()),
        "longest": int(recordings.lengths.max()),
        "sessions": sorted({int(s) for s in recordings.session}),
        "article_recordings": len(recordings.article_subset()),
        "notes": list(recordings.notes),
    }


def _session(path: Path) -> dict[str, Any]:
    from auslan_explorer.io.session_file import read_session

    session = read_session(path)
    source, shown = session.source, session.shown
    words = told_words(source.identity.get("class_word"), source.identity.get("sequence_word"))
    selected = shown.get("selected")
    return {
        "kind": "session",
        "activations": source.file or ("those that ship" if source.shipped else "not told"),
        words.key("recordings"): source.identity.get("recordings", 0),
        **_words(words),
        "selected": len(selected) if isinstance(selected, list) else 0,
        "colouring": words.key(str(shown.get("colouring", ""))),
        "notes": [f"{remark[:1].upper()}{remark[1:]}." for remark in session.remarks],
    }


def _cache_info(path: Path, version: int) -> dict[str, Any]:
    from auslan_explorer.analysis.errors import accuracy
    from auslan_explorer.io.cache import read_cache

    activations = read_cache(path)
    words = activations.wording
    return {
        "kind": "activation cache",
        "version": version,
        words.key("recordings"): len(activations),
        words.key("signs"): len(activations.signs),
        **_words(words),
        "units": activations.units,
        "steps": activations.steps,
        "real_steps": activations.real_steps,
        "padding_steps": len(activations.prefix),
        "projections": [f"{dims}d" for dims in sorted(activations.projections)],
        "accuracy": accuracy(activations),
        "provenance": dict(activations.provenance),
    }


def _words(words: Words) -> dict[str, str]:
    """Return the words of other data than sign language."""
    return {} if words.of_signs else {"class_word": words.class_word, "sequence_word": words.sequence_word}


def _classifier(path: Path) -> dict[str, Any]:
    from auslan_explorer.core.splits import SPLIT_NAMES
    from auslan_explorer.io.models import load_classifier, load_split, read_info

    classifier, info, split = load_classifier(path), read_info(path), load_split(path)
    codes = list((split or {}).values())
    return {
        "kind": "classifier",
        "version": info.pop("version"),
        "signs": len(classifier.signs),
        "units": classifier.units,
        "channels": classifier.kernel.shape[0],
        "steps": classifier.steps,
        "gates": classifier.gates,
        "fingerprint": classifier.fingerprint,
        "split": {name: codes.count(code) for code, name in SPLIT_NAMES.items() if code in codes},
        "training": {key: value for key, value in info.items() if key != "format"},
    }


def _autoencoder(path: Path) -> dict[str, Any]:
    from auslan_explorer.io.models import load_autoencoder, read_info

    autoencoder, info = load_autoencoder(path), read_info(path)
    return {
        "kind": "autoencoder",
        "version": info.pop("version"),
        "dims": autoencoder.dims,
        "units": autoencoder.units,
        "layers": [layer.kernel.shape[1] for layer in autoencoder.layers],
        "activations": [layer.activation for layer in autoencoder.layers],
        "fingerprint": autoencoder.fingerprint,
        "training": {key: value for key, value in info.items() if key != "format"},
    }


def _training_run(path: Path) -> dict[str, Any]:
    from auslan_explorer.training.run_file import VERSION, read_run

    run = read_run(path)
    info = run.info
    return {
        "kind": "training run",
        "version": VERSION,
        "name": info.name,
        "id": info.id,
        "created": info.created,
        "program_version": info.version,
        "dims": info.dims,
        "points": len(run.points),
        "epochs": info.epochs_run,
        "best_epoch": info.best_epoch,
        "seconds": info.seconds,
        "trained_on": info.data,
        **_words(info.words),
        "fingerprint": run.autoencoder.fingerprint,
        "settings": info.words.keyed(info.settings.as_dict()),
        "quality": dict(info.metrics),
        "notes": ["A run is one trained map; `runs import FILE` takes it in, and the window then shows it."],
    }


def _ensemble(path: Path) -> dict[str, Any]:
    from auslan_explorer.io.stability_store import VERSION, read_ensemble

    ensemble = read_ensemble(path)
    words = ensemble.words
    return {
        "kind": "ensemble of maps",
        "version": VERSION,
        "maps": len(ensemble.seeds),
        "dims": ensemble.dims,
        words.key("signs"): len(ensemble.signs),
        words.key("recordings"): ensemble.ends.shape[1],
        **_words(words),
        "seeds": list(ensemble.seeds),
        "fingerprint": ensemble.fingerprint,
        "notes": [
            "An ensemble is one map trained again with other seeds; `stability --ensemble FILE` tells which neighbours "
            "stay."
        ],
    }


def _keras_weights(version: int) -> dict[str, Any]:
    return {
        "kind": "Keras weights",
        "version": version,
        "notes": ["Weights of the article’s networks; `--published` with their folder opens all three."],
    }


_LONGEST = 200


def _lines(found: Mapping[str, Any], indent: str = "", words: Words = SIGN_LANGUAGE) -> list[str]:
    """Format JSON values as lines of text, nested ones indented, in the words of the data that they are of."""
    words = Words(found.get("class_word", words.class_word), found.get("sequence_word", words.sequence_word))
    own = {"classes": words.classes, "sequences": words.sequences}
    lines = []
    for key, value in found.items():
        name = f"{indent}{own.get(key) or words.say(key.replace('_', ' '))}"
        if isinstance(value, Mapping):
            lines += [f"{name}:", *_lines(value, indent + "  ", words)] if value else []
        elif key == "notes":
            lines += [f"{indent}note: {text}" for text in value]
        elif isinstance(value, float):
            lines.append(f"{name}: {value:.6g}")
        else:
            text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            lines.append(f"{name}: {text if len(text) <= _LONGEST else text[: _LONGEST - 3] + '...'}")
    return lines


# ---------------------------------------------------------------------------------------------------------- export
def _add_export(commands: Commands) -> None:
    parser = add_command(
        commands,
        "export",
        _export_paths,
        "write paths as CSV or HDF5",
        "CSV has one row for every real step: sign (its key), session, trial, step (of the network, from 0), and the "
        "point’s x, y and, in 3-D, z, before the signed log; --labels adds split and predicted sign. HDF5 holds all of "
        "this in two groups, recordings and points.",
        "  auslan-explorer export paths --out paths.csv --dims 3\n  auslan-explorer export paths --out paths.h5",
    )
    parser.add_argument("what", choices=["paths"], help="what to export")
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="file to write, .csv or .h5")
    parser.add_argument("--dims", type=int, choices=[2, 3], default=2, help="dimensions of the map (default: 2)")
    parser.add_argument("--labels", action="store_true", help="add the columns split and predicted to a CSV file")
    parser.add_argument(
        "--only",
        metavar="ROWS",
        type=_ranges,
        help="only these recordings, by their places in the activations, from 0: 0-5,9",
    )
    parser.add_argument(
        "--provenance",
        action="store_true",
        help="write where a CSV file is from into a file beside it, FILE-metadata.json; HDF5 says so itself",
    )
    add_source(parser)
    add_maps(parser)


def _ranges(text: str) -> list[tuple[int, int]]:
    """Parse text like ``0-5,9`` into first and last numbers."""
    found = [re.fullmatch(r"(\d{1,9})(?:-(\d{1,9}))?", part.strip(), re.ASCII) for part in text.split(",")]
    runs = [(int(each[1]), int(each[2] or each[1])) for each in found if each is not None]
    if len(runs) < len(found) or any(first > last for first, last in runs):
        raise argparse.ArgumentTypeError(f"{text!r} are no places; give numbers and ranges such as 0-5,9")
    return runs


def _chosen_rows(runs: list[tuple[int, int]] | None, activations: Activations) -> np.ndarray:
    import numpy as np

    count = len(activations)
    chosen = np.full(count, runs is None)
    for first, last in runs or ():
        if last >= count:
            sentence = "There is no recording at place {0}; the last is {1}."
            raise UserError(activations.wording.say(sentence, last, count - 1))
        chosen[first : last + 1] = True
    return chosen


def _export_paths(args: argparse.Namespace) -> int:
    from auslan_explorer.commands.sources import chosen_activations
    from auslan_explorer.io.paths_export import SUFFIXES
    from auslan_explorer.workflows.export import export_paths

    check_out(args.out, SUFFIXES)
    activations = chosen_activations(args)
    projection = activations.projections.get(args.dims)
    if projection is None:
        raise UserError(f"These activations have no {args.dims}-D projection; make one with `train autoencoder`.")
    chosen = _chosen_rows(args.only, activations)
    export_paths(
        activations,
        projection,
        args.out,
        chosen,
        labels=args.labels,
        describe=args.provenance,
        command=args.command_line,
    )
    steps = counted(int(activations.lengths[chosen].sum()), "step")
    print(f"{args.out} holds {steps} of {activations.wording.count(int(chosen.sum()), 'recording')}.")
    return 0
