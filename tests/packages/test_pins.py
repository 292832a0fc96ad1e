"""Every pin holds for every Python that is claimed."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]
PYTHONS = ["3.11.0", "3.11.2", "3.13.5", "3.14.0"]


@pytest.fixture(autouse=True)
def _tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))


def test_every_patch_release_of_each_claimed_python_counts() -> None:
    from check_pins import claimed_pythons

    project = {
        "classifiers": ["Programming Language :: Python :: 3 :: Only"]
        + [f"Programming Language :: Python :: 3.{minor}" for minor in (11, 13)],
        "requires-python": ">=3.11.2",
    }
    pythons = claimed_pythons(project)
    assert pythons[0] == "3.11.2" and {"3.11.13", "3.13.0", "3.13.12"} < set(pythons)
    assert not [python for python in pythons if python.startswith("3.12")]


@pytest.mark.parametrize(
    ("pin", "asks", "refused"),
    [
        ("soupsieve==4.1.2", ">=3.11.5", "3.11.0"),
        ("a==1", ">=3.9", None),
        ("a==1", "", None),
        ("a==1", ">=3.9,<3.14", "3.14.0"),
        ('a==1; python_version < "3.14"', ">=3.9,<3.14", None),
        ('a==2; python_version >= "3.14"', ">=3.12", None),
        ('a==2; python_version >= "3.13"', ">=3.14", "3.13.5"),
    ],
)
def test_a_pin_that_some_python_refuses_is_named(pin: str, asks: str, refused: str | None) -> None:
    from check_pins import check

    complaints, unknown = check([Requirement(pin)], PYTHONS, lambda _: SpecifierSet(asks))
    assert unknown == []
    if refused is None:
        assert complaints == []
    else:
        assert len(complaints) == 1 and f"does not install on {refused};" in complaints[0]


def test_what_is_not_installed_is_said_to_be_unchecked() -> None:
    from check_pins import check, installed_requires_python

    pins = [Requirement("numpy==0.1"), Requirement("no-such-distribution==1")]
    assert check(pins, PYTHONS, installed_requires_python) == ([], ["numpy==0.1", "no-such-distribution==1"])
    assert installed_requires_python(Requirement("pytest>=8")) is not None


def test_the_oldest_python_that_is_claimed_is_the_first_release_of_its_minor() -> None:
    from check_pins import claimed_pythons

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert claimed_pythons(project)[0] == "3.11.0", "Debian 12 has 3.11.2 and stays there"
