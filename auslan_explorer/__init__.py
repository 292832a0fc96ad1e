"""Auslan Explorer: a look inside an LSTM that recognises Australian sign language from glove recordings.

Of networks of your own: ``from auslan_explorer import record, show``.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as `typing` has it, which takes long to import: until the next lines nobody hears Ctrl+C
if TYPE_CHECKING:
    from typing import Any

__version__ = "0.1.0"
__all__ = ["__version__", "record", "show"]


def __getattr__(name: str) -> Any:
    # Imported when they are asked for: the command line starts without them.
    if name in ("record", "show"):
        from importlib import import_module

        return getattr(import_module(f"auslan_explorer.capture.{name}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
