"""Numbers in README and guide are those of the program and of what ships; none stands there that nothing checks."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from auslan_explorer import __version__, cli, paths
from auslan_explorer.analysis import annotation_tiers, flow, label_check, landscape, predictions, quality, stability
from auslan_explorer.capture import recorded
from auslan_explorer.commands import figures_of_maps
from auslan_explorer.core import clock, projection, session
from auslan_explorer.core.recordings import CHANNELS, STEPS
from auslan_explorer.core.splits import ARTICLE_TRAIN_PER_SIGN, SPLIT_NAMES, TEST
from auslan_explorer.draw import figures, film_settings, hand_points, hands
from auslan_explorer.draw.film_settings import FilmSettings
from auslan_explorer.draw.presets import FIGURES
from auslan_explorer.gui.inspector.signal_plot import MOST_CHANNELS
from auslan_explorer.io import cache, cache_parts, cache_reader, eaf, eaf_reader, opening, session_file
from auslan_explorer.training import ensemble, run_file
from auslan_explorer.training.settings import (
    ARTICLE_STEPS,
    AutoencoderSettings,
    ClassifierSettings,
    quick_autoencoder,
)
from auslan_explorer.workflows import resting

ROOT = Path(__file__).parents[2]
GUIDE = "docs/guide"
GENERATED = ("actions.md", "command-line.md", "figures.md", "cache-format.md", "run-format.md", "session-format.md")
"""Pages that are made from the program, or that include one of docs/."""
DOCUMENTS = [
    "README.md",
    "docs/activation-cache.md",
    *(file.relative_to(ROOT).as_posix() for file in sorted((ROOT / GUIDE).glob("*.md")) if file.name not in GENERATED),
]


def text(document: str) -> str:
    """A document in one line, without marks of emphasis."""
    return " ".join(re.sub(r"[*_`]", "", (ROOT / document).read_text(encoding="utf-8")).split())


def spaced(number: int) -> str:
    """144530 as 144 530."""
    return f"{number:,}".replace(",", " ")


LAST_SPEED = f"{clock.SPEEDS[-1]:g}"
CLAIMS: list[tuple[str, str]] = [
    (f"{GUIDE}/film.md", "from 640 × 360 to {} × {}".format(*film_settings.LARGEST)),
    (f"{GUIDE}/film.md", f"a GIF has at most {film_settings.MOST_GIF_RATE:g}"),
    (f"{GUIDE}/film.md", f"{clock.RATE:g} is as fast as the hands were"),
    (f"{GUIDE}/playback.md", f"1× is as fast as the hands were, {clock.RATE:g} steps a second"),
    (
        f"{GUIDE}/playback.md",
        f"more than {clock.LONGEST_SECONDS:g} seconds so, 1× shows it in {clock.SCALED_SECONDS:g}",
    ),
    (f"{GUIDE}/playback.md", f"by which step {predictions.EARLY:.0%}".replace("%", " %")),
    (f"{GUIDE}/quality.md", f"with {quality.NEIGHBOURS} neighbours"),
    (f"{GUIDE}/quality.md", f"how often the {quality.SIGN_NEIGHBOURS} nearest last steps"),
    (f"{GUIDE}/quality.md", f"each is among the other's nearest ({stability.SIGN_NEIGHBOURS} by default)"),
    (f"{GUIDE}/quality.md", f"farther than {100 * landscape.FAR_QUANTILE:.0f} of 100 real states"),
    (f"{GUIDE}/quality.md", f"begins from {resting.STARTS} states"),
    (f"{GUIDE}/quality.md", f"fewer than {flow.LEAST} steps"),
    (f"{GUIDE}/inspector.md", f"its {label_check.NEIGHBOURS} nearest recordings"),
    (
        f"{GUIDE}/quality.md",
        "the diagonal between the {:g}th and the {:g}th".format(*projection.EXTENT_PERCENTILES),
    ),
    (f"{GUIDE}/findings.md", f"on {10 * stability.ALWAYS:.0f} of 10 retrained maps or more"),
    ("README.md", f"version {__version__} on Linux"),
    ("docs/run-file.md", f"what its parts claim to hold, at most {opening.MOST_RATIO} times its size"),
    ("docs/run-file.md", f"its size, {run_file.MOST_FILE_BYTES >> 20} MB at most"),
    ("docs/run-file.md", f"up to {run_file.LONGEST_NAME} letters"),
    ("docs/run-file.md", f"up to {run_file.THUMBNAIL_PIXELS} pixels a side"),
    ("docs/session-file.md", f"in UTF-8, {session_file.LARGEST >> 20} MB at most"),
    (
        "docs/session-file.md",
        f"{', '.join(f'{speed:g}' for speed in clock.SPEEDS[:-1])} or {LAST_SPEED} times real time",
    ),
    ("docs/session-file.md", f"count as used; {session.HAND_THRESHOLD:g} as in the article"),
    ("docs/activation-cache.md", f"below {session.HAND_THRESHOLD:g} a recording counts as one-handed"),
    ("docs/activation-cache.md", f"in chunks of {cache._CHUNK_ROWS} rows"),
    ("docs/activation-cache.md", f"versions {cache_reader.OLDEST} and {cache_reader.VERSION}; 2 is written only where"),
    ("docs/activation-cache.md", f"| {cache_reader.OLDEST} or {cache_reader.VERSION}; another version is refused"),
    ("docs/activation-cache.md", f"; up to {cache_parts.MOST_COLUMNS} columns"),
    ("docs/activation-cache.md", f"in version {cache_reader.VERSION} absent together with"),
    (f"{GUIDE}/inspector.md", f"has the {len(CHANNELS)} channels of the recording"),
    (f"{GUIDE}/inspector.md", f"its first {MOST_CHANNELS} channels"),
    ("docs/activation-cache.md", f"the inspector draws the first {MOST_CHANNELS} channels"),
    ("docs/activation-cache.md", f"if they have at most {recorded.MOST_CHANNELS} channels"),
    (f"{GUIDE}/gesture.md", f"drawn from the {len(CHANNELS)} numbers of each frame"),
    (f"{GUIDE}/elan.md", f"close to {1 / annotation_tiers.STEP_SECONDS:.0f} frames a second"),
    (f"{GUIDE}/elan.md", f"A tier with more than {annotation_tiers.MOST_GROUPS} different texts makes none"),
    (f"{GUIDE}/elan.md", f"seconds, the {len(CHANNELS)} channels"),
    (f"{GUIDE}/elan.md", f"{len(hand_points.POINTS)} points a hand"),
    (f"{GUIDE}/elan.md", f"or is larger than {eaf_reader.LARGEST >> 20} MB is refused"),
    (f"{GUIDE}/elan.md", f"the schema EAF {eaf.VERSION}"),
    (f"{GUIDE}/gesture.md", f"That makes a unit some {hands.METRES:g} m,"),
    (
        "docs/activation-cache.md",
        ", ".join(f"{code} {name}" for code, name in SPLIT_NAMES.items() if code < 255) + ", 255 none",
    ),
]
"""Sentences with what the program's own constants say."""

