"""All benchmarks, each in a process of its own: ``make bench``, or ``make bench ARGS="pan orbit"``.

Speed is given as ratios to a peer in the same run where there is one, beside the aim. A missed aim is printed and
counted, since a loaded machine misses too.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Run what is named, or all; 1 if an aim was missed."""
    known = sorted(p.stem for p in Path(__file__).parent.glob("*.py") if not p.stem.startswith("_"))
    known.remove("common")
    wanted = sys.argv[1:] or known
    unknown = [name for name in wanted if name not in known]
    if unknown:
        print(f"No benchmark is called {unknown[0]}; there are {', '.join(known)}.", file=sys.stderr)
        return 2
    missed = []
    for name in wanted:
        print(f"\n== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=ROOT, check=False).returncode:
            missed.append(name)
    print(
        f"\n{len(wanted) - len(missed)} of {len(wanted)} met their aims"
        + (f"; not: {', '.join(missed)}" if missed else "")
    )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
