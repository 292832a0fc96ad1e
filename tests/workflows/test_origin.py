"""Where an exported picture, film or table is from, in the words that stand in its file."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from auslan_explorer import __version__
from auslan_explorer.core.ensemble import Ensemble
from auslan_explorer.core.network import Classifier, Head
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.core.words import Words
from auslan_explorer.workflows.origin import ensemble_origin, network_origin, origin_of
from tests.made_up import made_up_activations

PROGRAM = {"Software": f"Auslan Explorer {__version__}"}
VOWELS = Words("vowel", "utterance")


def test_a_picture_is_of_a_program_a_network_data_and_maps_and_made_by_a_command() -> None:
    a = replace(made_up_activations(), provenance={"model": "an LSTM", "data": "gloves\nof one"})
    data = {"Network": "an LSTM", "Data": "gloves of one; 24 recordings of 4 signs"}
    assert origin_of(a, ()) == PROGRAM | data
    maps = "2-D made up, fingerprint made-up; 3-D, not known, fingerprint made-up"
    untitled = replace(a.projections[3], title="")
    made = origin_of(a, (a.projections[2], untitled), "auslan-explorer render")
    assert list(made.items()) == [*PROGRAM.items(), *data.items(), ("Map", maps), ("Command", "auslan-explorer render")]
    unknown = {"Network": "not known", "Data": "not known; 24 utterances of 4 vowels"}
    assert origin_of(replace(a, provenance={}, words=VOWELS), ()) == PROGRAM | unknown


def test_what_is_not_known_leaves_no_label_without_a_value() -> None:
    a = made_up_activations()
    for title, said in (("2-D made up", "2-D made up"), ("run 3", "2-D, run 3"), ("", "2-D, not known")):
        made = origin_of(a, (replace(a.projections[2], fingerprint="", title=title),))
        assert made["Map"] == said
        assert not any(text != text.strip() or text.endswith((",", ";", "fingerprint")) for text in made.values())


def test_a_table_of_an_ensemble_names_its_seeds_and_its_states_where_the_data_are_not_there() -> None:
    paths, full = np.zeros((2, 4, 32, 3), np.float32), np.zeros((4, 4))
    ensemble = Ensemble((3, 5), paths, np.zeros((2, 7, 3), np.float32), full, full, ("a", "b", "c", "d"), "0123", {})
    maps = {"Map": "3-D, 2 maps that differ in their seed alone: 3, 5"}
    alone = {"Network": "hidden states 0123", "Data": "7 utterances of 4 vowels"}
    assert ensemble_origin(ensemble, words=VOWELS, command="x") == PROGRAM | alone | maps | {"Command": "x"}
    of_signs = {"Network": "hidden states 0123", "Data": "7 recordings of 4 signs"}
    assert ensemble_origin(ensemble) == PROGRAM | of_signs | maps
    a = made_up_activations()
    assert ensemble_origin(ensemble, a, command="y") == {**origin_of(a, ()), **maps, "Command": "y"}


def test_a_table_of_a_network_names_its_fingerprint_and_its_recordings() -> None:
    head = Head(np.ones((2, 1), np.float32), np.ones(1, np.float32))
    kernel, own, ones = np.ones((22, 8), np.float32), np.ones((2, 8), np.float32), np.ones(22, np.float32)
    network = Classifier(kernel, own, np.ones(8, np.float32), head, "sigmoid", ones, ones, 90, ("hello",))
    of_each = np.array([3, 4], np.int32), np.zeros(2, np.int16), np.ones(2, np.int16), np.array([1, 2], np.int16)
    recordings = Recordings(np.ones((7, 22), np.float32), *of_each, ("hello",))
    expected = {"Network": f"classifier {network.fingerprint}", "Data": "2 recordings of 1 sign", "Command": "z"}
    assert network_origin(network, recordings, "z") == PROGRAM | expected
