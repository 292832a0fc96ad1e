"""Writes the model card: what ships in ``models/``, how it was trained, and its accuracy, from the figures."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from auslan_explorer.analysis.label_check import HELD_OUT_KIND
from auslan_explorer.analysis.quality import NEIGHBOURS, SIGN_NEIGHBOURS
from auslan_explorer.analysis.redundancy import STILL
from auslan_explorer.analysis.stability import VERDICTS
from auslan_explorer.analysis.yardsticks import FIFTHS
from auslan_explorer.core.projection import EXTENT_PERCENTILES
from auslan_explorer.core.recordings import CHANNELS, STEPS
from auslan_explorer.core.signs import ARTICLE_DROPS, joined_names, readable_name
from auslan_explorer.core.splits import ARTICLE_TRAIN_PER_SIGN, HELD_OUT_TEST_SESSIONS, HELD_OUT_VALIDATION_SESSIONS
from auslan_explorer.io.atomic import write_bytes
from auslan_explorer.io.table_store import shipped_name
from auslan_explorer.ml.trainings import SPLIT_SEED
from auslan_explorer.training.settings import AutoencoderSettings

FIGURES_FILE = "figures.json"
PROTOCOLS_FILE = "protocols.json"

_HEAD = """\
# What lies here

| file | what |
|---|---|
| `classifier.h5` | LSTM classifier of {signs} Auslan signs: {steps} x {channels} in, {units} LSTM units, softmax |
| `autoencoder-2d.h5`, `autoencoder-3d.h5` | dense denoising autoencoders of its hidden states |
| `activations.h5` | hidden states of all {recordings} recordings, and both maps (`docs/activation-cache.md`) |
| `stability.h5` | 2-D maps of the same hidden states, trained again with other seeds |
| `labels-….npy` | the nearest recordings of other sessions of each, by which labels are checked |
{held_out}| `figures.json` | every figure below, and the settings |

Made on {created} by version {program_version} with `make models`, which makes all of it again from the recordings
(this page too){time}. They are plain HDF5 arrays: opening them runs no code.
"""

_HELD_OUT_ROW = """\
| `held-out-answers-….npy` | what each recording was answered with by a network that had not seen its session |
"""

_CLASSIFIER = """
## Classifier

The article's subset of the recordings (without `{dropped}`, shorter than {steps} frames), padded with zeros in front.
Its split: {per_sign} recordings of each sign to train ({to_train}), the others halved into validation and test, drawn
with seed {split_seed}; the split is stored in `classifier.h5`. Channels are standardised with the training frames'
mean and deviation before the padding. {epochs} epochs of AdamW (batch {batch}, rate {learning_rate} with warm-up and
cosine, weight decay {weight_decay}, gradient norm at most {clip_norm}), label smoothing {label_smoothing}, dropout
{dropout} before the softmax layer, a running average of the weights ({averaging}). Every recording is changed each
time it is shown: tempo, time warping, cropping, blending with another take of the sign, scale and shift of channels,
slow drift and noise, silent channels (`auslan_explorer/ml/augmentation.py`). The epoch is chosen on the validation
recordings alone.

Times are by the clock, with other work on the machine.

| training | train | validation | test | best epoch | time |
|---|---|---|---|---|---|
{rows}

Seed {chosen} ships: it is the best on the validation recordings. **Mean test accuracy of the seeds: {mean:.2%}**
(article: about 96 %). "Sessions held out" is the harder question: the test are sessions {test_sessions}, the
validation is session {validation_sessions}, and the others train. The gloves were put on anew for each session, so
this tells what to expect of a new day, still with the same signer.
"""

_PROTOCOLS = """
### As published figures are made

