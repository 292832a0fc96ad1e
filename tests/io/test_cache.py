from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest

from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.io import cache
from auslan_explorer.io.cache import STATES, Stamp, cache_from_arrays, check_cache, read_cache, write_cache

COLUMNS = ("prefix", "lengths", "first_step", "sign", "predicted", "session", "trial", "split")


def replace(name: str, data: object = None, **attributes: object) -> Callable[[h5py.File], None]:
    def change(file: h5py.File) -> None:
        if name in file:
            del file[name]
        if data is not None:
            file[name] = data

    return change


@pytest.fixture
def file(activations: Activations, tmp_path: Path) -> Path:
    write_cache(tmp_path / "a.h5", activations)
    return tmp_path / "a.h5"


def test_round_trip(activations: Activations, file: Path) -> None:
    assert check_cache(file) == []
    again = read_cache(file)
    for name in COLUMNS:
        a, b = getattr(activations, name), getattr(again, name)
        assert a.dtype == b.dtype, name
        np.testing.assert_array_equal(a, b, err_msg=name)
    for name in ("signs", "names", "steps", "units", "provenance"):
        assert getattr(activations, name) == getattr(again, name), name
    np.testing.assert_array_equal(again.all_states(), activations.all_states())
    np.testing.assert_array_equal(again.recording_states(1), activations.recording_states(1))
    assert again.head is not None and activations.head is not None
    np.testing.assert_array_equal(again.head.kernel, activations.head.kernel)
    for dims in (2, 3):
        a, b = activations.projections[dims], again.projections[dims]
        np.testing.assert_array_equal(a.points, b.points)
        assert (a.fingerprint, a.title, len(a.prefix)) == (b.fingerprint, b.title, len(b.prefix))
    with h5py.File(file) as stored:
        assert stored["hidden_states"].dtype == np.float16


