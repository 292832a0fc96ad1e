"""The form of a training in its dock: what cannot work, what differs from a preset, and what is remembered."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
from PySide6.QtWidgets import QComboBox, QToolButton
from pytestqt.qtbot import QtBot

from auslan_explorer.core.splits import NO_SPLIT
from auslan_explorer.gui.training.fields import PRESETS
from auslan_explorer.gui.training.form import SettingsForm
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.training_parts import Trainings, put
from tests.gui.window_parts import made_up_activations


def test_values_that_cannot_work_are_explained_and_start_is_off(window: MainWindow, trainings: Trainings) -> None:
    window.docks.show("retrain")
    form, dock = window.retrain.form, window.retrain
    assert dock.start_button.isEnabled() and form.settings is not None
    put(form, epochs="0", widths="600, many", noise="-1")
    assert not dock.start_button.isEnabled() and "3 values" in dock.why_off.text()
    for name in ("epochs", "widths", "noise"):
        problem = form.rows[name].problem
        assert problem.isVisible() and problem.text().startswith("⚠")
        assert form.rows[name].field.accessibleDescription()
    dock.start()
    assert not trainings
    put(form, epochs="3", widths="600, 150", noise="0.1")
    assert dock.start_button.isEnabled() and not form.rows["epochs"].problem.isVisible()


def test_what_differs_from_a_preset_is_seen_and_can_go_back(window: MainWindow) -> None:
    window.docks.show("retrain")
    form = window.retrain.form
    assert not any(row.back.isVisible() for row in form.rows.values())
    questions = [button for button in form.findChildren(QToolButton) if button.text() == "?"]
    assert len(questions) >= len(form.rows) - 1 and all(button.icon().isNull() for button in questions)
    assert not any(row.back.icon().isNull() for row in form.rows.values())
    put(form, batch="64", seed="7")
    assert form.rows["batch"].back.isVisible() and not form.rows["seed"].back.isVisible()
    assert "One value differs" in form.says.text() and "512" in form.rows["batch"].back.toolTip()
    form.rows["batch"].back.click()
    assert form.settings is not None and form.settings.batch == 512
    form.preset.setCurrentText("Article")
    form.preset.activated.emit(1)
    settings = form.settings
    assert (settings.batch, settings.steps, settings.patience, settings.schedule) == (128, "article", 5, "constant")
    assert settings.seed == 7 and settings.code_penalty == 0


def test_a_split_that_is_not_known_is_not_offered_as_the_networks_own(window: MainWindow) -> None:
    box = window.retrain.form.rows["recordings"].field
    assert isinstance(box, QComboBox) and box.itemText(box.findData("train")) == "Training split"
    a = made_up_activations()
    window.commands.files.show(replace(a, split=np.full(len(a), NO_SPLIT, np.uint8)))
    assert box.itemText(box.findData("train")) == "A new split of all" and "not known" in box.toolTip()
    window.commands.files.show(a)
    assert box.itemText(box.findData("train")) == "Training split" and not box.toolTip()


def test_settings_are_remembered(window: MainWindow, qtbot: QtBot) -> None:
    form = window.retrain.form
    put(form, epochs="12", bottleneck="tanh")
    form.set_dims(3)
    again = SettingsForm(window)
    again.from_text(form.to_text())
    assert again.settings == form.settings and again.settings is not None and again.settings.dims == 3
    preset = next(name for name in PRESETS if PRESETS[name](2, 0) != PRESETS[form.preset.currentData()](2, 0))
    again.from_text(json.dumps({"preset": preset, "dims": 2, "seed": "7"}))
    assert again.settings == PRESETS[preset](2, 7), "what was not kept is the preset's"
    for broken in ("", "[]", "{", '{"dims": 9, "epochs": 4, "preset": []}'):
        again.from_text(broken)
        assert again.settings is not None
