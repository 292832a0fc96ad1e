"""Downloads the recordings with pooch, once, into the person's data folder, with progress, retries and cancel."""

from __future__ import annotations

import logging
import queue
import re
import shutil
import threading
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pooch
import requests

from auslan_explorer import __version__, paths
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.io.archives import HEAD_BYTES, kind_of, unpack_all
from auslan_explorer.io.atomic import check_writable, write_error, writing
from auslan_explorer.io.opening import opened, shown
from auslan_explorer.io.temporary import temporary_folder

UCI_URL = "https://archive.ics.uci.edu/static/public/115/australian+sign+language+signs+high+quality.zip"
"""Where UCI serves data set 115. It publishes no checksum and repacks the zip at times: import checks the content."""

MAX_BYTES = 512 << 20
_ATTEMPTS = 5
_CONNECT_S, _READ_S = 10.0, 15.0
_BLOCK = 64 << 10
_ASK_S = 0.05


def download(
    url: str,
    sha256: str | None = None,
    folder: Path | None = None,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
    *,
    again: bool = False,
    wait_s: float = 1.0,
) -> Path:
    """Download an archive; return the present file where it was downloaded before.

    Parameters
    ----------
    url : str
        Address, http or https.
    sha256 : str, optional
        Checksum of the file; without one it must at least begin like an archive.
    folder : Path, optional
        Folder to save it in; by default in the person's data folder.
    progress : callable, optional
        Called with a fraction 0 to 1 (0 where the size is not known) and how much has been received.
    cancelled : callable, optional
        Asked many times a second; True stops at once, also where the server has fallen silent.
    again : bool
        Download even if the file is there already.
    wait_s : float
        Seconds before the first retry after a dropped connection; doubled each time.

    Returns
    -------
    Path
        The downloaded file.

    Raises
    ------
    UserError
        If the server cannot be reached, has no such file or sends something else, or the file cannot be written.
        A file from an earlier download is untouched.
    Cancelled
        If `cancelled` returns True.
    """
    told = shown_address(url)
    target = paths.make_folder(paths.downloads_dir() if folder is None else folder) / _file_name(url)
    if target.is_file() and not again and (_is_whole(target) if sha256 is None else _has_checksum(target, sha256)):
        return target
    check_writable(target)
    pooch.get_logger().setLevel(logging.WARNING)  # progress is ours to show
    with temporary_folder("download") as folder:
        fetch = _Fetch(progress, cancelled, wait_s)
        try:
            new = fetch.retrieve(url, sha256, folder / target.name)
        except requests.exceptions.InvalidSchema as error:
            raise UserError(f"{told} leads to an address that is neither http nor https.") from error
        except requests.RequestException as error:
            raise UserError(_unreachable(told, error)) from error
        except OSError as error:
            raise write_error(error, target) from error
        except ValueError as error:
            if sha256 is None:
                raise UserError(f"What the server answers for {told} makes no sense; check the address.") from error
            # pooch's own words name a temporary file that is gone by now.
            raise UserError(f"What came from {told} does not have the checksum {sha256}; try again later.") from error
        if sha256 is None:
            _check_content(new, told)
        with writing(target) as part:
            shutil.move(new, part)
    return target


