"""The check that makes wrong changes: what it draws, which tests it runs for a change, and what it calls caught."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = '''"""Words about the module, 3 of them."""

from __future__ import annotations

__all__ = ["double"]
LIMIT = 7


def double(number: int = 3, *, name: str = "one") -> int:
    """Return twice 1 number."""
    if number > LIMIT:
        raise ValueError("That is too much of it.")
    text = name.encode(encoding="ascii")
    return (
        number * 2
        + len(text)
    )


WIDTH = 640
if __name__ == "__main__":
    print(double(5))
'''
TESTS = """
from auslan_explorer.core.doubling import double

def test_double():
    assert double(4, name="") == 8

def test_nothing():
    pass
"""


@pytest.fixture
def mutants(monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("mutmut", reason="mutmut is not installed; `make mutants` installs it")
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    monkeypatch.chdir(ROOT)  # where mutmut reads its settings
    import mutants

    return mutants


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of one module and its tests."""
    root = tmp_path / "checkout"
    for name, text in (
        ("auslan_explorer/__init__.py", ""),
        ("auslan_explorer/core/__init__.py", ""),
        ("auslan_explorer/core/doubling.py", CODE),
        ("tests/core/test_doubling.py", TESTS),
        ("tools/mutants_plugin.py", (ROOT / "tools/mutants_plugin.py").read_text(encoding="utf-8")),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def change(mutants, old: str, new: str):
    line = next(number for number, text in enumerate(CODE.splitlines(), 1) if old in text)
    return mutants.Mutant("auslan_explorer/core/doubling.py", line, CODE.replace(old, new, 1), "")


def covering_of(mutants):
    lines = {
        "auslan_explorer/core/doubling.py": {
            6: [""],
            **{n: ["tests/core/test_doubling.py::test_double"] for n in range(11, 18)},
        }
    }
    seconds = {"tests/core/test_doubling.py::test_double": 0.1, "tests/core/test_doubling.py::test_nothing": 0.1}
    return mutants.Covering(lines, seconds, {})


def test_words_annotations_and_what_only_a_program_runs_are_not_changed(mutants, checkout: Path) -> None:
    drawn = [change for seed in range(30) for change in mutants.draw_sample(checkout, ["core"], 99, seed)]
    changed = {CODE.splitlines()[change.line - 1].strip() for change in drawn}
    assert {"LIMIT = 7", "if number > LIMIT:", "number * 2"} <= changed
    assert not {text for text in changed if text.startswith(('"""', "from", "__all__", "if __name__", "print"))}
    codes = {change.code for change in drawn}
    assert not [code for code in codes if 'encoding="ascii"' not in code and "text = None" not in code]
    assert not [code for code in codes if "XXThat" in code or "THAT IS" in code or "Error(None)" in code]
    assert {line for code in codes for line in code.splitlines() if line.startswith(("LIMIT", "WIDTH"))} == {
        *("LIMIT = 7", "LIMIT = 8", "LIMIT = None"),
        *("WIDTH = 640", "WIDTH = 1280", "WIDTH = None"),
    }
    assert {code.count("number: int = 4") for code in codes} == {0, 1}
    for code in codes:
        compile(code, "changed", "exec")


def test_one_seed_draws_one_sample(mutants, checkout: Path) -> None:
    one, same, other = (mutants.draw_sample(checkout, ["core"], 3, seed) for seed in (1, 1, 2))
    assert len(one) == 3 and one == same and one != other


def test_a_change_meets_the_tests_that_run_any_line_of_its_statement(mutants) -> None:
    assert list(mutants.statement_lines(CODE, 16)) == [14, 15, 16, 17]
    assert list(mutants.statement_lines(CODE, 11)) == [11]
    lines = {
        "auslan_explorer/core/a.py": {
            14: ["tests/cli/test_b.py::slow"],
            15: ["fixture tests::f"],
            1: ["else"],
            6: ["else", "tests/test_all.py::long"],
            11: ["", "else"],
        }
    }
    users = {"fixture tests::f": ["tests/core/test_a.py::one", "tests/core/test_a.py::two"]}
    seconds = {
        "tests/cli/test_b.py::slow": 59,
        "tests/core/test_a.py::one": 3,
        "tests/core/test_a.py::two": 2,
        "else": 1,
        "tests/test_all.py::long": 9,
    }
    covering = mutants.Covering(lines, seconds, users)
    found = covering.tests_of(mutants.Mutant("auslan_explorer/core/a.py", 16, "", ""), CODE)
    assert found == ["tests/core/test_a.py::two", "tests/core/test_a.py::one", "tests/cli/test_b.py::slow"]
    assert covering.quickest(found) == found[:2]  # together no longer than a change may take
    # What is run while importing is met by every test of the file: a constant, and the body of what makes one.
    for line in (6, 11):
        found = covering.tests_of(mutants.Mutant("auslan_explorer/core/a.py", line, "", ""), CODE)
        # The room's own first, then what is about all rooms.
        assert found[2:] == ["tests/test_all.py::long", "else", "tests/cli/test_b.py::slow"] and len(found) == 5


def test_rooms_of_the_window_go_with_no_others(mutants, capsys: pytest.CaptureFixture[str]) -> None:
    for rooms in (["gui", "core"], ["gui/signs", "core"], ["gui/nowhere"]):
        with pytest.raises(SystemExit):
            mutants.main(["--rooms", *rooms])
    assert capsys.readouterr().err.count("rooms of gui go with no others") == 2


@pytest.mark.parametrize(
    ("old", "new", "caught", "how"),
    [
        ("number * 2", "number / 3", True, "a test failed"),
        ("LIMIT = 7", "LIMIT = 3", True, "a test failed"),
        ("number > LIMIT", "number >= LIMIT", False, "1 of the 1 tests that run this line passed"),
        ("LIMIT = 7", "LIMIT = (", True, "a test failed"),
        ("double(5)", "double(6)", False, "no test runs this line"),
    ],
)
def test_caught_is_what_makes_a_test_fail_and_the_copy_is_as_it_was(
    mutants, checkout: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, caught: bool, how: str
) -> None:
    covering = covering_of(mutants)
    if how == "no test runs this line":
        covering.lines.clear()
    assert mutants.try_mutant(change(mutants, old, new), covering, checkout) == (caught, how)
    assert (checkout / "auslan_explorer/core/doubling.py").read_text(encoding="utf-8") == CODE


@pytest.mark.parametrize(
    ("before", "how"),
    [
        ("", "a test failed"),
        # As where no line of Python is reached any more.
        ("import signal; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])", "no end"),
    ],
)
def test_a_change_that_no_longer_ends_is_caught(
    mutants, checkout: Path, monkeypatch: pytest.MonkeyPatch, before: str, how: str
) -> None:
    monkeypatch.setattr(mutants, "SPARE_SECONDS", 4)
    endless = change(mutants, "text = name", f"{before}\n    while True: pass\n    text = name")
    caught, told = mutants.try_mutant(endless, covering_of(mutants), checkout)
    # On a busy machine the limit of the whole process may come before the test's own.
    assert caught and told in (how, "no end")


def test_files_of_tests_are_known_by_what_they_import(mutants, checkout: Path) -> None:
    assert mutants.importers(checkout) == {"auslan_explorer/core/doubling.py": {"tests/core/test_doubling.py"}}


def test_every_room_that_may_be_changed_has_tests(mutants) -> None:
    for room in mutants.ROOMS:
        assert list((ROOT / "tests" / mutants.TESTS_OF.get(room, room)).rglob("test_*.py"))


def test_false_becomes_true_and_never_none_which_means_the_same(mutants, checkout: Path) -> None:
    code = "A: bool = False\nB = False\nC: bool = True\nD = double(False)\nE = ()\n"
    (checkout / "auslan_explorer/core/doubling.py").write_text(code, encoding="utf-8")
    drawn = [change for seed in range(60) for change in mutants.draw_sample(checkout, ["core"], 99, seed)]
    changed = {line for change in drawn for line in change.code.splitlines()} - set(code.splitlines())
    assert changed == {
        "A: bool = True", "B = True", "C: bool = False", "C: bool = None", "D = double(True)", "D = None", "E = None",
    }  # fmt: skip
