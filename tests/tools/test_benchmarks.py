from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import __main__ as bench
from benchmarks import gesture
from benchmarks.common import NOT_MEASURED


@pytest.mark.parametrize(
    ("ends", "sum_up", "kept"),
    [
        ((0, 0), "2 of 2 met their aims", {"film", "gesture"}),
        ((0, 1), "1 of 2 met their aims; not: gesture", {"film", "gesture"}),
        ((0, NOT_MEASURED), "1 of 1 met their aims; not measured: gesture", {"film"}),
        ((1, NOT_MEASURED), "0 of 1 met their aims; not: film; not measured: gesture", {"film"}),
    ],
)
def test_what_was_not_measured_meets_no_aim_and_keeps_no_result(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    ends: tuple[int, int],
    sum_up: str,
    kept: set[str],
) -> None:
    codes = dict(zip(("film", "gesture"), ends, strict=True))
    stub = "import sys; print('measured'); sys.exit(int(sys.argv[1]))"
    monkeypatch.setattr(bench, "RESULTS", tmp_path / "RESULTS.md")
    monkeypatch.setattr(bench, "command_of", lambda name: [sys.executable, "-S", "-c", stub, str(codes[name])])
    monkeypatch.setattr(sys, "argv", ["benchmarks", *codes])
    assert bench.main() == (0 if ends == (0, 0) else 1)
    assert capsys.readouterr().out.splitlines()[-1] == sum_up
    written = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert {name for name in codes if f"## {name}\n" in written} == kept


def test_hands_are_not_measured_without_recordings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path))
    assert gesture.main() == NOT_MEASURED
    assert "auslan-explorer download" in capsys.readouterr().out
