"""What a command takes, and what it takes unless it is told, found from the parser."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import fields

import pytest

from auslan_explorer import cli
from auslan_explorer.analysis.stability import SIGN_NEIGHBOURS
from auslan_explorer.cli import make_parser
from auslan_explorer.commands.common import QUIET_SECONDS, progress_bar
from auslan_explorer.commands.map_training import _worth
from auslan_explorer.core.progress import no_progress
from auslan_explorer.core.words import SIGN_LANGUAGE
from auslan_explorer.draw.film_settings import FilmSettings
from auslan_explorer.training.settings import SMOOTH_CODE_NOISE, quick_autoencoder

# For each option that has but a few values, with its command where that matters: what it takes, and what it must not.
VALUES = {
    "align": ("network start stretch", "sideways"),
    "bottleneck": ("linear tanh relu sigmoid", "softmax"),
    "dims": ("2 3", "4"),
    "gates": ("sigmoid hard_sigmoid", "tanh"),
    "resting": ("rest mean", "frame"),
    "format": ("png svg pdf", "bmp"),
    "protocol": ("mts sessions", "halves"),
    "recipe": ("recommended sharp article quick", "slow"),
    "split": ("article sessions", "halves"),
    "steps": ("moving all article", "some"),
    "theme": ("light dark", "pink"),
    "train-on": ("train all", "test"),
    "view": ("2d 3d both", "4d"),
    "what": ("paths", "maps"),
    "render view": ("2d 3d", "both"),
}


def actions(parser: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterator[tuple[str, argparse.Action]]:
    """Yield every option with its command."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from actions(below, (*path, name))
        else:
            yield " ".join(path), action


def of(command: str) -> dict[str, argparse.Action]:
    return {action.dest: action for name, action in actions(make_parser()[0]) if name == command}


def name_of(action: argparse.Action) -> str:
    return action.option_strings[-1][2:] if action.option_strings else action.dest


FEW = [
    (command, action) for command, action in actions(make_parser()[0]) if action.choices or name_of(action) in VALUES
]


@pytest.mark.parametrize(("command", "action"), FEW, ids=[f"{command} {name_of(action)}" for command, action in FEW])
def test_an_option_of_a_few_values_takes_these_and_no_other(
    command: str, action: argparse.Action, capsys: pytest.CaptureFixture[str]
) -> None:
    assert name_of(action) in VALUES, "say above what it takes"
    taken, refused = VALUES.get(f"{command} {name_of(action)}", VALUES[name_of(action)])
    assert " ".join(str(value) for value in action.choices or ()) == taken
    given = [f"--{name_of(action)}", refused] if action.option_strings else [refused]
    assert cli.main([*command.split(), *given]) == 2
    assert refused in capsys.readouterr().err


def test_a_film_is_by_default_what_the_films_settings_are() -> None:
    options, default = of("film"), FilmSettings()
    for name in {each.name for each in fields(FilmSettings)} & set(options) - {"view", "theme", "source"}:
        assert options[name].default in (None, getattr(default, name)), name
    assert (default.fps, default.hold) == (25.0, 2.4)  # as --help and the guide say


@pytest.mark.parametrize(
    ("command", "name", "value"),
    [
        ("stability", "dims", 2),
        ("stability", "k", SIGN_NEIGHBOURS),
        ("stability", "pairs", 20),
        ("minimal-pairs", "pairs", 20),
        ("export", "dims", 2),
        ("elan", "theme", "light"),
        ("film", "view", "2d"),
    ],
)
def test_a_default_that_help_tells_is_the_default(command: str, name: str, value: object) -> None:
    action = of(command)[name]
    assert action.default == value
    assert f"(default: {value})" in str(action.help)


def test_seeds_and_epochs_of_an_ensemble_are_those_that_help_tells() -> None:
    assert f"(default: {quick_autoencoder(2).epochs})" in str(of("stability")["epochs"].help)
    assert quick_autoencoder(3).effective_code_noise == SMOOTH_CODE_NOISE[3] and quick_autoencoder(2).seed == 0


# ---------------------------------------------------------------------------------------------------- what is said
def test_progress_without_a_terminal_is_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [100.0]
    monkeypatch.setattr("auslan_explorer.commands.common.time.monotonic", lambda: now[0])
    with progress_bar("measuring") as progress:
        for seconds, fraction, text in (
            (QUIET_SECONDS - 1, 0.1, "too soon"),
            (QUIET_SECONDS + 35, 0.5, "halfway"),
            (QUIET_SECONDS + 40, 0.6, "too soon again"),
            (2 * QUIET_SECONDS + 65, 0.0, "begun anew"),
            (3 * QUIET_SECONDS + 65, 0.75, ""),
        ):
            now[0] = 100 + seconds
            progress(fraction, text)
    left = [QUIET_SECONDS + 35, (3 * QUIET_SECONDS + 65) / 3]
    halfway, last = (f"{int(seconds) // 60}:{int(seconds) % 60:02d} left" for seconds in left)
    assert capsys.readouterr().err.splitlines() == [
        f"measuring: halfway (50 %, {halfway})",
        "measuring: begun anew (0 %)",
        f"measuring (75 %, {last})",
    ]
    assert no_progress(0.5, "nothing") is None


@pytest.mark.parametrize(
    ("metrics", "words"),
    [
        ({}, "what it is worth could not be measured"),
        (
            {"explained_variance": 0.8765, "last_step_mse": 0.01234, "measured_on": "test"},
            "on held-out recordings it explains 87.6% of the variance, last-step MSE 0.0123",
        ),
        (
            {"explained_variance": None, "last_step_mse": 0.5, "measured_on": "validation"},
            "on validation recordings it explains nothing of the variance, last-step MSE 0.5000",
        ),
    ],
)
def test_what_a_trained_map_is_worth_says_on_what_it_was_measured(metrics: dict[str, object], words: str) -> None:
    assert _worth(metrics, SIGN_LANGUAGE) == words


@pytest.mark.parametrize("cluster", [True, False])
def test_training_here_needs_what_training_on_a_cluster_does_not(
    cluster: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from auslan_explorer.core.errors import UserError

    asked: list[str] = []
    monkeypatch.setattr("auslan_explorer.training.prerequisites.check", lambda: asked.append("here"))

    def choose(args: argparse.Namespace) -> None:
        asked.append("activations")
        raise UserError("Enough.")

    monkeypatch.setattr("auslan_explorer.commands.sources.chosen_activations", choose)
    given = ["--trust-cluster", "--cluster", "tcp://127.0.0.1:1"] if cluster else []
    assert cli.main(["stability", "--seeds", "2", *given]) == 2
    assert asked == (["activations"] if cluster else ["here", "activations"])


def test_help_of_every_command_says_what_it_does_and_gives_an_example() -> None:
    (commands,) = (a for a in make_parser()[0]._actions if isinstance(a, argparse._SubParsersAction))
    for name, parser in commands.choices.items():
        words = " ".join((parser.description or "").split())
        assert len(words) > 60 and words.endswith(".") and "None" not in words, name
        below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
        assert below or f"auslan-explorer {name}" in (parser.epilog or ""), name
