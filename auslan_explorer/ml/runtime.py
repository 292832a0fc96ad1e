"""Sets up TensorFlow: no log output, on the CPU, reproducible for a seed."""

from __future__ import annotations

import contextlib
import os
import random
from collections.abc import Iterator

import numpy as np


def start_tensorflow(seed: int, threads: int = 1) -> None:
    """Prepare TensorFlow in this process for a training; the first call also sets the number of threads.

    One thread is the default because it is as fast for the article's small LSTM as two are (the work of a time step
    is too little to share out), and because several trainings then run side by side at full speed.

    Parameters
    ----------
    seed : int
        Seeds Python, NumPy and TensorFlow.
    threads : int
        Threads within one operation. Fixed once TensorFlow has run anything in this process.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    with silent_start():
        import keras
        import tensorflow as tf

        try:
            tf.config.threading.set_intra_op_parallelism_threads(threads)
            tf.config.threading.set_inter_op_parallelism_threads(1)
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

    TensorFlow 2.21 logs lines about oneDNN and processor features that no setting of its own turns off. Python's
    exceptions are raised as usual.
    """
    kept = os.dup(2)
    with open(os.devnull, "wb") as nothing:
        os.dup2(nothing.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
