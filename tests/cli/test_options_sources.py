"""--published, --models, --cache and --recordings choose whose hidden states a command works on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from auslan_explorer import cli, paths
from auslan_explorer.commands import sources
from auslan_explorer.commands.sources import Networks
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.core.session import Session
from auslan_explorer.core.signs import ARTICLE_DROPS
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.io.models import load_autoencoder, load_classifier, load_split, split_of
from auslan_explorer.io.recordings import open_recordings
from auslan_explorer.training.events import AutoencoderTrained, Measured
from auslan_explorer.training.job import TrainingJob
from auslan_explorer.training.runs import RunStore
from auslan_explorer.training.settings import article_autoencoder
from auslan_explorer.workflows.opening import open_request
from auslan_explorer.workflows.reading import Request
from auslan_explorer.workflows.runs import Trained, save_run
from tests.cli.options import changes_output
from tests.made_up import made_up_activations

COMMANDS = {
    "export": ("export", "paths", "--out", "{}.csv"),
    "render": ("render", "--figure", "3", "--out", "{}.png"),
    "film": ("film", "--out", "{}.mp4"),
    "stability": ("stability",),
    "train autoencoder": ("train", "autoencoder", "--dims", "2", "--out", "{}.h5", "--no-run"),
    "runs evaluate": ("runs", "evaluate", "some"),
}
SIGNS = ("change_mind_", "exit", "flash-light")
SOURCES = ("--published", "--models", "--cache", "--recordings")


class Chosen(UserError):
    """Ends a command as soon as it has chosen."""


@pytest.fixture
def published(models: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Any]:
    """Stand in for the article's networks, which read all 94 signs: the made-up ones, from the folder of that name."""

    def load(folder: Path) -> Any:
        assert folder.name == "published"
        return (
            load_classifier(models / "classifier.h5"),
            *(load_autoencoder(models / f"autoencoder-{d}d.h5") for d in (2, 3)),
        )

    monkeypatch.setattr(sources, "load_published", load)
    return load


