"""Changes small good files at random and reads them; each has to be opened, or refused in one sentence.

    python tools/fuzz.py --tries 1000 [--seed N] [--kinds cache npz]

What there is of each kind stands in `fuzz_files.py`, how it is changed in `fuzz_changes.py`. The tries run in
a process of their own with a limit of memory, a thousand in some seconds; where that ends, or hangs in a library, the
next one goes on behind. A try that raises anything else, or takes more time or memory than a file may, is reported with
its seed and kept in --keep. Ctrl+C ends it with what was found by then. The exit code is 1 if there was one.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import random
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from types import FrameType

from fuzz_changes import CHANGES, change_folder
from fuzz_files import Reader, make_good_files, readers

from auslan_explorer.core.errors import UserError

PROCESSOR_SECONDS = 2.0
"""Most that a file may cost; of the processor, since other programs run beside this."""
SECONDS = 10.0
"""Longest that a try may take, whatever else runs."""
HANGS_AFTER = 60.0
"""Seconds after which a try that Python cannot end, in a library, is ended from outside."""
MOST_BYTES = 300 << 20
"""Most memory that a file may cost."""
ADDRESS_SPACE = 2 << 30
"""Address space beyond what the imports take."""
OUTCOMES = ("opened", "refused", "not made")


class TooSlow(BaseException):
    """Raised where a try takes longer than it may; no reader catches it."""


def _on_alarm(_number: int, _frame: FrameType | None) -> None:
    raise TooSlow


# -------------------------------------------------------------------------------------------------------------- tries
def change(good: Path, scratch: Path, rng: random.Random) -> Path:
    """Return a changed copy of a file or folder; it has the same name."""
    copy = scratch / "try" / good.name
    shutil.rmtree(copy.parent, ignore_errors=True)
    if good.is_dir():
        shutil.copytree(good, copy)
        change_folder(copy, rng)
    else:
        copy.parent.mkdir(parents=True)
        copy.write_bytes(rng.choice(CHANGES[good.suffix])(good.read_bytes(), rng))
    return copy


def try_once(good: Path, reader: Reader, scratch: Path, seed: str) -> str:
    """Read one changed file; return "opened", "refused", "not made", or what went wrong."""
    try:
        path = change(good, scratch, random.Random(seed))
    except Exception:  # the change itself was refused by the library that makes it
        return "not made"
    before, began = _reset_peak(), time.process_time()
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        with warnings.catch_warnings(record=True, action="always") as warned:
            reader(path)
        outcome = f"a warning: {warned[0]}" if warned else "opened"
    except UserError as error:
        sentence = str(error)
        fits = sentence.isprintable() and len(sentence) < 1500
        outcome = "refused" if fits else f"an odd sentence: {sentence[:300]!r}"
    except TooSlow:
        outcome = f"took longer than {SECONDS:.0f} s"
    except BaseException:
        outcome = traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    seconds, peak = time.process_time() - began, _status_bytes("VmHWM") - before
    if outcome in OUTCOMES and seconds > PROCESSOR_SECONDS:
        return f"{outcome}, and took {seconds:.1f} s of the processor"
    return f"{outcome}, and took {peak >> 20} MB" if outcome in OUTCOMES and peak > MOST_BYTES else outcome


def _reset_peak() -> int:
    """Let the system measure the peak of memory anew; return the memory that is used now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _status_bytes("VmRSS")


def _status_bytes(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith(name))


def limit_memory() -> None:
    """Limit the address space of this process to what it has and `ADDRESS_SPACE` more."""
    size = _status_bytes("VmSize") + ADDRESS_SPACE
    resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))


