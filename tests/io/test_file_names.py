"""Offered file names suit every file system and are free."""

from __future__ import annotations

from pathlib import Path

import pytest

from auslan_explorer.io.file_names import MOST_BYTES, ending, free_path, safe_file_name, with_ending


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("crazy-think 2-D", "crazy-think 2-D"),
        ("is it true?", "is it true_"),
        ("wait / not yet", "wait _ not yet"),
        ('a<b>c:d"e\\f|g*h', "a_b_c_d_e_f_g_h"),
        ("two\nlines\tand a \u202eturn", "two lines and a turn"),
        (" .hidden. ", "hidden"),
        ("...", "map"),
        ("con", "con_"),
        ("nul.2-D", "nul.2-D_"),
        ("\ud800", "map"),
    ],
)
def test_a_name_is_safe_on_every_file_system(text: str, name: str) -> None:
    assert safe_file_name(text) == name


def test_a_long_name_is_cut_between_letters(tmp_path: Path) -> None:
    name = safe_file_name("é" * 300)
    assert name == "é" * (MOST_BYTES // 2)
    (tmp_path / f"{name} 2.png").touch()


def test_a_taken_name_gets_the_next_number(tmp_path: Path) -> None:
    first = tmp_path / "map 2-D.png"
    assert free_path(first) == first
    first.touch()
    assert free_path(first).name == "map 2-D 2.png"
    (tmp_path / "map 2-D 2.png").touch()
    assert free_path(first).name == free_path(tmp_path / "map 2-D 2.png").name == "map 2-D 3.png"
    for folder in ("frames", "alive 6.3 2-D"):
        (tmp_path / folder).mkdir()
        assert free_path(tmp_path / folder).name == f"{folder} 2"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("map.png", ".png"),
        ("map", ""),
        ("alive 6.3 2-D", ""),
        ("alive 6.3 2-D.PNG", ".PNG"),
        ("run.1", ""),
        ("a.h5", ".h5"),
    ],
)
def test_what_follows_a_dot_is_an_ending_only_where_it_looks_like_one(name: str, expected: str) -> None:
    assert ending(Path(name)) == expected
    assert with_ending(Path("folder", name), ".gif") == Path("folder", f"{name.removesuffix(expected)}.gif")
