"""Actions of the menu Train."""

from __future__ import annotations

from typing import Protocol

from auslan_explorer.gui.actions.action_info import ActionInfo, dock_shown
from auslan_explorer.gui.actions.context import ActionContext
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.training.commands import TrainingCommands


class TrainingContext(ActionContext, Protocol):
    """Context of the training actions."""

    @property
    def training(self) -> TrainingCommands: ...


def _no_training(context: TrainingContext) -> str:
    return "" if context.training.controller.trainer.busy else tr("No training is under way")


def _no_run_chosen(context: TrainingContext) -> str:
    return "" if context.training.selected_runs() else tr("Choose a run in the dock of runs first")


def _no_usable_run(context: TrainingContext) -> str:
    return _no_run_chosen(context) or context.training.selected_runs()[0].damaged


def _no_run_of_this_network(context: TrainingContext) -> str:
    return _no_run_chosen(context) or context.training.selected_runs()[0].refusal(context.session.activations)


def _original_maps_shown(context: ActionContext) -> str:
    state = context.session.state
    return "" if state.run_2d or state.run_3d else tr("They are on the map already")


ACTIONS: tuple[ActionInfo[TrainingContext], ...] = (
    ActionInfo(
        id=ActionId.RETRAIN,
        text="Retrain…",
        tooltip="Settings of a training, and how far it is",
        icon="graduation-cap",
        shortcut="Ctrl+T",
        on_triggered=lambda context: context.docks.toggle("retrain"),
        checked=dock_shown("retrain"),
    ),
    ActionInfo(
        id=ActionId.START_TRAINING,
        text="Start training",
        tooltip="Train a map with what is set in the dock",
        icon="rocket-launch",
        shortcut="Ctrl+Shift+T",
        on_triggered=lambda context: context.training.start(),
        disabled_reason=lambda context: context.training.start_disabled_reason(),
    ),
    ActionInfo(
        id=ActionId.STOP_TRAINING,
        text="Stop and keep best",
        tooltip="End now; the best map so far is kept as a run",
        icon="stop-circle",
        on_triggered=lambda context: context.training.controller.trainer.stop_and_keep(),
        disabled_reason=_no_training,
    ),
    ActionInfo(
        id=ActionId.CANCEL_TRAINING,
        text="Cancel and discard",
        tooltip="End now and keep nothing; the map before comes back",
        icon="trash",
        on_triggered=lambda context: context.training.retrain_dock.ask_to_discard(),
        disabled_reason=_no_training,
    ),
    ActionInfo(
        id=ActionId.RUNS,
        text="Runs…",
        tooltip="The trainings that are kept",
        icon="stack",
        shortcut="Ctrl+Shift+R",
        on_triggered=lambda context: context.docks.toggle("runs"),
        checked=dock_shown("runs"),
    ),
    ActionInfo(
        id=ActionId.APPLY_RUN,
        text="Put run on the map",
        tooltip="Show the map of the chosen run; undo brings the one before back",
        icon="map-pin",
        on_triggered=lambda context: context.training.runs_dock.put_on_map(),
        disabled_reason=_no_run_of_this_network,
    ),
    ActionInfo(
        id=ActionId.ORIGINAL_MAPS,
        text="Back to the original maps",
        tooltip="Show the maps that this network came with",
        icon="arrow-u-up-left",
        on_triggered=lambda context: context.session.update(run_2d="", run_3d=""),
        disabled_reason=_original_maps_shown,
    ),
    ActionInfo(
        id=ActionId.COMPARE_RUNS,
        text="Compare runs…",
        tooltip="Settings, figures and maps of the chosen runs side by side, or of one beside the map it replaces",
        icon="arrows-left-right",
        on_triggered=lambda context: context.training.runs_dock.compare(),
        disabled_reason=lambda context: context.training.compare_disabled_reason(),
    ),
    ActionInfo(
        id=ActionId.RENAME_RUN,
        text="Rename run",
        tooltip="Call the chosen run by another name",
        icon="pencil-simple",
        on_triggered=lambda context: context.training.rename(),
        disabled_reason=_no_usable_run,
    ),
    ActionInfo(
        id=ActionId.EXPORT_RUN,
        text="Export run…",
        tooltip="Write the chosen run to a file that others can import",
        icon="export",
        on_triggered=lambda context: context.training.export(),
        disabled_reason=_no_usable_run,
    ),
    ActionInfo(
        id=ActionId.IMPORT_RUN,
        text="Import run…",
        tooltip="Take in a run that was exported",
        icon="file-plus",
        on_triggered=lambda context: context.training.import_run(),
    ),
    ActionInfo(
        id=ActionId.DELETE_RUN,
        text="Delete run…",
        tooltip="Delete the chosen run for good",
        icon="trash",
        on_triggered=lambda context: context.training.runs_dock.delete(),
        disabled_reason=_no_run_chosen,
    ),
)
