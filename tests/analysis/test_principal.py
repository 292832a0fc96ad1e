from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.decomposition import PCA

from auslan_explorer.analysis import principal
from auslan_explorer.analysis.principal import with_principal_components
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.io.cache import cache_from_arrays, read_cache, write_cache

RNG = np.random.default_rng(0)


def states(rows: int = 500, units: int = 6, offset: float = 0.0) -> np.ndarray:
    spread = np.array([3.0, 2.0, 1.0, *([0.1] * 20)])[:units]
    turn = np.linalg.qr(RNG.normal(size=(units, units)))[0]
    return (RNG.normal(0, 1, (rows, units)) * spread @ turn + offset).astype(np.float32)


def of(values: np.ndarray) -> Activations:
    return cache_from_arrays(values, [len(values)], [0], ["x"])


@pytest.mark.parametrize("offset", [0.0, 1000.0])
def test_maps_are_the_principal_components_that_scikit_learn_finds(
    offset: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(principal, "_BLOCK", 64)
    values = states(offset=offset)
    found = with_principal_components(of(values)).projections
    wanted = PCA(3).fit_transform(values.astype(np.float64))
    for dims in (2, 3):
        ours = found[dims].points
        signs = np.sign((ours * wanted[:, :dims]).sum(axis=0))
        np.testing.assert_allclose(ours * signs, wanted[:, :dims], atol=2e-3 if not offset else 2e-2)
        assert found[dims].axis_word == "PCA"


def test_of_many_rows_some_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(principal, "MOST_ROWS", 1000)
    monkeypatch.setattr(principal, "_PIECES", 10)
    monkeypatch.setattr(principal, "_PIECE", 100)
    values = states(5000)
    read: list[int] = []

    class Counted:
        shape = values.shape

        def rows(self, start: int, stop: int) -> np.ndarray:
            read.append(start)
            return values[start:stop]

    a = of(values)
    object.__setattr__(a, "states", Counted())
    _, axes = principal.find_components(a, 2)
    assert len(read) <= 12 and max(read) == 4900, "from the first to the last"
    _, exact = principal.find_components(of(values[:1000]), 2)
    np.testing.assert_allclose(np.abs((axes * exact).sum(axis=0)), 1, atol=0.02)


def test_a_map_that_is_there_stays_and_few_units_are_enough(tmp_path: Path) -> None:
    own = RNG.normal(size=(50, 2)).astype(np.float32)
    a = cache_from_arrays(states(50, 2), [50], [0], ["x"], projections={2: own})
    found = with_principal_components(a).projections
    np.testing.assert_array_equal(found[2].points, own)
    assert (found[3].points[:, 2] == 0).all()
    # The same after saving.
    write_cache(tmp_path / "a.h5", a)
    again = with_principal_components(read_cache(tmp_path / "a.h5"))
    assert np.abs(again.projections[3].points - found[3].points).max() < 5e-3
    with pytest.raises(Cancelled):
        with_principal_components(of(states()), cancelled=lambda: True)


def test_of_very_many_units_the_same_components_are_found_without_a_table_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = states(60)
    mean, axes = principal.find_components(of(values), 2)
    monkeypatch.setattr(principal, "MOST_UNITS", 5)
    for rows in (60, 5):  # more rows than units, and fewer
        sampled = principal.find_components(of(values[:rows]), 2)
        if rows == 60:
            np.testing.assert_allclose(sampled[0], mean, atol=1e-5)
            np.testing.assert_allclose(sampled[1], axes, atol=1e-4)
        else:
            wanted = np.linalg.svd(values[:rows] - values[:rows].mean(axis=0))[2][:2].T
            np.testing.assert_allclose(np.abs((sampled[1] * wanted).sum(axis=0)), 1, atol=1e-4)
    wide = np.zeros((2, 200_000), np.float32)
    wide[0, 3] = 1
    found = with_principal_components(of(wide)).projections[2].points
    np.testing.assert_allclose(found, [[0.5, 0], [-0.5, 0]], atol=1e-6)


def test_of_fewer_rows_than_units_no_table_of_units_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    largest = principal._largest
    monkeypatch.setattr(
        principal, "_largest", lambda products, count: made.append(len(products)) or largest(products, count)
    )
    values = RNG.normal(size=(9, 40)).astype(np.float32)
    found = with_principal_components(of(values)).projections[3].points
    wanted = PCA(3).fit_transform(values.astype(np.float64))
    np.testing.assert_allclose(found * np.sign((found * wanted).sum(axis=0)), wanted, atol=1e-4)
    assert made == [9]


@pytest.mark.parametrize("units", [6, 40])
def test_numbers_of_which_no_map_can_be_made_are_said(units: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(principal, "MOST_UNITS", 10)
    values = np.zeros((20, units), np.float32)
    values[3] = 3e38
    with pytest.raises(UserError, match="so large that no map"):
        with_principal_components(of(values))
