"""Changes small good files at random and reads them; each has to be opened, or refused in one sentence.

    python tools/fuzz.py --tries 1000 [--seed N] [--kinds cache npz]

Runs in one process with a limit of memory, so that a thousand tries take some seconds. A try that raises anything
else, or takes longer than `SECONDS`, is reported with its seed and kept in --keep. The exit code is 1 if there was one.
"""

from __future__ import annotations

import argparse
import datetime
import io
import random
import shutil
import signal
import sys
import tarfile
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import FrameType

import h5py
import numpy as np

from auslan_explorer.core.errors import UserError

SECONDS = 5
"""Longest that a try may take; more than the two that a file may cost, since other programs run beside this."""
MEMORY = 2 << 30
"""Address space beyond what the imports take."""

Change = Callable[[bytes, random.Random], bytes]


class TooSlow(BaseException):
    """Raised where a try takes longer than it may; no reader catches it."""


def _on_alarm(_number: int, _frame: FrameType | None) -> None:
    raise TooSlow


# --------------------------------------------------------------------------------------------------------- good files
def make_good_files(folder: Path) -> dict[str, Path]:
    """Write one small good file of each kind; return them by kind."""
    from auslan_explorer.core.network import Autoencoder, DenseLayer
    from auslan_explorer.io.arrays import cache_from_arrays
    from auslan_explorer.io.cache import write_cache
    from auslan_explorer.io.groups_file import write_groups
    from auslan_explorer.io.models import save_autoencoder
    from auslan_explorer.io.session_file import SavedSession, source_of, write_session

    rng = np.random.default_rng(1)
    arrays = {
        "states": rng.normal(size=(30, 4)).astype("f4"), "lengths": np.full(6, 5), "sign": np.arange(6) % 2,
        "signs": np.array(["one", "two"]), "projection_2d": rng.normal(size=(30, 2)).astype("f4"),
    }  # fmt: skip
    files = {name: folder / f"good.{name}" for name in ("npz", "cache", "autoencoder", "session", "groups", "tsd")}
    np.savez_compressed(files["npz"].open("wb"), allow_pickle=False, **arrays)
    activations = cache_from_arrays(
        arrays["states"], arrays["lengths"], arrays["sign"], ["one", "two"],
        projections={2: arrays["projection_2d"]}, provenance={"data": "made up"},
    )  # fmt: skip
    write_cache(files["cache"], activations)
    widths = (4, 5, 2, 5, 4)
    layers = [
        DenseLayer(rng.normal(size=(a, b)).astype("f4"), np.zeros(b, "f4"), "linear") for a, b in pairwise(widths)
    ]
    save_autoencoder(files["autoencoder"], Autoencoder(tuple(layers), 1), {"seed": 3})
    shown = {"signs": "all", "selected": [["one", 1, 2]], "step": 3, "run_2d": "", "trail": [0, 0]}
    write_session(files["session"], SavedSession(shown, source_of(activations, files["session"])))
    write_groups(files["groups"], ())
    line = "\t".join(["0.25"] * 22) + "\n"
    files["tsd"].write_text(line * 3)
    for kind in ("tar", "zip"):
        files[kind] = folder / f"good.{kind}"
    with tarfile.open(files["tar"], "w:gz") as tar, zipfile.ZipFile(files["zip"], "w") as archive:
        for trial in (1, 2, 3):
            name = f"tctodd1/hello-{trial}.tsd"
            tar.add(files["tsd"], name)
            archive.write(files["tsd"], name)
    return files


def readers() -> dict[str, Callable[[Path], object]]:
    """Return what reads each kind, as the commands and the window do."""
    from auslan_explorer.io import cache, groups_file, models, recordings, session_file, tsd

    def read_cache(path: Path) -> object:
        cache.check_cache(path)
        return cache.read_cache(path).all_states()

    return {
        "npz": cache.activations_from_npz,
        "cache": read_cache,
        "autoencoder": lambda path: (models.load_autoencoder(path), models.read_info(path)),
        "session": session_file.read_session,
        "groups": groups_file.read_groups,
        "tsd": lambda path: tsd.parse(path.read_bytes(), path.name),
        "tar": recordings.import_recordings,
        "zip": recordings.import_recordings,
    }


