"""The figures of a map as commands print them: what each is called, in the words of the data."""

from __future__ import annotations

FIGURES = {
    "explained_variance": "explained variance",
    "mse": "reconstruction error (MSE)",
    "last_step_mse": "the same, last step only",
    "trustworthiness": "trustworthiness, k = 12",
    "continuity": "continuity, k = 12",
    "knn_accuracy": "sign by 5 neighbours",
    "trustworthiness_elsewhere": "among other recordings only",
    "long_steps": "with a step > 10 % of the map",
    "long_steps_log": "the same after signed log",
    "largest_step": "largest step / path, median",
    "step_correlation": "map steps with state’s steps",
}
"""By the names in JSON, which are those of `analysis.quality.Quality`; said by `core.words`."""
