"""Options that say what is in a file, of the commands `open` and `cache --from`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from auslan_explorer import cli, paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.io.cache import read_cache
from tests.cli.options import changes_output
from tests.io.test_keras_weights import ARRAYS, write_weights

RNG = np.random.default_rng(0)
OPTIONS = ("inputs", "classes", "gates", "states", "lengths", "mask", "labels", "outputs", "names", "sequence", "step")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    arrays = {"rnn": ARRAYS["rnn"], "answer": {name: each[..., :2] for name, each in ARRAYS["answer"].items()}}
    write_weights(Path("net.hdf5"), arrays=arrays)
    np.savez("x.npz", X=RNG.normal(0, 1, (4, 5, 22)), y=[0, 1, 1, 0])
    np.savez(
        "other.npz", h=RNG.normal(0, 1, (4, 5, 3)).astype(np.float32), n=[5, 1, 2, 3], real=np.tri(4, 5, dtype=bool),
        word=np.array(list("abba")), answer=np.array([[0.9, 0.1], [0.2, 0.8]] * 2), called=np.array(list("wxyz")),
    )  # fmt: skip
    rows = [f"{row // 3},{-row},{row / 2},{row},{'ab'[row // 3]}" for row in range(6)]
    Path("t.csv").write_text("\n".join(["who,when,u,v,what", *rows]))
    return tmp_path


def kept(*args: str) -> Activations:
    """Return what `cache --from` makes."""
    out = f"out{len(list(Path().glob('out*.h5')))}.h5"
    assert cli.main(["cache", "--out", out, "--from", *args]) == 0
    return read_cache(Path(out))


def opened(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Activations]:
    """Return a function that gives what `open` shows."""
    shown: list[Activations] = []

    def take(file: Path, *, activations: Activations) -> int:
        shown.append(activations)
        return 0

    monkeypatch.setattr("auslan_explorer.commands.window.has_display", lambda: True)
    monkeypatch.setattr("auslan_explorer.commands.window.check_window_libraries", lambda: None)
    monkeypatch.setattr("auslan_explorer.app.run_window", take)

    def run(*args: str) -> Activations:
        assert cli.main(["open", *args]) == 0
        return shown[-1]

    return run


@changes_output(
    "cache --from", "open --out", *(f"{command} --{name}" for command in ("cache", "open") for name in OPTIONS)
)
def test_options_say_what_is_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    for run in (kept, opened(monkeypatch)):
        a = run("net.hdf5", "--inputs", "x.npz")
        assert (a.signs, a.sign.tolist(), a.units) == (("0", "1"), [0, 1, 1, 0], 64)
        assert run("net.hdf5", "--inputs", "x.npz", "--classes", "no,yes").signs == ("no", "yes")
        other = run("net.hdf5", "--inputs", "x.npz", "--gates", "sigmoid")
        assert np.abs(other.all_states() - a.all_states()).max() > 0.01
        assert run("other.npz", "--states", "h").lengths.tolist() == [5] * 4
        assert run("other.npz", "--states", "h", "--lengths", "n").lengths.tolist() == [5, 1, 2, 3]
        assert run("other.npz", "--states", "h", "--mask", "real").lengths.tolist() == [1, 2, 3, 4]
        assert run("other.npz", "--states", "h", "--labels", "word").sign.tolist() == [0, 1, 1, 0]
        both = run("other.npz", "--states", "h", "--labels", "word", "--outputs", "answer", "--names", "called")
        assert both.predicted.tolist() == [0, 1, 0, 1] and both.recording_names == ("w", "x", "y", "z")
        table = run("t.csv", "--sequence", "who", "--step", "when", "--labels", "what")
        assert (table.signs, table.all_states()[:, 1].tolist()) == (("a", "b"), [2, 1, 0, 5, 4, 3])
    opened(monkeypatch)("net.hdf5", "--inputs", "x.npz", "--out", "mine.h5")
    assert len(read_cache(Path("mine.h5"))) == 4


@changes_output("cache --layer", "open --layer")
def test_a_layer_is_shown_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    h = RNG.normal(0, 1, (6, 3)).astype(np.float32)
    np.savez("two.npz", states=h, lengths=[6], layer="top", layer_low=h[:, :2])
    for run in (kept, opened(monkeypatch)):
        assert (run("two.npz").units, run("two.npz", "--layer", "low").units) == (3, 2)


@changes_output("open files")
def test_several_files_are_a_network_and_what_it_reads_or_a_window_each(monkeypatch: pytest.MonkeyPatch) -> None:
    show = opened(monkeypatch)
    assert show("x.npz", "net.hdf5").units == 64
    beside: list[Path] = []
    monkeypatch.setattr("auslan_explorer.capture.show.show", beside.append)
    Path("long.csv").write_text("sequence,v\n1,2\n")
    np.savez("a.npz", states=RNG.normal(0, 1, (6, 3)), lengths=[6])
    assert show("a.npz", "long.csv").units == 3 and beside == [Path("long.csv")]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["open", "other.npz"], "say which is what, such as `auslan-explorer open other.npz --states h --labels word`"),
        (["open", "net.hdf5"], "choose the sequences that it is to read (--inputs FILE)"),
        (["open", "x.npz", "net.hdf5", "other.npz"], "one network and one file of sequences at a time"),
        (["open", "a.csv", "--layer", "x"], "is no file and no command"),
        (["open", "."], "is nothing that can be opened here"),
        (["open", "t.csv", "x.npz", "--states", "h"], "open one file at a time"),
        (["cache", "--out", "o.h5", "--states", "h"], "belong to --from FILE"),
        (["cache", "--out", "o.h5", "--from", "x.npz", "--recordings", "."], "leave out --recordings or --from"),
        (["open", "net.hdf5", "--classes", "a,,b"], "give different names with commas"),
    ],
)
def test_what_has_to_be_said_is_asked_for_in_a_sentence(
    args: list[str], says: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auslan_explorer.commands.window.has_display", lambda: True)
    monkeypatch.setattr("auslan_explorer.commands.window.check_window_libraries", lambda: None)
    assert cli.main(args) == 2
    error: Any = capsys.readouterr().err
    assert says in error and not Path("o.h5").exists()


def test_a_window_is_given_the_file_that_a_network_s_states_are_kept_in(monkeypatch: pytest.MonkeyPatch) -> None:
    files: list[Path] = []
    monkeypatch.setattr("auslan_explorer.commands.window.has_display", lambda: True)
    monkeypatch.setattr("auslan_explorer.commands.window.check_window_libraries", lambda: None)
    monkeypatch.setattr("auslan_explorer.app.run_window", lambda file, activations: files.append(file) or 0)
    assert cli.main(["open", "net.hdf5", "--inputs", "x.npz", "--out", "kept.h5"]) == 0
    assert cli.main(["open", "kept.h5"]) == 0
    assert [file.resolve() for file in files] == [Path("kept.h5").resolve()] * 2
