"""Sets up TensorFlow: no log output, on the CPU, reproducible for a seed, without what Keras imports in vain."""

from __future__ import annotations

import contextlib
import os
import random
import sys
from collections.abc import Iterator

import numpy as np

UNUSED = ("sklearn", "pandas", "matplotlib")
"""What Keras imports where it is installed, for wrappers and pictures that nobody asks it for here: a quarter of the
time that it takes to start."""


def start_tensorflow(seed: int, threads: int = 1) -> None:
    """Prepare TensorFlow in this process for a training; the first call also sets the number of threads.

    One thread is the default because it is as fast for the article's small LSTM as two are (the work of a time step
    is too little to share out), and because several trainings then run side by side at full speed.

    Parameters
    ----------
    seed : int
        Seeds Python, NumPy and TensorFlow.
    threads : int
        Threads within one operation, and operations at a time; 0 for as many as there are processors. Fixed once
        TensorFlow has run anything in this process.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    with silent_start():
        import keras
        import tensorflow as tf

        try:
            tf.config.threading.set_intra_op_parallelism_threads(threads)
            tf.config.threading.set_inter_op_parallelism_threads(threads)
        except RuntimeError:
            # TensorFlow is up already: its threads stay as they are.
            pass
        tf.config.experimental.enable_op_determinism()
        tf.zeros(1)
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - Keras's own initialisers may still ask the old generator
    keras.utils.set_random_seed(seed)


@contextlib.contextmanager
def silent_start() -> Iterator[None]:
    """Suppress output on stderr while TensorFlow is imported and started, so that progress bars stay intact.

    What is in `UNUSED` cannot be imported meanwhile; afterwards it can. TensorFlow 2.21 logs lines about oneDNN and
    processor features that no setting of its own turns off. Python's exceptions are raised as usual.
    """
    hidden = [name for name in UNUSED if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment] # such a module is not found, as Python has it
    kept = os.dup(2)
    with open(os.devnull, "wb") as nothing:
        os.dup2(nothing.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        for name in hidden:
            del sys.modules[name]
