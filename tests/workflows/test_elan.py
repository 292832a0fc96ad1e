"""Which recordings names mean, and what cannot be written for ELAN."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.workflows.elan import ElanOptions, chosen_recordings, export_for_elan
from tests.made_up import made_up_activations

NOTHING = ElanOptions(film=False, table=False, pose=False, theme="light")


@pytest.fixture
def a() -> Activations:
    return made_up_activations()


def name_of(a: Activations, recording: int) -> str:
    return f"{a.signs[a.sign[recording]]} {a.session[recording]}.{a.trial[recording]}"


def test_names_mean_all_of_a_sign_or_one_recording_each_once_and_in_their_order(a: Activations) -> None:
    of_drink = [12, 13, 14, 15, 16, 17]
    assert chosen_recordings(a, ["drink"]) == of_drink
    assert chosen_recordings(a, [name_of(a, 20), "DRINK", name_of(a, 3)]) == [20, *of_drink, 3]
    assert chosen_recordings(a, [name_of(a, 14), "drink", name_of(a, 14)]) == [14, 12, 13, 15, 16, 17]
    for text in ("computer_PC_", "Computer  (PC)"):
        assert chosen_recordings(a, [text]) == [6, 7, 8, 9, 10, 11]
    assert chosen_recordings(a, [f"  computer (pc)   {a.session[8]}.{a.trial[8]} "]) == [8]
    assert chosen_recordings(a, []) == []


@pytest.mark.parametrize("text", ["nobody", "drink 99.1", "nobody 1.1", "1.1", ""])
def test_an_unknown_name_is_said_with_an_example(text: str, a: Activations) -> None:
    with pytest.raises(UserError) as error:
        chosen_recordings(a, ["drink", text])
    assert str(error.value) == (
        f"There is no sign and no recording {text!r}; name signs, or recordings as in “alive 1.1”."
    )


def export(a: Activations, path: Path, *recordings: int, frames: object = None, **options: bool) -> Path:
    return export_for_elan(
        a, recordings, path, replace(NOTHING, **options), frames if callable(frames) else lambda _: None
    )


def test_what_cannot_be_written_is_said_and_nothing_is_left(a: Activations, tmp_path: Path) -> None:
    file = tmp_path / "a.eaf"
    with pytest.raises(UserError, match=r"a\.xml: annotations for ELAN are written as \.eaf; give the file this"):
        export(a, tmp_path / "a.xml", 1)
    with pytest.raises(UserError, match="There is no recording to export; show or select some first"):
        export(a, file)
    of_one = {1: np.zeros((int(a.lengths[1]), 22), np.float32)}.get
    for more in ({"film": True}, {"pose": True}):
        for frames in (None, of_one):
            with pytest.raises(UserError, match="The hands are drawn from the recordings, which are not at hand; get"):
                export(a, file, 1, 2, frames=frames, **more)
    silent = replace(a, head=None)
    with pytest.raises(UserError, match="Neither channels nor probabilities are at hand; leave out the table"):
        export(silent, file, 1, table=True)
    assert list(tmp_path.iterdir()) == []


def test_a_table_has_channels_only_where_the_frames_of_all_are_known(a: Activations, tmp_path: Path) -> None:
    known = {each: np.full((int(a.lengths[each]), 22), each / 10, np.float32) for each in (1, 2)}
    heads = []
    for frames in (known.get, {1: known[1]}.get):
        export(a, tmp_path / "a.EAF", 1, 2, frames=frames, table=True)
        lines = (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()
        assert len(lines) == 1 + int(a.lengths[[1, 2]].sum())
        heads.append(lines[0].split(","))
    assert len(heads[0]) == 1 + 22 + 2 and heads[1] == ["time_s", "certainty", "true_sign"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.EAF", "a.csv"]
