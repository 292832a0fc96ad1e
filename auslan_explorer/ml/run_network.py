"""Runs a ``.keras`` file over sequences and records its recurrent layers."""

from __future__ import annotations

from collections.abc import Callable

from auslan_explorer.capture.record import record
from auslan_explorer.core.errors import UserError
from auslan_explorer.io.keras_archive import check_keras_archive
from auslan_explorer.io.opening import shown
from auslan_explorer.ml.runtime import start_tensorflow
from auslan_explorer.training.network_job import NetworkJob


def run_network(job: NetworkJob, report: Callable[[float, str], None]) -> None:
    """Check a network's file, run it over the sequences, and write the activation cache.

    Raises
    ------
    UserError
        If the file names anything that is not run here, or sequences and network do not fit.
    """
    report(0.05, "Checking the network")
    check_keras_archive(job.file)
    report(0.1, "Starting Keras")
    start_tensorflow(0, threads=0)
    import keras

    try:
        model = keras.saving.load_model(str(job.file), compile=False, safe_mode=True)
    except Exception as error:
        raise UserError(
            f"{shown(job.file)} cannot be loaded by Keras {keras.__version__} ({type(error).__name__}); save it again "
            "with a version near it."
        ) from error
    report(0.3, "Running the network")
    record(
        model, job.out, job.x, job.labels, mask=job.real, class_names=job.class_names or None, names=job.names or None,
        split=job.split, provenance={"model": job.file.name},
    )  # fmt: skip
    report(1.0, "")
