"""Nothing is sent to a cluster before a person has said, for that very address, that it is theirs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.settings.cluster import Cluster
from auslan_explorer.gui.settings.preferences import Preferences, save_preferences
from auslan_explorer.gui.settings.store import Settings

ADDRESS, OTHER = "tcp://one:8786", "tcp://<b>other</b>:8786"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "window.ini")


@pytest.fixture
def cluster(qtbot: QtBot, settings: Settings) -> Cluster:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return Cluster(settings, window)


def choose(settings: Settings, address: str) -> None:
    save_preferences(settings, replace(Preferences(), cluster_address=address))


def question(cluster: Cluster) -> QMessageBox:
    assert cluster.question is not None and cluster.question.isVisible()
    return cluster.question


def test_without_an_address_this_computer_is_meant_and_nothing_is_asked(cluster: Cluster) -> None:
    started: list[str] = []
    cluster.when_trusted(started.append)
    assert started == [""] and cluster.question is None


def test_an_address_is_asked_about_once_in_plain_text_and_again_after_a_no(
    cluster: Cluster, settings: Settings, qtbot: QtBot
) -> None:
    started: list[str] = []
    choose(settings, ADDRESS)
    cluster.when_trusted(started.append)
    box = question(cluster)
    assert ADDRESS in box.text() and "run code on this computer" in box.informativeText()
    cluster.when_trusted(started.append)
    assert cluster.question is box, "one question at a time"
    # Enter and Escape are both the harmless answer.
    assert box.defaultButton() is not None and box.defaultButton().text() == "Do not connect"
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert cluster.question is None and started == []
    cluster.when_trusted(started.append)
    QTest.keyClick(question(cluster), Qt.Key.Key_Return)
    assert cluster.question is None and started == []
    cluster.when_trusted(started.append)
    question(cluster)
    assert cluster.trust is not None
    cluster.trust.click()
    qtbot.waitUntil(lambda: started == [ADDRESS])
    cluster.when_trusted(started.append)
    assert cluster.question is None and started == [ADDRESS, ADDRESS]


def test_a_yes_to_one_address_is_none_to_another(cluster: Cluster, settings: Settings, qtbot: QtBot) -> None:
    started: list[str] = []
    choose(settings, ADDRESS)
    cluster.when_trusted(started.append)
    assert cluster.trust is not None
    cluster.trust.click()
    qtbot.waitUntil(lambda: started == [ADDRESS])
    choose(settings, OTHER)
    cluster.when_trusted(started.append)
    box = question(cluster)
    assert OTHER in box.text() and box.textFormat() is Qt.TextFormat.PlainText
    # What was asked about is what is trusted, though the settings are changed meanwhile.
    choose(settings, "tcp://third:8786")
    assert cluster.trust is not None
    cluster.trust.click()
    qtbot.waitUntil(lambda: started == [ADDRESS, OTHER])
    cluster.when_trusted(started.append)
    question(cluster).close()
    assert started == [ADDRESS, OTHER]
