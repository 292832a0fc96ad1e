"""What is printed where the encoding lacks it."""

import io
import sys

import pytest

from auslan_explorer.commands.streams import open_missing_streams


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("ascii", 'the network\'s "who"... 2 528 one-handed 90 x 22 0-3 \\u05d0\\U0001f44b'),
        ("cp1252", "the network’s “who”… 2 528 one-handed 90 × 22 0–3 \\u05d0\\U0001f44b"),
        ("utf-8", "the network’s “who”… 2\N{THIN SPACE}528 one\N{NON-BREAKING HYPHEN}handed 90 × 22 0–3 א👋"),
    ],
)
def test_what_an_encoding_lacks_is_written_as_ascii_has_it_or_else_escaped(
    encoding: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = io.BytesIO()
    stream = io.TextIOWrapper(printed, encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    open_missing_streams()
    stream.write("the network’s “who”… 2\N{THIN SPACE}528 one\N{NON-BREAKING HYPHEN}handed 90 × 22 0–3 א👋")
    stream.flush()
    assert printed.getvalue().decode(encoding) == shown