ELSEWHERE = {
    # tests/io/test_findings.py and tests/gui/help/test_five_minutes.py compute these anew.
    "README.md": (
        r"3 of 2 528 recordings", r"\(of 4371\)", r"place 1944 of 4371 pairs", r"none of 24", r"all 27 recordings",
        r"23 of 24 retrained", r"first 36 % of", r"by step 60 of 90", r"90 % of what is right",
        r"accuracy is 98\.58 %",
        # Measured with the version that the same sentence names: packages and installed environments.
        r"\d[\d.]* [MG]B",
    ),
    f"{GUIDE}/findings.md": (
        r"3 of 2 528 recordings", r"4371 pairs", r"24 of the 27 recordings of soon", r"one of them for 33;",
        r"(?:22|23|10|2) of 24 retrained", r"all 54 recordings", r"place 1944 of",
        r"none of 24", r"neighbours on 23 of 24\.",
        r"all 27 recordings", r"at place 207 here, and on 13 maps of 24", r"17 pairs of 4371", r"all 17 are",
        r"the 498 pairs", r"7 are \(1 %\)", r"all but 25 pairs", r"at place 458", r"outlying of the 27",
        r"session 2, trial 3", r"9 of them", r"first 36 % of", r"90 % of what is right", r"by step 60 of 90",
        r"52 of the 94 signs", r"55 % of the recordings", r"91 % of them", r"26 of its 27 recordings",
        r"99\.64 %", r"98\.58 %",
        r"Press 5 to", r"article's figure 6",
    ),
    # tests/gui/help/test_guide_keys.py and the tests of the settings and of the dialogs see to these.
    f"{GUIDE}/film.md": (r"1 to 120",),
    f"{GUIDE}/settings.md": (r"100 to 200 %",),
    f"{GUIDE}/access.md": (r"to 200 %", r", 0 shows everything"),
    f"{GUIDE}/playback.md": (r"Shift\+1, 2, 3",),
    f"{GUIDE}/gesture.md": (r"a whole turn on 0 to 1, pitch half a turn; at 0\.5",),  # tests/draw/test_hands.py
    # tests/workflows/test_five_findings.py computes these anew.
    f"{GUIDE}/five-findings.md": (
        r"Of 2528 recordings 65", r"against 5 of these", r"(?:crazy|sorry|man|hurt|boy|danger) [12]\.[13]",
        r"9 of the 10 nearest", r"Of the 64 answers", r"label 57 are of sessions 1 and 2",
        r"makes 36 %", r"and 58 % of", r"681 cells", r"hold 10 steps", r"in 89 % of", r"94 of the 94", r"99\.8 % of",
        r"\d+ % of the map", r"From 48 states", r"probability of \d+ %", r"after \d+ steps",
    ),
    # tests/analysis/test_edits.py and, of what was found, tests/workflows/test_why_findings.py.
    f"{GUIDE}/why.md": (
        r"one end of 0 to 1", r"within 0 and 1", r"for [\d.]+% of their way", r"think for [\d.]+%", r"pen for [\d.]+%",
        r"\d+ of (?:the )?\d+ (?:recordings )?of", r"with [\d.]+% of its numbers",
    ),
    f"{GUIDE}/quality.md": (r"error \| 9 \|", r"trustworthiness \| 0 \|", r"\b1 is (?:all|always)"),
    f"{GUIDE}/window.md": (r"keys 1 to 8", r"log\(1 \+"),
    f"{GUIDE}/training.md": (r"2 or 3 dimensions", r"the article's 10 to 64"),
    "docs/activation-cache.md": (
        r"good to 2\.5e-4", r"PCA 1", r"less than 5e-4", r"-1\.\.1", r"\(1-[93]\b[^)]*\)", r"ISO 8601",
        r"P-1", r"from 0\b", r"else 0\b",
        r"at least 1\b",
        r"above 0\b", r"below 0;?", r"absent: (?:255|0|-1)", r"-1 (?:unknown|for none)", r"\([SP], [23]\)",
        r"version 1\b", r"numbered from 1\b",
        r"\| 1;", r"steps 0 to", r"P > 0",
    ),
}  # fmt: skip
"""Numbers that other tests compute, and numbers that are no figures: keys, bounds of a format, rows of an example."""

