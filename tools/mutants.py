"""Makes small wrong changes to the code, one at a time, and counts how many of them some test notices.

`make mutants ARGS="--seed 7"`, or `python tools/mutants.py --help`.

The window's rooms are drawn only where they are asked for, all or some: `--rooms gui`, `--rooms gui/views gui/signs`;
their tests take a display.

The changes are mutmut's (another operator, number or string, an argument left out, a condition always true, ...). A
seeded sample of lines is drawn from the rooms, and of the changes to each line one; `tools/mutations.py` says what is
left alone. The tests of these rooms run once under coverage.py; each change then meets only the tests that run its
line, quick ones first, up to the first that fails. A test that no longer ends counts as one that fails. Everything
happens in copies in a temporary folder.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import json
import os
import queue
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from coverage import CoverageData
from coverage.exceptions import CoverageException
from mutations import PACKAGE, Mutant, draw_sample
from run_tests import Batch, batches_of_rooms, environment_of, rooms_called

ROOT = Path(__file__).parents[1]
ROOMS = ("core", "io", "analysis", "draw", "training", "workflows", "commands")
# Windows: in an X server without a screen, in processes of their own.
GUI = "gui"
# The commands' tests are called by what a person types.
TESTS_OF = {"commands": "cli"}
SAMPLE = 200
# Of one change's tests, the quickest, together as long as this where none fails.
MOST_TEST_SECONDS = 60.0
# A test that runs longer than so many times what it took, and some seconds more, no longer ends.
TIMES_SLOWER = 3
SPARE_SECONDS = 20
MEMORY_BYTES = 16 << 30
NO_TESTS_RUN = 5

COVERAGE = """\
[run]
parallel = true
patch = _exit
context = ${{MUTANTS_CONTEXT-}}
source = auslan_explorer
omit = {omitted}
data_file = {data}
disable_warnings = no-data-collected, module-not-measured, no-sysmon
"""


# --------------------------------------------------------------------------------------------- which test runs a line
class Covering:
    """Which tests run which lines, and how long they take.

    Parameters
    ----------
    lines : mapping
        For each file, for each line the contexts that ran it: tests, shared fixtures, or ``""`` while importing.
    seconds : mapping
        How long each test took that passed.
    users : mapping
        The tests that use each shared fixture.
    """

    def __init__(
        self,
        lines: Mapping[str, Mapping[int, Sequence[str]]],
        seconds: Mapping[str, float],
        users: Mapping[str, Sequence[str]],
    ) -> None:
        self.lines = lines
        self.seconds = seconds
        self.users = users

    def tests_of(self, mutant: Mutant, original: str) -> list[str]:
        """Return the tests that run the changed statement: the room's own first, those beside the room, quick files.

        What runs while modules are imported, a function's body called there too, counts for every test that runs any
        line of the file.
        """
        of_file = self.lines.get(mutant.path, {})
        contexts = {context for line in statement_lines(original, mutant.line) for context in of_file.get(line, [])}
        if "" in contexts or runs_on_import(original, mutant.line):
            contexts = {context for every in of_file.values() for context in every}
        tests = {test for context in contexts for test in self.users.get(context, [context]) if test in self.seconds}
        room = Path(mutant.path).parent.relative_to(PACKAGE).as_posix()
        own = f"tests/{TESTS_OF.get(room, room)}/"
        by_file: dict[str, list[str]] = {}
        for test in sorted(tests, key=lambda test: (self.seconds[test], test)):
            by_file.setdefault(test.partition("::")[0], []).append(test)

        def place(file: str) -> tuple[bool, bool, float, str]:
            above = own.startswith(f"{Path(file).parent.as_posix()}/")
            return not file.startswith(own), not above, self._mean_seconds(by_file[file]), file

        return [test for file in sorted(by_file, key=place) for test in by_file[file]]

    def quickest(self, tests: Sequence[str]) -> list[str]:
        """Leave out the tests that would take a change past the time it may take; the first always stays."""
        kept: list[str] = []
        total = 0.0
        for test in tests:
            total += self.seconds[test]
            if total <= MOST_TEST_SECONDS or not kept:
                kept.append(test)
            else:
                total -= self.seconds[test]
        return kept

    def _mean_seconds(self, tests: Sequence[str]) -> float:
        return sum(self.seconds[test] for test in tests) / len(tests)


def runs_on_import(code: str, line: int) -> bool:
    """Tell what runs once while the module is imported, for whichever test comes first, from a function's body."""
    functions = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef)]
    return not any(node.body[0].lineno <= line <= (node.end_lineno or line) for node in functions)


def statement_lines(code: str, line: int) -> range:
    """Return the lines of the innermost statement that a line belongs to; of an `if` or a `def` only its head."""
    best = range(line, line + 1)
    smallest = sys.maxsize
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.stmt):
            end = node.end_lineno or node.lineno
            body = getattr(node, "body", None)
            if body and isinstance(body[0], ast.stmt):
                end = max(node.lineno, body[0].lineno - 1)
            if node.lineno <= line <= end and end - node.lineno < smallest:
                smallest = end - node.lineno
                best = range(node.lineno, end + 1)
    return best


