from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from auslan_explorer.io.cache import check_cache, read_cache

ROOT = Path(__file__).resolve().parents[2]


def test_the_gru_example_runs_and_its_cache_opens(tmp_path: Path) -> None:
    script = ROOT / "docs" / "examples" / "gru_cache.py"
    run = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "waves.h5")],
        capture_output=True,
        text=True,
        timeout=300,
        env={"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "2"},
    )
    assert run.returncode == 0, run.stderr
    assert "180 recordings of 3 signs, 7200 real steps, 32 units" in run.stdout
    assert check_cache(tmp_path / "waves.h5") == []
    cache = read_cache(tmp_path / "waves.h5")
    assert (cache.units, cache.steps, len(cache.prefix)) == (32, 40, 0)
    assert (cache.predicted == cache.sign).mean() > 0.9


def test_reading_and_writing_never_import_tensorflow_or_qt() -> None:
    modules = [f"auslan_explorer.io.{path.stem}" for path in sorted((ROOT / "auslan_explorer" / "io").glob("*.py"))]
    code = "import importlib, sys\n" + "\n".join(f"importlib.import_module({name!r})" for name in modules)
    code += "\nprint([m for m in ('tensorflow', 'keras', 'PySide6') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=300)
    assert run.stdout.strip() == "[]", run.stderr
