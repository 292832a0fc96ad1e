"""The examples that are offered where one searches are searches that work."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.session import Session
from auslan_explorer.gui.signs.search import EXAMPLES, search_recordings
from tests.made_up import made_up_activations


@pytest.fixture(scope="module")
def session() -> Session:
    """A session of signs that the examples name, and of which it is known how the hands move."""
    a = made_up_activations(9)
    names = ("who", "think", "his / hers", "zero")
    return Session(replace(a, names=names, signs=("who", "think", "his_hers", "zero"), hand_ratio=np.ones(len(a))))


@pytest.mark.parametrize("example", re.split(r"\s{2,}", EXAMPLES))
def test_an_example_is_a_search(session: Session, example: str) -> None:
    found = search_recordings(session, example)
    # A name alone lists signs; all else picks recordings.
    assert found.filters is (":" in example or example[-1].isdigit())


def test_every_kind_of_filter_that_there_is_has_an_example() -> None:
    from auslan_explorer.core.search import _EXAMPLES

    assert {name for name in _EXAMPLES if f"{name}:" in EXAMPLES} >= {"session", "trial", "length", "split", "hands"}
