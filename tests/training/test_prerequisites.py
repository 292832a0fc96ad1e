from __future__ import annotations

import importlib.util
import platform
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.training import prerequisites
from auslan_explorer.training.events import Event, Failed
from auslan_explorer.training.job import TrainingJob
from auslan_explorer.training.settings import AutoencoderSettings
from auslan_explorer.training.supervisor import Training

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
MACHINES = (
    ("linux", "x86_64"), ("linux", "aarch64"), ("linux", "riscv64"), ("win32", "AMD64"), ("win32", "ARM64"),
    ("darwin", "arm64"), ("darwin", "x86_64"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    prerequisites.missing.cache_clear()
    yield
    prerequisites.missing.cache_clear()


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    hidden = prerequisites.NEEDED
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name in hidden else find(name, *more))


@pytest.mark.parametrize("python", ["3.11", "3.13", "3.14"])
@pytest.mark.parametrize(("system", "machine"), MACHINES)
def test_the_extra_brings_tensorflow_wherever_the_program_says_that_there_is_one(
    system: str, machine: str, python: str
) -> None:
    where = {"sys_platform": system, "platform_machine": machine, "python_version": python}
    extras = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    asked = [Requirement(line) for line in extras["train"]]
    brought = sorted(each.name for each in asked if each.marker is None or each.marker.evaluate(where))
    too_new = tuple(map(int, python.split("."))) >= prerequisites.FIRST_WITHOUT
    if too_new or not prerequisites.is_released(system, machine):
        assert brought == []
    else:
        assert brought in (["keras", "tensorflow"], ["keras", "tensorflow-cpu"])


@pytest.mark.usefixtures("nothing_installed")
@pytest.mark.parametrize(
    ("python", "system", "machine", "words"),
    [
        ((3, 12, 0), "linux", "x86_64", 'pip install "auslan-explorer[train]"'),
        ((3, 14, 0), "linux", "x86_64", "none for Python 3.14"),
        ((3, 12, 0), "darwin", "x86_64", "none for macOS on x86_64"),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, python: tuple[int, int, int], system: str, machine: str, words: str
) -> None:
    version = type("Version", (tuple,), {"major": python[0], "minor": python[1]})(python)
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    sentence = prerequisites.missing()
    assert words in sentence and "\n" not in sentence and sentence.endswith(".")
    with pytest.raises(UserError, match="TensorFlow"):
        prerequisites.check()


@pytest.mark.usefixtures("nothing_installed")
def test_a_training_without_tensorflow_fails_with_that_sentence_and_starts_no_process(
    activations: Activations,
) -> None:
    events: list[Event] = []
    training = Training(TrainingJob(activations, AutoencoderSettings(dims=2)), events.append)
    training.start()
    assert training.wait(120) and training.pid is None
    assert events == [Failed(prerequisites.missing())]
