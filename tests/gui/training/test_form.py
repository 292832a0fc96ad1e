"""The form of a training, alone: presets, what goes back to them, and what is remembered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.training.fields import FIELDS, PRESETS, format_value
from auslan_explorer.gui.training.form import SettingsForm


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[SettingsForm]:
    parent = QWidget()
    qtbot.addWidget(parent)
    yield SettingsForm(parent)


def choose(form: SettingsForm, preset: str, dims: int) -> None:
    form.preset.setCurrentIndex(form.preset.findData(preset))
    form.set_dims(dims)
    form.apply_preset()


def other(name: str, value: str) -> str:
    """Return another value of a field that is possible too."""
    field = FIELDS[name]
    if field.options:
        return next(each for each, _ in field.options if each != value)
    if field.kind is int:
        return str(int(value) + 1)
    return "32, 16" if field.kind is tuple else "0.0123"


@pytest.mark.parametrize("dims", [2, 3])
@pytest.mark.parametrize("preset", PRESETS)
def test_each_value_goes_back_to_that_of_its_preset_and_number_of_dimensions(
    form: SettingsForm, preset: str, dims: int
) -> None:
    choose(form, preset, dims)
    whole = PRESETS[preset](dims, 0)
    assert form.settings == whole and form.dims == dims
    for name in FIELDS:
        usual = format_value(getattr(whole, name))
        if name == "seed":
            continue
        form._set_field(name, other(name, usual))
        row = form.rows[name]
        assert not row.back.isHidden() and usual in row.back.toolTip() and row.label.font().bold()
        assert [each for each, row_ in form.rows.items() if not row_.back.isHidden()] == [name]
        row.back.click()
        assert row.back.isHidden() and not row.label.font().bold() and form.settings == whole


@pytest.mark.parametrize("dims", [2, 3])
@pytest.mark.parametrize("preset", PRESETS)
def test_what_was_chosen_is_there_again(form: SettingsForm, qtbot: QtBot, preset: str, dims: int) -> None:
    choose(form, preset, dims)
    for name in ("batch", "epochs", "seed", "noise"):
        form._set_field(name, other(name, form._text(name)))
    again = SettingsForm(form.parentWidget())
    assert again.settings != form.settings
    again.from_text(form.to_text())
    assert again.settings == form.settings is not None and again.preset.currentData() == preset
    assert again.says.text() == form.says.text()
    for nonsense in ("", "[]", "{", '{"dims": 7, "preset": "no", "batch": 3}'):
        fresh = SettingsForm(form.parentWidget())
        before = fresh.settings
        fresh.from_text(nonsense)
        assert fresh.settings == before
