"""Odd surroundings: absurd numbers, no home, unknown users and languages, a data folder that others use too."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from auslan_explorer import cli
from auslan_explorer.cli import make_parser
from auslan_explorer.core.errors import UserError
from auslan_explorer.draw.film_settings import FilmSettings

ROOT = Path(__file__).parents[2]
NO_NUMBERS = ("nan", "inf", "-inf", "1e400", "-1e400", "1" + "0" * 400, "9" * 5000, "", " ", "1,5", "1;2", "x")
WHOLE = ("1" + "0" * 30, "-1", "1e5", "0.5")
NUMBERS = ("-1", "0", "1e30", "-1e30", "1e300", "1e-300", "1e-320", "5e-324")


def numeric_options() -> Iterator[tuple[str, argparse.Action]]:
    """Every option whose value is parsed as a number, by its command."""

    def walk(parser: argparse.ArgumentParser, path: str) -> Iterator[tuple[str, argparse.Action]]:
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for name, below in action.choices.items():
                    yield from walk(below, f"{path} {name}")
            elif action.type not in (None, Path, str) and action.choices is None and action.dest != "classes":
                yield f"{path} {(action.option_strings or [action.dest])[-1]}".strip(), action

    return walk(make_parser()[0], "")


@pytest.mark.parametrize(("name", "action"), [pytest.param(*each, id=each[0]) for each in numeric_options()])
def test_what_is_no_number_is_refused_by_every_option(name: str, action: argparse.Action) -> None:
    assert callable(action.type)
    for text in (*NO_NUMBERS, *(WHOLE if "at_least" in str(action.type) else ())):
        if text == "1,5" and name.endswith(("--only", "--widths")):
            continue  # these are lists
        with pytest.raises((argparse.ArgumentTypeError, ValueError)):
            print(action.type(text))


@pytest.mark.parametrize("name", ["fps", "steps_per_frame", "hold", "turn", "azimuth", "elevation", "scale"])
def test_a_number_of_a_film_that_cannot_be_is_one_short_sentence(name: str) -> None:
    for text in NUMBERS:
        for problem in FilmSettings(**{name: float(text)}).problems(".gif", 60):
            assert problem.endswith(".") and len(problem) < 200, (text, problem)


@pytest.mark.parametrize(
    "arguments",
    [
        ["film", "--speed", "1e-320"],
        ["film", "--steps-per-frame", "5e-324"],
        ["film", "--turns", "1e300"],
        ["film", "--speed", "1e308"],
        ["render", "--figure", "3", "--scale", "1e300"],
        ["render", "--figure", "3", "--size", "999999999x999999999"],
    ],
)
def test_an_absurd_number_is_one_sentence(arguments: list[str], cache: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / ("a.gif" if arguments[0] == "film" else "a.png")
    assert cli.main([*arguments, "--cache", str(cache), "--out", str(out)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and len(said) < 300
    assert list(tmp_path.iterdir()) == []


def test_a_user_whom_nobody_knows_is_one_sentence(child) -> None:
    for arguments in (["runs", "list"], ["import", "none.zip"], ["download"]):
        done = child(*arguments, env={"AUSLAN_EXPLORER_DATA": "~nobody_here/x"})
        assert done.returncode == 2 and done.stderr.count("\n") == 1
        assert "~nobody_here" in done.stderr or "none.zip" in done.stderr


def test_without_home_and_account_what_needs_none_works_and_the_rest_is_one_sentence(
    cache: Path, tmp_path: Path
) -> None:
    script = f"""
import pwd, sys
def unknown(number):
    raise KeyError(number)
pwd.getpwuid = unknown
sys.path.insert(0, {str(ROOT)!r})
from auslan_explorer import start
sys.exit(start.main())
"""
    missing = ("HOME", "AUSLAN_EXPLORER_DATA", "XDG_DATA_HOME", "XDG_CONFIG_HOME")
    kept = {name: value for name, value in os.environ.items() if name not in missing}

    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", script, *map(str, arguments)]
        return subprocess.run(command, env=kept, cwd=tmp_path, capture_output=True, text=True, timeout=300)

    for arguments in (["info", cache], ["export", "paths", "--cache", cache, "--out", "a.csv"]):
        done = call(*arguments)
        assert (done.returncode, done.stderr) == (0, "")
    done = call("runs", "list")
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "There is no home folder" in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the C library's own locales of two languages, where their sources are installed; else empty."""
    folder = tmp_path_factory.mktemp("locales")
    for name in ("tr_TR", "de_DE"):
        if (Path("/usr/share/i18n/locales") / name).exists() and (localedef := shutil.which("localedef")):
            subprocess.run([localedef, "-i", name, "-f", "UTF-8", folder / f"{name}.UTF-8"], check=True)
    return folder


