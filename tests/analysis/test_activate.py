from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.analysis import activate as module
from auslan_explorer.analysis.activate import activate
from auslan_explorer.core.errors import Cancelled, UserError


def test_real_steps_are_those_of_one_recording_at_a_time(classifier, recordings, monkeypatch) -> None:
    monkeypatch.setattr(module, "BLOCK", 7)
    got = activate(classifier, recordings)
    padded = recordings.padded(classifier.steps, classifier.mean, classifier.std)
    for i in (0, 6, 7, 29):
        alone = classifier.hidden_states(padded[i : i + 1])[0]
        np.testing.assert_allclose(got.recording_states(i), alone[-recordings.lengths[i] :], atol=1e-6)
        assert got.predicted[i] == classifier.head.probabilities(alone[-1]).argmax()
        before = got.first_step[i]
        np.testing.assert_allclose(got.prefix[:before], alone[:before], atol=1e-6)
    assert len(got.prefix) == classifier.steps - recordings.lengths.min()
    assert got.real_steps == len(recordings.frames)
    assert (got.split == 255).all()


def test_signs_follow_the_classifier(classifier, recordings) -> None:
    other = replace(classifier, signs=("c", "a", "b"))
    got = activate(other, recordings)
    assert got.signs == ("c", "a", "b")
    assert [got.signs[i] for i in got.sign] == [recordings.signs[i] for i in recordings.sign]


def test_some_of_the_signs_will_do(classifier, recordings) -> None:
    got = activate(classifier, recordings.select(recordings.sign == 2))
    assert got.signs == ("a", "b", "c") and set(got.sign) == {2}


def test_projections_split_and_provenance_are_kept(classifier, recordings, autoencoder) -> None:
    split = np.arange(30, dtype=np.uint8) % 3
    told = []
    got = activate(
        classifier, recordings, {2: autoencoder}, split, {"seed": "4"}, progress=lambda f, text: told.append(f)
    )
    np.testing.assert_allclose(got.projections[2].points, autoencoder.encode(got.all_states()))
    assert got.projections[2].fingerprint == autoencoder.fingerprint
    assert (got.split == split).all() and got.provenance == {"seed": "4"} and told[-1] == 1


def test_what_does_not_belong_together_is_refused(classifier, recordings, autoencoder) -> None:
    with pytest.raises(UserError, match=r"not trained on \(c\)"):
        activate(replace(classifier, signs=("a", "b", "x")), recordings)
    with pytest.raises(UserError, match="4 channels a frame where the classifier reads 5"):
        activate(classifier, replace(recordings, frames=recordings.frames[:, :4]))
    with pytest.raises(UserError, match="longer than the network’s 6 steps"):
        activate(replace(classifier, steps=6), recordings)
    with pytest.raises(UserError, match="No recording is left"):
        activate(classifier, recordings.select(np.zeros(30, dtype=bool)))
    with pytest.raises(UserError, match="split names 3"):
        activate(classifier, recordings, split=np.zeros(3, np.uint8))
    with pytest.raises(UserError, match="given for 3 dimensions squeezes to 2"):
        activate(classifier, recordings, {3: autoencoder})


def test_cancel(classifier, recordings) -> None:
    with pytest.raises(Cancelled):
        activate(classifier, recordings, cancelled=lambda: True)


@pytest.mark.parametrize(
    ("strange", "words"),
    [
        (1, r"\(s0\)"),
        (3, r"\(s0, s1, s2\)"),
        (4, r"\(s0, s1, s2 and 1 more\)"),
    ],
)
def test_signs_that_the_classifier_does_not_know_are_named(classifier, recordings, strange: int, words: str) -> None:
    more = replace(recordings, signs=(*recordings.signs, *(f"s{number}" for number in range(strange))))
    with pytest.raises(UserError, match=words):
        activate(classifier, more)
