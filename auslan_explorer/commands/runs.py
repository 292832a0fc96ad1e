"""Commands `runs`: list, show, evaluate, compare, rename, export, import and delete saved runs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auslan_explorer.commands.common import (
    NETWORK_SUFFIXES,
    Commands,
    Parser,
    add_command,
    add_json,
    add_source,
    check_out,
    progress_bar,
)
from auslan_explorer.commands.figures_of_maps import FIGURES
from auslan_explorer.core.words import GENERAL

if TYPE_CHECKING:
    from auslan_explorer.training.run import Run, RunInfo

_MEANT = "id of the run, the beginning of one, or a name"


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    parser = add_command(
        commands,
        "runs",
        _run,
        "list, compare and hand on the maps that were trained here",
        "Every finished training is kept as a run, with its settings, losses and figures. Each of these has a --help.",
        "  auslan-explorer runs list\n  auslan-explorer runs compare 20261124 'first try'",
    )
    parts = parser.add_subparsers(metavar="WHAT", required=True, title="what to do", parser_class=Parser)

    def part(
        name: str, act: Callable[[argparse.Namespace], int], summary: str, example: str
    ) -> argparse.ArgumentParser:
        made = add_command(parts, name, _run, summary, "", f"  auslan-explorer runs {example}")
        made.set_defaults(act=act)
        return made

    add_json(part("list", _list, "list all runs, the newest first", "list --json"))
    shown = part("show", _show, "tell all of one run", "show 20261124")
    shown.add_argument("meant", metavar="RUN", help=_MEANT)
    add_json(shown)
    evaluated = part("evaluate", _evaluate, "measure a run’s map again", "evaluate 'first try' --json")
    evaluated.add_argument("meant", metavar="RUN", help=_MEANT)
    add_source(evaluated)
    add_json(evaluated)
    compared = part("compare", _compare, "set two runs side by side", "compare 20261124-0800 'first try'")
    compared.add_argument("meant", metavar="RUN", nargs=2, help=_MEANT)
    add_json(compared)
    renamed = part("rename", _rename, "give a run another name", "rename 20261124 'the good one'")
    renamed.add_argument("meant", metavar="RUN", help=_MEANT)
    renamed.add_argument("name", metavar="NAME")
    exported = part("export", _export, "write a run into a file, for another computer", "export 20261124 good.h5")
    exported.add_argument("meant", metavar="RUN", help=_MEANT)
    exported.add_argument("out", metavar="FILE", type=Path)
    imported = part("import", _import, "take in a run from a file", "import good.h5")
    imported.add_argument("file", metavar="FILE", type=Path)
    deleted = part("delete", _delete, "delete runs for good", "delete 20261124-080000-0a1b2c")
    deleted.add_argument("meant", metavar="RUN", nargs="+", help=_MEANT)


def _run(args: argparse.Namespace) -> int:
    return int(args.act(args))


def _print_json(value: Any) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False))


def as_json(info: RunInfo) -> dict[str, Any]:
    """Return the metadata of a run as JSON values, in the words of its data."""
    if info.damaged:
        return {"id": info.id, "damaged": info.damaged}
    losses = {"train": info.train_losses, "validation": info.validation_losses}
    told = {
        "id": info.id,
        "name": info.name,
        "created": info.created,
        "program_version": info.version,
        "dims": info.dims,
        "settings": info.words.keyed(info.settings.as_dict()),
        "losses": {name: [loss if loss == loss else None for loss in column] for name, column in losses.items()},
        "best_epoch": info.best_epoch,
        "epochs_run": info.epochs_run,
        "seconds": round(info.seconds, 1),
        "metrics": dict(info.metrics),
        "activations": info.activations,
        "data": info.data,
    }
    if not info.words.of_signs:
        told |= {"class_word": info.words.class_word, "sequence_word": info.words.sequence_word}
    return told


def _number(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else f"{value:.4f}"


def _table(titles: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> None:
    widths = [max(len(title), *(len(cells[column]) for _, cells in rows)) for column, title in enumerate(titles)]
    label = max(len(text) for text, _ in rows)
    for text, cells in (("", titles), *rows):
        print(f"  {text:{label}}  " + "  ".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)))


# ------------------------------------------------------------------------------------------------------------- acts
def _list(args: argparse.Namespace) -> int:
    from auslan_explorer.training.runs import RunStore

    store = RunStore()
    known = store.list()
    if args.json:
        _print_json([as_json(info) for info in known])
        return 0
    if not known:
        print("There are no runs yet; `train autoencoder` makes one.")
    for info in known:
        if info.damaged:
            print(f"{info.id}  damaged: {info.damaged}")
            continue
        explained = info.metrics.get("explained_variance")
        worth = "not measured" if explained is None else f"explains {explained:.1%}"
        epochs = f"{info.epochs_run:4} epoch{' ' if info.epochs_run == 1 else 's'}"
        print(f"{info.id}  {info.dims}-D  {worth:14}  {epochs}  {info.seconds:6.0f} s  {info.name}")
    return 0


def _show(args: argparse.Namespace) -> int:
    from auslan_explorer.training.runs import RunStore

    info = RunStore().find(args.meant)
    if args.json:
        _print_json(as_json(info))
        return 0
    if info.damaged:
        print(f"{info.id} is damaged: {info.damaged}")
        return 0
    print(f"{info.name} ({info.id})")
    print(f"  made {info.created} by version {info.version} in {info.seconds:.0f} s")
    print(f"  best epoch {info.best_epoch} of {info.epochs_run}, "
          f"validation loss {info.validation_losses[info.best_epoch - 1]:.4f}")  # fmt: skip
    print(f"  trained on {info.data or 'activations'} ({info.activations})")
    say = info.words.say
    print("Settings:")
    settings = info.settings.as_dict().items()
    _table([""], [(say(name.replace("_", " ")), [_setting(value)]) for name, value in settings])
    if info.metrics:
        which = info.metrics.get("measured_on", "some")
        print(say(f"Measured on {which} recordings:"))
        _table([""], [(say(text), [_number(info.metrics.get(key))]) for key, text in FIGURES.items()])
    return 0


def _setting(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "recommended" if value is None else str(value)


def _evaluate(args: argparse.Namespace) -> int:
    from dataclasses import asdict

    from auslan_explorer.analysis.quality import held_out, measure
    from auslan_explorer.commands.sources import chosen_activations
    from auslan_explorer.training.runs import RunStore

    store = RunStore()
    run = store.read(store.find(args.meant).id)
    activations = chosen_activations(args)
    rows = held_out(activations)
    with progress_bar("measuring the map") as progress:
        found = asdict(measure(activations, run.autoencoder, rows, progress=progress))
    count = len(activations) if rows is None else int(rows.sum())
    if args.json:
        _print_json(activations.wording.keyed({"id": run.id, "name": run.name, "recordings": count, **found}))
        return 0
    say, recordings = activations.wording.say, activations.wording.count(count, "recording")
    measured = f"all {recordings}" if rows is None else f"the {recordings} held out"
    print(f"{run.name}, measured on {measured}:")
    _table([f"{run.info.dims}-D"], [(say(text), [_number(found[key])]) for key, text in FIGURES.items()])
    return 0


def _compare(args: argparse.Namespace) -> int:
    from auslan_explorer.training.runs import RunStore

    store = RunStore()
    one, two = (store.read(store.find(meant).id) for meant in args.meant)
    left, right = one.info.settings.as_dict(), two.info.settings.as_dict()
    differing = {name: (left[name], right[name]) for name in left if left[name] != right[name]}
    words = one.info.words if one.info.words == two.info.words else GENERAL
    apart = _apart(one, two)
    if args.json:
        _print_json(
            {
                "runs": [as_json(one.info), as_json(two.info)],
                "settings": {words.key(name): list(pair) for name, pair in differing.items()},
                "disparity": apart,
            }
        )
        return 0
    rows: list[tuple[str, Sequence[str]]] = [
        (words.say(name.replace("_", " ")), [_setting(value) for value in pair]) for name, pair in differing.items()
    ]
    rows += [
        ("epochs", [str(run.info.epochs_run) for run in (one, two)]),
        ("time", [f"{run.info.seconds:.0f} s" for run in (one, two)]),
    ]
    rows += [
        (words.say(text), [_number(run.info.metrics.get(key)) for run in (one, two)]) for key, text in FIGURES.items()
    ]
    _table([one.name[:30], two.name[:30]], rows)
    if apart is None:
        print("The maps are of different activations or dimensions and cannot be laid on one another.")
    else:
        print(f"Laid on one another, the maps differ by {apart:.1%} (Procrustes disparity).")
    return 0


def _apart(one: Run, two: Run) -> float | None:
    """Compute the Procrustes disparity of two maps, 0 to 1; None where they are not of the same steps."""
    if one.info.activations != two.info.activations or one.points.shape != two.points.shape:
        return None
    from scipy.spatial import procrustes

    return float(procrustes(one.points, two.points)[2])


def _rename(args: argparse.Namespace) -> int:
    from auslan_explorer.training.runs import RunStore

    store = RunStore()
    info = store.rename(store.find(args.meant).id, args.name)
    print(f"The run {info.id} is called “{info.name}” now.")
    return 0


def _export(args: argparse.Namespace) -> int:
    from auslan_explorer.training.runs import RunStore

    check_out(args.out, NETWORK_SUFFIXES)
    store = RunStore()
    info = store.find(args.meant)
    store.export(info.id, args.out)
    print(f"The run “{info.name}” is in {args.out}; `runs import` takes it in.")
    return 0


def _import(args: argparse.Namespace) -> int:
    from auslan_explorer.training.runs import RunStore

    info = RunStore().import_(args.file)
    print(f"The run is kept as {info.id}, “{info.name}”.")
    return 0


def _delete(args: argparse.Namespace) -> int:
    from auslan_explorer.training.runs import RunStore

    store = RunStore()
    # All are found before the first is deleted: a mistake in one leaves the others alone.
    for info in [store.find(meant) for meant in args.meant]:
        store.delete(info.id)
        print(f"The run “{info.name}” ({info.id}) is deleted.")
    return 0
