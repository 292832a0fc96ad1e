"""All benchmarks, each in a process of its own: ``make bench``, or ``make bench ARGS="pan orbit"``.

Speed is given as ratios to a peer in the same run where there is one, beside the aim. A missed aim is printed and
counted, since a loaded machine misses too; so is what could not be measured. What was measured last is kept in
RESULTS.md, with the date and the machine.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from benchmarks.common import NOT_MEASURED

RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = "# Last results\n\nWritten by `make bench`: what each benchmark printed last, when and on which machine.\n"
ROOT = Path(__file__).resolve().parents[1]


def machine() -> str:
    """Return what kind of machine this is, and how busy: what a reader needs to compare figures."""
    try:
        model = re.findall(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))[0]
    except (OSError, IndexError):
        model = platform.processor() or platform.machine()
    busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} x {model}, {platform.system()}, Python {platform.python_version()}{busy}"


def keep(name: str, printed: str) -> None:
    """Replace the last results of a benchmark."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else HEAD
    head, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    kept = {part.split("\n", 1)[0]: part for part in parts}
    kept[name] = f"{name}\n\n{date.today().isoformat()}, {machine()}\n\n```text\n{printed.rstrip()}\n```\n"
    sections = "".join(f"\n## {kept[each].strip()}\n" for each in sorted(kept))
    RESULTS.write_text(head.rstrip() + "\n" + sections, encoding="utf-8")


def command_of(name: str) -> list[str]:
    """Return the command that runs a benchmark in a process of its own."""
    return [sys.executable, "-m", f"benchmarks.{name}"]


def main() -> int:
    """Run what is named, or all; 1 if an aim was missed or could not be measured."""
    known = sorted(p.stem for p in Path(__file__).parent.glob("*.py") if not p.stem.startswith("_"))
    known.remove("common")
    wanted = sys.argv[1:] or known
    unknown = [name for name in wanted if name not in known]
    if unknown:
        print(f"No benchmark is called {unknown[0]}; there are {', '.join(known)}.", file=sys.stderr)
        return 2
    missed, not_measured = [], []
    for name in wanted:
        print(f"\n== {name}", flush=True)
        printed = []
        with subprocess.Popen(command_of(name), cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            for line in running.stdout:
                print(line, end="", flush=True)
                printed.append(line)
        if running.returncode == NOT_MEASURED:
            not_measured.append(name)
            continue
        if running.returncode:
            missed.append(name)
        keep(name, "".join(printed))
    measured = len(wanted) - len(not_measured)
    print(
        f"\n{measured - len(missed)} of {measured} met their aims"
        + (f"; not: {', '.join(missed)}" if missed else "")
        + (f"; not measured: {', '.join(not_measured)}" if not_measured else "")
    )
    return 1 if missed or not_measured else 0


if __name__ == "__main__":
    sys.exit(main())
