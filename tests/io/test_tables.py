"""Tables of text: what is wrong with one is said with its name, whole; columns may be called otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.io import tables
from auslan_explorer.io.tables import is_long_csv, read_columns, read_long_csv, read_projector

NAMES = "a.csv needs a first line of different names, and as many columns in every line."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("sequence,v\n", "a.csv holds no line below its names of columns."),
        ("", "a.csv holds no line below its names of columns."),
        ("sequence,v,v\n1,2,3\n", NAMES),
        ("sequence,v\n1,2,3\n", NAMES),
        ("v,w\n1,2\n", "a.csv has no column “sequence” that says to which sequence a line belongs."),
        ("sequence,word\n1,x\n",
         "a.csv has no column of numbers beside sequence, step and label; those are the hidden states."),
        ("sequence,v\n1,nan\n", "a.csv holds no rows of finite numbers."),
        ("sequence,v\n1,inf\n", "a.csv holds no rows of finite numbers."),
        ("sequence,step,v\n1,x,2\n", "a.csv: the column step holds something else than numbers."),
        ("sequence,v\n1," + "x" * 4097, "a.csv holds a text of more than 4096 letters."),
        (",".join(f"c{number}" for number in range(4097)), "a.csv has more than 4096 columns."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_table_is_said_with_its_name(text: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as refused:
        read_long_csv(file)
    assert str(refused.value).endswith(says) and str(refused.value).startswith(str(tmp_path)[:8])


def test_as_many_columns_and_letters_as_may_be_are_read(tmp_path: Path) -> None:
    names = ["sequence", *(f"c{number}" for number in range(4095))]
    (tmp_path / "wide.csv").write_text(f"{','.join(names)}\n{','.join(['1'] * 4096)}\n", encoding="utf-8")
    assert read_long_csv(tmp_path / "wide.csv").units == 4095
    (tmp_path / "long.csv").write_text(f"sequence,v,w\n1,2,{'x' * 4096}\n", encoding="utf-8")
    assert read_long_csv(tmp_path / "long.csv").units == 1


def test_a_table_that_is_too_large_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text("sequence,v\n1,2\n", encoding="utf-8")
    size = (tmp_path / "a.csv").stat().st_size
    monkeypatch.setattr(tables, "MOST_BYTES", size)
    assert read_columns(tmp_path / "a.csv") == {"sequence": ["1"], "v": ["2"]}
    monkeypatch.setattr(tables, "MOST_BYTES", size - 1)
    with pytest.raises(UserError, match=r"a\.csv is larger than 0 GB, more than is read of a table\."):
        read_columns(tmp_path / "a.csv")


def test_columns_are_found_under_the_names_that_a_person_gives(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("who,at,kind,step,v\nb,2,q,9,1\nb,1,q,9,2\na,1,p,9,3\n", encoding="utf-8")
    a = read_long_csv(file, sequence="who", step="at", label="kind")
    assert a.lengths.tolist() == [2, 1] and a.recording_names == ("b", "a") and a.signs == ("p", "q")
    assert a.sign.tolist() == [1, 0] and a.all_states()[:, 1].tolist() == [2, 1, 3], "in the order of the steps"
    assert a.all_states()[:, 0].tolist() == [9, 9, 9], "what was called step is a column as any other then"
    whole = read_long_csv(file, step="at")
    assert whole.lengths.tolist() == [3] and not whole.classified
    with pytest.raises(UserError, match=r"a\.csv has no column nobody; it has who, at, kind, step, v\."):
        read_long_csv(file, sequence="nobody")
    file.write_text("sequence,v\n1,2\n", encoding="utf-8")
    assert read_long_csv(file, sequence="sequence").units == 1


def test_a_csv_is_long_where_its_first_line_names_sequences(tmp_path: Path) -> None:
    for line, long in (("Sequence,v", True), (" ID ,v", True), ("recording", True), ("v,w", False), ("", False)):
        (tmp_path / "a.csv").write_text(f"{line}\n1,2\n", encoding="utf-8-sig")
        assert is_long_csv(tmp_path / "a.csv") is long, line
    assert not is_long_csv(tmp_path / "nothing.csv")


def test_what_is_wrong_with_the_projectors_files_is_said(tmp_path: Path) -> None:
    (tmp_path / "tensors.tsv").write_text("1\t2\n3\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"tensors\.tsv is no table of numbers with as many in each line\."):
        read_projector(tmp_path)
    (tmp_path / "tensors.tsv").write_text("1\t2\n3\t4\n", encoding="utf-8")
    assert read_projector(tmp_path / "tensors.tsv").all_states().tolist() == [[1, 2], [3, 4]]
    (tmp_path / "metadata.tsv").write_text("word\tsequence\na\t1\n", encoding="utf-8")
    assert read_projector(tmp_path).lengths.tolist() == [2], "with as many lines as rows none is of names"
    (tmp_path / "metadata.tsv").write_text("word\tsequence\na\t1\nb\t1\nc\t2\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"metadata\.tsv has another number of rows than tensors\.tsv\."):
        read_projector(tmp_path)