def test_only_what_is_required(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file.attrs.update({"format": "auslan-explorer-activations", "version": 1, "steps": 9, "units": 3})
        file["hidden_states"] = np.zeros((7, 3), np.float32)
        file["recordings/length"] = [4, 3]
        file["recordings/sign"] = [0, 0]
        file["signs/key"] = ["computer_PC_"]
    assert check_cache(tmp_path / "a.h5") == []
    a = read_cache(tmp_path / "a.h5")
    assert a.names == ("computer (PC)",)
    assert (a.first_step.tolist(), a.predicted.tolist(), a.split.tolist()) == ([0, 0], [-1, -1], [255, 255])
    assert (a.session.tolist(), a.trial.tolist(), a.prefix.shape) == ([0, 0], [0, 0], (0, 3))
    assert a.head is None and not a.projections and not a.provenance
    # front padding is what a prefix tells of
    with h5py.File(tmp_path / "a.h5", "r+") as file:
        file["padding_prefix"] = np.zeros((6, 3), np.float32)
    assert read_cache(tmp_path / "a.h5").first_step.tolist() == [5, 6]


def test_states_beyond_half_precision_are_kept_whole(tmp_path: Path) -> None:
    states = np.array([[1e6, -3.0], [0.1, 2.0]], dtype=np.float32)
    write_cache(tmp_path / "a.h5", cache_from_arrays(states, [2], [0], ["x"]))
    np.testing.assert_array_equal(read_cache(tmp_path / "a.h5").all_states(), states)


@pytest.mark.parametrize(
    ("scale", "offset", "half"),
    [(1, 0, True), (1e-9, 0, False), (1, 30_000, False), (1e-3, 1, False), (1e-3, 0, True), (0, 0, True)],
)
def test_states_keep_their_spread_whatever_their_size(tmp_path: Path, scale: float, offset: float, half: bool) -> None:
    states = np.random.default_rng(0).normal(0, 0.3, (200, 5)) * scale + offset
    states = states.astype(np.float32)
    before = cache_from_arrays(states, [120, 80], [0, 0], ["x"])
    write_cache(tmp_path / "a.h5", before)
    again = read_cache(tmp_path / "a.h5")
    lost = np.linalg.norm(again.all_states() - states)
    assert lost <= 5e-4 * np.linalg.norm(states - states.mean(axis=0))
    with h5py.File(tmp_path / "a.h5") as stored:
        assert (stored["hidden_states"].dtype == np.float16) is half
    assert again.fingerprint == before.fingerprint
    if scale:
        other = cache_from_arrays(states[::-1].copy(), [120, 80], [0, 0], ["x"])
        assert other.fingerprint != before.fingerprint


@pytest.mark.parametrize("write", [lambda v: np.array([v]), lambda v: v if isinstance(v, str) else float(v)])
def test_attributes_may_be_written_as_other_programs_do(file: Path, write: Callable) -> None:
    with h5py.File(file, "r+") as stored:
        for name in ("format", "version", "steps", "units"):
            value = stored.attrs[name]
            value = value.decode() if isinstance(value, bytes) else value
            del stored.attrs[name]
            made = write(value)
            if isinstance(made, np.ndarray) and made.dtype.kind == "U":
                made = made.astype(h5py.string_dtype())
            stored.attrs[name] = made
    assert check_cache(file) == []
    assert read_cache(file).steps == 10


def test_the_file_is_closed_in_between_and_changes_are_noticed(file: Path, tmp_path: Path) -> None:
    cache = read_cache(file)
    before = cache.all_states()
    other = cache_from_arrays(np.ones((16, 5), np.float32), [16], [0], ["x"])
    write_cache(file, other)
    with pytest.raises(UserError, match="changed after it was opened"):
        cache.recording_states(0)
    file.unlink()
    with pytest.raises(UserError, match="There is no file"):
        cache.recording_states(0)
    assert before.shape == (16, 5)


def test_two_threads_may_read(file: Path) -> None:
    cache = read_cache(file)
    whole, wrong = cache.all_states(), []

    def read() -> None:
        for _ in range(20):
            if not np.array_equal(cache.recording_states(2), whole[11:16]):
                wrong.append(1)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f: f.attrs.__setitem__("version", 3), "version 3"),
        (lambda f: f.attrs.__setitem__("format", "other"), "another kind of HDF5 file"),
        (lambda f: f.attrs.__setitem__("format", "auslan-explorer-recordings"), "is imported recordings"),
        (lambda f: f.attrs.__delitem__("steps"), "attribute steps"),
        (lambda f: f.attrs.__setitem__("steps", 8), "after the network’s 8 steps"),
        (lambda f: f.attrs.__setitem__("units", 6), "attribute units says 6"),
        (replace("hidden_states"), "hidden_states is missing"),
        (replace("hidden_states", np.zeros((16, 5), np.int32)), "int32 where float16"),
        (replace("hidden_states", np.zeros((16, 5, 1), np.float16)), "hidden_states has shape"),
        (replace("hidden_states", np.zeros((0, 5), np.float16)), "hidden_states has shape (0, 5)"),
        (replace("hidden_states", np.zeros((16, 0), np.float16)), "hidden_states has shape (16, 0)"),
        (replace("hidden_states", np.zeros((15, 5), np.float16)), "adds up to 16, but hidden_states has 15 rows"),
        (replace("padding_prefix", np.zeros((6, 4), np.float32)), "padding_prefix has shape"),
        (replace("padding_prefix", np.full((6, 5), np.inf, np.float32)), "padding_prefix holds values"),
        (replace("recordings/length"), "recordings/length is missing"),
        (replace("recordings/length", np.array([0, 11, 5])), "without steps"),
        (replace("recordings/length", np.array([4.0, 7.0, 5.0])), "whole numbers"),
        (replace("recordings/sign"), "recordings/sign is missing"),
        (replace("recordings/sign", np.array([0, 1, 2])), "recordings/sign holds numbers outside 0 to 1"),
        (replace("recordings/sign", np.array([0, 1])), "recordings/sign has shape"),
        (replace("recordings/predicted", np.array([0, 1, -2])), "recordings/predicted holds numbers outside"),
        (replace("recordings/split", np.array([0, 1, 7])), "recordings/split holds other codes"),
        (replace("recordings/session", np.array([0, 1, 70000])), "recordings/session holds numbers outside"),
        (replace("recordings/first_step", np.array([0, 1, -1])), "before step 0"),
        (replace("signs/key"), "signs/key is missing"),
        (replace("signs/key", ["a", "a"]), "same text twice"),
        (replace("signs/name", ["a"]), "1 name for 2 keys"),
        (replace("head/bias"), "belong together"),
        (replace("head/kernel", np.zeros((4, 2), np.float32)), "head/kernel has shape"),
        (replace("projections/2d/points", np.zeros((16, 3), np.float32)), "projections/2d/points has shape"),
        (replace("projections/3d/points", np.full((16, 3), np.nan, np.float32)), "projections/3d/points holds values"),
        (replace("projections/2d/prefix"), "projections/2d/prefix is missing"),
        (replace("hidden_states", h5py.ExternalLink("x.h5", "y")), "is a link"),
    ],
)
def test_what_is_wrong_is_said(file: Path, change: Callable, says: str) -> None:
    with h5py.File(file, "r+") as stored:
        change(stored)
    problems = check_cache(file)
    assert any(says in problem for problem in problems), problems
    with pytest.raises(UserError, match=r"a\.h5"):
        read_cache(file)


