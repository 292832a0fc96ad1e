"""What the benchmarks share: the training recordings on screen, and a line that says whether an aim was met."""

from __future__ import annotations

from pathlib import Path

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.session import Session
from auslan_explorer.core.splits import TRAIN
from auslan_explorer.io.cache import read_cache

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "models" / "activations.h5"
NOT_MEASURED = 3
"""Exit code of a benchmark that lacks what its aims are about; with 1 it has missed one of them."""


def shipped_session() -> Session:
    """Return a session that shows all training recordings of what ships."""
    session = Session(read_cache(SHIPPED))
    session.update(splits=frozenset({TRAIN}))
    return session


def described(activations: Activations, session: Session) -> str:
    """Return how much is on screen."""
    shown = session.shown()
    return f"{int(shown.sum())} recordings, {int(activations.lengths[shown].sum())} steps"


def verdict(what: str, value: float, aim: float, unit: str, at_most: bool = False) -> bool:
    """Print a figure beside its aim and return whether it is met."""
    met = value <= aim if at_most else value >= aim
    bound = "at most" if at_most else "at least"
    print(f"{what}: {value:.1f} {unit} (aim: {bound} {aim:g} {unit}) {'' if met else '  MISSED'}", flush=True)
    return met
