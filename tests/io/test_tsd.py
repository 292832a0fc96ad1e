from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.io.tsd import parse, to_text

ROW = "\t".join(f"0.{i:06d}" for i in range(22))


def test_numbers_come_back(tsd: Callable[..., bytes]) -> None:
    text = tsd(9, 4)
    frames, mended = parse(text, "x.tsd")
    assert frames.dtype == np.float32
    assert mended == []
    wanted = np.array([[float(v) for v in line.split(b"\t")] for line in text.splitlines()])
    np.testing.assert_array_equal(frames, wanted.astype(np.float32))
    # six decimals of numbers about 1 come back from float32 as they were written
    again = [f"{v:.6f}" for v in frames.ravel()]
    assert again == text.decode().split()


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_line_ends_and_blank_lines(end: str) -> None:
    frames, mended = parse((ROW + "\n\n" + ROW + end + end).encode(), "x.tsd")
    assert frames.shape == (2, 22)
    assert mended == []


def test_spaces_where_a_tab_belongs_are_read_and_told() -> None:
    odd = ROW.replace("\t", "  ", 1)
    frames, mended = parse(f"{ROW}\n{odd}\n".encode(), "x.tsd")
    assert mended == [2]
    np.testing.assert_array_equal(frames[0], frames[1])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (ROW.encode() + b"\t1", "line 1: 23 numbers"),
        (f"{ROW}\n0.1\t0.2\n".encode(), "line 2: 2 numbers"),
        (ROW.replace("0.000003", "nan").encode(), "not a finite number"),
        (ROW.replace("0.000003", "-inf").encode(), "not a finite number"),
        (ROW.replace("0.000003", "1e300").encode(), "not a finite number"),
        (ROW.replace("0.000003", "hello").encode(), "line 1, column 4: 'hello' is not a number"),
        (ROW.replace("0.000003", "1_0").encode(), "column 4"),
        (ROW.replace("0.000003", "").encode(), "column 4"),
        (ROW.encode().replace(b"0.000003", b"\xff\xfe"), "column 4"),
        (b"<html><body>Not found</body></html>", "line 1"),
        (bytes(range(256)), "x.tsd"),
    ],
)
def test_what_is_no_recording_is_a_sentence(text: bytes, says: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(text, "x.tsd")
    assert says in str(caught.value)
    assert str(caught.value).startswith("x.tsd")


def test_what_is_written_is_read_as_the_very_same_numbers() -> None:
    frames = np.random.default_rng(0).normal(0, 1, (7, 22)).astype(np.float32)
    frames[0, :3] = 1e-9, 0, -123456.78
    read, mended = parse(to_text(frames), "own.tsd")
    assert np.array_equal(read, frames) and not mended
