"""A .pose file has header and body as version 0.2 of the format says, read here number by number."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

from auslan_explorer.io.pose import Component, write_pose


class Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def numbers(self, layout: str) -> tuple[float, ...]:
        found = struct.unpack_from(f"<{layout}", self.data, self.at)
        self.at += struct.calcsize(f"<{layout}")
        return found

    def text(self) -> str:
        (length,) = self.numbers("H")
        self.at += int(length)
        return self.data[self.at - int(length) : self.at].decode()


def test_header_and_body_are_as_the_format_says(tmp_path: Path) -> None:
    hands = [
        Component("LEFT", ("wrist", "tip"), ((0, 1),), (1, 2, 3)),
        Component("RIGHT", ("é",), (), (4, 5, 6)),
    ]
    places = np.arange(18, dtype=float).reshape(2, 3, 3)
    places[1, 2] = np.nan
    write_pose(tmp_path / "a.pose", hands, places, 100.0, (10, 20, 30))
    read = Reader((tmp_path / "a.pose").read_bytes())
    assert [round(each, 5) for each in read.numbers("f4H")] == [0.2, 10, 20, 30, 2]
    assert (read.text(), read.text(), read.numbers("3H")) == ("LEFT", "XYZC", (2, 1, 1))
    assert (read.text(), read.text(), read.numbers("2H3H")) == ("wrist", "tip", (0, 1, 1, 2, 3))
    assert (read.text(), read.text(), read.numbers("3H"), read.text()) == ("RIGHT", "XYZC", (1, 0, 0), "é")
    assert read.numbers("fIH") == (100, 2, 1)
    body = np.array(read.numbers("18f")).reshape(2, 3, 3)
    assert (body[0] == places[0]).all() and (body[1, 2] == 0).all()
    assert read.numbers("6f") == (1, 1, 1, 1, 1, 0) and read.at == len(read.data)