def shown_address(url: str) -> str:
    """Return an address as a sentence shows it, without name, password and query.

    Raises
    ------
    UserError
        If it is no address of http or https.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    if parts.scheme not in ("http", "https") or not host:
        raise UserError(
            f"{shown(url.rpartition('@')[2])} is not an address that can be downloaded from; it must begin with "
            "https:// or http://."
        )
    return shown(f"{parts.scheme}://{host}{f':{port}' if port else ''}{parts.path}")


class _Fetch:
    """A pooch downloader with retries after a dropped connection, which can be cancelled at any moment.

    It works in a thread of its own: a server that sends nothing, or a byte at a time, holds up a read for longer than
    a person waits. A thread that nobody waits for any more ends at its next block.
    """

    def __init__(self, progress: Progress, cancelled: IsCancelled, wait_s: float) -> None:
        self.progress, self.wait_s = progress, wait_s
        self._asked = cancelled
        self._abandoned = threading.Event()
        self._reports: queue.SimpleQueue[tuple[float, str]] = queue.SimpleQueue()

    def retrieve(self, url: str, sha256: str | None, file: Path) -> Path:
        """Download to a file that is not there yet, and return it; raises what pooch raises, and Cancelled."""
        outcome: Future[str] = Future()

        def work() -> None:
            try:
                known = sha256 and f"sha256:{sha256}"
                outcome.set_result(pooch.retrieve(url, known, fname=file.name, path=file.parent, downloader=self))
            except BaseException as error:
                outcome.set_exception(error)

        threading.Thread(target=work, name="download", daemon=True).start()
        try:
            while not outcome.done():
                wait([outcome], _ASK_S)
                self._pass_on()
                if self._asked():
                    raise Cancelled
            self._pass_on()
            return Path(outcome.result())
        finally:
            self._abandoned.set()

    def _pass_on(self) -> None:
        with suppress(queue.Empty):
            while True:
                self.progress(*self._reports.get_nowait())

    def __call__(self, url: str, output_file: str, pooch_: Any, check_only: bool = False) -> bool | None:
        # Not compressed on the way: sizes would count other bytes than the file's.
        headers = {"User-Agent": f"auslan-explorer/{__version__}", "Accept-Encoding": "identity"}
        for failures in count(1):
            self._stop_if_cancelled()
            one = pooch.HTTPDownloader(
                _Meter(self._report), chunk_size=_BLOCK, headers=headers, timeout=(_CONNECT_S, _READ_S)
            )
            try:
                return one(url, output_file, pooch_, check_only)
            except requests.RequestException as error:
                if failures == _ATTEMPTS or not _worth_another_try(error):
                    raise
            self._pause(self.wait_s * 2 ** (failures - 1))
        return None

    def _report(self, have: int, total: int) -> None:
        self._stop_if_cancelled()
        if max(have, total) > MAX_BYTES:
            raise UserError(
                f"The file is larger than {MAX_BYTES >> 20} MB and so not the recordings; check the address."
            )
        size = f" of {total / 1e6:.1f}" if total else ""
        self._reports.put((have / total if total else 0.0, f"Downloaded {have / 1e6:.1f}{size} MB"))

    def _pause(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._stop_if_cancelled()
            time.sleep(min(left, 0.1))

    def _stop_if_cancelled(self) -> None:
        if self._abandoned.is_set():
            raise Cancelled


class _Meter:
    """Progress bar object for pooch, which sets `total`, then calls `update` for each block and once for the whole."""

    def __init__(self, report: Callable[[int, int], None]) -> None:
        self._report, self._have, self.total = report, 0, 0

    def update(self, count: int) -> None:
        self._have = min(self._have + count, self.total) if self.total else self._have + count
        self._report(self._have, self.total)

    def reset(self) -> None: ...

    def close(self) -> None: ...


def _worth_another_try(error: requests.RequestException) -> bool:
    if isinstance(
        error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema | requests.exceptions.TooManyRedirects
    ):
        return False
    if error.response is None:
        return True
    return error.response.status_code >= 500 or error.response.status_code in (408, 429)


def _unreachable(url: str, error: requests.RequestException) -> str:
    if error.response is not None:
        code = error.response.status_code
        return f"The server answered {code} for {url}; check the address, or try again later."
    host = urlsplit(url).netloc
    return f"{host} could not be reached, or stopped answering; check the network connection and try again."


def _file_name(url: str) -> str:
    name = unquote(urlsplit(url).path.rsplit("/", 1)[-1]).replace("+", "-")
    return re.sub(r"[^A-Za-z0-9._-]", "-", name).lstrip(".")[-100:] or "recordings"


def _has_checksum(path: Path, sha256: str) -> bool:
    try:
        return pooch.file_hash(str(path), alg="sha256") == sha256.lower()
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror or error}).") from error


def _is_whole(path: Path) -> bool:
    """Return whether an archive reaches its end: one that was cut off can begin well, and would be kept for ever."""
    try:
        with opened(path, "an archive") as file:
            kind = kind_of(file.read(HEAD_BYTES))
            file.seek(0)
            if kind == "zip":
                zipfile.ZipFile(file).close()
            else:
                unpack_all(file, kind)
        return True
    except UserError:
        return False


def _check_content(path: Path, url: str) -> None:
    with opened(path, "an archive") as file:
        if kind_of(file.read(512)) is None:
            raise UserError(f"What came from {url} is not an archive (perhaps a log-in page); check the address.")
    if not _is_whole(path):
        raise UserError(f"What came from {url} ends before the archive does; try again.")
