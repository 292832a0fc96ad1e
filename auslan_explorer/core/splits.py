"""Splits of recordings into training, validation and test."""

from __future__ import annotations

import numpy as np

from .errors import UserError
from .words import counted

TRAIN, VALIDATION, TEST, NO_SPLIT = 0, 1, 2, 255
SPLIT_NAMES = {TRAIN: "train", VALIDATION: "validation", TEST: "test", NO_SPLIT: "none"}

ARTICLE_TRAIN_PER_SIGN = 21
HELD_OUT_VALIDATION_SESSIONS = (7,)
HELD_OUT_TEST_SESSIONS = (8, 9)


def article_split(sign: np.ndarray, seed: int = 0, per_sign: int = ARTICLE_TRAIN_PER_SIGN) -> np.ndarray:
    """Split as the article: 21 recordings of each sign to train, the rest halved into validation and test.

    Parameters
    ----------
    sign : ndarray of int, shape (recordings,)
        Sign of each recording.
    seed : int
        Same seed, same split.
    per_sign : int
        Training recordings of each sign.

    Returns
    -------
    ndarray of uint8, shape (recordings,)
        `TRAIN`, `VALIDATION` or `TEST`. Signs with an odd remainder take turns in giving the extra
        recording to validation and to test, so that both halves are equal (277 and 277 for the article).

    Raises
    ------
    UserError
        If a sign has too few recordings to leave any for validation and test.
    """
    rng = np.random.default_rng(seed)
    split = np.full(len(sign), TRAIN, dtype=np.uint8)
    extra_to_test = False
    for code in np.unique(sign):
        rows = rng.permutation(np.flatnonzero(sign == code))
        rest = rows[per_sign:]
        if len(rest) < 2:
            raise UserError(
                f"Sign number {code} has {counted(len(rows), 'recording')}; the split needs at least "
                f"{per_sign + 2} of each "
                "sign."
            )
        half = len(rest) // 2
        if len(rest) % 2:
            half += not extra_to_test
            extra_to_test = not extra_to_test
        split[rest[:half]] = VALIDATION
        split[rest[half:]] = TEST
    return split


def session_split(
    session: np.ndarray,
    validation: tuple[int, ...] = HELD_OUT_VALIDATION_SESSIONS,
    test: tuple[int, ...] = HELD_OUT_TEST_SESSIONS,
) -> np.ndarray:
    """Split by whole recording sessions: harder, because the gloves were put on anew for each.

    Parameters
    ----------
    session : ndarray of int, shape (recordings,)
        Session of each recording.
    validation, test : tuple of int
        Sessions to hold out.

    Returns
    -------
    ndarray of uint8, shape (recordings,)
        `TRAIN`, `VALIDATION` or `TEST`.

    Raises
    ------
    UserError
        If one of the three parts would be empty.
    """
    split = np.full(len(session), TRAIN, dtype=np.uint8)
    split[np.isin(session, validation)] = VALIDATION
    split[np.isin(session, test)] = TEST
    if not all((split == part).any() for part in (TRAIN, VALIDATION, TEST)):
        raise UserError("Holding out sessions needs recordings of sessions to train, to validate and to test.")
    return split
