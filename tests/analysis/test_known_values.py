"""What is computed of a network's hidden states is as it was when somebody read and kept it.

What is right, the other tests of this folder say; here any change of a number is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.analysis import attribution, edits, label_check, stability, warping
from auslan_explorer.analysis.annotation_tiers import Timeline, tiers_of
from auslan_explorer.analysis.assessment import assess, assess_pca
from auslan_explorer.analysis.confusion import confusions
from auslan_explorer.analysis.end_neighbours import end_neighbours
from auslan_explorer.analysis.errors import accuracy, mistakes
from auslan_explorer.analysis.flow import mean_flow
from auslan_explorer.analysis.forks import differences, fork, mean_path
from auslan_explorer.analysis.hands import hand_usage
from auslan_explorer.analysis.landscape import decision_landscape
from auslan_explorer.analysis.minimal_pairs import answers_without, minimal_pairs
from auslan_explorer.analysis.neighbours import distances_among, nearest
from auslan_explorer.analysis.point_quality import point_trust, references
from auslan_explorer.analysis.predictions import accuracy_by_step, early_figures, predictions_for
from auslan_explorer.analysis.principal import find_components, with_principal_components
from auslan_explorer.analysis.quality import measure, pca, sign_accuracy
from auslan_explorer.analysis.redundancy import movement, moving_steps
from auslan_explorer.analysis.resting_points import find_resting_points, states_on_the_way
from auslan_explorer.analysis.sign_report import last_state_distances, sign_report, spread, typical
from auslan_explorer.analysis.smoothness import smoothness, trustworthiness_elsewhere
from auslan_explorer.analysis.step_distortion import step_distortion
from auslan_explorer.analysis.step_errors import point_errors, step_errors
from auslan_explorer.analysis.step_lengths import length_shares, mean_length, step_lengths, step_shares
from auslan_explorer.analysis.units import alike_elsewhere, changed_most, leading_classes, likeness_order
from auslan_explorer.analysis.what_if import run, smallest_change
from auslan_explorer.analysis.yardsticks import explained_along_path, mean_path_explained, same_session_share
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.core.trajectories import Trajectories
from tests.known import compare, told
from tests.made_up import made_up_activations
from tests.small_network import autoencoder, classifier, recordings

KNOWN = Path(__file__).parent / "values"
K = 5


def activations() -> Activations:
    a = made_up_activations(recordings_per_sign=12)
    return replace(a, hand_ratio=(a.sign / 6).astype(np.float32))


def of_predictions() -> object:
    a = activations()
    answers = predictions_for(a)
    assert answers is not None
    found: dict[str, object] = {"answers": answers}
    some = np.flatnonzero(a.split == 0)
    for alignment in Alignment:
        curves = accuracy_by_step(a, answers, alignment)
        found[alignment] = {
            "curves": curves,
            "early": [early_figures(a, answers, each, some) for each in curves],
        }
    return found


def of_smoothness() -> object:
    a = activations()
    states, points, of = a.all_states(), a.projections[2].points, a.recording_of_point()
    lengths = step_lengths(points, a.offsets)
    return {
        "smoothness": smoothness(states, points, of), "elsewhere": trustworthiness_elsewhere(states, points, of, K),
        "distortion": step_distortion(a, a.projections[2]), "lengths": lengths, "mean": mean_length(lengths),
        "shares": length_shares(lengths), "of steps": step_shares(states, a.projections[2], a.offsets),
        "movement": movement(a), "moving": moving_steps(a),
    }  # fmt: skip


def of_quality() -> object:
    a, map_ = activations(), autoencoder(2, 8)
    encoded = map_.encode(a.all_states())
    errors = point_errors(a, map_)
    train = np.flatnonzero(a.split == 0)
    last = a.projections[2].points[a.offsets[1:] - 1]
    return {
        "measured": measure(a, map_, k=K), "of some": measure(a, map_, a.split == 2, k=K),
        "assessed": assess(a, encoded, map_, k=K), "without decoder": assess(a, encoded, None, k=K),
        "pca": assess_pca(a, 2, K), "errors": errors, "by step": step_errors(a, errors),
        "from end": step_errors(a, errors, a.split == 0, from_end=True),
        "along path": explained_along_path(a, map_, None), "mean path": mean_path_explained(a),
        "same session": same_session_share(a), "neighbours": sign_accuracy(last, a.sign, train, train, separate=True),
        "others": sign_accuracy(last, a.sign, train, np.flatnonzero(a.split == 2), separate=False),
        "axes": pca(a, 2).layers[0].kernel, "components": find_components(a, 3),
        "principal": with_principal_components(replace(a, projections={})).projections[2].points,
        "references": references(1000, 40),
        "trust": point_trust(a.all_states(), encoded, K, np.arange(0, len(encoded), 7)),
    }  # fmt: skip


def of_signs() -> object:
    a = activations()
    last = a.all_states()[a.offsets[1:] - 1]
    apart = last_state_distances(last)
    of_one = tuple(np.flatnonzero(a.sign == 1).tolist())
    return {
        "confusions": confusions(a), "of test": confusions(a, {2}), "accuracy": accuracy(a), "mistakes": mistakes(a),
        "reports": [sign_report(a, sign) for sign in range(4)], "spread": [spread(last, a.sign, s) for s in range(4)],
        "typical": typical(of_one, apart[np.ix_(of_one, of_one)], whole_paths=False), "apart": apart,
        "hands": hand_usage(a, 0.25), "ends": [end_neighbours(a, a.projections[2], each, K) for each in (0, 20, 47)],
    }  # fmt: skip


def of_neighbours() -> object:
    a = activations()
    apart = distances_among(a.all_states(), a.offsets, range(len(a)))
    table = label_check.neighbour_table(a, apart)
    rng = np.random.default_rng(2)
    witness = rng.integers(0, 4, len(a)), rng.random(len(a)), rng.random(len(a))
    held_out = label_check.held_out_table(*witness)
    return {
        "apart": apart, "nearest": [nearest(apart[each], each, 4) for each in (0, 30)], "table": table,
        "doubts": label_check.doubts(a, table), "held out": label_check.doubts(a, table, held_out),
    }  # fmt: skip


def of_stability() -> object:
    a = activations()
    rng = np.random.default_rng(4)
    maps = []
    for seed in range(3):
        turned = a.projections[2].points @ np.linalg.qr(rng.normal(size=(2, 2)))[0] * (1 + seed)
        maps.append((seed, (turned + rng.normal(0, 0.4, turned.shape)).astype(np.float32)))
    ensemble = stability.build_ensemble(a, maps, "made up", {})
    return {"ensemble": ensemble, "aligned": stability.align_ensemble(ensemble), "pairs": stability.pairs(ensemble, 1)}


def of_map() -> object:
    a, map_ = activations(), autoencoder(2, 8)
    head = a.head
    assert head is not None
    t = Trajectories.build(a, a.projections[2], False)
    found: dict[str, object] = {"flow": mean_flow(t, a.sign < 2, columns=12, least=3)}
    for log_scale in (False, True):
        found[f"log {log_scale}"] = decision_landscape(a, a.projections[2], map_, head, log_scale=log_scale)
    return found


def of_units() -> object:
    a = activations()
    states = a.all_states()
    chosen, change = changed_most(states[:12], 2, 9, 3)
    answers = predictions_for(a)
    assert answers is not None and a.head is not None
    return {
        "order": likeness_order(states), "changed": [chosen, change],
        "elsewhere": alike_elsewhere(a.states, a.offsets, chosen, change, 5, 0),
        "leading": leading_classes(a.head.probabilities(states[:12]), (2,), 2),
    }  # fmt: skip


def of_forks() -> object:
    paths = [np.cumsum(each[:, :6], axis=0) for each in recordings(8)]
    first, second = mean_path(paths[:4], range(4)), mean_path(paths[4:], range(4, 8))
    assert first is not None and second is not None
    parted = fork(first, second)
    frames = dict(enumerate(recordings(8)))
    spreads = np.concatenate(recordings(8)).std(axis=0)
    one, other = recordings(2)
    return {
        "first": first, "parted": parted, "differences": differences(first, second, parted, frames, spreads),
        "warp": warping.warp(one, other), "beside": warping.frame_beside(one, other, spreads),
    }  # fmt: skip


def of_why() -> object:
    network, (one, other, *_) = classifier(), recordings()
    asked = attribution.Explained(network, one, network.mean, 1)
    occluded, integrated = attribution.occlude(asked), attribution.integrate_gradients(asked)
    answered = run(one, network, {2: autoencoder()})
    beside = warping.frame_beside(one, other, np.ones(len(CHANNELS)))
    changes = {sign: smallest_change(network, one, other[beside], sign) for sign in range(4)}
    return {
        "occluded": occluded, "integrated": integrated, "summary": attribution.summarise(occluded),
        "of integrated": attribution.summarise(integrated), "sums": attribution.group_sums(integrated),
        "gradients": attribution.gradients(network, asked.padded(one[None]), 1), "ran": answered, "changes": changes,
    }  # fmt: skip


def of_edits() -> object:
    one, other, *_ = recordings()
    beside = np.minimum(np.arange(len(one)), len(other) - 1)
    return {
        "freeze": edits.freeze(one, (0, 5), 2, 6), "rest": edits.rest(one, (3,), 1, 4, one.mean(axis=0)),
        "swap": edits.swap_hands(one), "mirror": edits.mirror(one), "slow": edits.change_speed(one, 1.5, 2, 6, 20),
        "fast": edits.change_speed(one, 0.5, 1, 7, 20), "delay": edits.delay(one, (0, 1), 2, 1, 7),
        "sooner": edits.delay(one, (0, 1), -2, 1, 7), "move": edits.move(one, (2,), 0.3, 3, 5),
        "taken": edits.take_from(one, (4, 5), other, beside, 2, 6), "pull": edits.pull(one, 7, 4, 0.9),
    }  # fmt: skip


def of_minimal_pairs() -> object:
    network, asked = classifier(), recordings()
    answers = answers_without(network, asked)
    return {"answers": answers, "pairs": minimal_pairs(answers[0], answers)}


def of_resting_points() -> object:
    network, asked = classifier(), recordings(4)
    padded = np.concatenate(
        [attribution.Explained(network, each, network.mean, 0).padded(each[None]) for each in asked]
    )
    starts = states_on_the_way(network, padded, np.arange(16, 20))
    found = find_resting_points(network, asked[0][0], starts)
    return {"starts": starts, "found": found}


def of_annotations() -> object:
    return tiers_of(Timeline(activations(), (0, 13, 40)))


VALUES: dict[str, Callable[[], object]] = {
    "predictions": of_predictions, "smoothness": of_smoothness, "quality": of_quality, "signs": of_signs,
    "neighbours": of_neighbours, "stability": of_stability, "map": of_map, "units": of_units, "forks": of_forks,
    "why": of_why, "edits": of_edits, "minimal-pairs": of_minimal_pairs, "resting-points": of_resting_points,
    "annotations": of_annotations,
}  # fmt: skip


@pytest.mark.parametrize("name", VALUES)
def test_numbers_are_as_somebody_has_read_them(name: str) -> None:
    compare(KNOWN, name, told(name, VALUES[name]()))