NAMES = (
    r"[23]-?[Dd]\b", r"\((?:\w+ )*(?:19|20)\d\d\)", r"\w+\.?,? (?:19|20)\d\d\b", r"MP4", r"H\.264", r"HDF5",
    r"GL[23]", r"UTF-8", r"Keras [23]\b",
    r"X11", r"x86-64", r"Python 3\.\d+(?:(?:, 3\.\d+)* (?:or|to) 3\.\d+)?", r"for 3\.14", r"py -3\.12", r"Debian 1[23]",
    r"Ubuntu 22\.04, 24\.04; ?|Ubuntu 22\.04, 24\.04", r"22\.04 needs", r"Windows 10, 11", r"macOS 14", r"exit code \d",
    r"(?:(?:Ctrl|Alt|Shift)\+)+\S+", r"\bF\d+\b", r"float(?:16|32|64)", r"u?int\d+", r"-?0?\.1\.0\S*", r"tcp://host:8786",
)  # fmt: skip


def test_each_sentence_says_what_the_program_has() -> None:
    for document, sentence in CLAIMS:
        assert sentence in text(document), f"{document}: {sentence}"


def test_sentences_on_what_ships_are_computed() -> None:
    file = paths.ships("activations.h5")
    if not file.is_file():
        pytest.skip("models/ does not hold the shipped activations")
    a = cache.read_cache(file)
    shipped = json.loads((ROOT / "models" / "figures.json").read_text(encoding="utf-8"))
    for document, sentence in shipped_claims(shipped, spaced(a.real_steps), a):
        assert sentence in text(document), f"{document}: {sentence}"


