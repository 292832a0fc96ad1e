"""Numbers with decimals are read and shown alike in every locale, and tables follow the text size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.style import Appearance
from auslan_explorer.gui.training.fields import FIELDS, parse_value
from auslan_explorer.gui.widgets.number_box import IntegerBox, NumberBox
from auslan_explorer.gui.widgets.page import KeyValueList
from auslan_explorer.gui.widgets.row_list import Row, RowList

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(params=("de_DE", "fr_FR", "en_US", "ar_EG"))
def locale(request: pytest.FixtureRequest) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield
    QLocale.setDefault(before)


def type_into(box: QAbstractSpinBox, typed: str) -> None:
    """Replace the text letter by letter; QTest knows keys of Latin letters alone."""
    box.selectAll()
    for letter in typed:
        box.lineEdit().insert(letter)
    box.interpretText()


@pytest.mark.parametrize("typed", ("0,25", "0.25", "٠٫٢٥"))
def test_a_decimal_comma_and_a_point_are_both_read_and_a_point_is_shown(qtbot: QtBot, locale: None, typed: str) -> None:
    box = NumberBox()
    qtbot.addWidget(box)
    box.setDecimals(3)
    type_into(box, typed)
    assert (box.value(), box.cleanText()) == (0.25, "0.250")
    if "٫" not in typed:
        assert parse_value(FIELDS["noise"], typed) == 0.25


@pytest.mark.parametrize("typed", ("1920", "١٩٢٠"))
def test_a_whole_number_of_any_digits_is_read_and_shown_as_everywhere(qtbot: QtBot, locale: None, typed: str) -> None:
    box = IntegerBox()
    qtbot.addWidget(box)
    box.setMaximum(9999)
    box.setSuffix(" px")
    type_into(box, typed)
    assert (box.value(), box.text()) == (1920, "1920 px")


def test_no_field_for_numbers_follows_the_locale() -> None:
    plain = re.compile(r"\bQ(Double)?SpinBox\b")
    files = (ROOT / "auslan_explorer").rglob("*.py")
    assert [file.name for file in files if plain.search(file.read_text(encoding="utf-8"))] == ["number_box.py"]


def test_figures_in_a_table_grow_with_the_text(qapp: QApplication, qtbot: QtBot) -> None:
    palette, sheet, letters = qapp.palette(), qapp.styleSheet(), qapp.font()
    appearance = Appearance(qapp)
    top = QWidget()
    qtbot.addWidget(top)
    rows = RowList("rows", top)
    rows.show_rows((Row("one", "0.25", ()),))
    before = rows.sizeHintForColumn(1)
    try:
        appearance.choose_text_size(200)
        assert rows.sizeHintForColumn(1) > 1.4 * before
    finally:
        appearance.choose_text_size(100)
        qapp.setPalette(palette)
        qapp.setStyleSheet(sheet)
        qapp.setFont(letters)


def test_a_name_without_a_value_is_not_shown(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    facts = KeyValueList(("epoch", "time left"), top)
    facts.show_values(epoch="3", time_left="")
    assert not facts.labels["time left"].isVisibleTo(top) and facts.labels["epoch"].isVisibleTo(top)
    facts.show_values(time_left="at most 2 min")
    assert facts.labels["time left"].isVisibleTo(top)
