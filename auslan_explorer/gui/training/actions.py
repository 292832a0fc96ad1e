"""Actions of the menu Train."""

from __future__ import annotations

from auslan_explorer.gui.actions.action_info import ActionInfo, dock_shown
from auslan_explorer.gui.actions.ids import Key

# One entry, one to three lines: a table is read down.
# fmt: off
ACTIONS: dict[Key, ActionInfo] = {
    Key.RETRAIN: ActionInfo(
        "Retrain…", "toggle_dock", "graduation-cap", "Settings of a training, and how far it is", "Ctrl+T", "retrain",
        dock_shown("retrain"),
    ),
    Key.START_TRAINING: ActionInfo(
        "Start training", "training.start", "rocket-launch", "Train a map with what is set in the dock",
        "Ctrl+Shift+T", lacks=lambda c: c.training.start_lacks,
    ),
    Key.STOP_TRAINING: ActionInfo(
        "Stop and keep best", "training.stop_and_keep", "stop-circle", "End now; the best map so far is kept as a run",
        lacks=lambda c: c.training.stop_lacks,
    ),
    Key.CANCEL_TRAINING: ActionInfo(
        "Cancel and discard", "training.cancel", "trash", "End now and keep nothing; the map before comes back",
        lacks=lambda c: c.training.stop_lacks,
    ),
    Key.RUNS: ActionInfo(
        "Runs…", "toggle_dock", "stack", "The trainings that are kept", "Ctrl+Shift+R", "runs", dock_shown("runs"),
    ),
    Key.PUT_ON_MAP: ActionInfo(
        "Put run on the map", "training.put_on_map", "map-pin", "Show the map of the chosen run; undo brings the one "
        "before back", lacks=lambda c: c.training.whole_lacks,
    ),
    Key.OWN_MAPS: ActionInfo(
        "Back to the activations’ own maps", "training.own_maps", "arrow-u-up-left",
        "Show the maps that the activations came with", lacks=lambda c: c.training.own_lacks,
    ),
    Key.COMPARE_RUNS: ActionInfo(
        "Compare runs…", "training.compare", "arrows-left-right", "Settings, figures and maps of the chosen runs side "
        "by side", lacks=lambda c: c.training.compare_lacks,
    ),
    Key.RENAME_RUN: ActionInfo(
        "Rename run", "training.rename", "pencil-simple", "Call the chosen run by another name",
        lacks=lambda c: c.training.whole_lacks,
    ),
    Key.EXPORT_RUN: ActionInfo(
        "Export run…", "training.export", "export", "Write the chosen run to a file that others can import",
        lacks=lambda c: c.training.whole_lacks,
    ),
    Key.IMPORT_RUN: ActionInfo(
        "Import run…", "training.import_run", "file-plus", "Take in a run that was exported",
    ),
    Key.DELETE_RUN: ActionInfo(
        "Delete run…", "training.delete", "trash", "Delete the chosen run for good",
        lacks=lambda c: c.training.run_lacks,
    ),
}
# fmt: on
