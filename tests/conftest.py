"""Setup for all tests: the person's data are neither read nor written, and Qt draws off screen by default."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.words import Words

# Before any test module, and so before Qt, Keras or the program, has read its environment.
_HOME = Path(tempfile.mkdtemp(prefix="auslan-explorer-home-"))
_FOLDERS = {
    "HOME": "",
    "AUSLAN_EXPLORER_DATA": "data",
    "KERAS_HOME": "keras",
    "MPLCONFIGDIR": "matplotlib",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "share",
    "XDG_RUNTIME_DIR": "runtime",
    "XDG_STATE_HOME": "state",
}
for _name, _folder in _FOLDERS.items():
    (_HOME / _folder).mkdir(mode=0o700, exist_ok=True)
    os.environ[_name] = str(_HOME / _folder)
os.environ.setdefault("QT_API", "pyside6")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# A background shell starts its jobs with Ctrl+C ignored, and programs that tests start and interrupt would inherit it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="session")
def errors_are_sentences() -> Iterator[None]:
    """Fail a test in which a person would be told None, or something else that is no text."""
    usual = UserError.__init__

    def say(error: UserError, *words: object) -> None:
        assert len(words) == 1 and isinstance(words[0], str), f"an error for a person says {words}"
        usual(error, *words)

    UserError.__init__ = say  # type: ignore[method-assign, assignment]
    yield
    UserError.__init__ = usual  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def texts_are_whole() -> Iterator[None]:
    """Fail a test in which a text is None, or would say None in the place of a value."""
    usual = Words.say

    def say(words: Words, text: str, *values: object) -> str:
        assert isinstance(text, str) and not any(value is None for value in values), f"{text!r} says {values}"
        return usual(words, text, *values)

    Words.say = say  # type: ignore[method-assign]
    yield
    Words.say = usual  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def no_waits_for_the_disk() -> Iterator[None]:
    """Files of tests need not outlive a power cut: to wait for the disk takes some hundredths of a second each time."""
    usual, os.fsync = os.fsync, lambda file: None
    yield
    os.fsync = usual


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture
def private_home() -> Path:
    """Temporary folder that is the home directory during the tests."""
    return _HOME
