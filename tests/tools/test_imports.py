"""No module of the program imports itself by way of others, not even for type annotations alone."""

from __future__ import annotations

import textwrap
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

PACKAGE = "auslan_explorer"


def circle_in(package: str) -> list[str]:
    """Return modules of a package that import each other in a circle; nothing where there is none."""
    graph = grimp.build_graph(package, exclude_type_checking_imports=False, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert circle_in(PACKAGE) == []


def test_a_circle_that_only_type_annotations_close_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in_a_circle"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "window.py").write_text("from in_a_circle import room\n")
    (folder / "room.py").write_text(
        textwrap.dedent("""
            from typing import TYPE_CHECKING

            if TYPE_CHECKING:
                from in_a_circle.window import Window
        """)
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert set(circle_in("in_a_circle")) == {"in_a_circle.window", "in_a_circle.room"}
