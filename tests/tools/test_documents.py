"""ARCHITECTURE.md, CONTRIBUTING.md: what they name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "auslan_explorer"
NAMED = [
    (document, name)
    for document in ("ARCHITECTURE.md", "CONTRIBUTING.md")
    for name in sorted(set(re.findall(r"`([\w./-]+?)`", (ROOT / document).read_text(encoding="utf-8"))))
    if "/" in name
]


@pytest.mark.parametrize(("document", "name"), NAMED)
def test_files_and_folders_that_a_document_names_are_there(document: str, name: str) -> None:
    if name.startswith(("../shared", ".venv/")):
        return  # beside the project, or made by the set-up
    # `core/picking.HitTester` is a module and what is in it; rooms of the window are named without `gui/`.
    module = re.sub(r"/([^/.]+)(\.[^/]*)?$", r"/\1.py", name)
    folders = (ROOT, PACKAGE, PACKAGE / "gui", PACKAGE / "gui" / "views")
    assert any((folder / place).exists() for folder in folders for place in (name, module)), f"{document}: {name}"


def test_links_lead_somewhere() -> None:
    for document in ("ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"):
        for target in re.findall(r"\]\(([^)#]+)", (ROOT / document).read_text(encoding="utf-8")):
            assert (ROOT / target).exists(), f"{document}: {target}"


def test_every_package_and_room_is_in_the_tables() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = [
        folder.name
        for parent in (PACKAGE, PACKAGE / "gui")
        for folder in parent.iterdir()
        if (folder / "__init__.py").exists()
    ]
    assert len(rooms) > 20
    missing = [room for room in rooms if f"`{room}/" not in text]
    assert not missing
