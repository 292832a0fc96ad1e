"""A run: a finished training with its autoencoder, its map and a record of how it was made."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from auslan_explorer import __version__
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.words import SIGN_LANGUAGE, Words
from auslan_explorer.training.events import AutoencoderTrained
from auslan_explorer.training.settings import AutoencoderSettings


@dataclass(frozen=True, eq=False)
class RunInfo:
    """Metadata of a run, as shown in a list of runs.

    Attributes
    ----------
    id : str
        Constant; sorts by time.
    name : str
        Name for people.
    created : str
        Date and time in UTC, ISO 8601.
    version : str
        Version of the program that trained it.
    settings : AutoencoderSettings
    train_losses, validation_losses : tuple of float
        Mean squared errors, one per epoch.
    best_epoch : int
        From 1; the run has its weights.
    seconds : float
        Time taken.
    metrics : mapping of str to (float, None or str)
        As in `training.events.Measured`; empty where they were not measured.
    activations : str
        Fingerprint of the activations that it was trained on.
    data : str
        Description of these activations.
    words : Words
        What their classes and sequences are called.
    thumbnail : bytes
        The map as a small PNG; empty where there is none.
    damaged : str
        A sentence where the file cannot be read; the other fields are meaningless then.
    """

    id: str
    name: str
    created: str = ""
    version: str = ""
    settings: AutoencoderSettings = field(default_factory=AutoencoderSettings)
    train_losses: tuple[float, ...] = ()
    validation_losses: tuple[float, ...] = ()
    best_epoch: int = 0
    seconds: float = 0.0
    metrics: Mapping[str, Any] = field(default_factory=dict)
    activations: str = ""
    data: str = ""
    words: Words = SIGN_LANGUAGE
    thumbnail: bytes = b""
    damaged: str = ""

    @property
    def dims(self) -> int:
        """Dimensions of the map."""
        return self.settings.dims

    @property
    def epochs_run(self) -> int:
        """Number of epochs that ran."""
        return len(self.validation_losses)

    def belongs_to(self, activations: Activations) -> bool:
        """Return whether the run was trained on these activations."""
        return not self.damaged and self.activations == activations.fingerprint

    def refusal(self, activations: Activations) -> str:
        """Return a sentence why the run cannot be shown with these activations; empty where it can."""
        if self.damaged:
            return self.damaged
        if self.belongs_to(activations):
            return ""
        of = f" ({self.data})" if self.data else ""
        return (
            f"The run “{self.name}” was trained on the hidden states of another network{of}, and says nothing of those "
            "that are open. Open that network first, or train a map of this one."
        )


@dataclass(frozen=True, eq=False)
class Run:
    """A run with its autoencoder and map.

    Attributes
    ----------
    info : RunInfo
    autoencoder : Autoencoder
    points, prefix : ndarray of float32, shapes (real steps, dims) and (padding steps, dims)
    """

    info: RunInfo
    autoencoder: Autoencoder
    points: np.ndarray
    prefix: np.ndarray

    @property
    def id(self) -> str:
        """Id of the run."""
        return self.info.id

    @property
    def name(self) -> str:
        """Name of the run."""
        return self.info.name

    def make_projection(self, activations: Activations) -> Projection:
        """Return the run's map of the activations that it was trained on.

        Raises
        ------
        UserError
            If the run belongs to another network: its map of these activations would be a cloud without meaning.
        """
        refusal = self.info.refusal(activations)
        if refusal:
            raise UserError(refusal)
        if len(self.points) != activations.real_steps:
            return replace(activations.project(self.autoencoder, self.name), is_run=True)
        return Projection(self.points, self.prefix, self.autoencoder.fingerprint, self.name, is_run=True)


def new_run(
    activations: Activations,
    settings: AutoencoderSettings,
    trained: AutoencoderTrained,
    metrics: Mapping[str, Any] | None,
    thumbnail: bytes = b"",
    name: str = "",
) -> Run:
    """Create a run from a training that has just ended.

    Parameters
    ----------
    activations : Activations
        Those that it was trained on.
    settings : AutoencoderSettings
    trained : AutoencoderTrained
        With points.
    metrics : mapping or None
        Of the event `training.events.Measured`.
    thumbnail : bytes, optional
        PNG, as `draw.thumbnail` makes it.
    name : str, optional
        By default, the dimensions and the seed.
    """
    now = datetime.now(UTC)
    points, prefix = trained.points, trained.prefix
    if points is None or prefix is None:
        projection = activations.project(trained.autoencoder, "")
        points, prefix = projection.points, projection.prefix
    provenance = activations.provenance
    info = RunInfo(
        id=new_id(now),
        name=name.strip() or f"{settings.dims}-D, seed {settings.seed}",
        created=now.isoformat(timespec="seconds"),
        version=__version__,
        settings=settings,
        train_losses=trained.train_losses,
        validation_losses=trained.validation_losses,
        best_epoch=trained.best_epoch,
        seconds=trained.seconds,
        metrics=dict(metrics or {}),
        activations=activations.fingerprint,
        data=", ".join(filter(None, (provenance.get("model", ""), provenance.get("data", "")))),
        words=activations.wording,
        thumbnail=thumbnail,
    )
    return Run(info, trained.autoencoder, points, prefix)


def new_id(now: datetime) -> str:
    """Return a new id, also a file name, that is unique across programs and sorts after those made before it."""
    # Two short trainings may end within one second: the first half of the last part counts 4096ths of it.
    return f"{now:%Y%m%d-%H%M%S}-{now.microsecond * 4096 // 1_000_000:03x}{secrets.randbelow(4096):03x}"


def with_info(run: Run, **changed: Any) -> Run:
    """Return a copy of a run with changed fields of its info."""
    return replace(run, info=replace(run.info, **changed))