Others split these recordings in other ways, so the accuracies above cannot be held against theirs. Here the same
network is trained and tested by their protocols (`evaluate --protocol`). In each run all that does not test trains,
and the weights after the last epoch are the result.
{mts}{sessions}"""

_MTS = """
As the time series archives do: {signs} signs (`{dropped}` and long recordings kept), {train} recordings to train and
{test} to test, drawn for each of {runs} runs. Here weight decay is {weight_decay:g}, the answers of {answers} late
steps are trained, and there are {epochs} epochs. Settings were chosen within the training recordings of one draw, some
of which other draws test; of epochs more were better there, and the time at hand settled how many.

| network | accuracy | from |
|---|---|---|
| this one, mean of {runs} runs (worst {worst:.2%}) | {mean:.2%} +- {deviation:.2%} | |
{others}
"""

_NINE_SESSIONS = """
Each session left out once, so that a new day is read, with the settings of what ships and {epochs} epochs: {mean:.2%}
of its recordings in the mean of {runs} sessions, {worst:.2%} in the worst ({each}).
"""

_PUBLISHED_ACCURACIES = (
    ("FCN", "97.5% +- 0.4%", "Ismail Fawaz et al. 2019"),
    ("ResNet", "97.4% +- 0.3%", "Ismail Fawaz et al. 2019"),
    ("MLSTM-FCN", "97%", "Karim et al. 2019"),
    ("TClass with AdaBoost", "94.9%", "Kadous 2002"),
    ("hidden Markov model", "87.1%", "Kadous 2002"),
)
"""Network, accuracy and source of what others report of these recordings."""

_AUTOENCODERS = """
## Autoencoders

Dense {widths}, a {bottleneck} bottleneck of 2 or 3, and back; relu; fresh Gaussian noise (sigma {noise}) on every
batch, mean squared error, Adam (batch {batch}, rate {learning_rate} with warm-up and cosine, gradient norm at most
{clip_norm}{decay}), at most {epochs} epochs, patience {patience}. Trained on the real steps of the training recordings,
without the redundant ones at either end, at which the state moves by less than {still:g} of the median movement;
{last_step}{code}the best epoch is chosen on the validation recordings. Measured on the test recordings' real steps
(padding is not data).

{table}
Neighbours: {neighbours} for trustworthiness and continuity, {sign_neighbours} for the sign accuracy of last steps
(training recordings vote). A step is long where it is longer than a tenth of the diagonal of the map's extent, which
lies between the percentiles {percentiles} of each axis.
"""

_AGAIN = """
The {dims} map was trained again by itself on {created} by version {program_version}, from the hidden states in
`activations.h5`, with this recipe and seed {seed}, beside other work. Its weight of consecutive steps had been
{smoothness_before:g}; {smoothness:g} was chosen on the validation recordings. That of the published states, below, is
still of the weight before. The loop of training had become quicker meanwhile, and draws other random numbers: training
the other maps again, those in `stability.h5` too, makes others of the same recipe.
"""

_YARDSTICKS = """
Explained variance along the path, each {share} of a recording's steps about its own mean:

{table}
What a map can be held against: a sign's mean path over its training recordings, which knows the sign and nothing of the
single recording, explains {mean_path:.4f} of the test recordings' variance.
"""

_SESSIONS = """
Of {share:.0%} of the test recordings a training recording of the same sign comes from the same session, so that much of
what is learned is seen again. With whole sessions held out (the last row above) the test accuracy is {accuracy:.2%}.
"""

_ON_PUBLISHED = """
### The same recipe on the published hidden states

