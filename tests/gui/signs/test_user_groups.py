"""A person's groups: what is saved of what is shown, and which names they may take."""

from __future__ import annotations

from pathlib import Path

import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.session import Session
from auslan_explorer.gui.signs.user_groups import UserGroups
from tests.made_up import made_up_activations


@pytest.fixture
def session() -> Session:
    return Session(made_up_activations())


def test_the_selection_is_saved_and_without_one_what_is_shown(session: Session, tmp_path: Path) -> None:
    groups = UserGroups(session, tmp_path / "groups.json")
    session.update(selected=(3, 8), visible_signs=frozenset({0, 1}))
    groups.save("chosen")
    session.update(selected=(), visible_signs=frozenset({2}))
    groups.save("shown")
    again = UserGroups(session, tmp_path / "groups.json").groups()
    assert [group.recordings.nonzero()[0].tolist() for group in again] == [[3, 8], list(range(12, 18))]
    session.update(visible_signs=frozenset())
    with pytest.raises(UserError, match="Nothing is selected or shown"):
        groups.save("nothing")


def test_a_group_may_keep_its_name_and_take_none_that_another_has(session: Session, tmp_path: Path) -> None:
    groups = UserGroups(session, tmp_path / "groups.json")
    for name in ("mine", "other"):
        groups.save(name)
    groups.rename("mine", " mine ")
    assert groups.names == ("mine", "other")
    with pytest.raises(UserError):
        groups.rename("mine", "other")
    groups.rename("mine", "new")
    groups.delete("other")
    assert groups.names == UserGroups(session, tmp_path / "groups.json").names == ("new",)