# ----------------------------------------------------------------------------------------------------------- processes
class Fuzzer:
    """Tries one file after another in a process of its own, and goes on in a new one where that ends or hangs.

    Parameters
    ----------
    files : dict of str to Path
        Good files by kind.
    kinds : sequence of str
    seed : int
    scratch : Path
        Folder for changed files.
    keep : Path or None
        Folder for those that neither opened nor were refused.
    """

    def __init__(
        self, files: dict[str, Path], kinds: Sequence[str], seed: int, scratch: Path, keep: Path | None
    ) -> None:
        self._files, self._kinds, self._seed, self._scratch, self._keep = files, kinds, seed, scratch, keep

    def outcomes(self, tries: int) -> Generator[str, None, None]:
        """Yield what becomes of each try, as `try_once` tells it."""
        first = 0
        while first < tries:
            reading, writing = os.pipe()
            child = os.fork()
            if not child:
                os.close(reading)
                self._work(range(first, tries), writing)
            os.close(writing)
            try:
                with open(reading, "rb", buffering=0) as lines:
                    while select.select([lines], [], [], HANGS_AFTER)[0] and (line := lines.readline()):
                        yield str(json.loads(line))
                        first += 1
            finally:
                how = _end(child)
            if first < tries:
                self._keep_changed(first)
                yield f"the process hung or ended ({how})"
                first += 1

    def _work(self, numbers: range, writing: int) -> None:
        """Try in this process, which ends with it, and write a line for each outcome."""
        try:
            signal.signal(signal.SIGALRM, _on_alarm)
            read = readers()
            for kind in self._kinds:
                read[kind](self._files[kind])  # imports what is needed, and shows that it can be read unchanged
            limit_memory()
            for number in numbers:
                kind = self._kinds[number % len(self._kinds)]
                outcome = try_once(self._files[kind], read[kind], self._scratch, f"{self._seed}/{number}")
                if outcome not in OUTCOMES:
                    self._keep_changed(number)
                os.write(writing, json.dumps(outcome).encode() + b"\n")
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(0)

    def _keep_changed(self, number: int) -> None:
        if self._keep:
            shutil.copytree(
                self._scratch / "try", self._keep / f"{self._seed}-{number}", symlinks=True, dirs_exist_ok=True
            )


def _end(child: int) -> str:
    """Wait for a process that has closed its pipe, or end one that hangs; return how it ended."""
    for _ in range(20):
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return f"exit code {os.waitstatus_to_exitcode(status)}"
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "killed"


def main(argv: list[str] | None = None) -> int:
    """Run the tries and print a summary; return 1 where one neither opened nor was refused."""
    today = int(datetime.datetime.now(datetime.UTC).strftime("%Y%m%d"))
    known = sorted(readers())
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=today, help="default: the day's")
    parser.add_argument("--kinds", nargs="+", choices=known, default=known)
    parser.add_argument("--keep", type=Path, help="folder for files that neither opened nor were refused")
    args = parser.parse_args(argv)
    found: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        files = make_good_files(scratch / "good")
        kinds = [kind for kind in args.kinds if kind in files]
        print(f"Seed {args.seed}, {args.tries} tries of {', '.join(kinds)}.", flush=True)
        fuzzer = Fuzzer(files, kinds, args.seed, scratch, args.keep)
        with suppress(KeyboardInterrupt), closing(fuzzer.outcomes(args.tries)) as outcomes:
            for number, outcome in enumerate(outcomes):
                kind = kinds[number % len(kinds)]
                simple = outcome in OUTCOMES
                found[kind, outcome if simple else "anything else"] += 1
                if not simple:
                    print(f"--- {kind}, seed {args.seed}/{number}: {outcome}", flush=True)
    for kind in kinds:
        print(f"{kind}: " + ", ".join(f"{found[kind, each]} {each}" for each in (*OUTCOMES, "anything else")))
    sums = {each: sum(found[kind, each] for kind in kinds) for each in (*OUTCOMES, "anything else")}
    print(", ".join(f"{count} {each}" for each, count in sums.items()))
    return 1 if sums["anything else"] else 0


if __name__ == "__main__":
    sys.exit(main())
