"""Settings of trainings with their validation, and the recipes of autoencoders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from auslan_explorer.core.errors import UserError

Steps = Literal["all", "moving", "article"]
"""Which real steps train an autoencoder: all; those before and after which the state still moves; steps 10-64."""

ARTICLE_STEPS = (10, 64)
"""First and last step (of the network's 90, from 0) that the article's code trains on."""
STEPS: tuple[Steps, ...] = ("moving", "all", "article")

WhichRecordings = Literal["train", "all", "selection"]
"""Which recordings train an autoencoder: the training split, all (a tenth validates), or what is selected."""

RECORDINGS: tuple[WhichRecordings, ...] = ("train", "all", "selection")
BOTTLENECKS = ("linear", "tanh", "relu", "sigmoid")
MOST_LAYERS = 8
SCHEDULES = ("cosine", "constant")
CODE_NOISE = {2: 0.12, 3: 0.2}
"""Noise on the bottleneck by its dimensions, where nothing else is said; in three there is more space for signs."""
SMOOTHNESS = {2: 0.7, 3: 0.17}
"""Recommended weight of smoothness in time by the bottleneck's dimensions; without it paths tear."""
SMOOTH_NOISE = 0.12
"""Noise on the input that goes with it."""
SMOOTH_CODE_NOISE = {2: 0.06, 3: 0.12}
"""Noise on the bottleneck that goes with it: the penalty evens distances too, and less noise explains more."""
SMOOTH_WEIGHT_DECAY = {2: 1e-3, 3: 0.0}


def _raise_first(problems: dict[str, str]) -> None:
    for problem in problems.values():
        raise UserError(problem)


@dataclass(frozen=True)
class Augmentation:
    """Strengths of the data augmentation of training recordings; see `ml.augmentation`.

    Values of channels are in standard deviations of the training frames.

    Attributes
    ----------
    speed : float
        Natural logarithm of the largest change of tempo, either way.
    warp : float
        Spread of the logarithm of the tempo from one fifth of a recording to the next.
    crop : float
        Largest part of a recording cut off at its beginning, and at its end.
    mixing : float
        Probability that a recording is blended with another one of the same sign (mixup).
    gain, offset : float
        Spread of a channel's scale and of its shift, drawn once a recording: gloves sit differently each session.
    drift, noise : float
        Spread of a slow random drift, and of independent noise on every frame.
    channel_dropout : float
        Probability that a channel is set to zero.
    left_hand_dropout : float
        Probability that all channels of the left hand are set to zero; in most signs it hardly moves.
    """

    speed: float = 0.2
    warp: float = 0.35
    crop: float = 0.06
    mixing: float = 0.5
    gain: float = 0.15
    offset: float = 0.25
    drift: float = 0.25
    noise: float = 0.1
    channel_dropout: float = 0.05
    left_hand_dropout: float = 0.1


@dataclass(frozen=True)
class ClassifierSettings:
    """Settings of a classifier's training.

    Attributes
    ----------
    units : int
        Units of the LSTM layer (article: 100).
    epochs, batch : int
    learning_rate : float
        Highest rate of AdamW, reached after `warmup_epochs`, then lowered along a cosine.
    warmup_epochs : int
    weight_decay : float
    clip_norm : float
        Largest norm of a gradient step.
    label_smoothing : float
        Fraction of the target's probability that is spread over all signs.
    dropout : float
        Dropout rate of the last hidden state before the softmax layer.
    answers : int
        Hidden states at the end of a recording, a few steps apart, whose answers are trained; 1: the last one alone.
    averaging : float
        Decay per batch of the running average of the weights; the average is the result.
    validate_every : int
        Epochs between two validations; the weights of the best one are the result. 0: no validation, the weights after
        the last epoch are the result.
    seed : int
    augmentation : Augmentation
    """

    units: int = 100
    epochs: int = 200
    batch: int = 64
    learning_rate: float = 4e-3
    warmup_epochs: int = 5
    weight_decay: float = 1e-4
    clip_norm: float = 1.0
    label_smoothing: float = 0.1
    dropout: float = 0.3
    answers: int = 1
    averaging: float = 0.99
    validate_every: int = 5
    seed: int = 0
    augmentation: Augmentation = field(default_factory=Augmentation)

    def problems(self) -> dict[str, str]:
        """Validate the settings; return a sentence for every invalid field."""
        found = {}
        for name, least in {"units": 1, "epochs": 1, "batch": 1, "answers": 1, "validate_every": 0}.items():
            if getattr(self, name) < least:
                found[name] = f"The {name.replace('_', ' ')} must be at least {least}, not {getattr(self, name)}."
        if self.learning_rate <= 0:
            found["learning_rate"] = f"The learning rate must be above 0, not {self.learning_rate}."
        for name in ("label_smoothing", "dropout", "averaging"):
            if not 0 <= getattr(self, name) < 1:
                found[name] = f"The {name.replace('_', ' ')} must be from 0 to below 1, not {getattr(self, name)}."
        return found

    def check(self) -> None:
        """Raise UserError with the first of `problems`, if there are any."""
        _raise_first(self.problems())

    def as_dict(self) -> dict[str, object]:
        """Return all settings as plain values, to be stored with the result."""
        return asdict(self)


@dataclass(frozen=True)
class AutoencoderSettings:
    """Settings of an autoencoder's training; the defaults are those of `sharp_autoencoder`.

    Attributes
    ----------
    dims : {2, 3}
    widths : tuple of int
        Widths of the layers from the hidden state to the bottleneck; mirrored behind it (article: 600, 150).
    bottleneck : {"linear", "tanh", "relu", "sigmoid"}
        Activation of the bottleneck; the article compares the four and keeps "linear".
    noise : float
        Standard deviation of the Gaussian noise on the input, drawn anew for every batch.
    batch : int
    learning_rate : float
        Rate of Adam; the highest one where `schedule` is "cosine".
    clip_norm : float
        Largest norm of a gradient step, which is what allows the high rate; 0 for no limit.
    schedule : {"cosine", "constant"}
        "cosine" warms up for one epoch and then falls to nearly nothing over `epochs`.
    epochs : int
    patience : int
        Training ends after so many epochs without a better validation loss; the result has the best weights.
    steps : {"moving", "all", "article"}
    recordings : {"train", "all", "selection"}
    last_step_copies : int
        Copies of each recording's last step, each moved towards a similar one (`ml.interpolation`).
    code_noise : float or None
        Standard deviation of Gaussian noise on the bottleneck's values, in training only. None: `CODE_NOISE`.
    code_penalty : float
        Weight of the squared length of the bottleneck's values in the loss. Noise and penalty together make equal
        distances on the map stand for about equal distances between hidden states (as in a variational autoencoder,
        Kingma and Welling 2014); without them neighbours on the map are more often of another sign.
    smoothness : float
        Weight of the squared way from one step to the next on the map; without it paths tear.
    weight_decay : float
        Part of a weight that is taken off at every batch, times the rate.
    averaging : float
        Decay per batch of the running average of the weights, which is measured and kept in their place (Polyak and
        Juditsky 1992); 0 for none. While the rate is high, the weights themselves lie about it.
    seed : int
    """

    dims: int = 2
    widths: tuple[int, ...] = (600, 150)
    bottleneck: str = "linear"
    noise: float = 0.1
    batch: int = 512
    learning_rate: float = 8e-3
    clip_norm: float = 1.0
    schedule: str = "cosine"
    epochs: int = 80
    patience: int = 15
    steps: Steps = "moving"
    recordings: WhichRecordings = "train"
    last_step_copies: int = 12
    code_noise: float | None = None
    code_penalty: float = 1e-4
    smoothness: float = 0.0
    weight_decay: float = 0.0
    averaging: float = 0.0
    seed: int = 0

    @property
    def effective_code_noise(self) -> float:
        """`code_noise`, or the recommended value where it is None."""
        return CODE_NOISE[self.dims] if self.code_noise is None else self.code_noise

    def problems(self) -> dict[str, str]:
        """Validate the settings; return a sentence for every invalid field."""
        found = {}
        if self.dims not in (2, 3):
            found["dims"] = f"A map has 2 or 3 dimensions, not {self.dims}."
        if not 1 <= len(self.widths) <= MOST_LAYERS or any(not 1 <= width <= 4096 for width in self.widths):
            found["widths"] = f"Give 1 to {MOST_LAYERS} layer widths, each from 1 to 4096."
        if self.bottleneck not in BOTTLENECKS:
            found["bottleneck"] = f"The bottleneck can be {', '.join(BOTTLENECKS)}, not {self.bottleneck!r}."
        if not 0 <= self.noise <= 10:
            found["noise"] = f"The noise must be from 0 to 10, not {self.noise}."
        if not 1 <= self.batch <= 65536:
            found["batch"] = f"A batch can have 1 to 65536 rows, not {self.batch}."
        if not 0 < self.learning_rate <= 1:
            found["learning_rate"] = f"The learning rate must be above 0 and at most 1, not {self.learning_rate}."
        if self.clip_norm < 0:
            found["clip_norm"] = f"The largest gradient step must be 0 (no limit) or more, not {self.clip_norm}."
        if self.schedule not in SCHEDULES:
            found["schedule"] = f"The schedule can be {' or '.join(SCHEDULES)}, not {self.schedule!r}."
        if not 1 <= self.epochs <= 100_000:
            found["epochs"] = f"There must be at least 1 epoch, not {self.epochs}."
        if self.patience < 1:
            found["patience"] = f"The patience must be at least 1 epoch, not {self.patience}."
        if self.steps not in STEPS:
            found["steps"] = f"The steps can be {', '.join(STEPS)}, not {self.steps!r}."
        if self.recordings not in RECORDINGS:
            found["recordings"] = f"The recordings can be {', '.join(RECORDINGS)}, not {self.recordings!r}."
        if self.code_noise is not None and not 0 <= self.code_noise <= 10:
            found["code_noise"] = f"The noise on the map must be from 0 to 10, not {self.code_noise}."
        if not 0 <= self.code_penalty <= 10:
            found["code_penalty"] = f"The penalty on the map must be from 0 to 10, not {self.code_penalty}."
        if not 0 <= self.smoothness <= 100:
            found["smoothness"] = f"The smoothness in time must be from 0 to 100, not {self.smoothness}."
        if not 0 <= self.weight_decay <= 1:
            found["weight_decay"] = f"The weight decay must be from 0 to 1, not {self.weight_decay}."
        if not 0 <= self.averaging < 1:
            found["averaging"] = f"The averaging must be from 0 to below 1, not {self.averaging}."
        if not 0 <= self.seed < 2**32:
            found["seed"] = f"The seed must be a whole number from 0 to {2**32 - 1}, not {self.seed}."
        if not 0 <= self.last_step_copies <= 1000:
            found["last_step_copies"] = f"Last steps can have 0 to 1000 copies, not {self.last_step_copies}."
        return found

    def check(self) -> None:
        """Raise UserError with the first of `problems`, if there are any."""
        _raise_first(self.problems())

    def as_dict(self) -> dict[str, object]:
        """Return all settings as plain values, to be stored with the result."""
        return {**asdict(self), "widths": list(self.widths)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> AutoencoderSettings:
        """Create settings from the values of `as_dict`; missing ones are the defaults, as runs from
        before there was a setting need.

        Raises
        ------
        UserError
            If a name or a type is wrong, or a value is invalid.
        """
        taken: dict[str, Any] = {}
        for each in fields(cls):
            if each.name not in values:
                continue
            value, usual = values[each.name], each.default
            if each.name == "widths":
                fits = isinstance(value, list | tuple) and 0 < len(value) <= MOST_LAYERS
                fits = fits and all(type(width) is int for width in value)
                value = tuple(value) if fits else value
            elif each.name == "code_noise":
                fits = value is None or type(value) in (int, float)
            elif isinstance(usual, float):
                fits = type(value) in (int, float)
            else:
                fits = type(value) is type(usual)
            if not fits:
                raise UserError(f"The setting {each.name} cannot be {str(value)[:40]!r}.")
            taken[each.name] = value
        unknown = sorted(set(values) - set(taken))
        if unknown:
            raise UserError(f"There is no setting {unknown[0][:40]!r}; a newer version of the program may know it.")
        settings = cls(**taken)
        settings.check()
        return settings


def classifier_of_few(seed: int = 0) -> ClassifierSettings:
    """Return settings for a dozen recordings of each sign: stronger weight decay, and answers before the end count.

    With fewer recordings an epoch has fewer steps, so it takes more epochs than what ships.
    """
    return ClassifierSettings(epochs=400, weight_decay=0.05, answers=5, seed=seed)


def recommended_autoencoder(dims: int, seed: int = 0) -> AutoencoderSettings:
    """Return the settings that the shipped autoencoders were trained with: paths stay smooth in time."""
    return AutoencoderSettings(
        dims=dims,
        noise=SMOOTH_NOISE,
        code_noise=SMOOTH_CODE_NOISE[dims],
        smoothness=SMOOTHNESS[dims],
        weight_decay=SMOOTH_WEIGHT_DECAY[dims],
        seed=seed,
    )


def sharp_autoencoder(dims: int, seed: int = 0) -> AutoencoderSettings:
    """Return settings for a map that explains most, without smoothness in time: its paths tear."""
    return AutoencoderSettings(dims=dims, seed=seed)


def article_autoencoder(dims: int, seed: int = 0) -> AutoencoderSettings:
    """Return the article's settings: batches of 128, Adam at its default rate, patience of 5, steps 10 to 64."""
    return AutoencoderSettings(
        dims=dims,
        batch=128,
        learning_rate=1e-3,
        clip_norm=0.0,
        schedule="constant",
        epochs=300,
        patience=5,
        steps="article",
        last_step_copies=0,
        code_noise=0.0,
        code_penalty=0.0,
        seed=seed,
    )


def quick_autoencoder(dims: int, seed: int = 0) -> AutoencoderSettings:
    """Return fast settings for ensembles: a few epochs of small batches, each map on one processor.

    Averaged, the weights are as good an epoch or two sooner, and as good in the end.
    """
    return replace(recommended_autoencoder(dims, seed), batch=256, epochs=10, patience=10, averaging=0.99)
