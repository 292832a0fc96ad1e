"""Folders of LSTMVis, and the part of YAML that their settings use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.io.lstmvis import PIECE, read_lstmvis
from auslan_explorer.io.plain_yaml import parse_yaml
from auslan_explorer.io.readers import find_reader, read_activations

STATES = np.random.default_rng(0).normal(0, 1, (7, 3)).astype(np.float32)
WORDS = ["the", "cat", "</s>", "a", "dog", "barks", "</s>"]
SETTINGS = """
# a project
name: My model   # of words
description: "Two: sentences"
files:
  states: states.hdf5
  word_ids: train.hdf5
  words: words.dict
  tags: tags.dict
word_sequence:
  file: word_ids
  path: words
  dict_file: words
states:
  file: states
  types: [
  {type: state, layer: 1, path: states1},
  {type: output, layer: 2, path: 'states2', unsigned: true}, # the last
  ]
meta:
  part_of_speech:
    file: word_ids
    path: tags
    dict: tags
    vis:
      type: discrete
  elsewhere:
    file: word_ids
    index: of_sentences
    path: tags
  unplaced:
    file: word_ids
"""
TYPES = SETTINGS[SETTINGS.index("types: [") : SETTINGS.index("meta:")].rstrip()


def write(folder: Path, settings: str = SETTINGS, words: list[str] = WORDS, states: np.ndarray = STATES) -> Path:
    names = sorted(set(words))
    with h5py.File(folder / "states.hdf5", "w") as file:
        file["states1"], file["states2"] = states, states[:, :2]
    with h5py.File(folder / "train.hdf5", "w") as file:
        file["words"] = [names.index(word) + 1 for word in words]
        file["tags"] = np.arange(len(words)) % 2
    (folder / "words.dict").write_text("".join(f"{word} {place + 1}\n" for place, word in enumerate(names)))
    (folder / "tags.dict").write_text("noun 0\nverb 1\n")
    (folder / "lstm.yml").write_text(settings)
    return folder


def test_a_folder_is_read_with_its_words_sentences_layers_and_annotations(tmp_path: Path) -> None:
    folder = write(tmp_path)
    a = read_activations(folder)
    assert (a.lengths.tolist(), a.classified, a.words.sequence_word) == ([3, 4], False, "sentence")
    assert [a.step_labels["word"].text(row) for row in range(7)] == WORDS
    assert [a.step_labels["part_of_speech"].text(row) for row in range(3)] == ["noun", "verb", "noun"]
    assert set(a.step_labels) == {"word", "part_of_speech"}, "what has not a value for each word is left out"
    assert (a.recording_names[0], a.layer, a.units) == ("the cat </s>", "output 2", 2)
    np.testing.assert_array_equal(a.with_layer("state 1").all_states(), STATES)
    assert a.provenance["data"] == "Two: sentences"
    assert find_reader(folder / "lstm.yml") is find_reader(folder)


def test_text_without_marks_is_cut_into_pieces(tmp_path: Path) -> None:
    count = 2 * PIECE + 5
    folder = write(tmp_path, words=["la"] * count, states=np.resize(STATES, (count, 3)))
    assert read_activations(folder).lengths.tolist() == [PIECE, PIECE, 5]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("states.hdf5", "../states.hdf5", "lies outside its folder"),
        ("states.hdf5", "/etc/passwd", "lies outside its folder"),
        ("states.hdf5", "none.hdf5", "There is no file"),
        ("path: states1", "path: states9", "states9 is missing"),
        ("states:\n  file", "stats:\n  file", "has no part “states”"),
        ("types: [", "types: [[", "damaged"),
        ("name: My model", "name: !!python/object:os.system x", "damaged"),
        ("name: My model", "name: &anchor x", "damaged"),
        ("path: words\n", "path: none\n", "none is missing"),
        ("  words: words.dict\n", "", "names no file “words”"),
        (TYPES, "types: []", "lstm.yml names no states"),
        (TYPES, "types: 3", "lstm.yml names no states"),
        (TYPES, f"types: [{', '.join(['{path: states1}'] * 257)}]", "names 257 layers; 256 are the most"),
        (SETTINGS, "- one\n", "holds no settings of LSTMVis"),
        ("path: words\n", "path: few\n", "names 3 words and 7 states"),
        ("path: words\n", "path: texts\n", "texts is missing, or holds no numbers"),
        ("  file: states\n", "", "does not say in which of its files"),
    ],
)
def test_what_is_wrong_with_a_folder_is_said(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in SETTINGS
    write(tmp_path, SETTINGS.replace(old, new, 1))
    with h5py.File(tmp_path / "train.hdf5", "a") as file:
        file["few"], file["texts"] = [1, 2, 3], ["a"] * 7
    with pytest.raises(UserError, match=says):
        read_activations(tmp_path)


def test_a_folder_without_settings_is_named_with_what_is_looked_for(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "lstm.yml"):
        with pytest.raises(UserError, match=r"There is no lstm.yml in "):
            read_lstmvis(path)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\nb:\n  - x\n  - y: 2\n    z: 'q # r'\n", {"a": 1, "b": ["x", {"y": 2, "z": "q # r"}]}),
        ("c:\n- 1.5\n- true", {"c": [1.5, True]}),
        ("a: [1, {b: c, d: [e, f]}]\n", {"a": [1, {"b": "c", "d": ["e", "f"]}]}),
        ("---\na:\nb: ~\n", {"a": None, "b": None}),
        ("", None),
    ],
)  # fmt: skip
def test_settings_are_parsed(text: str, value: Any) -> None:
    assert parse_yaml(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "a", "a: [1", "a: 1\n    b: 2", "a: " + "[" * 40 + "]" * 40, "a: |\n  x", "a: {b}",
        "a: [}", "a: {b: 1]", "a: ['b' 'c']",  # each once went on for ever, or over what stood there
        "a: [\n" + "1,\n" * 200_000,  # whose lines were once counted again for each line
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_yaml(text)


def test_a_name_from_the_settings_is_escaped_in_a_sentence(tmp_path: Path) -> None:
    write(tmp_path, SETTINGS.replace("path: states1", "path: 'sta\x1btes'"))
    with pytest.raises(UserError) as refused:
        read_activations(tmp_path)
    assert "sta\\x1btes is missing" in str(refused.value) and str(refused.value).isprintable()


def test_more_layers_than_a_network_has_are_refused_before_one_is_read(tmp_path: Path) -> None:
    again = "  {type: state, layer: 1, path: states1},\n"
    write(tmp_path, SETTINGS.replace(again, again * 300))
    with pytest.raises(UserError, match="names 301 layers; 256 are the most"):
        read_activations(tmp_path)
