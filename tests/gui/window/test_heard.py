"""Whatever a person works is heard: each control and each part's own signal is followed by something."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import SIGNAL, QMetaMethod, QObject, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.gui.window.test_access import DIALOGS, controls
from tests.gui.window_parts import open_window

# What tells of a change by a hand; one of them is enough.
TOLD: dict[type[QObject], tuple[str, ...]] = {
    QAbstractButton: ("clicked", "toggled", "pressed"),
    QComboBox: ("currentIndexChanged", "currentTextChanged", "activated"),
    QSpinBox: ("valueChanged", "editingFinished"),
    QDoubleSpinBox: ("valueChanged", "editingFinished"),
    QLineEdit: ("textChanged", "textEdited", "editingFinished", "returnPressed"),
    QAbstractSlider: ("valueChanged", "sliderMoved", "actionTriggered"),
}
# Read once a button beside them is pressed, or the other of two choices.
READ_LATER = {
    "QDoubleSpinBox How much",
    "QComboBox Answer that is wanted",
    "QComboBox Part of the gesture that is changed",
    "QComboBox Recording that it is taken from",
    "QSpinBox How many seeds",
    "QAbstractButton A map in 2 dimensions",
    "QAbstractButton A map in 3 dimensions",
    "QAbstractButton Use a file or folder of mine",
    "QLineEdit File or folder",
    "QLineEdit Address",
    "QLineEdit Folder of weights",
    "QLineEdit Recordings",
    "QSpinBox Resolution",
    "QAbstractButton Write where it is from into a file beside",
}
# Signals of parts that are worked elsewhere, and of dialogs of which nothing else in the window waits for them.
NOT_NEEDED = {
    "ExportFilmDialog: FilmPreview.presented",
    "ExportPictureDialog: PicturePreview.presented",
    "ForkSection: SignalPlot.pulled",
    "ForkSection: SignalPlot.released",
    "ForkSection: StepCanvas.marked",
    "Jobs: Job.cancelled",
    "MainWindow: TaskDialog.result_ready",
    "ProgressPanel: LinePlot.step_chosen",
    "QualityDock: LinePlot.step_chosen",
    "WhySection: StepCanvas.marked",
}


def is_heard(thing: QObject, name: str) -> bool:
    return bool(thing.isSignalConnected(QMetaMethod.fromSignal(getattr(thing, name))))


def home(thing: QObject) -> str:
    """Name the part of the program that a thing stands in."""
    parent = thing.parent()
    while parent is not None:
        module = type(parent).__module__
        if module.startswith("auslan_explorer.") and ".widgets." not in module:
            break
        parent = parent.parent()
    return type(parent).__name__


def is_pressed_for_nothing(button: QAbstractButton, box: QDialogButtonBox) -> bool:
    """Tell whether nobody hears a button of a row of them, which itself hears each of them."""
    role = QDialogButtonBox.ButtonRole
    told = {role.AcceptRole: "accepted", role.RejectRole: "rejected", role.HelpRole: "helpRequested"}
    at = box.buttonRole(button)
    if at in told and is_heard(box, told[at]):
        return False
    return button.receivers(SIGNAL("clicked(bool)")) + button.receivers(SIGNAL("clicked()")) < 2


def unheard_controls(root: QWidget) -> list[str]:
    found = []
    for widget in controls(root):
        for kind, names in TOLD.items():
            if not isinstance(widget, kind):
                continue
            box = widget.parent()
            if isinstance(widget, QAbstractButton) and isinstance(box, QDialogButtonBox):
                if is_pressed_for_nothing(widget, box):
                    found.append(f"{kind.__name__} {widget.accessibleName()}")
                continue
            # Every tool button hears by itself that it is pressed.
            mute = ("pressed",) if isinstance(widget, QToolButton) else ()
            if any(is_heard(widget, name) for name in names if name not in mute):
                continue
            if isinstance(widget, QToolButton) and (widget.menu() is not None or widget.defaultAction() is not None):
                continue
            group = widget.group() if isinstance(widget, QAbstractButton) else None
            if group is not None and is_heard(group, "idClicked"):
                continue
            found.append(f"{kind.__name__} {widget.accessibleName()}")
    return found


def unheard_signals(root: QWidget) -> list[str]:
    found = []
    for thing in (root, *root.findChildren(QObject)):
        for kind in type(thing).__mro__:
            if not kind.__module__.startswith("auslan_explorer."):
                continue
            for name, declared in vars(kind).items():
                if isinstance(declared, Signal) and not is_heard(thing, name):
                    found.append(f"{home(thing)}: {kind.__name__}.{name}")
    return found


def unheard(root: QWidget) -> set[str]:
    return {*unheard_controls(root), *unheard_signals(root)}


def test_every_control_and_every_signal_is_heard(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qapp, qtbot, tmp_path / "window.ini") as window:
        for name in window.docks.names:
            window.docks.show(name)
        inspector = window.inspector_dock.inspector
        assert all((inspector.recording, inspector.sign, inspector.signs, inspector.mistakes))
        found = unheard(window)
        for key in DIALOGS:
            window.actions_[key].trigger()
            for each in qapp.topLevelWidgets():
                if isinstance(each, QDialog) and each.isVisible():
                    found |= unheard(each)
                    each.close()
        assert found == READ_LATER | NOT_NEEDED