def measure_covering(copy: Path, folder: Path, rooms: Sequence[str], workers: int) -> Covering:
    """Run the tests of the rooms once, and note which test runs which line.

    Parameters
    ----------
    copy : Path
        A copy of the checkout.
    folder : Path
        Where notes are left.
    rooms : sequence of str
        Packages whose tests run.
    workers : int
        How many processes run side by side.
    """
    settings = folder / "coveragerc"
    omitted = "" if GUI in rooms else f"*/{PACKAGE}/{GUI}/*"
    settings.write_text(COVERAGE.format(data=folder / "coverage", omitted=omitted), encoding="utf-8")
    batches = batches_of_rooms(
        [each for room in rooms for each in (rooms_called(GUI) if room == GUI else [TESTS_OF.get(room, room)])]
    )

    def run(number: int, batch: Batch) -> Path:
        notes = folder / f"notes-{number}.json"
        more = {"MUTANTS_NOTES": str(notes), "COVERAGE_PROCESS_START": str(settings), "MUTANTS_CONTEXT": ""}
        command = ["-m", "pytest", "-q", "--tb=short", "-p", "mutants_plugin"]
        command += [Path(path).relative_to(ROOT).as_posix() for path in batch.paths]
        with output_of(command, batch.kind, copy, folder / f"run-{number}", more, None) as process:
            said, _ = process.communicate()
        if not notes.exists() or process.returncode not in (0, NO_TESTS_RUN):
            print(f"Some tests of {batch.room} fail as the code is; they are left out.\n{said[-4000:]}", flush=True)
        return notes

    with ThreadPoolExecutor(workers) as pool:
        written = [path for path in pool.map(run, range(len(batches)), batches) if path.exists()]
    seconds: dict[str, float] = {}
    users: dict[str, list[str]] = {}
    for path in written:
        notes = json.loads(path.read_text(encoding="utf-8"))
        seconds |= notes["seconds"]
        for context, tests in notes["users"].items():
            users.setdefault(context, []).extend(tests)
    lines = read_lines(copy, folder)
    # Line 0: a constant that a test takes out of a module runs no line of it.
    for module, importing in importers(copy).items():
        lines.setdefault(module, {})[0] = [test for test in seconds if test.partition("::")[0] in importing]
    return Covering(lines, seconds, users)


def importers(copy: Path) -> dict[str, set[str]]:
    """Find for each file of the program the files of tests that import it."""
    found: dict[str, set[str]] = {}
    for path in (copy / "tests").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                for module in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)):
                    found.setdefault(f"{module.replace('.', '/')}.py", set()).add(path.relative_to(copy).as_posix())
    return {path: files for path, files in found.items() if (copy / path).is_file()}


def read_lines(copy: Path, folder: Path) -> dict[str, dict[int, list[str]]]:
    """Read which context ran which line of which file, from all that coverage.py has left in a folder."""
    lines: dict[str, dict[int, list[str]]] = {}
    for data_file in folder.glob("coverage.*"):
        data = CoverageData(basename=str(data_file))
        try:
            data.read()
        except CoverageException:
            continue  # of a process that a test has killed while it wrote
        for measured in data.measured_files():
            of_file = lines.setdefault(Path(measured).relative_to(copy).as_posix(), {})
            for line, contexts in data.contexts_by_lineno(measured).items():
                of_file.setdefault(line, []).extend(contexts)
    return lines


# ------------------------------------------------------------------------------------------------------ how it is run
def copy_checkout(target: Path) -> None:
    """Copy what git tracks or would track, and link the recordings that tests look for beside the checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    recordings = target.parent / "shared"
    if (ROOT.parent / "shared").exists() and not recordings.exists():
        recordings.symlink_to(ROOT.parent / "shared")
    # Compiled files that are told by their content: a change made within the same second is seen.
    command = ["-m", "compileall", "-q", "--invalidation-mode", "checked-hash", PACKAGE]
    subprocess.run([sys.executable, *command], cwd=target, check=True)


@contextlib.contextmanager
def output_of(
    command: Sequence[str], kind: str, copy: Path, folder: Path, more: Mapping[str, str], cpu_seconds: float | None
) -> Iterator[subprocess.Popen[str]]:
    """Start Python on a copy, with what tests of a kind get; at the end nothing of it is left running."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        if cpu_seconds is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (int(cpu_seconds), int(cpu_seconds) + 5))

    folder.mkdir()
    with environment_of(kind, folder) as variables:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=copy,
            env={
                **variables,
                "PYTHONPATH": f"{copy}{os.pathsep}{copy / 'tools'}",
                "PYTHONDONTWRITEBYTECODE": "1",
                **more,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=limit,
        )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            shutil.rmtree(folder, ignore_errors=True)


