"""A network is run once over the same sequences, unless a person names the file that is to be written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.io.cache import cache_from_arrays, write_cache
from auslan_explorer.workflows import networks
from auslan_explorer.workflows.networks import NetworkKind, NetworkRequest, run_network


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were written, by a network that counts its runs."""
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    written: list[Path] = []

    def run(request: NetworkRequest, out: Path, *_: object) -> None:
        written.append(out)
        write_cache(out, cache_from_arrays(np.full((3, 2), len(written) / 10, np.float32), [3]))

    kind = NetworkKind("It", (".net",), lambda path: path.suffix == ".net", lambda path: "", run)
    monkeypatch.setattr(networks, "KINDS", (kind,))
    for name in ("it.net", "x.npz", "y.npz"):
        (tmp_path / name).write_text(name)
    return written


def request_of(
    file: Path, inputs: Path | None = None, out: Path | None = None, classes: tuple[str, ...] = ()
) -> NetworkRequest:
    return NetworkRequest(file, inputs, out, classes, "")


def state(request: NetworkRequest) -> float:
    return round(float(run_network(request).all_states()[0, 0]), 2)


def test_what_was_run_over_the_same_is_found_again(tmp_path: Path, ran: list[Path]) -> None:
    first = request_of(tmp_path / "it.net", tmp_path / "x.npz")
    assert [state(first), state(first)] == [0.1, 0.1] and len(ran) == 1
    assert ran[0].is_relative_to(tmp_path / "data")
    assert state(request_of(tmp_path / "it.net", tmp_path / "y.npz")) == 0.2
    assert state(request_of(tmp_path / "it.net", tmp_path / "x.npz", classes=("a",))) == 0.3
    assert state(replace(first, gates="sigmoid")) == 0.4
    assert state(first) == 0.1 and len(set(ran)) == len(ran) == 4


def test_a_file_that_is_named_is_written_anew(tmp_path: Path, ran: list[Path]) -> None:
    named = request_of(tmp_path / "it.net", tmp_path / "x.npz", tmp_path / "out.h5")
    assert [state(named), state(named)] == [0.1, 0.2] and ran == [tmp_path / "out.h5"] * 2


def test_what_is_no_network_or_lacks_its_sequences_is_refused(tmp_path: Path, ran: list[Path]) -> None:
    with pytest.raises(UserError, match=r"x\.npz holds no network"):
        run_network(request_of(tmp_path / "x.npz", tmp_path / "x.npz"))
    with pytest.raises(UserError, match="choose the sequences that it is to read"):
        run_network(request_of(tmp_path / "it.net"))
    assert ran == []