# ------------------------------------------------------------------------------------------------------------ changes
_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 1 << 40, (1 << 63) - 1, (1 << 64) - 1)


def change_bytes(data: bytes, rng: random.Random) -> bytes:
    """Change, insert, remove or repeat some bytes, or put a telling number over some."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(out) + 1)
        how = rng.randrange(6)
        if how == 0:
            out[at : at + 1] = bytes([rng.randrange(256)])
        elif how == 1:
            width = rng.choice((1, 2, 4, 8))
            out[at : at + width] = (rng.choice(_NUMBERS) & ((1 << 8 * width) - 1)).to_bytes(width, "little")
        elif how == 2:
            del out[at : at + rng.randrange(1, 64)]
        elif how == 3:
            out[at:at] = rng.randbytes(rng.randrange(1, 64))
        elif how == 4:
            out[at:at] = out[at : at + rng.randrange(1, 256)]
        else:
            del out[at:]
    return bytes(out)


def change_hdf5(data: bytes, rng: random.Random) -> bytes:
    """Replace, remove, link or retype a part of an HDF5 file by its own library."""
    buffer = io.BytesIO(data)
    with h5py.File(buffer, "r+") as file:
        names: list[str] = []
        file.visit(names.append)
        name = rng.choice(names)
        node = file[name]
        how = rng.randrange(9)
        if how == 0:
            del file[name]
        elif how == 1:
            del file[name]
            file[name] = rng.choice((h5py.ExternalLink("/etc/hostname", "/"), h5py.SoftLink("/"), h5py.SoftLink(name)))
        elif how == 2:
            del file[name]
            shape = tuple(rng.choice((0, 1, 7, 1 << 16, 1 << 31)) for _ in range(rng.randrange(4)))
            kind = rng.choice(("f4", "f2", "i8", "u1", "S9", "c8", "f8", h5py.string_dtype()))
            file.create_dataset(name, shape, kind, chunks=tuple(min(s or 1, 64) for s in shape) or None,
                                maxshape=(None,) * len(shape) or None)  # fmt: skip
        elif how == 3 and isinstance(node, h5py.Dataset) and node.dtype.kind in "fiu" and node.size:
            values = node[()]
            values.flat[rng.randrange(values.size)] = (
                rng.choice((np.nan, np.inf, -1, 0)) if values.dtype.kind == "f" else 99
            )
            node[...] = values
        elif how == 4:
            del file[name]
            layout = h5py.VirtualLayout((4,), "f4")
            layout[:] = h5py.VirtualSource("/etc/hostname", "x", (4,))
            file.create_virtual_dataset(name, layout)
        elif how == 5:
            del file[name]
            file[name] = np.dtype("f4")  # a named type
        else:
            attributes = [each for each in (file, node) if len(each.attrs)] or [file]
            owner = rng.choice(attributes)
            key = rng.choice([*owner.attrs, "steps", "format"])
            value = rng.choice(
                (-1, 0, 1 << 62, 1.5, float("nan"), "", "x" * 5000, b"\xff\xfe", [1, 2], h5py.Empty("f4"))
            )
            owner.attrs[key] = value
        if how == 8:
            file[f"{rng.choice(names)}_again"] = file["/"]
    return buffer.getvalue()


def change_json(data: bytes, rng: random.Random) -> bytes:
    """Put a value of another kind in place of one value of a JSON text."""
    import json

    root = json.loads(data)
    places: list[tuple[dict[str, object] | list[object], str | int]] = []

    def walk(node: object) -> None:
        keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
        for key in keys:
            places.append((node, key))  # type: ignore[arg-type]
            walk(node[key])  # type: ignore[index]

    walk(root)
    wild: tuple[object, ...] = (
        None,
        True,
        -1,
        1 << 70,
        1e308,
        float("nan"),
        "",
        "\ud800",
        "\0",
        [],
        [[]],
        {},
        {"a": [1]},
        "x" * 70_000,
    )
    for _ in range(rng.choice((1, 1, 3))):
        node, key = rng.choice(places)
        node[key] = rng.choice(wild)  # type: ignore[index]
    return json.dumps(root).encode()


def change_tar(data: bytes, rng: random.Random) -> bytes:
    """Change the bytes inside the compression, so that the archive itself is met."""
    import gzip

    return gzip.compress(change_bytes(gzip.decompress(data), rng), 1)


def change_npz(data: bytes, rng: random.Random) -> bytes:
    """Change the bytes of one member, so that its header or values are met."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = rng.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change_bytes(content, rng) if name == chosen else content)
    return found.getvalue()


