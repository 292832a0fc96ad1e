"""Labels of steps are texts or numbers, one of each real step; what is none is refused in a sentence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.step_labels import StepLabels, make_step_labels

TEXTS = ["b", "a", "b", ""]


@pytest.mark.parametrize(
    "given",
    [TEXTS, np.array(TEXTS), np.array(TEXTS, object), np.array([text.encode() for text in TEXTS]),
     np.array([text.encode() for text in TEXTS], object)],
    ids=["list", "texts", "objects", "bytes", "objects of bytes"],
)  # fmt: skip
def test_texts_are_kept_once_each_in_their_order(given: Any) -> None:
    found = make_step_labels("what", given, 4)
    assert found.values.dtype == np.int32
    assert [found.text(row) for row in range(4)] == [StepLabels(np.zeros(1), (text,)).text(0) for text in TEXTS]
    assert found.texts[1:] == ("a", "b") and len(found.texts) == 3


@pytest.mark.parametrize("given", [[1, 2.5, -3], np.array([1, 2.5, -3]), np.array([1, 0, 1], bool)])
def test_numbers_are_kept_as_they_are(given: Any) -> None:
    found = make_step_labels("what", given, 3)
    assert found.texts == () and found.values.dtype == np.float32
    assert found.values.tolist() == [float(value) for value in given]


def test_a_number_is_said_with_six_digits_and_a_minus_and_none_is_empty() -> None:
    labels = StepLabels(np.array([-0.1234567, 1234567, 2, np.nan, np.inf], np.float32))
    said = [labels.text(row) for row in range(5)]
    assert said == ["\N{MINUS SIGN}0.123457", "1.23457e+06", "2", "", ""]
    texts = StepLabels(np.array([0, -1, 1], np.int32), ("a" * 40, "b"))
    assert [texts.text(row) for row in range(3)] == ["a" * 40, "", "b"]
    assert texts.short_text(2) == "b" and len(texts.short_text(0)) == 16


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["a", "b"], r"The step labels what must be one a real step \(3\), not 2\."),
        (np.zeros(2), r"what must be texts or numbers, one a real step \(3\), not float64 of shape \(2,\)\."),
        (np.zeros((3, 1)), r"what must be texts or numbers, one a real step \(3\), not float64 of shape \(3, 1\)\."),
        (np.zeros(3, complex), r"not complex128 of shape \(3,\)\."),
        (np.array([None] * 3, object), r"not object of shape \(3,\)\."),
    ],
)
def test_what_is_no_label_of_each_step_is_refused_in_a_sentence(given: Any, says: str) -> None:
    with pytest.raises(UserError, match=says):
        make_step_labels("what", given, 3)
