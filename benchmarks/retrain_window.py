"""How late a 16 ms timer of the window is at worst, from pressing Start to the finished map, with both views live.

The real window on what ships, a real training in its own process for some epochs, on a virtual screen; the map morphs
every few epochs. Also how soon "Cancel and discard" has the old map back, and "Stop and keep best" ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from benchmarks.common import ROOT, verdict

EPOCHS = 6
TICK_MS = 16
LIMIT_S = 900.0
STARTED_BY = "AUSLAN_BENCHMARK_WINDOW"


def main() -> int:
    """Run the window on a virtual screen, with a home of its own."""
    if STARTED_BY in os.environ:
        return measure()
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "HOME": home,
            "XDG_CONFIG_HOME": home,
            "AUSLAN_EXPLORER_DATA": home,
            STARTED_BY: "1",
        }
        command = [sys.executable, "-m", "benchmarks.retrain_window"]
        if sys.platform.startswith("linux"):
            command = [sys.executable, str(ROOT / "tools" / "xvfb.py"), *command]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def measure() -> int:
    """Train in the window and print; 1 if an aim is missed."""
    from PySide6.QtCore import QElapsedTimer, Qt, QTimer

    from auslan_explorer import app
    from auslan_explorer.core.splits import TRAIN

    qt = app.make_application()
    window = app.make_window(qt, app.open_activations(None))
    window.session.update(splits=frozenset({TRAIN}))
    window.resize(1560, 900)
    window.show()
    window.docks.show("retrain")
    retraining = window.commands.training.controller

    def spin(until: object, seconds: float = LIMIT_S) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            qt.processEvents()
            if callable(until) and until():
                return True
            # As an event loop that has nothing to do: the other processes get the processor.
            time.sleep(0.001)
        return False

    spin(lambda: False, 3)
    late: list[float] = []
    when: list[str] = []
    clock = QElapsedTimer()
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(TICK_MS)

    def tick() -> None:
        late.append(clock.restart() - TICK_MS)
        when.append(f"{retraining.trainer.phase.value}, epoch {retraining.trainer.progress.epoch}")

    timer.timeout.connect(tick)
    form = window.retrain.form
    form.from_text(f'{{"preset": "Recommended", "dims": 2, "epochs": "{EPOCHS}"}}')
    clock.start()
    timer.start()
    began = time.monotonic()
    window.retrain.start_button.click()
    done = spin(lambda: not retraining.busy)
    spin(lambda: False, 1.5)  # the last morph, and sharp pictures after it
    timer.stop()
    seconds = time.monotonic() - began
    assert done and window.session.state.run_2d, window.retrain.live.says.text()
    assert "tensorflow" not in sys.modules
    worst = max(range(len(late)), key=late.__getitem__)
    over = sorted(late, reverse=True)[:5]
    print(f"{EPOCHS} epochs in {seconds:.0f} s, {len(late)} ticks; the latest five: {over} ms; worst at {when[worst]}")
    met = verdict("worst lateness of a 16 ms timer", late[worst], 100, "ms", at_most=True)

    window.retrain.start_button.click()
    spin(lambda: retraining.trainer.progress.epoch >= 1)
    began = time.monotonic()
    retraining.trainer.cancel()  # As the button does once it was asked.
    spin(lambda: not retraining.busy)
    met = verdict("Cancel and discard", 1000 * (time.monotonic() - began), 300, "ms", at_most=True) and met

    window.retrain.start_button.click()
    spin(lambda: retraining.trainer.progress.epoch >= 1)
    began = time.monotonic()
    window.retrain.keep_button.click()
    from auslan_explorer.gui.training.trainer import Phase

    spin(lambda: retraining.trainer.phase not in (Phase.LEARNING, Phase.STOPPING))
    met = verdict("Stop and keep best", 1000 * (time.monotonic() - began), 1000, "ms", at_most=True) and met
    spin(lambda: not retraining.busy)
    window.close()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
