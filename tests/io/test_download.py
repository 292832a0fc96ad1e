from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import os
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
import requests

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.io import download as download_module
from auslan_explorer.io.download import download


def _archive() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("tctodd.tar.gz", np.random.default_rng(0).bytes(400_000))
    return data.getvalue()


BODY = _archive()
TARGETS = {"to-ftp": "ftp://me:secret@127.0.0.1/a.zip", "to-file": "file:///etc/passwd", "to-data": "data:,x"}
SHA256 = hashlib.sha256(BODY).hexdigest()


class Server(ThreadingHTTPServer):
    """A server on this machine whose path says how it behaves."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.released = threading.Event()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/{path}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_: object) -> None: ...

    def do_GET(self) -> None:
        how = self.path.split("/")[1]
        times = self.server.asked.count(self.path)
        self.server.asked.append(self.path)
        body = BODY
        if how == "missing":
            return self.send_error(404, "Words of a server")
        if how.startswith("to-"):
            self.send_response(302)
            self.send_header("Location", TARGETS.get(how, self.server.url("good/b.zip")))
            self.send_header("Content-Length", "0")
            return self.end_headers()
        if how == "silent":
            self.server.released.wait(120)
            return None
        if how == "busy" and times < 2:
            return self.send_error(503)
        if how == "cut" and times == 0:
            body = BODY[: len(BODY) // 2]
        if how == "page":
            body = b"<html>please log in</html>"
        self.send_response(200)
        if how == "nonsense":
            self.send_header("Content-Length", "many")
        elif how not in ("chunked", "cut"):
            self.send_header("Content-Length", str(len(body)))
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        if how == "drips":
            for byte in body[:1000]:
                self.wfile.write(bytes([byte]))
                if self.server.released.wait(0.05):
                    return None
        drops = (how == "drops" and times == 0) or how == "always-drops"
        stop = len(body) // 2 if drops else len(body)
        self.wfile.write(body[:stop])
        if stop < len(body):
            self.wfile.flush()
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield running
    running.released.set()
    running.shutdown()
    running.server_close()
    thread.join()


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_downloads_once(server: Server, tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    url = server.url("good/australian+sign.zip")
    path = download(url, SHA256, tmp_path, progress=lambda *a: told.append(a))
    assert path == tmp_path / "australian-sign.zip"
    assert path.read_bytes() == BODY
    assert told[-1] == (1.0, "Downloaded 0.4 of 0.4 MB")
    assert download(url, SHA256, tmp_path) == path
    assert download(url, None, tmp_path) == path
    assert len(server.asked) == 1
    download(url, SHA256, tmp_path, again=True)
    path.write_bytes(b"spoilt")
    assert download(url, SHA256, tmp_path).read_bytes() == BODY
    assert len(server.asked) == 3
    assert left_in(tmp_path) == ["australian-sign.zip"]


def test_the_data_folder_is_the_default(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path))
    assert download(server.url("good/a.zip"), SHA256) == tmp_path / "downloads" / "a.zip"


def test_size_that_is_not_told(server: Server, tmp_path: Path) -> None:
    told: list[float] = []
    path = download(server.url("chunked/a.zip"), SHA256, tmp_path, progress=lambda fraction, _: told.append(fraction))
    assert path.read_bytes() == BODY
    assert set(told) == {0.0}


@pytest.mark.parametrize("how", ["drops", "busy"])
def test_tries_again_after_a_dropped_connection(server: Server, tmp_path: Path, how: str) -> None:
    told: list[float] = []
    url = server.url(f"{how}/a.zip")
    path = download(url, None, tmp_path, progress=lambda fraction, _: told.append(fraction), wait_s=0.01)
    assert path.read_bytes() == BODY
    assert len(server.asked) == (2 if how == "drops" else 3)
    assert told[-1] == 1.0 and max(told) == 1.0


@pytest.mark.parametrize(
    ("how", "sha256", "says"),
    [
        ("missing", None, "answered 404"),
        ("good", "0" * 64, "does not have the checksum"),
        ("page", None, "not an archive"),
        ("nonsense", None, "makes no sense"),
        ("always-drops", None, "could not be reached, or stopped answering"),
    ],
)
def test_failures_leave_what_was_there(server: Server, tmp_path: Path, how: str, sha256: str | None, says: str) -> None:
    (tmp_path / "a.zip").write_bytes(b"old")
    with pytest.raises(UserError, match=says):
        download(server.url(f"{how}/a.zip"), sha256, tmp_path, again=True, wait_s=0.001)
    assert left_in(tmp_path) == ["a.zip"]
    assert (tmp_path / "a.zip").read_bytes() == b"old"
    assert len(server.asked) == (5 if how == "always-drops" else 1)


def test_no_server(tmp_path: Path) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{held.getsockname()[1]}/a.zip"
        with pytest.raises(UserError, match="could not be reached"):
            download(url, None, tmp_path, wait_s=0.001)
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/y.zip", "nonsense", ""])
def test_other_addresses(url: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="must begin with https"):
        download(url, None, tmp_path)


@pytest.mark.parametrize("how", ["drips", "silent"])
def test_cancel_is_answered_at_once_however_slow_the_server(server: Server, tmp_path: Path, how: str) -> None:
    asked_at: list[float] = []

    def cancelled() -> bool:
        if server.asked and not asked_at:
            asked_at.append(time.monotonic())
        return bool(asked_at)

    with pytest.raises(Cancelled):
        download(server.url(f"{how}/a.zip"), SHA256, tmp_path, cancelled=cancelled)
    assert time.monotonic() - asked_at[0] < 20  # the servers take twice as long and more
    assert left_in(tmp_path) == []


def test_a_redirect_is_followed_to_http_and_nowhere_else(server: Server, tmp_path: Path) -> None:
    assert download(server.url("to-good/a.zip"), SHA256, tmp_path).read_bytes() == BODY
    for how in TARGETS:
        before = len(server.asked)
        with pytest.raises(UserError, match="neither http nor https") as said:
            download(server.url(f"{how}/b.zip"), None, tmp_path, wait_s=0.001)
        assert "secret" not in str(said.value) and len(server.asked) == before + 1
    assert left_in(tmp_path) == ["a.zip"]


def test_cancel_while_waiting(server: Server, tmp_path: Path) -> None:
    seen = threading.Event()
    threading.Timer(0.2, seen.set).start()
    with pytest.raises(Cancelled):
        download(server.url("always-drops/a.zip"), None, tmp_path, cancelled=seen.is_set, wait_s=60)
    assert left_in(tmp_path) == []


def test_a_name_from_the_address_cannot_lead_out(server: Server, tmp_path: Path) -> None:
    path = download(server.url("good/%2e%2e%2f%2e%2e%2fevil;x.zip"), SHA256, tmp_path)
    assert path.parent == tmp_path


def test_a_folder_that_cannot_be_made_and_a_broken_disk(
    server: Server, tmp_path: Path, broken_disk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match="cannot be made"):
        download(server.url("good/a.zip"), SHA256, tmp_path / "file" / "x")
    (tmp_path / "d").mkdir()
    with pytest.raises(UserError, match=broken_disk):
        download(server.url("good/a.zip"), SHA256, tmp_path / "d")
    assert os.listdir(tmp_path / "d") == []


def test_a_download_that_was_cut_off_unnoticed_is_not_kept_and_one_kept_before_is_fetched_again(
    server: Server, tmp_path: Path
) -> None:
    url = server.url("cut/a.zip")
    with pytest.raises(UserError, match="ends before the archive does"):
        download(url, None, tmp_path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "a.zip").write_bytes(BODY[:1000])  # an earlier version kept such a file
    assert download(url, None, tmp_path).read_bytes() == BODY


@pytest.mark.parametrize("url", ["http://[::1", "ftp://x.org/a.zip", "http://", "file:///etc/passwd", "https://x:y/a"])
def test_what_is_no_address_is_said(url: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not an address that can be downloaded from"):
        download(url, None, tmp_path)


def test_no_password_and_no_words_of_the_server_are_said(server: Server, tmp_path: Path) -> None:
    url = server.url("missing/a.zip?key=hush").replace("http://", "http://me:secret@")
    with pytest.raises(UserError) as said:
        download(url, None, tmp_path, wait_s=0.01)
    assert "404" in str(said.value) and not any(
        word in str(said.value) for word in ("secret", "hush", "Words of a server", "Not Found")
    )


PACK = {"a.gz": gzip.compress, "a.bz2": bz2.compress, "a.xz": lzma.compress}


@pytest.mark.parametrize("name", [*PACK, "a.zip", "a.tar"])
def test_an_archive_is_whole_where_it_reaches_its_end(
    name: str, as_tar: Callable, as_zip: Callable, tmp_path: Path
) -> None:
    files = {"tctodd1/hello-1.tsd": bytes(range(256)) * 40}
    data = as_zip(files) if name == "a.zip" else as_tar(files) if name == "a.tar" else PACK[name](as_tar(files))
    file = tmp_path / name
    file.write_bytes(data)
    assert download_module._is_whole(file)
    if name != "a.tar":  # a plain tar is looked at as it is read
        for cut in (1, 9, len(data) // 2):
            file.write_bytes(data[:-cut])
            assert not download_module._is_whole(file), cut
    assert not download_module._is_whole(tmp_path / "nothing")
    file.write_bytes(b"<html>")
    with pytest.raises(UserError, match=r"What came from http://x is not an archive \(perhaps a log-in page\)"):
        download_module._check_content(file, "http://x")


@pytest.mark.parametrize(
    ("code", "again"),
    [(400, False), (404, False), (408, True), (429, True), (499, False), (500, True), (503, True)],
)
def test_what_a_server_answers_says_whether_to_ask_again(code: int, again: bool) -> None:
    response = requests.Response()
    response.status_code = code
    error = requests.HTTPError(response=response)
    assert download_module._worth_another_try(error) is again
    words = f"The server answered {code} for http://x/a; check the address, or try again later."
    assert download_module._unreachable("http://x/a", error) == words


def test_where_nothing_answers_it_is_worth_another_try_and_an_address_that_is_none_is_not() -> None:
    assert download_module._worth_another_try(requests.ConnectionError())
    for name in ("InvalidURL", "InvalidSchema", "TooManyRedirects"):
        assert not download_module._worth_another_try(getattr(requests.exceptions, name)())
    words = "x:80 could not be reached, or stopped answering; check the network connection and try again."
    assert download_module._unreachable("http://x:80/a", requests.ConnectionError()) == words


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://x/a/tctodd.tar.gz", "tctodd.tar.gz"), ("http://x/a+b%20c.zip", "a-b-c.zip"),
        ("http://x/", "recordings"), ("http://x", "recordings"),
        ("http://x/..%2f.hidden", "-.hidden"), ("http://x/.hidden", "hidden"),
        (f"http://x/{'a' * 200}.zip", "a" * 96 + ".zip"), ("http://x/ä.zip?b=c.tar", "-.zip"),
    ],
)  # fmt: skip
def test_a_file_is_called_by_the_end_of_its_address(url: str, name: str) -> None:
    assert download_module._file_name(url) == name


def test_what_came_is_counted_up_to_what_was_told() -> None:
    told: list[tuple[int, int]] = []
    meter = download_module._Meter(lambda have, total: told.append((have, total)))
    meter.update(5)
    meter.update(7)
    meter.total = 15
    meter.update(2)
    meter.update(15)  # the whole once more, as the library has it
    assert told == [(5, 0), (12, 0), (14, 15), (15, 15)]