To compare with the article's own autoencoders, whose figures are on all recordings, most of which trained them. These
maps are not shipped. These test figures were looked at several times while the noise on the map was being chosen (the
classifiers' only once, when all was settled), so take them as slightly flattering.

{ours}
What the published autoencoders reach:

{theirs}"""

_STABILITY = """
## What survives retraining

The article says that some neighbours on its map change with every retraining and some do not, and that the latter are
more likely to be real. `stability.h5` holds {maps} maps in two dimensions of the same hidden states, made by
autoencoders that differ in their seed alone; to train so many they learn for {epochs} epochs (batch {batch}, rate
{learning_rate}; mean validation error {loss:.4f}), so that the map in the window is a better one than each of them. A
sign is its mean path, its recordings stretched to one length. Two signs are neighbours where each is among the other's
{neighbours} nearest by the distance of these paths. "Apart" is that distance in the space of all units, and the place
it takes among all {pairs} pairs; "ends" counts neighbours by the last moment alone.

{article}
Over all pairs:

{verdicts}
`auslan-explorer stability` tells every pair, and trains ensembles of other hidden states.
"""

_CREDIT = """
## Credit

Trained on "Australian Sign Language signs (High Quality)", recorded by M. W. Kadous in 2002 (UCI Machine Learning
Repository, data set 115), signer Todd Wright; {channels} channels of two Flock-of-Birds trackers and 5DT gloves. Cite:
M. W. Kadous, "Temporal Classification: Extending the Classification Paradigm to Multivariate Time Series", PhD thesis,
School of Computer Science and Engineering, University of New South Wales, 2002. The terms on the data page ask you to
acknowledge the source, to tell the donor if you publish, and to ask the donor before commercial use.

One person signs single signs here, with gloves of twenty years ago: the networks show how an LSTM works, and are not
fit to understand signing people.
"""

_LABELS = {
    "explained_variance": "explained variance",
    "mse": "mean squared error",
    "last_step_mse": "mean squared error of last steps",
    "trustworthiness": "trustworthiness",
    "continuity": "continuity",
    "knn_accuracy": f"{SIGN_NEIGHBOURS}-NN sign accuracy of last steps",
    "trustworthiness_elsewhere": "trustworthiness among other recordings only",
    "long_steps": "recordings with a step longer than a tenth of the map",
    "long_steps_log": "the same after the signed log",
    "largest_step": "largest step beside the path's length, median",
    "step_correlation": "correlation of map steps and state's steps",
}


def read_protocols(folder: Path) -> dict[str, Any]:
    """Read ``protocols.json`` of a folder of models; empty where there is none."""
    file = folder / PROTOCOLS_FILE
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def write_card(folder: Path) -> None:
    """Write ``README.md`` of a folder of models from its ``figures.json`` and, if it is there, ``protocols.json``.

    Raises
    ------
    UserError
        If the folder cannot be written.
    """
    figures = json.loads((folder / FIGURES_FILE).read_text(encoding="utf-8"))
    held_out = any(folder.glob(shipped_name(HELD_OUT_KIND, "*")))
    write_bytes(folder / "README.md", model_card(figures, read_protocols(folder), held_out=held_out).encode())


def model_card(
    figures: Mapping[str, Any], protocols: Mapping[str, Any] | None = None, *, held_out: bool = False
) -> str:
    """Return the model card in Markdown.

    Parameters
    ----------
    figures : mapping
        As `ml.figures.all_figures` returns it, with or without the parts on the published networks.
    protocols : mapping, optional
        What `ml.protocols.run_protocol` returned, by the protocol's name.
    held_out : bool
        Whether the answers of the networks that had not seen a session lie there too.
    """
    classifier = figures["settings"]["classifier"]
    by_dims = figures["settings"]["autoencoder"]
    autoencoder = by_dims["2d"]
    last_step = ""
    if autoencoder["last_step_copies"]:
        last_step = (
            "of each last step {last_step_copies} copies are added, moved part of the way to a similar one, anew for "
            "every epoch; "
        ).format(**autoencoder)
    code = ""
    if autoencoder["code_penalty"]:
        sigma = _by_dims(by_dims, lambda settings: settings.effective_code_noise)
        code = (
            f"noise on the map (sigma {sigma}) and a penalty on its extent ({autoencoder['code_penalty']:g}) make "
            "distances on it even; "
        )
    if autoencoder["smoothness"]:
        weight = _by_dims(by_dims, lambda settings: settings.smoothness)
        code += (
            f"a penalty on the squared distance of consecutive steps on the map (weight {weight}) keeps paths from "
            "tearing; "
        )
    decay = ""
    if any(settings["weight_decay"] for settings in by_dims.values()):
        decay = f", weight decay {_by_dims(by_dims, lambda settings: settings.weight_decay)}"
    parts = [
        _HEAD.format(
            **figures,
            units=classifier["units"],
            steps=STEPS,
            channels=len(CHANNELS),
            held_out=_HELD_OUT_ROW if held_out else "",
            time=f" in {figures['seconds'] / 60:.0f} minutes with {figures['workers']} trainings at a time"
            if "seconds" in figures
            else "",
        ),
        _CLASSIFIER.format(
            **classifier,
            rows=_training_rows(figures["classifier"]),
            chosen=figures["classifier"]["chosen_seed"],
            mean=figures["classifier"]["mean_test_accuracy"],
            dropped=ARTICLE_DROPS,
            steps=STEPS,
            per_sign=ARTICLE_TRAIN_PER_SIGN,
            to_train=ARTICLE_TRAIN_PER_SIGN * figures["signs"],
            split_seed=SPLIT_SEED,
            test_sessions=" and ".join(map(str, HELD_OUT_TEST_SESSIONS)),
            validation_sessions=" and ".join(map(str, HELD_OUT_VALIDATION_SESSIONS)),
        ),
        _AUTOENCODERS.format(
            **{**autoencoder, "widths": "-".join(str(width) for width in autoencoder["widths"])},
            last_step=last_step,
            code=code,
            decay=decay,
            table=_quality_table(figures["projections"], with_pca=True),
            still=STILL,
            neighbours=NEIGHBOURS,
            sign_neighbours=SIGN_NEIGHBOURS,
            percentiles=" and ".join(map(str, EXTENT_PERCENTILES)),
        ),
    ]
    if protocols:
        parts.insert(2, _protocols(protocols))
    for name, again in figures.get("trained_again", {}).items():
        parts.append(_AGAIN.format(**{**by_dims[name], **again, "dims": name.replace("d", "-D")}))
    told = figures.get("yardsticks")
    if told:
        parts.insert(2, _sessions(told, figures["classifier"]))
        parts.append(_yardsticks(told))
    if "on_published" in figures:
        ours = _quality_table(figures["on_published"], with_pca=True)
        theirs = _quality_table(figures["published"]["projections"], with_pca=False)
        parts.append(_ON_PUBLISHED.format(ours=ours, theirs=theirs))
    if "stability" in figures:
        parts.append(_stability(figures["stability"]))
    parts.append(_CREDIT.format(channels=len(CHANNELS)))
    return _wrapped("".join(parts))


def _by_dims(stored: Mapping[str, Any], of: Callable[[AutoencoderSettings], float]) -> str:
    """Return a setting of every map in words: "0.1", or "0.1 in 2-D and 0.2 in 3-D"."""
    values = {settings.dims: of(settings) for settings in map(AutoencoderSettings.from_dict, stored.values())}
    if len(set(values.values())) == 1:
        return f"{values.popitem()[1]:g}"
    return " and ".join(f"{value:g} in {dims}-D" for dims, value in values.items())


def _wrapped(text: str) -> str:
    """Wrap long lines of running text; tables and headings stay as they are."""
    return "\n".join(
        line if line.startswith(("|", "#")) else "\n".join(textwrap.wrap(line, 120)) for line in text.split("\n")
    )


def _sessions(told: Mapping[str, Any], classifier: Mapping[str, Any]) -> str:
    if told["same_session"] is None:
        return ""
    accuracy = classifier["sessions_held_out"]["accuracy"]["test"]
    return _SESSIONS.format(share=told["same_session"], accuracy=accuracy)


def _protocols(protocols: Mapping[str, Any]) -> str:
    said = {"mts": "", "sessions": ""}
    for name, template in (("mts", _MTS), ("sessions", _NINE_SESSIONS)):
        found = protocols.get(name)
        if found:
            others = "\n".join(f"| {' | '.join(row)} |" for row in _PUBLISHED_ACCURACIES)
            each = ", ".join(f"session {run}: {accuracy:.2%}" for run, accuracy in found["accuracy"].items())
            told = {**found["settings"], **found, "runs": len(found["accuracy"]), "others": others, "each": each}
            said[name] = template.format(**told, dropped=ARTICLE_DROPS)
    return _PROTOCOLS.format(**said)


def _yardsticks(told: Mapping[str, Any]) -> str:
    columns = told["explained_by_fifth"]
    titles = [name.removeprefix("pca_").replace("d", "-D") + " PCA" * name.startswith("pca_") for name in columns]
    lines = [f"| fifth | {' | '.join(titles)} |", "|---" * (len(columns) + 1) + "|"]
    for number, values in enumerate(zip(*columns.values(), strict=True), 1):
        shown = ("-" if value is None else f"{value:.4f}" for value in values)
        lines.append(f"| {number} of {FIFTHS} | {' | '.join(shown)} |")
    table = "\n".join(lines) + "\n"
    if told["mean_path"] is None:
        return _YARDSTICKS.split("What a map")[0].format(share="fifth", table=table)
    return _YARDSTICKS.format(share="fifth", table=table, mean_path=told["mean_path"])


def _stability(figures: Mapping[str, Any]) -> str:
    maps = figures["maps"]
    lines = [
        "| pair | apart | place | neighbours in full space | maps, paths | maps, ends | over retraining |",
        "|---" * 7 + "|",
    ]
    for pair in figures["article"]:
        names = joined_names(readable_name(pair["one"]), readable_name(pair["other"]))
        true = "yes" if pair["path_true"] else "no"
        lines.append(
            f"| {names} | {pair['path_distance']:.2f} | {pair['path_rank']} | {true} | {pair['path_maps']} of {maps} "
            f"| {pair['end_maps']} of {maps} | {pair['verdict']} |"
        )
    table = ["| over retraining | pairs | of these neighbours in the full space |", "|---" * 3 + "|"]
    for word, count in sorted(figures["verdicts"].items(), key=lambda item: VERDICTS.index(item[0])):
        real = count["neighbours_in_full_space"]
        table.append(f"| {word} | {count['pairs']} | {real} ({real / count['pairs']:.0%}) |")
    told = {"article": "\n".join(lines) + "\n", "verdicts": "\n".join(table) + "\n"}
    return _STABILITY.format(**{**figures["settings"], **figures, **told}, loss=figures["mean_validation_loss"])


def _training_rows(classifier: Mapping[str, Any]) -> str:
    trainings = {f"seed {seed}": figures for seed, figures in classifier["seeds"].items()}
    trainings["sessions held out"] = classifier["sessions_held_out"]
    lines = []
    for name, figures in trainings.items():
        share = figures["accuracy"]
        lines.append(
            f"| {name} | {share['train']:.2%} | {share['validation']:.2%} | {share['test']:.2%} "
            f"| {figures['best_epoch']} of {figures['epochs']} | {figures['seconds'] / 60:.1f} min |"
        )
    return "\n".join(lines)


def _quality_table(projections: Mapping[str, Any], with_pca: bool) -> str:
    columns = {}
    for name, quality in projections.items():
        title = name.replace("d", "-D")
        columns[title] = quality
        if with_pca:
            columns[f"{title} PCA"] = quality["pca"]
    lines = [f"| figure | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for key, label in _LABELS.items():
        if all(column.get(key) is None for column in columns.values()):
            continue  # figures of an older version
        values = " | ".join("-" if column.get(key) is None else f"{column[key]:.4f}" for column in columns.values())
        lines.append(f"| {label} | {values} |")
    if with_pca:
        times = " | ".join(f"{column['seconds']:.0f} s" if "seconds" in column else "" for column in columns.values())
        lines.append(f"| training time | {times} |")
    return "\n".join(lines) + "\n"
