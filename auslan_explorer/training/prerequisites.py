"""Checks whether this computer can train: TensorFlow is an optional extra that is not released for all platforms."""

from __future__ import annotations

import importlib.util
import platform
import sys
from functools import cache

from auslan_explorer.core.errors import UserError

NEEDED = ("tensorflow", "keras")
FIRST_WITHOUT = (3, 14)
"""First Python without a release of TensorFlow; the extra "train" in pyproject.toml has the same bound."""

NOT_INSTALLED = (
    "Training needs TensorFlow, which is not installed here; install the program with its extra “train”, such as with "
    '`pip install "auslan-explorer[train]"`, and start it again.'
)


@cache
def missing(what: str = "Training") -> str:
    """Return a sentence why this computer cannot do what needs TensorFlow, which is not imported; empty where it can.

    Parameters
    ----------
    what : str
        What needs it, at the beginning of the sentence.
    """
    # A bundle holds what it needs, and its modules are no files that could be looked for.
    if getattr(sys, "frozen", False) or all(importlib.util.find_spec(name) is not None for name in NEEDED):
        return ""
    if not is_released(sys.platform, platform.machine()):
        system = {"darwin": "macOS", "win32": "Windows"}.get(sys.platform, platform.system())
        return f"{what} needs TensorFlow, and there is none for {system} on {platform.machine()}; all else works."
    if sys.version_info[:2] >= FIRST_WITHOUT:
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        return f"{what} needs TensorFlow, and there is none for Python {python}; under Python 3.13 there is."
    return NOT_INSTALLED.replace("Training", what, 1)


def is_released(system: str, machine: str) -> bool:
    """Return whether TensorFlow is released for a system and its kind of processor.

    Parameters
    ----------
    system : str
        As in `sys.platform`.
    machine : str
        As in `platform.machine`.
    """
    if machine in ("x86_64", "AMD64"):
        return system != "darwin"
    return machine in ("arm64", "aarch64")


def check() -> None:
    """Raise UserError with the sentence of `missing` if this computer cannot train."""
    if sentence := missing():
        raise UserError(sentence)
