"""Trains an ensemble on a Dask cluster; needs the optional extra "cluster"."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.io.opening import check_regular
from auslan_explorer.training.ensemble import (
    Collector,
    SeedMap,
    Trainings,
    check_seeds,
    detach_from_file,
    train_seed,
)
from auslan_explorer.training.job import TrainingJob
from auslan_explorer.training.settings import AutoencoderSettings

CONNECT_SECONDS = 10
_ASK_SECONDS = 0.2
_LISTEN_SECONDS = 1.0

RISK = (
    "Whoever runs the scheduler at {0} can run code on this computer, with your rights: Dask’s messages carry Python "
    "objects. Give only the address of a cluster that is yours."
)

NOT_INSTALLED = (
    'A cluster needs the package “distributed”, which is not installed; run `pip install "auslan-explorer[cluster]"`, '
    "or train on this computer."
)


@dataclass(frozen=True)
class TlsFiles:
    """Files by which an encrypted cluster (``tls://``) is known and knows us, as Dask's `Security` takes them.

    Without them Dask's own configuration counts.
    """

    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None


def train_on_cluster(
    activations: Activations,
    settings: AutoencoderSettings,
    seeds: Sequence[int],
    address: str,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
    on_map: Callable[[SeedMap], None] | None = None,
    tls: TlsFiles | None = None,
) -> Trainings:
    """Train one map per seed on a cluster; see `training.ensemble.train_ensemble`, which does so on this computer.

    The workers need this program, with TensorFlow, in the same version. Dask pickles what it sends: give only the
    address of a cluster that is yours.

    Parameters
    ----------
    activations, settings, seeds, progress, cancelled, on_map
        As in `training.ensemble.train_ensemble`.
    address : str
        Of the scheduler, such as "tcp://10.0.0.5:8786".
    tls : TlsFiles, optional

    Raises
    ------
    UserError
        If Dask is not installed, the address does not respond, a setting is invalid, or the trainings fail.
    Cancelled
        The trainings on the cluster end within about a second.
    """
    check_seeds(seeds)
    settings.check()
    client = connect(address, tls)
    try:
        return _train(client, activations, settings, seeds, progress, cancelled, on_map)
    finally:
        client.close()


def connect(address: str, tls: TlsFiles | None = None) -> Any:
    """Connect to the cluster whose scheduler is at `address`, and return a Dask client.

    The scheduler can run code here while this connects (`RISK`): ask before.

    Raises
    ------
    UserError
        If Dask is not installed, or the address does not respond.
    """
    try:
        from distributed import Client, Security
    except ImportError:
        raise UserError(NOT_INSTALLED) from None
    address = address.strip()
    if not address or any(letter.isspace() for letter in address):
        raise UserError(f"{address!r} is no address of a cluster; give one such as tcp://10.0.0.5:8786.")
    security = None if tls is None else _security(Security, tls, address)
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False, security=security)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise UserError(
            f"No Dask scheduler answers at {address} ({type(error).__name__}); check the address and that it runs."
        ) from error
    if not client.scheduler_info().get("workers"):
        client.close()
        raise UserError(f"The cluster at {address} has no workers; start some and try again.")
    return client


def _security(make: Callable[..., Any], tls: TlsFiles, address: str) -> Any:
    if not address.startswith("tls://"):
        raise UserError(f"Files for TLS belong to an address that begins with tls://, and {address} does not.")
    for file in (tls.ca, tls.cert, tls.key):
        if file is not None:
            check_regular(file)
    names = {"tls_ca_file": tls.ca, "tls_client_cert": tls.cert, "tls_client_key": tls.key}
    return make(require_encryption=True, **{name: str(file) for name, file in names.items() if file is not None})


def _train(
    client: Any,
    activations: Activations,
    settings: AutoencoderSettings,
    seeds: Sequence[int],
    progress: Progress,
    cancelled: IsCancelled,
    on_map: Callable[[SeedMap], None] | None,
) -> Trainings:
    from distributed import Event

    gathered = Collector(len(seeds), on_map)
    stop = Event(f"auslan-explorer-{secrets.token_hex(8)}", client=client)
    sent = client.scatter(detach_from_file(activations), broadcast=True)
    pending = {
        seed: client.submit(_task, sent, replace(settings, seed=seed), stop.name, pure=False, retries=0)
        for seed in seeds
    }
    try:
        while pending:
            for seed in [seed for seed, future in pending.items() if future.done()]:
                gathered.add(seed, pending.pop(seed))
            if cancelled():
                raise Cancelled
            progress(1 - len(pending) / len(seeds), gathered.describe_progress())
            time.sleep(_ASK_SECONDS)
    except BaseException:
        # A task that runs already hears this, those that wait are taken back.
        stop.set()
        client.cancel(list(pending.values()))
        raise
    return gathered.result()


def _task(activations: Activations, settings: AutoencoderSettings, stop_name: str) -> SeedMap:
    """Train one seed on a worker; check once a second for a cancel."""
    from distributed import Event

    stop, asked = Event(stop_name), time.monotonic()

    def unwanted() -> bool:
        nonlocal asked
        now = time.monotonic()
        if now - asked < _LISTEN_SECONDS:
            return False
        asked = now
        return bool(stop.is_set())

    return train_seed(TrainingJob(activations, settings, threads=1), cancelled=unwanted)
