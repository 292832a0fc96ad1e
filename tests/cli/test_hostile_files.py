"""Hostile files by the command line: exit code 2 and one sentence, within 300 MB and without a traceback."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest

from auslan_explorer.io.cache import write_cache
from tests.made_up import made_up_activations

MOST_BYTES = 300 << 20
CHILD = f"""
import contextlib, io, json, resource, sys
import h5py, numpy
from auslan_explorer import cli
import auslan_explorer.commands.sources, auslan_explorer.workflows.sessions, auslan_explorer.training.run_file
pages = int(open("/proc/self/statm").read().split()[0])
resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + {MOST_BYTES},) * 2)
for arguments in json.load(sys.stdin):
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        try:
            code = cli.main(arguments)
        except BaseException as error:
            code = repr(error)
    print(json.dumps([code, said.getvalue()]), flush=True)
"""


def change_cache(change: Callable[[h5py.File], None]) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        write_cache(path, made_up_activations())
        with h5py.File(path, "r+") as file:
            change(file)

    return make


def replace(name: str, **how: object) -> Callable[[Path], None]:
    def change(file: h5py.File) -> None:
        del file[name]
        file.create_dataset(name, **how)  # type: ignore[arg-type]

    return change_cache(change)


def steps(count: int) -> Callable[[h5py.File], None]:
    return lambda file: file.attrs.__setitem__("steps", count)


def share_text(file: h5py.File) -> None:
    """200 000 keys that share one long text of the global heap: the references to it are copied as numbers."""
    del file["signs/key"], file["signs/name"]
    file.create_dataset("signs/key", (200_000,), h5py.string_dtype(), chunks=(1000,), compression="gzip")
    file["signs/key"][:] = ["x" * 50_000] + [""] * 199_999


def link(target: object) -> Callable[[Path], None]:
    def change(file: h5py.File) -> None:
        del file["provenance"]
        file["provenance"] = target

    return change_cache(change)


def virtual(file: h5py.File) -> None:
    rows = file["hidden_states"].shape
    del file["hidden_states"]
    layout = h5py.VirtualLayout(rows, "f4")
    layout[:] = h5py.VirtualSource("other.h5", "x", rows)
    file.create_virtual_dataset("hidden_states", layout)


def time_type(file: h5py.File) -> None:
    made = h5py.h5t.UNIX_D32LE.copy()
    attribute = h5py.h5a.create(file.id, b"moment", made, h5py.h5s.create(h5py.h5s.SCALAR))
    del attribute, file["recordings/length"]
    space = h5py.h5s.create_simple((3,))
    h5py.h5d.create(file["recordings"].id, b"length", made, space)


def named_type(file: h5py.File) -> None:
    del file["hidden_states"]
    file["hidden_states"] = np.dtype("f4")


def tar_of(header: tarfile.TarInfo, content: bytes) -> Callable[[Path], None]:
    return lambda path: (
        path.write_bytes(gzip.compress(header.tobuf(tarfile.GNU_FORMAT) + content + b"\0" * 10240)) and None
    )


def long_name() -> Callable[[Path], None]:
    header = tarfile.TarInfo("././@LongLink")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 40 << 20
    return tar_of(header, b"a/" * (20 << 20))


def many_signs(path: Path) -> None:
    with tarfile.open(path, "w:gz") as tar:
        for number in range(1100):
            info = tarfile.TarInfo(f"tctodd1/s{number}-1.tsd")
            line = ("\t".join(["0.5"] * 22) + "\n").encode()
            info.size = len(line)
            tar.addfile(info, io.BytesIO(line))


def npz(**members: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(f"{name}.npy", content)

    return make


def header(shape: str) -> bytes:
    text = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode()


def npz_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("states.npy", "w") as member:
        member.write(header("(100000000, 1)"))
        for _ in range(400):
            member.write(b"\0" * 1_000_000)


def many_classes(path: Path) -> None:
    np.savez(path.open("wb"), states=np.zeros((40_000, 1), "f4"), lengths=np.ones(40_000, int), sign=np.arange(40_000),
             signs=np.array([f"s{number}" for number in range(40_000)]))  # fmt: skip


def as_json(content: object) -> Callable[[Path], None]:
    return lambda path: path.write_text(json.dumps(content)) and None


def pipe(path: Path) -> None:
    os.mkfifo(path)


def eaf(inner: str, head: str = "") -> Callable[[Path], None]:
    whole = f"{head}<ANNOTATION_DOCUMENT>{inner}</ANNOTATION_DOCUMENT>"
    return lambda path: path.write_text(whole, encoding="utf-8") and None


def zeros(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 << 20)


ENTITIES = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
SESSION = {"format": "auslan-explorer session", "version": 1}
CASES: dict[str, tuple[str, list[str], Callable[[Path], None]]] = {
    "columns": ("a.h5", ["info"], replace("hidden_states", shape=(9, 1 << 28), dtype="f4", chunks=(1, 1 << 20))),
    "steps": ("a.h5", ["info"], change_cache(steps(2**31 - 1))),
    "steps beyond int32": ("a.h5", ["info"], change_cache(steps(1 << 40))),
    "chunk": ("a.h5", ["cache", "check"], replace("hidden_states", shape=(1 << 28,), dtype="f4", chunks=(1 << 26,))),
    "missing chunks": (
        "a.h5", ["info"], replace("hidden_states", shape=(1 << 30, 4), dtype="f4", chunks=(64, 4)),
    ),
    "shared text": ("a.h5", ["info"], change_cache(share_text)),
    "external link": ("a.h5", ["info"], link(h5py.ExternalLink("/dev/zero", "/"))),
    "soft link loop": ("a.h5", ["info"], link(h5py.SoftLink("/provenance"))),
    "virtual data set": ("a.h5", ["info"], change_cache(virtual)),
    "time type": ("a.h5", ["info"], change_cache(time_type)),
    "named type": ("a.h5", ["info"], change_cache(named_type)),
    "pipe": ("a.h5", ["info"], pipe),
    "pipe as a session": ("a.auslan", ["info"], pipe),
    "long name": ("a.tar.gz", ["import"], long_name()),
    "many signs": ("a.tar.gz", ["import"], many_signs),
    "pipe as an archive": ("a.tar.gz", ["import"], pipe),
    "npz bomb": ("a.npz", ["cache", "--out", "o.h5", "--arrays"], npz_bomb),
    "npz of a text": ("a.npz", ["cache", "--out", "o.h5", "--arrays"], npz(states=b"read me")),
    "npz header claims": ("a.npz", ["cache", "--out", "o.h5", "--arrays"], npz(states=header("(1000000000000,)"))),
    "npz header token": ("a.npz", ["cache", "--out", "o.h5", "--arrays"], npz(states=header("(((((,"))),
    "many classes": ("a.npz", ["cache", "--out", "o.h5", "--arrays"], many_classes),
    "eaf of laughs": ("a.eaf", ["elan", "--read"], eaf("&l9;", f"<!DOCTYPE a [<!ENTITY l0 'ha'>{ENTITIES}]>")),
    "eaf that fetches": ("a.eaf", ["elan", "--read"], eaf("&x;", "<!DOCTYPE a [<!ENTITY x SYSTEM '/etc/passwd'>]>")),
    "eaf too deep": ("a.eaf", ["elan", "--read"], eaf("<a>" * 1_000_000)),
    "eaf too large": ("a.eaf", ["elan", "--read"], zeros),
    "pipe as an eaf": ("a.eaf", ["elan", "--read"], pipe),
    "session of a list": (
        "a.auslan",
        ["film", "--out", "o.gif", "--session"],
        as_json({**SESSION, "shown": {"run_2d": [[]]}}),
    ),
    "session with a surrogate": (
        "a.auslan",
        ["film", "--out", "o.gif", "--session"],
        as_json({**SESSION, "activations": {"file": "/\ud800\\x.h5"}}),
    ),
    "session too deep": ("a.auslan", ["info"], lambda path: path.write_text("[" * 200_000) and None),
}  # fmt: skip


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[object, str]]:
    """What the program answers to each case; all are read by one child process of limited memory."""
    calls = []
    for name, (file, command, make) in CASES.items():
        folder = tmp_path_factory.mktemp(name.replace(" ", "-"))
        make(folder / file)
        calls.append([*[str(folder / each) if each.startswith("o.") else each for each in command], str(folder / file)])
    done = subprocess.run(
        [sys.executable, "-c", CHILD], input=json.dumps(calls), capture_output=True, text=True, timeout=300
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == len(CASES), f"the child died at {list(CASES)[len(lines)]}: {done.stderr[-2000:]}"
    return {name: (code, said) for name, (code, said) in zip(CASES, lines, strict=True)}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is limited by RLIMIT_AS and /proc")
@pytest.mark.parametrize("case", CASES)
def test_a_hostile_file_costs_one_sentence(case: str, outcomes: dict[str, tuple[object, str]]) -> None:
    code, said = outcomes[case]
    assert code == 2, said
    assert said.count("\n") == 1 and "Traceback" not in said and len(said) < 1000, said
    assert "memory" not in said, "it was tried, and stopped only by the limit"
