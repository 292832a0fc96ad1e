from __future__ import annotations

import argparse
import tracemalloc
from importlib.metadata import EntryPoint
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.cli import make_parser
from auslan_explorer.core.errors import UserError
from auslan_explorer.io import opening, readers, tables
from auslan_explorer.io.cache import cache_from_arrays, write_cache
from auslan_explorer.io.readers import Reader, find_reader, read_activations

STATES = np.random.default_rng(0).normal(0, 1, (6, 3)).astype(np.float32)


def write_projector(folder: Path, metadata: list[str]) -> Path:
    np.savetxt(folder / "tensors.tsv", STATES, delimiter="\t", fmt="%.6f")
    (folder / "metadata.tsv").write_text("\n".join(metadata), encoding="utf-8")
    return folder


def test_the_projector_s_files_are_sequences_by_their_columns(tmp_path: Path) -> None:
    lines = ["word\tsequence\tstep\tlabel"]
    lines += [f"w{row}\t{'ba'[row % 2]}\t{10 - row}\tc{row % 2}" for row in range(6)]
    a = read_activations(write_projector(tmp_path, lines))
    assert (a.lengths.tolist(), a.recording_names, a.signs) == ([3, 3], ("b", "a"), ("c0", "c1"))
    assert a.sign.tolist() == [0, 1]
    # By step, which counts down here.
    assert [a.step_labels["word"].text(row) for row in range(6)] == ["w4", "w2", "w0", "w5", "w3", "w1"]
    np.testing.assert_allclose(a.all_states(), STATES[[4, 2, 0, 5, 3, 1]], atol=1e-5)
    assert find_reader(tmp_path / "tensors.tsv") is find_reader(tmp_path)


def test_the_projector_s_plain_labels_are_those_of_steps(tmp_path: Path) -> None:
    a = read_activations(write_projector(tmp_path, list("kitten")))
    assert (a.classified, a.lengths.tolist()) == (False, [6])
    assert [a.step_labels["label of step"].text(row) for row in range(6)] == list("kitten")


def test_a_long_csv_is_read_with_classes_of_sequences_and_labels_of_steps(tmp_path: Path) -> None:
    lines = ["sequence,step,h1,h2,label,letter"]
    lines += [f"s{row // 3},{row % 3},{row},{-row}.5,{'xy'[row // 3]},{'abcdef'[row]}" for row in range(6)]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8-sig")
    a = read_activations(tmp_path / "a.csv")
    assert (a.lengths.tolist(), a.signs, a.recording_names) == ([3, 3], ("x", "y"), ("s0", "s1"))
    assert a.all_states()[4].tolist() == [4, -4.5]
    assert a.step_labels["letter"].text(5) == "f"


def test_labels_that_change_within_a_sequence_are_those_of_steps(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,v,label\n1,0.5,x\n1,0.6,y\n2,0.1,x\n", encoding="utf-8")
    a = read_activations(tmp_path / "a.csv")
    assert not a.classified
    assert [a.step_labels["label"].text(row) for row in range(3)] == ["x", "y", "x"]


def test_every_kind_is_chosen_by_what_the_path_is(tmp_path: Path) -> None:
    write_cache(tmp_path / "a.h5", cache_from_arrays(STATES, [6]))
    np.savez(tmp_path / "a.npz", states=STATES, lengths=[2, 4])
    found = [read_activations(tmp_path / name) for name in ("a.h5", "a.npz")]
    assert [len(a) for a in found] == [1, 2]
    # So that a session finds them again.
    assert [a.origin.file for a in found] == [str(tmp_path / "a.h5"), str(tmp_path / "a.npz")]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.csv", "step,v\n1,2\n", "of no kind that is known here"),
        ("a.csv", "sequence,word\n1,x\n", "no column of numbers"),
        ("a.csv", "sequence,v\n1,2\n1\n", "as many columns in every line"),
        ("a.csv", "sequence,v\n", "no line below"),
        ("a.csv", "sequence,v\n1,nan\n", "no rows of finite numbers"),
        ("a.csv", "sequence,step,v\n1,x,2\n", "something else than numbers"),
        ("tensors.tsv", "1\t2\n3\n", "no table of numbers"),
        ("tensors.tsv", "1\tx\n", "no table of numbers"),
        ("a.txt", "1", "of no kind that is known here"),
        ("none.csv", None, "There is no file"),
    ],
)
def test_what_is_wrong_with_a_table_is_said(name: str, text: str | None, says: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=says):
        read_activations(tmp_path / name)


def test_a_table_is_refused_for_its_size_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("sequence,v\n1,2\n", encoding="utf-8")
    monkeypatch.setattr(tables, "MOST_BYTES", 3)
    with pytest.raises(UserError, match="larger than"):
        read_activations(tmp_path / "a.csv")


MINE = Reader("mine", (".mine",), lambda path: path.suffix == ".mine", lambda path: cache_from_arrays(STATES, [6]))


def test_another_package_adds_a_reader_and_a_broken_one_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = [
        EntryPoint("broken", "no.such.module:reader", readers.GROUP),
        EntryPoint("mine", f"{__name__}:MINE", readers.GROUP),
    ]
    monkeypatch.setattr(EntryPoint, "load", lambda self: MINE if self.name == "mine" else 1 / 0)
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: given)
    readers.readers.cache_clear()
    try:
        (tmp_path / "a.mine").touch()
        assert len(read_activations(tmp_path / "a.mine")) == 1
        assert ".mine" in readers.suffixes()
    finally:
        readers.readers.cache_clear()


def test_no_command_looks_for_readers_of_other_packages_as_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: pytest.fail("that takes a while"))
    readers.readers.cache_clear()
    commands = next(each for each in make_parser()[0]._actions if isinstance(each, argparse._SubParsersAction))
    said = " ".join((commands.choices["open"].description or "").split())
    assert all(reader.title in said for reader in readers.BUILT_IN)


@pytest.mark.parametrize(
    "first", [b"sequence,st\rep,a", b'sequence,"step', b"sequence," + b"x" * 200_000, b"\x00,sequence"]
)
def test_a_first_line_that_is_none_is_refused_in_a_sentence(first: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(first + b"\n0,0,1\n")
    with pytest.raises(UserError):
        read_activations(file)


def test_one_long_text_does_not_make_all_others_as_long_in_memory(tmp_path: Path) -> None:
    rows, long = 20_000, "x" * 4000
    lines = "".join(f"s{row % 7},one,word {row % 3},{row}\n" for row in range(rows))
    (tmp_path / "a.csv").write_text(f"id,label,word,v\n{long},{long},{long},1\n{lines}", encoding="utf-8")
    tracemalloc.start()
    a = read_activations(tmp_path / "a.csv")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40e6  # as NumPy keeps texts, 320 MB for each of the three columns
    assert a.recording_names[0].startswith("xxx") and a.recording_names[1:] == tuple(f"s{n}" for n in range(7))
    assert a.signs == ("one", long) and a.sign.tolist() == [1] + [0] * 7
    assert a.step_labels["word"].text(1) == "word 0"


def test_a_text_that_no_table_has_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,v\n" + "x" * 5000 + ",1\n", encoding="utf-8")
    with pytest.raises(UserError, match="a text of more than 4096 letters"):
        read_activations(tmp_path / "a.csv")


def test_a_table_that_would_not_fit_into_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("sequence,v\n1,2\n", encoding="utf-8")
    monkeypatch.setattr(opening, "free_memory", lambda: 100)
    with pytest.raises(UserError, match="of memory and 100 bytes are free"):
        read_activations(tmp_path / "a.csv")