PROBE = """
import locale
from PySide6.QtCore import QLocale
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass
print(QLocale().decimalPoint(), locale.localeconv()["decimal_point"])
"""


def export_and_draw(out: Path, cache: Path, child, surroundings: dict[str, str | None]) -> tuple[bytes, bytes]:
    """Return a table, and the pixels of a picture, that the program makes under some surroundings."""
    table, picture = out.with_suffix(".csv"), out.with_suffix(".png")
    for arguments in (
        ("export", "paths", "--cache", cache, "--only", "0-1", "--out", table),
        ("render", "--figure", "3", "--cache", cache, "--size", "300x300", "--out", picture),
    ):
        done = child(*arguments, env=surroundings)
        said = [line for line in done.stderr.splitlines() if not line.startswith("Fontconfig")]
        assert (done.returncode, said) == (0, [])
    return table.read_bytes(), Image.open(picture).convert("RGBA").tobytes()


@pytest.fixture(scope="module")
def plain(cache: Path, child, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """What is made under the surroundings of the tests."""
    return export_and_draw(tmp_path_factory.mktemp("plain") / "plain", cache, child, {})


@pytest.mark.parametrize("language", ["tr_TR.UTF-8", "de_DE.UTF-8", "C", "no_SUCH.encoding"])
def test_every_language_of_the_surroundings_gives_the_same(
    language: str, locales: Path, plain: tuple[bytes, bytes], cache: Path, child, tmp_path: Path
) -> None:
    surroundings = {"LC_ALL": language, "LANG": language, "PYTHONUTF8": None, "PYTHONIOENCODING": None}
    if (locales / language).exists():
        surroundings["LOCPATH"] = str(locales)
    # That the language is in force: Qt has its own of all (Norwegian for "no"), the C library those made above.
    known = {name: value for name, value in {**os.environ, **surroundings}.items() if value is not None}
    told = subprocess.run([sys.executable, "-c", PROBE], env=known, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["." if language == "C" else ",", "," if "LOCPATH" in surroundings else "."]
    assert export_and_draw(tmp_path / "grüße", cache, child, surroundings) == plain
    assert child("info", tmp_path / "fehlt-ß.h5", env=surroundings).returncode == 2


def test_two_programs_on_one_data_folder_keep_what_both_save(signs_folder: Path, child, tmp_path: Path) -> None:
    data = {"AUSLAN_EXPLORER_DATA": str(tmp_path)}
    with ThreadPoolExecutor(2) as both:
        done = list(both.map(lambda _: child("import", signs_folder, env=data), range(2)))
    assert [each.returncode for each in done] == [0, 0], [each.stderr for each in done]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["recordings.h5"]
    assert child("info", tmp_path / "recordings.h5", env=data).returncode == 0


def test_a_cache_that_is_cut_or_changed_while_it_is_open_is_one_sentence(cache: Path, tmp_path: Path) -> None:
    from auslan_explorer.io.cache import read_cache

    for size in (0, 100, 2000, -1000, -1):
        file = tmp_path / f"{size}.h5"
        file.write_bytes(cache.read_bytes())
        activations = read_cache(file)
        os.truncate(file, size if size >= 0 else file.stat().st_size + size)
        try:
            activations.all_states()
        except UserError as error:
            assert str(error).count(". ") == 0 and file.name in str(error)
    file = tmp_path / "gone.h5"
    file.write_bytes(cache.read_bytes())
    activations = read_cache(file)
    file.unlink()
    with pytest.raises(UserError, match=r"gone\.h5"):
        activations.all_states()


@pytest.mark.parametrize(("own", "told"), [("", "20"), ("24", "24")])
def test_threads_of_linear_algebra_soon_sleep_unless_told_otherwise(own: str, told: str) -> None:
    script = (
        f"import os, sys; sys.path.insert(0, {str(ROOT)!r}); from auslan_explorer import start; "
        "print(os.environ['OPENBLAS_THREAD_TIMEOUT'], 'numpy' in sys.modules)"
    )
    kept = {name: value for name, value in os.environ.items() if name != "OPENBLAS_THREAD_TIMEOUT"}
    env = kept | ({"OPENBLAS_THREAD_TIMEOUT": own} if own else {})
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [told, "False"], "told too late, or not at all"
