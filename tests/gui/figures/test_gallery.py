"""The gallery by itself, without a window around it: what its cards show once other data are open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.splits import NO_SPLIT
from auslan_explorer.draw.presets import FIGURES
from auslan_explorer.gui.figures import gallery
from auslan_explorer.gui.figures.gallery import FigureCard, GalleryDialog
from auslan_explorer.gui.jobs import Jobs
from tests.gui.window_parts import made_up_activations, other_network

OTHERS: dict[str, Callable[[Activations], Activations]] = {
    "other words": lambda a: other_network(),
    "no splits": lambda a: replace(a, split=np.full(len(a), NO_SPLIT, np.uint8)),
    "no mistakes": lambda a: replace(a, predicted=a.sign),
    "no answers": lambda a: replace(a, predicted=np.full(len(a), -1, np.int16)),
    "no maps": lambda a: replace(a, projections={}),
}


@pytest.fixture
def top(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def looks(card: FigureCard) -> tuple[object, ...]:
    texts = card.title.text(), card.sentence.text(), card.accessibleName(), card.accessibleDescription()
    return *texts, card.isEnabled(), card.isHidden(), card.figure, card.picture.pixmap().isNull()


@pytest.mark.parametrize("name", OTHERS)
def test_cards_of_other_data_are_those_of_a_gallery_that_opens_on_them(
    name: str, top: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gallery, "thumbnail", lambda *_: QImage(8, 8, QImage.Format.Format_RGB32))
    a, jobs = made_up_activations(), Jobs(top)
    other = OTHERS[name](a)
    opened, fresh = GalleryDialog(a, jobs, top), GalleryDialog(other, jobs, top)
    qtbot.waitUntil(lambda: not jobs.running)
    before = {number: looks(card) for number, card in opened.cards.items()}
    opened.show_data(other)
    qtbot.waitUntil(lambda: not jobs.running)
    after = {number: looks(card) for number, card in opened.cards.items() if not card.isHidden()}
    assert after == {number: looks(card) for number, card in fresh.cards.items() if not card.isHidden()}
    for number, card in opened.cards.items():
        assert card.isHidden() or card.picture.pixmap().isNull() is not card.isEnabled(), number
    opened.show_data(a)
    qtbot.waitUntil(lambda: not jobs.running)
    assert {number: looks(card) for number, card in opened.cards.items()} == before


def test_a_card_that_waits_for_its_picture_shows_none_of_other_data(
    top: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = Jobs(top)
    monkeypatch.setattr(gallery, "thumbnail", lambda *_: QImage(8, 8, QImage.Format.Format_RGB32))
    opened = GalleryDialog(made_up_activations(), jobs, top)
    qtbot.waitUntil(lambda: not jobs.running)
    assert not opened.cards[3].picture.pixmap().isNull()

    def fail(*_: object) -> QImage:
        raise OSError("the disk is gone")

    monkeypatch.setattr(gallery, "thumbnail", fail)
    opened.show_data(other_network())
    qtbot.waitUntil(lambda: not jobs.running)
    for card in opened.cards.values():
        if card.isEnabled() and not card.isHidden():
            assert card.picture.pixmap().isNull() and "the disk is gone" in card.picture.text()


def test_a_figure_whose_network_is_not_at_hand_says_so_in_the_place_of_its_picture(
    top: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(figure: object, *_: object) -> QImage:
        if not figure.dims:  # type: ignore[attr-defined]
            raise UserError("Its network is gone.")
        return QImage(8, 8, QImage.Format.Format_RGB32)

    monkeypatch.setattr(gallery, "thumbnail", draw)
    jobs = Jobs(top)
    opened = GalleryDialog(made_up_activations(), jobs, top)
    qtbot.waitUntil(lambda: not jobs.running)
    for number, card in opened.cards.items():
        told = card.picture.text() == "The network’s file is not at hand."
        assert told == (card.isEnabled() and not FIGURES[number].dims), number


def test_each_card_asks_for_its_own_figure(top: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gallery, "draw_thumbnails", lambda *_: None)
    opened = GalleryDialog(made_up_activations(), Jobs(top), top)
    chosen: list[int] = []
    opened.chosen.connect(chosen.append)
    usable = [number for number, card in opened.cards.items() if card.isEnabled()]
    for number in usable:
        opened.cards[number].click()
    assert chosen == usable and len(usable) > 5