def shipped_claims(shipped: dict, real_steps: str, a: object) -> list[tuple[str, str]]:
    seed, signs, recordings = shipped["classifier"]["chosen_seed"], shipped["signs"], shipped["recordings"]
    cells = {
        "recordings (sequences)": len(a.lengths),
        "and not padding": real_steps,
        "stored once": len(a.prefix),
        "signs (classes)": len(a.signs),
        "padding included": a.steps,
        "size of the hidden state": a.units,
    }
    protocols = json.loads((ROOT / "models" / "protocols.json").read_text(encoding="utf-8"))
    by_session = protocols["sessions"]
    new_day = (
        "with each of the nine left out once it is "
        f"{100 * by_session['mean']:.2f} % in the mean, and {100 * by_session['worst']:.2f} % for the worst"
    )
    assert len(by_session["accuracy"]) == 9
    return [
        ("README.md", new_day),
        (f"{GUIDE}/findings.md", new_day),
        (f"{GUIDE}/findings.md", f"seed {seed}, {signs} signs, {recordings} recordings"),
        (f"{GUIDE}/findings.md", f"in the space of all {a.units} units"),
        (f"{GUIDE}/findings.md", f"of {int((a.split == TEST).sum())} test recordings"),
        *(("docs/activation-cache.md", f"{what} | {value} |") for what, value in cells.items()),
    ]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_number_stands_in_a_document_that_nothing_checks(document: str) -> None:
    raw = (ROOT / document).read_text(encoding="utf-8")
    raw = re.sub(r"<!-- figures.*?<!-- end of figures -->", "", raw, flags=re.DOTALL)  # written by a script
    raw = re.sub(r"^(```|~~~).*?^\1$", "", raw, flags=re.MULTILINE | re.DOTALL)
    raw = re.sub(r"\]\([^)]*\)|^\d+\. ", "", raw, flags=re.MULTILINE)
    raw = re.sub(r"`[^`]*`", "", raw)  # see test_documented_commands.py
    left = " ".join(re.sub(r"[*_`]", "", raw).split())
    file = paths.ships("activations.h5")
    sentences = [sentence for where, sentence in CLAIMS if where == document]
    if file.is_file():
        a = cache.read_cache(file)
        shipped = json.loads((ROOT / "models" / "figures.json").read_text(encoding="utf-8"))
        sentences += [said for where, said in shipped_claims(shipped, spaced(a.real_steps), a) if where == document]
    for sentence in sentences:
        left = left.replace(sentence, "")
    for pattern in (*ELSEWHERE.get(document, ()), *NAMES):
        left = re.sub(pattern, "", left)
    found = re.findall(r".{0,40}\d.{0,30}", left)
    assert not found, "name where each comes from in CLAIMS or ELSEWHERE"


# ------------------------------------------------------------------------------------------------------------- help
def options(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.Action]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from options(inner)
        elif action.option_strings:
            yield f"{parser.prog.removeprefix('auslan-explorer ')} {action.option_strings[-1]}", action


KNOWN_ELSEWHERE = {
    "train classifier --epochs": ClassifierSettings().epochs,
    "stability --epochs": quick_autoencoder(2, 0).epochs,
    "film --azimuth": FilmSettings().azimuth,
    "film --elevation": FilmSettings().elevation,
}
"""Options that the parser leaves to what they set."""


