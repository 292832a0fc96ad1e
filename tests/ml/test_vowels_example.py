"""The guide's network of Keras, on a small part of its data: its code and its commands run, to a picture and a film."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import cli
from auslan_explorer.io.cache import check_cache, read_cache

ROOT = Path(__file__).resolve().parents[2]
EVERY = 15
"""Of so many utterances one is read."""


def test_the_guide_leads_from_vowels_to_a_picture_and_a_film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sktime", reason="sktime, which ships JapaneseVowels, is not installed")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    page = (ROOT / "docs" / "guide" / "own-network.md").read_text(encoding="utf-8")
    (block,) = [each for each in re.findall(r"^```sh\n(.*?)^```", page, re.M | re.S) if "vowels.py" in each]
    (_, script, file), *commands = map(shlex.split, block.splitlines())
    spec = importlib.util.spec_from_file_location("vowels", ROOT / script)
    assert spec is not None and spec.loader is not None
    vowels = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(vowels)
    whole = vowels.load
    monkeypatch.setattr(vowels, "load", lambda part: tuple(each[::EVERY] for each in whole(part)))
    vowels.main(file, epochs=1)
    assert check_cache(Path(file)) == []
    a = read_cache(Path(file))
    assert (len(a.signs), a.wording.classes, a.wording.sequences) == (9, "speakers", "utterances")
    assert set(np.unique(a.split)) == {0, 2} and 7 <= a.lengths.min() < a.lengths.max() <= vowels.STEPS
    for command in commands:
        if command[1] != "open":  # that is the window
            assert cli.main([*command[1:], *(["--frames", "3"] if command[1] == "film" else [])]) == 0, command
    assert Path("vowels.png").read_bytes().startswith(b"\x89PNG") and Path("vowels.gif").stat().st_size > 0
