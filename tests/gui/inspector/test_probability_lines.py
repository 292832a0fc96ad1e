"""Lines of a recording's probabilities, from the arrays: whose they are, over which steps, and what is told of them."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Session
from auslan_explorer.core.signs import isolate
from auslan_explorer.gui.inspector.probabilities import ProbabilityPlots, show_probabilities
from auslan_explorer.gui.widgets.line_plot import LinePlot
from tests.made_up import made_up_activations


def test_the_true_sign_is_blue_and_last_the_wrong_answer_red_and_the_last_step_is_told(qtbot: QtBot) -> None:
    a = made_up_activations()
    plot = LinePlot("probability", None, height=80)
    qtbot.addWidget(plot)
    for recording in (0, 1, 9):
        begin, end = int(a.offsets[recording]), int(a.offsets[recording + 1])
        rows = a.output_rows(begin, end)
        assert rows is not None
        show_probabilities(plot, a, recording, rows)
        true, answer = a.output_names[a.sign[recording]], a.output_names[a.predicted[recording]]
        roles = {line.name: line.role for line in plot.lines if line.role}
        assert roles == ({true: "truth"} if recording else {true: "truth", answer: "mistake"})
        assert plot.lines[-1].name == true
        for line in plot.lines:
            assert (line.x == a.first_step[recording] + np.arange(end - begin)).all()
            assert (line.y == rows[:, a.output_names.index(line.name)]).all()
        told = plot.accessibleDescription().split(", ")
        ends = {isolate(line.name): line.y[-1] for line in plot.lines}
        assert told == [f"{name} {share:.0%}" for name, share in ends.items()]
        assert any(f"{line.y[0]:.0%}" != f"{line.y[-1]:.0%}" for line in plot.lines)


def test_plots_of_a_few_recordings_follow_playback_each_at_its_own_step(qtbot: QtBot) -> None:
    session = Session(made_up_activations())
    plots = ProbabilityPlots(session, None)  # type: ignore[arg-type]
    qtbot.addWidget(plots)
    shown = (2, 7, 20)
    plots.show_recordings(shown)
    for step in (19, 12, 15):
        session.update(step=step)
        plots.follow_playback()
        own = session.state.own_steps(session.activations, np.array(shown)).tolist()
        assert [plot._step for plot in plots.plots] == own
    plots.show_recordings((2,))
    assert plots.isHidden() and plots.shown == ()
