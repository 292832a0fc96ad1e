"""What training can be told: the edges of every setting, the sentence beyond them, and settings as they are stored."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.training.settings import (
    CODE_NOISE,
    AutoencoderSettings,
    ClassifierSettings,
    article_autoencoder,
    classifier_of_few,
    quick_autoencoder,
    recommended_autoencoder,
    sharp_autoencoder,
)

# Of every setting: what may just be said, and what may not.
AUTOENCODER: dict[str, tuple[list[Any], list[Any]]] = {
    "dims": ([2, 3], [1, 4]),
    "widths": ([(1,), (4096,), (1,) * 8], [(), (0,), (4097,), (1,) * 9, (5, 0)]),
    "noise": ([0, 10], [-0.1, 10.1]),
    "bottleneck": (["linear", "tanh", "relu", "sigmoid"], ["softmax"]),
    "batch": ([1, 65536], [0, 65537]),
    "learning_rate": ([1e-9, 1], [0, 1.1]),
    "clip_norm": ([0, 1e9], [-0.1]),
    "schedule": (["cosine", "constant"], ["steps"]),
    "epochs": ([1, 100_000], [0, 100_001]),
    "patience": ([1], [0]),
    "steps": (["moving", "all", "article"], ["some"]),
    "recordings": (["train", "all", "selection"], ["test"]),
    "last_step_copies": ([0, 1000], [-1, 1001]),
    "code_noise": ([None, 0, 10], [-0.1, 10.1]),
    "code_penalty": ([0, 10], [-0.1, 10.1]),
    "smoothness": ([0, 100], [-0.1, 100.1]),
    "weight_decay": ([0, 1], [-0.1, 1.1]),
    "averaging": ([0, 0.999], [-0.1, 1, float("nan")]),
    "seed": ([0, 2**32 - 1], [-1, 2**32]),
}
CLASSIFIER: dict[str, tuple[list[Any], list[Any]]] = {
    "units": ([1], [0]),
    "epochs": ([1], [0]),
    "batch": ([1], [0]),
    "validate_every": ([0], [-1]),
    "learning_rate": ([1e-9], [0]),
    "label_smoothing": ([0, 0.999], [-0.1, 1]),
    "dropout": ([0, 0.999], [-0.1, 1]),
    "averaging": ([0, 0.999], [-0.1, 1]),
}
EACH = [(AutoencoderSettings(), name, *values) for name, values in AUTOENCODER.items()] + [
    (ClassifierSettings(), name, *values) for name, values in CLASSIFIER.items()
]


@pytest.mark.parametrize(("usual", "name", "good", "bad"), EACH, ids=[f"{type(s).__name__}-{n}" for s, n, *_ in EACH])
def test_a_setting_is_taken_up_to_its_edges_and_refused_in_words_beyond(
    usual: AutoencoderSettings | ClassifierSettings, name: str, good: list[Any], bad: list[Any]
) -> None:
    for value in good:
        replace(usual, **{name: value}).check()
    for value in bad:
        settings = replace(usual, **{name: value})
        assert list(settings.problems()) == [name]
        with pytest.raises(UserError, match=r"^[A-Z].{15,}\.$") as refused:
            settings.check()
        shown = "8 layer widths, each from 1 to 4096" if name == "widths" else str(value)
        assert shown in str(refused.value)


def test_every_setting_of_an_autoencoder_has_edges() -> None:
    assert {each.name for each in fields(AutoencoderSettings)} <= set(AUTOENCODER), "say above what it takes"


@pytest.mark.parametrize(
    "settings",
    [AutoencoderSettings(), article_autoencoder(3, 5), quick_autoencoder(2), AutoencoderSettings(widths=(7,))],
)
def test_settings_come_back_as_they_were_stored(settings: AutoencoderSettings) -> None:
    assert AutoencoderSettings.from_dict(settings.as_dict()) == settings
    assert AutoencoderSettings.from_dict({}) == AutoencoderSettings()


@pytest.mark.parametrize(
    ("stored", "words"),
    [
        ({"dims": 2.0}, "dims cannot be '2.0'"),
        ({"dims": True}, "dims cannot be 'True'"),
        ({"widths": []}, "widths cannot be"),
        ({"widths": [1] * 9}, "widths cannot be"),
        ({"widths": [1.5]}, "widths cannot be"),
        ({"widths": "600"}, "widths cannot be"),
        ({"noise": "0.1"}, "noise cannot be"),
        ({"noise": True}, "noise cannot be"),
        ({"code_noise": "0.1"}, "code_noise cannot be"),
        ({"bottleneck": 3}, "bottleneck cannot be"),
        ({"noise": 11}, "noise must be from 0 to 10"),
        ({"colour": "red"}, "no setting 'colour'"),
        ({"x" * 50: 1}, rf"no setting '{'x' * 40}';"),
    ],
)
def test_what_is_stored_wrong_is_refused_in_words(stored: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError, match=words):
        AutoencoderSettings.from_dict(stored)


def test_whole_numbers_will_do_where_fractions_are_meant_and_noise_need_not_be_said() -> None:
    settings = AutoencoderSettings.from_dict({"noise": 1, "code_noise": None, "widths": (5, 4)})
    assert (settings.noise, settings.widths) == (1, (5, 4))
    for dims in (2, 3):
        assert replace(settings, dims=dims).effective_code_noise == CODE_NOISE[dims]
        assert replace(settings, dims=dims, code_noise=0.0).effective_code_noise == 0


@pytest.mark.parametrize("recipe", [article_autoencoder, quick_autoencoder, recommended_autoencoder])
def test_a_recipe_is_for_the_dimensions_and_the_seed_that_are_named(recipe: Any) -> None:
    for dims in (2, 3):
        assert (recipe(dims).dims, recipe(dims).seed, recipe(dims, 7).seed) == (dims, 0, 7)
        assert replace(recipe(dims, 7), seed=0) == recipe(dims)
        assert recipe(dims) != AutoencoderSettings(dims=dims)
        recipe(dims, 7).check()
        assert sharp_autoencoder(dims, 7) == AutoencoderSettings(dims=dims, seed=7), "what older runs leave out"


def test_the_article_s_recipe_is_the_article_s() -> None:
    wanted = {
        "batch": 128, "learning_rate": 1e-3, "clip_norm": 0.0, "schedule": "constant", "epochs": 300, "patience": 5,
        "steps": "article", "last_step_copies": 0, "code_noise": 0.0, "code_penalty": 0.0,
    }  # fmt: skip
    for dims in (2, 3):
        assert article_autoencoder(dims, 7) == replace(AutoencoderSettings(dims=dims, seed=7), **wanted)


def test_fewer_epochs_of_smaller_batches_and_averaged_weights_are_all_that_a_quick_recipe_changes() -> None:
    changed = {"batch": 256, "epochs": 10, "patience": 10, "averaging": 0.99}
    for dims in (2, 3):
        assert quick_autoencoder(dims, 7) == replace(recommended_autoencoder(dims, 7), **changed)


def test_of_few_recordings_a_network_learns_longer_and_is_held_back_more() -> None:
    assert classifier_of_few(7) == replace(ClassifierSettings(seed=7), epochs=400, weight_decay=0.05, answers=5)
