"""What ships was trained with the settings that the code recommends."""

from __future__ import annotations

import json

import pytest

from auslan_explorer.io.models import read_info
from auslan_explorer.paths import models_dir
from auslan_explorer.training.settings import AutoencoderSettings, ClassifierSettings, recommended_autoencoder


@pytest.mark.parametrize("dims", [2, 3])
def test_a_shipped_map_has_the_recommended_settings(dims: int) -> None:
    info = read_info(models_dir() / f"autoencoder-{dims}d.h5")
    # A setting that came later is as it was without it.
    assert AutoencoderSettings.from_dict(info["settings"]) == recommended_autoencoder(dims, info["seed"])
    assert len(info["settings"]) >= 18


def test_the_shipped_network_has_the_settings_of_a_new_one() -> None:
    info = read_info(models_dir() / "classifier.h5")
    now = json.loads(json.dumps(ClassifierSettings(seed=info["seed"]).as_dict()))
    # A setting that came later did not exist when it was trained.
    assert info["settings"] == {name: now[name] for name in info["settings"]}
    assert len(info["settings"]) >= 13
