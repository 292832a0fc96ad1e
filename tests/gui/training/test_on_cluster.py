"""Work on a cluster: where it takes TensorFlow's place, and that it is asked before anything is sent."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.quality.ensemble_form import EnsembleForm
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.training import prerequisites
from auslan_explorer.workflows import inspection


def test_without_tensorflow_an_ensemble_is_trained_on_a_cluster_or_not_at_all(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prerequisites, "missing", lambda: prerequisites.NOT_INSTALLED)
    settings = window.commands.settings
    form = EnsembleForm(window.session, window.jobs, settings.cluster, window)
    qtbot.addWidget(form)
    form.show()
    assert not form.start.isEnabled() and form.why_off.isVisible()
    settings.open_page()
    assert settings.page is not None
    settings.page.cluster.setText("tcp://10.0.0.5:8786 ")
    settings.page.reject()
    assert form.where.text() == "Trains on the cluster at tcp://10.0.0.5:8786."
    assert form.start.isEnabled() and not form.why_off.isVisible()


def test_nothing_is_sent_to_a_cluster_before_it_is_said_that_it_may_run_code_here(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []
    monkeypatch.setattr(
        "auslan_explorer.gui.quality.ensemble_form.train_and_save_ensemble",
        lambda activations, seeds, cluster, on_map: asked.append(cluster),
    )
    compared: list[str | None] = []
    monkeypatch.setattr(inspection, "MOST_HERE", 3)
    monkeypatch.setattr(inspection, "compare_all", lambda activations, prepared, cluster, **_: compared.append(cluster))
    window.settings.set_value("cluster_address", "tcp://10.0.0.5:8786")
    cluster = window.commands.settings.cluster
    form = EnsembleForm(window.session, window.jobs, cluster, window)
    qtbot.addWidget(form)
    compare = window.actions_[ActionId.COMPARE_ALL]
    for start in (form._start, compare.trigger):
        start()
        assert cluster.question is not None and "can run code on this computer" in cluster.question.informativeText()
        cluster.question.reject()
        assert cluster.question is None and not asked and not compared and not form.running
    form._start()
    assert cluster.trust is not None
    cluster.trust.click()
    qtbot.waitUntil(lambda: asked == ["tcp://10.0.0.5:8786"])
    compare.trigger()
    assert cluster.question is None, "it is asked once for each address"
    qtbot.waitUntil(lambda: compared == ["tcp://10.0.0.5:8786"])
    monkeypatch.setattr(inspection, "MOST_HERE", 10**6)
    qtbot.waitUntil(lambda: not window.jobs.running)
    compare.trigger()
    qtbot.waitUntil(lambda: compared == ["tcp://10.0.0.5:8786", None])
