"""Selects and checks the hidden states that an autoencoder is trained on."""

from __future__ import annotations

import numpy as np

from auslan_explorer.analysis.redundancy import moving_steps
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.training.settings import ARTICLE_STEPS, Steps

FEWEST_TRAINING = 50
FEWEST_VALIDATION = 10


def training_steps(activations: Activations, steps: Steps) -> np.ndarray:
    """Return which real steps to train on by a choice of `steps`, bool, shape (S,)."""
    if steps == "moving":
        return moving_steps(activations)
    if steps == "article":
        step = activations.step_of_point()
        return (step >= ARTICLE_STEPS[0]) & (step <= ARTICLE_STEPS[1])
    return np.ones(activations.real_steps, dtype=bool)


def check_finite(states: np.ndarray) -> None:
    """Check that all hidden states are finite numbers.

    Raises
    ------
    UserError
        If one is not.
    """
    if not np.isfinite(states).all():
        raise UserError("The hidden states hold values that are not finite numbers; make the activation cache again.")


def check_rows(training: np.ndarray, validation: np.ndarray) -> None:
    """Check that an autoencoder can be trained on hidden states.

    Parameters
    ----------
    training, validation : ndarray of float32, shape (rows, units)

    Raises
    ------
    UserError
        If there are too few rows, values that are not finite numbers, or states that never change.
    """
    if len(training) < FEWEST_TRAINING or len(validation) < FEWEST_VALIDATION:
        raise UserError(
            f"There are too few hidden states: {len(training)} to train on and {len(validation)} to validate with; "
            "choose more recordings or more steps."
        )
    check_finite(training)
    check_finite(validation)
    if float(training.std(axis=0).max()) < 1e-6:
        raise UserError("The hidden states are all the same, so there is nothing to map; choose other recordings.")
