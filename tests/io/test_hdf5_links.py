"""A file whose lists of parts are damaged is refused; HDF5 itself would end the process over it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from auslan_explorer.core.activations import ArrayStates, StepColumns
from auslan_explorer.io.cache import write_cache
from tests.made_up import made_up_activations

READ = """\
import sys
from pathlib import Path
from auslan_explorer.core.errors import UserError
from auslan_explorer.io.cache import read_cache
for path in sys.argv[1:]:
    try:
        read_cache(Path(path))
    except UserError as error:
        print(Path(path).stem, "damaged" in str(error), flush=True)
    else:
        print(Path(path).stem, "read", flush=True)
"""


def test_a_damaged_list_of_parts_is_refused(tmp_path: Path) -> None:
    a = made_up_activations()
    rows = int(a.lengths.sum())
    columns = StepColumns(ArrayStates(np.zeros((rows, 2), np.float32)), ("x", "y"))
    write_cache(tmp_path / "good.h5", replace(a, inputs=columns, outputs=columns))
    good = (tmp_path / "good.h5").read_bytes()
    files = [tmp_path / "good.h5"]
    for mark in (b"FRHP", b"FHDB", b"BTHD", b"BTLF"):
        at = good.find(mark)
        assert at > 0, "so many parts that their list is a heap"
        for place in (2, 6, 12, 20, 30):
            bad = bytearray(good)
            bad[at + place] ^= 0x55
            files.append(tmp_path / f"{mark.decode()}-{place}.h5")
            files[-1].write_bytes(bad)
    for at in (good.find(b"FRHP") + 200, good.find(b"FHDB") - 8):
        files.append(tmp_path / f"longer-{at}.h5")
        files[-1].write_bytes(good[:at] + 16 * b"x" + good[at:])
    done = subprocess.run([sys.executable, "-c", READ, *map(str, files)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["good read", *(f"{file.stem} True" for file in files[1:])]