@pytest.mark.parametrize(("spread", "middle"), [(1e-9, 0), (1, 30000)])
def test_states_that_another_program_has_levelled_in_float16_are_told(file: Path, spread: float, middle: float) -> None:
    states = np.linspace(-spread, spread, 80, dtype=np.float32).reshape(16, 5) + np.float32(middle)
    with h5py.File(file, "r+") as stored:
        replace("hidden_states", states.astype(np.float16))(stored)
    told = (
        "All values of hidden_states are the same, as float16 leaves them of very small or large ones; write float32."
    )
    assert check_cache(file) == [told]
    with h5py.File(file, "r+") as stored:
        replace("hidden_states", states)(stored)
    assert check_cache(file) == []
    # As this program writes them.
    write_cache(file, cache_from_arrays(states, [8, 8]))
    assert check_cache(file) == [] and len(np.unique(read_cache(file).all_states())) == len(np.unique(states))


def test_states_of_double_precision_as_r_writes_them_are_read(file: Path) -> None:
    exact = np.linspace(-1, 1, 80).reshape(16, 5)
    with h5py.File(file, "r+") as stored:
        replace("hidden_states", exact)(stored)
    assert check_cache(file) == []
    np.testing.assert_array_equal(read_cache(file).all_states(), exact.astype(np.float32))
    with h5py.File(file, "r+") as stored:
        stored["hidden_states"][5, 2] = 1e60
    (problem,) = check_cache(file)
    assert "hidden_states holds values that are not finite" in problem


def test_the_checker_says_everything(file: Path) -> None:
    with h5py.File(file, "r+") as stored:
        del stored["signs/key"], stored["recordings/sign"], stored["padding_prefix"]
        stored["padding_prefix"] = np.zeros(3)
        stored["hidden_states"][5, 2] = np.nan
    problems = check_cache(file)
    for part in ("signs/key", "recordings/sign", "padding_prefix", "hidden_states"):
        assert any(part in problem for problem in problems), (part, problems)
    with pytest.raises(UserError, match=r"and \d more, see `cache check`"):
        read_cache(file)


def test_rows_are_the_same_however_many_are_read_at_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    states = read_cache(file).states
    whole = states.rows(0, states.shape[0])
    monkeypatch.setattr(cache, "_BLOCK", 7)
    for start, stop in ((0, states.shape[0]), (3, 17), (5, 5), (states.shape[0] - 2, states.shape[0] + 9)):
        np.testing.assert_array_equal(states.rows(start, stop), whole[start:stop])


def test_nan_in_hidden_states(file: Path) -> None:
    with h5py.File(file, "r+") as stored:
        stored["hidden_states"][5, 2] = np.nan
    assert check_cache(file) == [
        "hidden_states holds values that are not finite numbers, first in row 5 (recording 1), counted from 0."
    ]
    cache = read_cache(file)
    assert cache.recording_states(0).shape == (4, 5)
    with pytest.raises(UserError, match="not finite"):
        cache.recording_states(1)


def test_files_that_are_none(file: Path, tmp_path: Path) -> None:
    whole = file.read_bytes()
    for data, says in (
        (b"", "empty"),
        (b"text", "not an HDF5"),
        (whole[:3000], "cut short"),
        (whole[:-1], "cut short"),
    ):
        file.write_bytes(data)
        (problem,) = check_cache(file)
        assert says in problem
        with pytest.raises(UserError, match=says):
            read_cache(file)
    (problem,) = check_cache(tmp_path / "none.h5")
    assert "no file" in problem


def test_damage_inside_is_found(file: Path) -> None:
    with h5py.File(file) as stored:
        offset = stored["hidden_states"].id.get_chunk_info(0).byte_offset
    data = bytearray(file.read_bytes())
    data[offset : offset + 20] = b"\xff" * 20
    file.write_bytes(data)
    assert any("damaged" in problem for problem in check_cache(file))
    with pytest.raises(UserError, match="damaged"):
        read_cache(file).all_states()