@changes_output(*(f"{command} {source}" for command in COMMANDS for source in SOURCES))
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_works_on_what_was_chosen(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command asks `chosen_activations`, with what was given; what that returns is tested below."""
    asked: list[tuple[Path | None, ...]] = []

    def choose(args: Any) -> Activations:
        asked.append(tuple(getattr(args, source[2:]) for source in SOURCES))
        raise Chosen("chosen")

    class Store:
        def find(self, meant: str) -> Any:
            return type("Info", (), {"id": meant})

        read = find

    monkeypatch.setattr(sources, "chosen_activations", choose)
    monkeypatch.setattr("auslan_explorer.training.runs.RunStore", Store)
    monkeypatch.setattr("auslan_explorer.training.prerequisites.check", lambda: None)
    call = [word.format(tmp_path / "out") for word in COMMANDS[command]]
    p, m, c, r = (Path(name) for name in ("p", "m", "c.h5", "r"))
    for given, expected in (
        ((), (None,) * 4),
        (("--published", "p"), (p, None, None, None)),
        (("--models", "m"), (None, m, None, None)),
        (("--cache", "c.h5"), (None, None, c, None)),
        (("--models", "m", "--recordings", "r"), (None, m, None, r)),
    ):
        assert cli.main([*call, *given]) == 2 and asked[-1] == expected


def parsed(*given: object) -> Any:
    parser, _ = cli.make_parser()
    return parser.parse_args(["export", "paths", "--out", "x.csv", *map(str, given)])


def same(one: Activations, other: Activations) -> bool:
    tables = ("lengths", "first_step", "sign", "predicted", "session", "trial", "split")
    return (
        all(np.array_equal(getattr(one, name), getattr(other, name)) for name in tables)
        and np.array_equal(one.all_states(), other.all_states())
        and all(np.array_equal(one.projections[d].points, other.projections[d].points) for d in (2, 3))
    )


@pytest.fixture
def by_hand(models: Path, signs_folder: Path) -> Activations:
    """What the made-up networks make of the made-up recordings, with the split that was stored."""
    from auslan_explorer.analysis.activate import activate

    classifier = load_classifier(models / "classifier.h5")
    recordings = open_recordings(signs_folder).article_subset(classifier.steps)
    split = load_split(models / "classifier.h5")
    assert split is not None
    autoencoders = {d: load_autoencoder(models / f"autoencoder-{d}d.h5") for d in (2, 3)}
    return activate(classifier, recordings, autoencoders, split_of(split, recordings))


def test_models_read_the_chosen_recordings(models: Path, signs_folder: Path, by_hand: Activations) -> None:
    found = sources.chosen_activations(parsed("--models", models, "--recordings", signs_folder))
    assert same(found, by_hand)
    assert sorted(np.unique(found.split).tolist()) == [0, 1, 2]


def test_published_networks_have_no_known_split(
    models: Path, signs_folder: Path, by_hand: Activations, published: object
) -> None:
    found = sources.chosen_activations(parsed("--published", "published", "--recordings", signs_folder))
    assert np.array_equal(found.all_states(), by_hand.all_states())
    assert set(found.split.tolist()) == {255} and "2018" in found.provenance["model"]


def test_recordings_alone_are_read_by_the_networks_that_ship(
    models: Path, signs_folder: Path, by_hand: Activations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "models_dir", lambda: models)
    assert same(sources.chosen_activations(parsed("--recordings", signs_folder)), by_hand)


def test_a_cache_is_the_one_that_was_given_and_else_the_shipped(
    tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seed in (("mine.h5", 1), ("activations.h5", 2)):
        write_cache(tmp_path / name, made_up_activations(seed=seed))
    monkeypatch.setattr(paths, "models_dir", lambda: tmp_path)
    mine = sources.chosen_activations(parsed("--cache", tmp_path / "mine.h5"))
    ships = sources.chosen_activations(parsed())
    assert same(mine, read_cache(tmp_path / "mine.h5")) and same(ships, read_cache(tmp_path / "activations.h5"))
    assert not same(mine, ships)
    with pytest.raises(UserError, match="leave out --recordings or --cache"):
        sources.chosen_activations(parsed("--cache", tmp_path / "mine.h5", "--recordings", tmp_path))


# ------------------------------------------------------------------------------------------------------- cache
@changes_output("cache --out", "cache --models", "cache --recordings")
def test_a_cache_is_made_of_models_and_recordings(
    models: Path, signs_folder: Path, by_hand: Activations, tmp_path: Path
) -> None:
    out = tmp_path / "made.h5"
    assert cli.main(["cache", "--models", str(models), "--recordings", str(signs_folder), "--out", str(out)]) == 0
    made = read_cache(out)
    np.testing.assert_allclose(made.all_states(), by_hand.all_states(), atol=1e-3)  # half precision
    assert np.array_equal(made.projections[2].points, by_hand.projections[2].points)
    assert made.split.tolist() == by_hand.split.tolist() and made.predicted.tolist() == by_hand.predicted.tolist()


@changes_output("cache --published")
def test_a_cache_of_the_published_networks(signs_folder: Path, tmp_path: Path, published: object) -> None:
    out = tmp_path / "made.h5"
    assert cli.main(["cache", "--published", "published", "--recordings", str(signs_folder), "--out", str(out)]) == 0
    made = read_cache(out)
    assert set(made.split.tolist()) == {255} and "2018" in made.provenance["model"]


@changes_output("cache --arrays", "cache check file")
def test_a_cache_of_arrays_holds_them_and_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    states = np.random.default_rng(0).normal(size=(50, 4)).astype(np.float32)
    lengths, sign = np.full(10, 5), np.arange(10) % 2
    np.savez(tmp_path / "a.npz", states=states, lengths=lengths, sign=sign, signs=np.array(["up", "down"]))
    out = tmp_path / "a.h5"
    assert cli.main(["cache", "--arrays", str(tmp_path / "a.npz"), "--out", str(out)]) == 0
    made = read_cache(out)
    np.testing.assert_allclose(made.all_states(), states, atol=2e-3)
    assert made.lengths.tolist() == lengths.tolist() and made.sign.tolist() == sign.tolist()
    assert made.signs == ("up", "down")
    assert cli.main(["cache", "check", str(out)]) == 0 and "good" in capsys.readouterr().out
    out.write_bytes(out.read_bytes()[:400])
    assert cli.main(["cache", "check", str(out)]) == 2


def test_networks_of_a_folder_are_those_that_lie_there(models: Path) -> None:
    found = sources.own_networks(models)
    assert isinstance(found, Networks) and sorted(found.autoencoders) == [2, 3]
    assert found.autoencoders[3].fingerprint == load_autoencoder(models / "autoencoder-3d.h5").fingerprint
    assert found.provenance["seed"] == "5"


@pytest.mark.parametrize("drops", [True, False])
def test_a_network_reads_what_is_no_longer_than_its_steps(models: Path, signs_folder: Path, drops: bool) -> None:
    every = open_recordings(signs_folder)
    longest = int(np.sort(every.lengths)[-5])
    known = SIGNS if drops else (*SIGNS[:2], ARTICLE_DROPS)
    _, found = sources.recordings_for(
        replace(load_classifier(models / "classifier.h5"), steps=longest, signs=known), signs_folder
    )
    expected = every.lengths < longest if drops else every.lengths <= longest
    assert sorted(found.lengths.tolist()) == sorted(every.lengths[expected].tolist())


@changes_output("render --run", "film --run", "export --run")
def test_run_draws_the_map_of_a_saved_run_and_a_cache_without_a_map_its_principal_components(tmp_path: Path) -> None:
    a = made_up_activations()
    bare = replace(a, projections={}, autoencoders={})
    write_cache(tmp_path / "bare.h5", bare)
    rng = np.random.default_rng(0)
    layers = tuple(
        DenseLayer(rng.normal(0, 0.5, shape).astype(np.float32), np.zeros(shape[1], np.float32), "linear")
        for shape in ((a.units, 2), (2, a.units))
    )
    result = AutoencoderTrained(Autoencoder(layers, 0), 2, 3, 0.2, 0.1, 12.5, (0.5, 0.2), (0.4, 0.1), None, None)
    saved = save_run(Trained(TrainingJob(bare, article_autoencoder(2, 5)), result, Measured({})), RunStore(), "mine")
    try:
        parser, _ = cli.make_parser()
        for call in (
            ["export", "paths", "--out", "x.csv"],
            ["render", "--figure", "3", "--out", "x.png"],
            ["film", "--out", "x.gif"],
        ):
            args = parser.parse_args([*call, "--cache", str(tmp_path / "bare.h5")])
            assert {p.axis_word for p in sources.chosen_activations(args).projections.values()} == {"PCA"}
            args = parser.parse_args([*call, "--cache", str(tmp_path / "bare.h5"), "--run", "mine"])
            found = sources.chosen_activations(args).projections
            np.testing.assert_allclose(found[2].points, saved.projection.points, atol=1e-6)
            assert found[3].axis_word == "PCA"
        # The window finds it by itself.
        opened = open_request(Request(tmp_path / "bare.h5"))
        session = Session(bare)
        opened.show_in(session)
        assert session.state.run_2d == saved.info.id
        assert session.projections[2].fingerprint == saved.projection.fingerprint
        assert session.projections[3].axis_word == "PCA"
    finally:
        RunStore().delete(saved.info.id)


@changes_output("open files")
def test_open_shows_a_file_of_any_kind_that_has_a_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path | None] = []
    monkeypatch.setattr("auslan_explorer.commands.window.has_display", lambda: True)
    monkeypatch.setattr("auslan_explorer.commands.window.check_window_libraries", lambda: None)
    monkeypatch.setattr("auslan_explorer.app.run_window", lambda file, activations: asked.append(file) or 0)
    (tmp_path / "a.csv").write_text("sequence,v\n1,2\n", encoding="utf-8")
    (tmp_path / "tensors.tsv").write_text("1\t2\n", encoding="utf-8")
    for path in (tmp_path / "a.csv", tmp_path):
        assert cli.main(["open", str(path)]) == 0
        assert asked[-1] == path
    assert cli.main(["open", str(tmp_path / "none.csv")]) == 2
    assert len(asked) == 2
