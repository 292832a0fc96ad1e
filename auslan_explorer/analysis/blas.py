"""Keeps small matrix products in one thread: shared out, they wait for each other longer than they take."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[Any]:
    """Return a context within which linear algebra runs in the thread that asks for it."""
    return _controller().limit(limits=1, user_api="blas")


@lru_cache(maxsize=1)
def _controller() -> ThreadpoolController:
    # Looking for the libraries takes longer than what is computed.
    return ThreadpoolController()
