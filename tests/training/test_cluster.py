"""Connecting to a Dask cluster: what is handed on, and what is refused before anything is asked of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.training import cluster
from auslan_explorer.training.cluster import TlsFiles, connect


class Client:
    """A client that keeps what it was made with."""

    workers: Mapping[str, object] = MappingProxyType({"tls://one": {}})
    fails: Exception | None = None

    def __init__(self, address: str, **given: Any) -> None:
        if self.fails is not None:
            raise self.fails
        self.address, self.given, self.closed = address, given, False

    def scheduler_info(self) -> Mapping[str, object]:
        return {"workers": dict(self.workers)}

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> type[Client]:
    made = type("Client", (Client,), {})
    library = SimpleNamespace(Client=made, Security=lambda **given: given)
    monkeypatch.setitem(sys.modules, "distributed", library)
    return made


def test_files_of_tls_are_handed_on_and_encryption_is_required(client: type[Client], tmp_path: Path) -> None:
    ca, key = tmp_path / "ca.pem", tmp_path / "key.pem"
    ca.touch()
    key.touch()
    found = connect(" tls://x:1 ", TlsFiles(ca=ca, key=key))
    assert found.address == "tls://x:1"
    assert found.given["security"] == {
        "require_encryption": True,
        "tls_ca_file": str(ca),
        "tls_client_key": str(key),
    }
    assert connect("tcp://x:1").given["security"] is None


@pytest.mark.parametrize(
    ("address", "files", "sentence"),
    [
        ("tls://x:1", TlsFiles(ca=Path("/nowhere/ca.pem")), "There is no file"),
        ("tls://x:1", TlsFiles(cert=Path("/dev/zero")), "/dev/zero"),
        ("tcp://x:1", TlsFiles(ca=Path("/nowhere/ca.pem")), "belong to an address that begins with tls://"),
        ("", None, "is no address of a cluster"),
        ("tcp://x y", None, "is no address of a cluster"),
    ],
)
def test_nothing_is_asked_of_an_address_or_files_that_cannot_be(
    client: type[Client], address: str, files: TlsFiles | None, sentence: str
) -> None:
    client.fails = AssertionError("it was connected")
    with pytest.raises(UserError, match=sentence):
        connect(address, files)


def test_no_answer_and_no_workers_are_said(client: type[Client]) -> None:
    client.workers = {}
    with pytest.raises(UserError, match="has no workers; start some"):
        connect("tcp://x:1")
    client.fails = TimeoutError("slow")
    with pytest.raises(UserError, match=r"No Dask scheduler answers at tcp://x:1 \(TimeoutError\)"):
        connect("tcp://x:1")


def test_a_task_asks_once_a_second_whether_it_is_still_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each question goes over the network; a network trains several batches in a millisecond."""
    now, asked_at, answers = [100.0], [], []

    class Stop:
        def __init__(self, name: str) -> None:
            assert name == "stop"

        def is_set(self) -> bool:
            asked_at.append(now[0])
            return now[0] >= 102.5

    def train(job: object, *, cancelled: Callable[[], bool]) -> str:
        for tenth in range(1, 31):
            now[0] = 100 + tenth / 10
            answers.append(cancelled())
        return "trained"

    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Event=Stop))
    monkeypatch.setattr(cluster, "train_seed", train)
    monkeypatch.setattr(cluster, "TrainingJob", lambda *_, threads: threads)
    monkeypatch.setattr(cluster, "time", SimpleNamespace(monotonic=lambda: now[0]))
    task: Any = cluster._task
    assert task(None, None, "stop") == "trained"
    assert asked_at == [101.0, 102.0, 103.0]
    assert [number for number, unwanted in enumerate(answers, 1) if unwanted] == [30]