CHANGES: dict[str, tuple[Change, ...]] = {
    "npz": (change_bytes, change_npz, change_npz),
    "cache": (change_bytes, change_hdf5, change_hdf5),
    "autoencoder": (change_bytes, change_hdf5, change_hdf5),
    "session": (change_bytes, change_json, change_json),
    "groups": (change_bytes, change_json),
    "tsd": (change_bytes,),
    "tar": (change_bytes, change_tar, change_tar),
    "zip": (change_bytes, change_npz),
}


# -------------------------------------------------------------------------------------------------------------- tries
def try_once(kind: str, good: bytes, reader: Callable[[Path], object], path: Path, seed: str) -> str:
    """Read one changed file; return "opened", "refused", or what went wrong."""
    rng = random.Random(seed)
    try:
        path.write_bytes(rng.choice(CHANGES[kind])(good, rng))
    except Exception:  # the change itself was refused by the library that makes it
        return "not made"
    began = time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        reader(path)
        return "opened"
    except UserError as error:
        sentence = str(error)
        return "refused" if sentence.isprintable() and len(sentence) < 1500 else f"an odd sentence: {sentence[:300]!r}"
    except TooSlow:
        return f"took longer than {time.monotonic() - began:.0f} s"
    except BaseException:
        return traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def limit_memory() -> None:
    """Limit the address space of this process to what it has and `MEMORY` more."""
    import resource

    with open("/proc/self/statm", encoding="ascii") as sizes:
        now = int(sizes.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def main(argv: list[str] | None = None) -> int:
    """Run the tries and print a summary; return 1 where one neither opened nor was refused."""
    today = int(datetime.datetime.now(datetime.UTC).strftime("%Y%m%d"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=today, help="default: the day's")
    parser.add_argument("--kinds", nargs="+", choices=sorted(CHANGES), default=sorted(CHANGES))
    parser.add_argument("--keep", type=Path, help="folder for files that neither opened nor were refused")
    args = parser.parse_args(argv)
    print(f"Seed {args.seed}, {args.tries} tries of {', '.join(args.kinds)}.", flush=True)
    found: Counter[str] = Counter()
    before = signal.signal(signal.SIGALRM, _on_alarm)
    with tempfile.TemporaryDirectory() as scratch:
        files, read = make_good_files(Path(scratch)), readers()
        good = {kind: file.read_bytes() for kind, file in files.items()}
        if argv is None:
            limit_memory()
        for number in range(args.tries):
            kind = args.kinds[number % len(args.kinds)]
            seed = f"{args.seed}/{number}"
            path = Path(scratch, f"try.{kind}")
            outcome = try_once(kind, good[kind], read[kind], path, seed)
            simple = outcome in ("opened", "refused", "not made")
            found[outcome if simple else "anything else"] += 1
            if not simple:
                print(f"--- {kind}, seed {seed}: {outcome}", flush=True)
                if args.keep:
                    args.keep.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, args.keep / f"{seed.replace('/', '-')}.{kind}")
            for left in Path(scratch).glob("*broken*"):
                left.unlink()
    signal.signal(signal.SIGALRM, before)
    print(", ".join(f"{found[each]} {each}" for each in ("opened", "refused", "not made", "anything else")))
    return 1 if found["anything else"] else 0


if __name__ == "__main__":
    sys.exit(main())