def try_mutant(mutant: Mutant, covering: Covering, copy: Path) -> tuple[bool, str]:
    """Run a change's tests up to the first that fails; whether one did, and a few words on how."""
    original = (copy / mutant.path).read_text(encoding="utf-8")
    tests = covering.tests_of(mutant, original)
    if not tests:
        return False, "no test runs this line"
    planned = covering.quickest(tests)
    seconds = sum(covering.seconds[test] for test in planned) * TIMES_SLOWER + SPARE_SECONDS
    chosen = copy.parent / f"{copy.name}-tests.json"
    limits = {test: TIMES_SLOWER * TIMES_SLOWER * covering.seconds[test] + SPARE_SECONDS for test in planned}
    chosen.write_text(json.dumps(limits), encoding="utf-8")
    files = list(dict.fromkeys(test.partition("::")[0] for test in planned))
    command = ["-m", "pytest", "-q", "-x", "--no-header", "--tb=no", "-p", "mutants_plugin", *files]
    (copy / mutant.path).write_text(mutant.code, encoding="utf-8")
    try:
        folder = copy.parent / f"{copy.name}-left"
        kind = GUI if mutant.path.startswith(f"{PACKAGE}/{GUI}/") else "core"
        with output_of(command, kind, copy, folder, {"MUTANTS_TESTS": str(chosen)}, seconds) as process:
            try:
                process.communicate(timeout=seconds * TIMES_SLOWER)
            except subprocess.TimeoutExpired:
                return True, "no end"
    finally:
        (copy / mutant.path).write_text(original, encoding="utf-8")
    if process.returncode in (0, NO_TESTS_RUN):
        return False, f"{len(planned)} of the {len(tests)} tests that run this line passed"
    return True, "no end" if process.returncode == -signal.SIGXCPU else "a test failed"


def load_covering(copy: Path, folder: Path, kept: Path | None, rooms: Sequence[str], workers: int) -> Covering:
    """Measure which test runs which line, or read what was kept of an earlier run."""
    if kept is not None and kept.exists():
        read = json.loads(kept.read_text(encoding="utf-8"))
        lines = {path: {int(line): tests for line, tests in of.items()} for path, of in read["lines"].items()}
        return Covering(lines, read["seconds"], read["users"])
    covering = measure_covering(copy, folder, rooms, workers)
    if kept is not None:
        written = {"lines": covering.lines, "seconds": covering.seconds, "users": covering.users}
        kept.write_text(json.dumps(written), encoding="utf-8")
    return covering


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the sample, try each change, and print the score and what no test noticed."""
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("--seed", type=int, help="draws the sample; without it a new one is drawn, and printed")
    parser.add_argument("--count", type=int, default=SAMPLE, help="how many changes (default: %(default)s)")
    of_window = sorted(
        file.parent.relative_to(ROOT / PACKAGE).as_posix() for file in (ROOT / PACKAGE / GUI).rglob("__init__.py")
    )
    parser.add_argument(
        "--rooms",
        nargs="+",
        choices=(*ROOMS, *of_window),
        default=ROOMS,
        help=f"packages to change (default: all outside {GUI}, which go with none of its own)",
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes side by side")
    parser.add_argument("--covering", type=Path, help="file that keeps which test runs which line, for another run")
    options = parser.parse_args(arguments)
    if not set(of_window).isdisjoint(options.rooms) and not set(of_window).issuperset(options.rooms):
        parser.error(f"rooms of {GUI} go with no others: their tests take a display")
    tested = [GUI] if set(of_window).issuperset(options.rooms) else ROOMS
    seed = random.SystemRandom().randrange(10_000) if options.seed is None else options.seed
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="auslan-explorer-mutants-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        copies: queue.Queue[Path] = queue.Queue()
        for number in range(options.workers):
            # Each beside its own link to the recordings.
            copy = folder / str(number) / "checkout"
            copy.mkdir(parents=True)
            copy_checkout(copy)
            copies.put(copy)
        os.chdir(folder / "0" / "checkout")  # where mutmut reads its settings
        sample = draw_sample(Path.cwd(), options.rooms, options.count, seed)
        print(f"Seed {seed}: {len(sample)} changes. First all tests run as it is ...", flush=True)
        covering = load_covering(Path.cwd(), folder, options.covering, tested, options.workers)
        print(
            f"{len(covering.seconds)} tests pass; after {time.monotonic() - start:.0f} s the changes begin.", flush=True
        )

        def attempt(mutant: Mutant) -> bool:
            copy = copies.get()
            try:
                caught, how = try_mutant(mutant, covering, copy)
            finally:
                copies.put(copy)
            if caught:
                print(f"caught ({how}) {mutant.path}:{mutant.line}", flush=True)
            else:
                print(f"SURVIVED ({how}) {mutant}", flush=True)
            return caught

        with ThreadPoolExecutor(options.workers) as pool:
            caught = list(pool.map(attempt, sample))
    survivors = [mutant for mutant, noticed in zip(sample, caught, strict=True) if not noticed]
    print("\nNo test noticed:" if survivors else "\nEvery change was noticed.")
    for mutant in survivors:
        print(mutant)
    score = f"{len(sample) - len(survivors)} of {len(sample)} changes caught"
    share = 100 * (1 - len(survivors) / max(1, len(sample)))
    print(f"Seed {seed}: {score} ({share:.1f} %) in {time.monotonic() - start:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
