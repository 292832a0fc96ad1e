"""tools/setup.sh where something is missing or fails: no network is used, and nothing is installed."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXTRAS = ("train", "dev", "docs", "bundle", "mutants")
"""What `setup.sh lint` installs; it asks for no system library."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a shell script")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """All that the set-up reads, in a folder with spaces and an accent."""
    folder = tmp_path / "Études d'été"
    for place in (
        "pyproject.toml",
        "constraints.txt",
        "tools/setup.sh",
        "tools/apt.sh",
        "tools/system_libraries.sh",
        "auslan_explorer/__init__.py",
    ):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / place, folder / place)
    return folder


def set_up(checkout: Path, python: Path | str = sys.executable, what: str = "lint") -> subprocess.CompletedProcess[str]:
    """Run the set-up where pip finds nothing, as without a network."""
    environment = {**os.environ, "PYTHON": str(python), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [checkout / "tools/setup.sh", what], env=environment, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def empty_environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing but pip; making one takes seconds, copying it none."""
    environment = tmp_path_factory.mktemp("empty") / "environment"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    return environment


@pytest.fixture
def environment(checkout: Path, empty_environment: Path) -> Path:
    """An environment as an earlier set-up has left it, with a file of its own to know it by."""
    folder = checkout / ".venv"
    shutil.copytree(empty_environment, folder, symlinks=True)
    (folder / "kept").touch()
    (folder / ".installed").mkdir()
    (folder / ".installed/folder").write_text(f"{checkout.resolve()}\n")
    for extra in EXTRAS:
        (folder / ".installed" / extra).write_text("something older\n")
    return folder


def current_key(checkout: Path) -> str:
    """What the set-up writes down of that which it installs from."""
    script = 'eval "$(sed -n "/^key=/,/^}/p" tools/setup.sh)"; echo "$key"'
    return subprocess.run(["sh", "-c", script], cwd=checkout, capture_output=True, text=True, check=True).stdout


def test_a_first_set_up_that_fails_says_so_and_is_not_taken_for_done(checkout: Path) -> None:
    done = set_up(checkout)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("Installing the dependencies failed: what pip says stands above.")
    assert not (checkout / ".venv/.installed/train").exists()


def test_a_working_environment_is_used_on_where_it_cannot_be_brought_up_to_date(
    checkout: Path, environment: Path
) -> None:
    for _ in range(2):  # the failure leaves nothing that would decide the next time
        done = set_up(checkout)
        assert done.returncode == 0, done.stderr
        assert done.stderr.count("\n") == 1 and "What was installed before is used as it is" in done.stderr
    assert (environment / "kept").exists()
    assert (environment / ".installed/dev").read_text() == "something older\n", "it would never be brought up to date"


def test_what_was_never_installed_is_not_used_on(checkout: Path, environment: Path) -> None:
    (environment / ".installed/docs").unlink()
    assert set_up(checkout, what="lint").returncode == 1
    assert {file.name for file in (environment / ".installed").iterdir()} == {
        "folder",
        "train",
        "dev",
        "bundle",
        "mutants",
    }


@pytest.mark.usefixtures("environment")
def test_an_environment_whose_folder_was_moved_comes_back_where_none_can_be_made(checkout: Path) -> None:
    moved = checkout.rename(checkout.with_name("moved"))
    done = set_up(moved)
    assert done.returncode == 0 and "What was installed before is used as it is" in done.stderr
    assert (moved / ".venv/kept").exists() and not (moved / ".venv.former").exists()


def test_an_interrupted_installation_is_not_taken_for_done(checkout: Path, environment: Path) -> None:
    for extra in EXTRAS:
        (environment / ".installed" / extra).write_text(current_key(checkout))
    done = set_up(checkout)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (environment / ".installed/changing").touch()
    assert "Bringing .venv up to date" in set_up(checkout).stdout


def test_settings_of_tests_and_linters_ask_for_no_installation(checkout: Path) -> None:
    project = checkout / "pyproject.toml"
    text, before = project.read_text(encoding="utf-8"), current_key(checkout)
    assert before.strip()
    project.write_text(text.replace("[tool.ruff]\n", "[tool.ruff]\nfix = true\n"), encoding="utf-8")
    assert current_key(checkout) == before
    project.write_text(text.replace('"numpy>=2.0', '"numpy>=2.1'), encoding="utf-8")
    assert current_key(checkout) != before


@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_one_sentence(checkout: Path) -> None:
    checkout.chmod(stat.S_IRUSR | stat.S_IXUSR)
    done = set_up(checkout)
    checkout.chmod(stat.S_IRWXU)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith("Nothing can be written into ") and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (
            'case "$2" in *print*) echo 3.10.12 ;; *) exit 1 ;; esac',
            "needs Python 3.11, 3.12 or 3.13, and {} is 3.10.12:",
        ),
        ("exit 127", "needs Python 3.11, 3.12 or 3.13, and none was found:"),
        ('case "$2" in *ensurepip* | *base_prefix*) exit 1 ;; esac', "{} cannot make virtual environments,"),
    ],
    ids=["too old", "none", "no venv"],
)
def test_a_python_that_will_not_do_is_one_sentence(checkout: Path, answers: str, sentence: str) -> None:
    python = checkout / "a python"
    python.write_text(f"#!/bin/sh\n{answers}\n")
    python.chmod(stat.S_IRWXU)
    done = set_up(checkout, python)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence.format(python) in done.stderr and done.stderr.count("\n") == 1
    assert not (checkout / ".venv").exists()


def test_the_set_up_of_something_unknown_is_one_sentence(checkout: Path) -> None:
    done = set_up(checkout, what="everything")
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "everything" in done.stderr