def test_random_damage_is_never_more_than_a_sentence(file: Path) -> None:
    whole, rng = file.read_bytes(), np.random.default_rng(0)
    found = 0
    for _ in range(150):
        data = bytearray(whole)
        for at in rng.integers(8, len(data), 20):
            data[at] = rng.integers(256)
        file.write_bytes(data)
        problems = check_cache(file)
        found += bool(problems)
        try:
            read_cache(file).all_states()
        except UserError:
            assert problems
    assert found > 100


def test_provenance_comes_back_as_text(activations: Activations, tmp_path: Path) -> None:
    wanted = {"empty": "", "number": "3", "umlaut": "ü" * 50_000}
    write_cache(tmp_path / "a.h5", dataclasses.replace(activations, provenance=wanted))
    assert read_cache(tmp_path / "a.h5").provenance == wanted


def test_nothing_half_written(activations: Activations, file: Path, broken_disk: str) -> None:
    before = file.read_bytes()
    with pytest.raises(UserError, match=broken_disk):
        write_cache(file, activations)
    assert file.read_bytes() == before
    assert len(list(file.parent.iterdir())) == 1


def test_cancel_and_nan_leave_what_was_there(activations: Activations, file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(Cancelled):
        write_cache(file, activations, cancelled=lambda: True)
    with pytest.raises(Cancelled):
        check_cache(file, cancelled=lambda: True)
    bad = dataclasses.replace(activations, states=ArrayStates(np.full((16, 5), np.nan, np.float32)))
    with pytest.raises(UserError, match="not finite"):
        write_cache(file, bad)
    assert file.read_bytes() == before


def test_progress_reaches_the_end(activations: Activations, tmp_path: Path) -> None:
    told: list[float] = []
    write_cache(tmp_path / "b.h5", activations, progress=lambda fraction, _: told.append(fraction))
    check_cache(tmp_path / "b.h5", progress=lambda fraction, _: told.append(fraction))
    assert told == [1.0, 1.0]


def test_a_head_that_does_not_give_the_networks_answers_is_told_and_gives_no_probabilities(file: Path) -> None:
    with h5py.File(file, "r+") as stored:
        stored["head/bias"][...] = [-9, 0]
    (told,) = check_cache(file)
    assert "another answer than recordings/predicted for 2 of 2 recordings" in told
    read = read_cache(file)
    assert read.head is not None and not read.output_names and read.output_rows(0, 3) is None
    assert read.confidence is None and "does not give this network’s own answers" in read.no_probabilities_reason


def test_states_that_went_away_unnoticed_are_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = read_cache(file)
    with h5py.File(file, "r+") as stored:
        del stored[STATES]
        stored[STATES] = np.ones((2, 2), np.float32)
    monkeypatch.setattr(Stamp, "read", lambda _: cache.states.stamp)  # type: ignore[attr-defined]
    with pytest.raises(UserError, match=r"a\.h5 was changed after it was opened; open it again"):
        cache.recording_states(0)


def test_a_packing_that_not_every_program_knows_is_refused(file: Path) -> None:
    with h5py.File(file, "r+") as stored:
        states = stored[STATES][:]
        del stored[STATES]
        stored.create_dataset(STATES, data=(states * 100).astype(np.int32), chunks=True, scaleoffset=0)
    with pytest.raises(UserError, match="states is packed in a way that is not known here; write it with gzip"):
        read_cache(file)


def test_a_network_may_have_one_step_and_recordings_lie_within_it(tmp_path: Path) -> None:
    write_cache(tmp_path / "a.h5", cache_from_arrays(np.eye(2, 3, dtype=np.float32), [1, 1], [0, 0], ["x"], steps=1))
    assert check_cache(tmp_path / "a.h5") == [] and read_cache(tmp_path / "a.h5").steps == 1
    with h5py.File(tmp_path / "a.h5", "r+") as stored:
        replace("recordings/first_step", np.array([0, 1]))(stored)
    (problem,) = check_cache(tmp_path / "a.h5")
    assert "begins before step 0 or ends after the network’s 1 step " in problem


@pytest.mark.parametrize(("steps", "good"), [(100_000, True), (100_001, False)])
def test_a_network_has_at_most_100_000_steps(file: Path, steps: int, good: bool) -> None:
    with h5py.File(file, "r+") as stored:
        stored.attrs["steps"] = steps
    told = [] if good else [f"The attribute steps says {steps}; 100000 are the most."]
    assert [each for each in check_cache(file) if "most" in each] == told