def test_help_tells_the_defaults_that_there_are() -> None:
    seen = 0
    for name, action in options(cli.make_parser()[0]):
        told = re.search(r"\(default: ([^)]*)\)", action.help or "")
        default = action.default if action.default is not None else KNOWN_ELSEWHERE.get(name)
        if told is None or default is None or isinstance(default, bool):
            continue
        seen += 1
        plain = "x".join(map(str, default)) if isinstance(default, tuple) else default
        assert told[1] == (f"{plain:g}" if isinstance(plain, float | int) else str(plain)), name
    assert seen > 20


def test_printed_tables_name_the_neighbours_that_are_counted() -> None:
    for figure in ("trustworthiness", "continuity"):
        assert re.findall(r"\d+", figures_of_maps.FIGURES[figure]) == [str(quality.NEIGHBOURS)]
    assert re.findall(r"\d+", figures_of_maps.FIGURES["knn_accuracy"]) == [str(quality.SIGN_NEIGHBOURS)]
    assert session.NEIGHBOURS == quality.NEIGHBOURS
    assert AutoencoderSettings().widths == (600, 150)


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from commands(inner)


def test_help_tells_the_numbers_that_there_are() -> None:
    film = FilmSettings()
    said = {
        "train classifier": [
            f"{ClassifierSettings().units} units",
            f"{ARTICLE_TRAIN_PER_SIGN} recordings of each sign",
        ],
        "train autoencoder": ["the article’s {}-{}".format(*ARTICLE_STEPS)],
        "stability": [f"{ensemble.FEWEST} to {ensemble.MOST}, with seeds"],
        "evaluate": [f"with {quality.NEIGHBOURS} neighbours", f"their {quality.SIGN_NEIGHBOURS} nearest"],
        "render": ["(default: {}x{})".format(*figures.DEFAULT_SIZE)],
        "film": [
            f"{STEPS + film.hold * film.fps:.0f} frames of {film.width} x {film.height}",
            f"{clock.RATE:g} is real time",
            f"at {clock.RATE:g} steps a second",
            "up to {}x{}".format(*film_settings.LARGEST),
        ],
    }
    for parser in commands(cli.make_parser()[0]):
        texts = [parser.description or "", *(action.help or "" for action in parser._actions)]
        told = " ".join(" ".join(texts).split())
        for sentence in said.pop(parser.prog.removeprefix("auslan-explorer "), []):
            assert sentence in told, f"{parser.prog}: {sentence}"
    assert not said


def test_the_first_figure_tells_the_steps_that_there_are() -> None:
    assert f"How {STEPS} steps of glove data" in FIGURES[1].sentence


def test_sizes_in_the_readme_agree_with_those_of_the_packages() -> None:
    """They are measured with the packages themselves, and written down in docs/building.md."""
    building, readme = text("docs/building.md"), text("README.md")

    def number(pattern: str) -> int:
        found = re.search(pattern, building)
        assert found is not None, pattern
        return int(found[1])

    debian, archive = number(r"is (\d+) MB to download \(xz\)"), number(r"the \.tar\.gz (\d+) MB")
    installed = number(r"either takes (\d+) MB installed")
    wheel, libraries = number(r"weighs (\d+) MB"), number(r"(\d+) MB of libraries")
    training = number(r"and (\d+) MB with")
    assert f"{debian} MB (.deb), {archive} MB (.tar.gz) | {installed / 1000:.1f} GB |" in readme
    assert f"| {wheel + libraries} MB |" in readme and f"| {wheel + training} MB |" in readme
    table = re.search(r"together \| ([\d.]+) \|", building)
    assert table is not None and round(float(table[1])) == installed


WORKING_TIME = re.compile(
    r"\b(?:about|takes?|took|within) (?:half )?(?:an?|one|two|ten) (?:minute|hour)s?\b"
    r"|\b(?:some|a few|half a) minutes?\b|a minute or two"
)


@pytest.mark.parametrize("document", [*DOCUMENTS, "docs/building.md", "CONTRIBUTING.md"])
def test_no_document_says_how_long_something_takes(document: str) -> None:
    """Computers differ, and nothing would notice that it is no longer true; progress bars tell the time left."""
    words = " ".join((ROOT / document).read_text(encoding="utf-8").split())
    assert not WORKING_TIME.findall(words)
