"""What commands print is as it was when somebody read it and kept it in `outputs/`.

An output that differs is written into `out/outputs/`: read it, and where the change is meant, move it to
`tests/cli/outputs/`.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auslan_explorer import __version__, paths
from auslan_explorer.cli import make_parser
from auslan_explorer.training.job import TrainingJob
from tests.known import compare

Ok = Callable[..., str]
KNOWN = Path(__file__).parent / "outputs"
COMMANDS = {
    "info-classifier": "info MODELS/classifier.h5",
    "info-autoencoder": "info MODELS/autoencoder-2d.h5",
    "info-autoencoder-json": "info MODELS/autoencoder-3d.h5 --json",
    "info-cache": "info CACHE",
    "info-cache-json": "info CACHE --json",
    "info-recordings": "info SIGNS",
    "info-ensemble": "info SHIPPED/stability.h5",
    "check": "cache check CACHE",
    "import": "import SIGNS --out NEW/recordings.h5",
    "cache": "cache --models MODELS --recordings SIGNS --out NEW/cache.h5",
    "evaluate": "evaluate --cache CACHE",
    "evaluate-json": "evaluate --cache CACHE --json",
    "stability": "stability --pairs 7 --k 4 --csv NEW/stability.csv --provenance",
    "export": "export paths --cache CACHE --out NEW/paths.csv --labels --provenance --only 0-3",
    "export-3d": "export paths --cache CACHE --out NEW/space.csv --dims 3 --only 0,80",
    "render": "render --figure 3 --cache CACHE --out NEW/figure.png",
    "film": "film --cache CACHE --out NEW/film.gif --size 160x120 --frames 3",
    "elan": "elan --cache CACHE --recordings SIGNS --out NEW/one.eaf --only exit --no-film",
    "elan-read": "elan --cache CACHE --read NEW/one.eaf",
    "elan-read-json": "elan --cache CACHE --read NEW/one.eaf --json",
    "minimal-pairs": "minimal-pairs --models MODELS --recordings SIGNS --csv NEW/pairs.csv --provenance",
    "minimal-pairs-json": "minimal-pairs --models MODELS --recordings SIGNS --json",
    "runs-none": "runs list",
}
WRITTEN = (
    "paths.csv", "paths.csv-metadata.json", "space.csv", "stability.csv", "one.csv", "one.eaf", "pairs.csv",
    "pairs.csv-metadata.json",
)  # fmt: skip
OF_RUNS = {
    "train": "train autoencoder --cache CACHE --dims 2 --epochs 3 --name first",
    "train-other": "train autoencoder --cache CACHE --dims 2 --epochs 4 --bottleneck tanh --seed 5 --name second",
    "runs-list": "runs list",
    "runs-list-json": "runs list --json",
    "runs-show": "runs show first",
    "runs-show-json": "runs show second --json",
    "runs-compare": "runs compare first second",
    "runs-compare-json": "runs compare first second --json",
    "runs-evaluate": "runs evaluate first --cache CACHE",
    "runs-rename": "runs rename first third",
    "runs-export": "runs export third NEW/third.h5",
    "runs-info": "info NEW/third.h5",
    "runs-delete": "runs delete second",
}
MOST_LINES = 60
"""Of an output; what follows is more of the same."""
_PLAIN = [
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)?"), "<time>"),
    (re.compile(r"\b\d{8}-\d{6}-?\w*"), "<run>"),
    (re.compile(r"\b\d{4}-\d\d-\d\d\b"), "<day>"),
    (re.compile(r"\b(?=\d*[a-f])[0-9a-f]{12,64}\b"), "<fingerprint>"),
]


def plain(text: str, places: dict[str, Path]) -> str:
    """Replace what is another in each run: folders, times, fingerprints, the version."""
    for name, place in sorted(places.items(), key=lambda item: -len(str(item[1]))):
        text = text.replace(str(place), f"<{name}>")
    for pattern, word in _PLAIN:
        text = pattern.sub(word, text)
    lines = text.replace(__version__, "<version>").splitlines()[:MOST_LINES]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def structure() -> Iterator[str]:
    """Tell every command's options in the groups that its help shows them in."""

    def walk(parser: argparse.ArgumentParser, path: str) -> Iterator[str]:
        yield path
        for group in parser._action_groups:
            names = ["/".join(each.option_strings) or each.dest for each in group._group_actions]
            if names:
                yield f"  {group.title}: {' '.join(names)}"
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for name, below in action.choices.items():
                    yield from walk(below, f"{path} {name}")

    yield from walk(make_parser()[0], "auslan-explorer")


def test_the_help_shows_every_option_in_its_group() -> None:
    compare(KNOWN, "options", "\n".join(structure()) + "\n")


@pytest.fixture(scope="module")
def places(models: Path, cache: Path, signs_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    new = tmp_path_factory.mktemp("new")
    return {"MODELS": models, "CACHE": cache, "SIGNS": signs_folder, "NEW": new, "SHIPPED": paths.models_dir()}


def printed(ok: Ok, places: dict[str, Path], commands: dict[str, str]) -> dict[str, str]:
    """Return what commands print, one after the other."""

    def call(words: str) -> str:
        given = [re.sub(r"^[A-Z]+(?=/|$)", lambda found: str(places[found[0]]), word) for word in words.split()]
        return plain(ok(*given, env={paths.DATA_VARIABLE: str(places["NEW"] / "data")}), places)

    return {name: call(words) for name, words in commands.items()}


@pytest.fixture(scope="module")
def outputs(ok: Ok, places: dict[str, Path]) -> dict[str, str]:
    return printed(ok, places, COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_somebody_has_read(outputs: dict[str, str], name: str) -> None:
    compare(KNOWN, name, outputs[name])


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.usefixtures("outputs")
def test_a_file_begins_as_somebody_has_read_it(places: dict[str, Path], name: str) -> None:
    compare(KNOWN, f"file-{name}", plain((places["NEW"] / name).read_text(encoding="utf-8"), places))


def test_commands_of_runs_say_what_somebody_has_read(ok: Ok, places: dict[str, Path], jobs: list[TrainingJob]) -> None:
    for name, text in printed(ok, places, OF_RUNS).items():
        compare(KNOWN, name, text)
    assert len(jobs) == 2


def test_every_output_that_is_kept_is_printed() -> None:
    names = {*COMMANDS, *OF_RUNS, *(f"file-{name}" for name in WRITTEN), "options"}
    assert {file.stem for file in KNOWN.glob("*.txt")} == names
