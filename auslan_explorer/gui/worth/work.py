"""The work behind what the map is worth, without Qt: each function returns what `gui.jobs.Jobs.start` runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.ensemble import Ensemble
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Colouring

Progress = Callable[[float, str], None]
Asked = Callable[[], bool]

NO_AUTOENCODER = (
    "The autoencoder behind this map is not at hand, so what it loses cannot be told; train one, or open the map with "
    "its networks."
)


def known(projection: Projection, colouring: Colouring, neighbours: int) -> bool:
    """Return whether what a colouring needs is measured."""
    measured = projection.measured
    if colouring is Colouring.ERROR:
        return measured.error is not None
    return neighbours in (measured.trust if colouring is Colouring.TRUST else measured.continuity)


def measuring(
    activations: Activations,
    projections: Mapping[int, Projection],
    colouring: Colouring,
    neighbours: int,
    find: Callable[[Projection], Autoencoder | None],
) -> Callable[..., None]:
    """Measure every point of some projections; what is found is kept on them.

    Of several projections, one whose autoencoder is not at hand is left out; of a single one that is an error.
    """

    def work(*, progress: Progress, cancelled: Asked) -> None:
        missing = [p for p in projections.values() if not known(p, colouring, neighbours)]
        done = 0
        for number, projection in enumerate(missing):
            start, stop = number / len(missing), (number + 1) / len(missing)

            def tell(fraction: float, text: str, start: float = start, stop: float = stop) -> None:
                progress(start + (stop - start) * fraction, text)

            if colouring is Colouring.ERROR:
                autoencoder = find(projection)
                if autoencoder is None:
                    continue
                measure_error(activations, projection, autoencoder, cancelled)
            else:
                measure_neighbours(activations, projection, colouring, neighbours, tell, cancelled)
            done += 1
        if missing and not done:
            raise UserError(NO_AUTOENCODER)

    return work


def measure_error(
    activations: Activations, projection: Projection, autoencoder: Autoencoder, cancelled: Asked | None = None
) -> np.ndarray:
    """Return each real step's reconstruction error, computed once for a projection."""
    from auslan_explorer.analysis.step_errors import point_errors

    if projection.measured.error is None:
        projection.measured.error = point_errors(activations, autoencoder, cancelled)
    return projection.measured.error


def measure_neighbours(
    activations: Activations,
    projection: Projection,
    colouring: Colouring,
    neighbours: int,
    progress: Progress | None = None,
    cancelled: Asked | None = None,
) -> None:
    """Measure each real step's trustworthiness or continuity, and keep it on the projection."""
    from auslan_explorer.analysis.point_worth import point_trust, references

    states, points = activations.all_states(), projection.points
    among = references(len(states))
    if colouring is Colouring.TRUST:
        values = point_trust(states, points, neighbours, among, progress, cancelled)
        projection.measured.trust[neighbours] = values
    else:
        values = point_trust(points, states, neighbours, among, progress, cancelled)
        projection.measured.continuity[neighbours] = values


@dataclass(frozen=True, eq=False)
class Found:
    """An ensemble of the activations that are open, laid over their 2-D map; None where there is none."""

    ensemble: Ensemble | None


def finding_ensemble(activations: Activations, projection: Projection | None) -> Callable[..., Found]:
    """Find the ensemble of these activations, the person's own or the one that ships."""

    def work(*, progress: Progress, cancelled: Asked) -> Found:
        from auslan_explorer.analysis.neighbours import fingerprint
        from auslan_explorer.io.stability_store import find_ensemble

        if not activations.real_steps:
            return Found(None)
        ensemble = find_ensemble(fingerprint(activations.all_states(), activations.lengths))
        if ensemble is None or ensemble.signs != activations.signs or ensemble.ends.shape[1] != len(activations):
            return Found(None)
        return Found(lay_over(activations, ensemble, projection))

    return work


def lay_over(activations: Activations, ensemble: Ensemble, projection: Projection | None) -> Ensemble:
    """Return an ensemble laid over a projection, or its first map, and keep the signs' ends on the projection."""
    from auslan_explorer.analysis.stability import laid_over, mean_paths

    if projection is None or projection.dims != ensemble.dims:
        return laid_over(ensemble)
    laid = laid_over(ensemble, mean_paths(activations, projection.points, ensemble.paths.shape[2]))
    projection.measured.ends = laid.sign_ends()
    return laid
