"""How TensorFlow is started."""

from __future__ import annotations

import importlib
import sys

import pytest

from auslan_explorer.ml import runtime
from auslan_explorer.ml.runtime import silent_start


def test_what_keras_brings_along_unused_is_hidden_while_it_starts_and_can_be_imported_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runtime, "UNUSED", ("wave", "json"))
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    before = sys.modules["json"]
    with pytest.raises(RuntimeError), silent_start():
        with pytest.raises(ImportError):
            importlib.import_module("wave")
        assert importlib.import_module("json") is before, "what is there already stays"
        raise RuntimeError
    assert importlib.import_module("wave").open
    assert importlib.import_module("json") is before
