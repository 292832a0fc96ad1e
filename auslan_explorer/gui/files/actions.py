"""Actions of the menus File and Edit."""

from __future__ import annotations

from auslan_explorer.gui.actions.action_info import ActionInfo, has_data, named
from auslan_explorer.gui.actions.ids import Key
from auslan_explorer.gui.i18n import ACTIONS as CONTEXT
from auslan_explorer.gui.i18n import told

# One entry, one to three lines: a table is read down.
# fmt: off
ACTIONS: dict[Key, ActionInfo] = {
    Key.OPEN: ActionInfo(
        "Open…", "open_activations", "folder-open", "Open a session, or a file of hidden states", "Ctrl+O",
    ),
    Key.SAVE: ActionInfo(
        "Save session", "save_session", "floppy-disk", "Keep all that makes up what is shown in a small file", "Ctrl+S",
        enabled=has_data,
    ),
    Key.SAVE_AS: ActionInfo(
        "Save session as…", "save_session_as", "floppy-disk-back", "Keep what is shown in another file", "Ctrl+Shift+S",
        enabled=has_data,
    ),
    Key.IMPORT: ActionInfo(
        "Import recordings…", "import_recordings", "file-plus", "Read recordings from a folder or archive", "Ctrl+R",
    ),
    Key.DOWNLOAD: ActionInfo(
        "Download recordings…", "download_recordings", "download-simple", "Get the recordings from UCI", "Ctrl+D",
    ),
    Key.PUBLISHED: ActionInfo(
        "Open published weights…", "open_published", "brain", "Show the network of the article", "Ctrl+Shift+O",
    ),
    Key.EXPORT_PICTURE: ActionInfo(
        "Export picture…", "export_picture", "image", "Save the map as a picture", "Ctrl+E", enabled=has_data,
    ),
    Key.COPY_PICTURE: ActionInfo(
        "Copy picture", "copy_picture", "copy", "Put what is on screen on the clipboard", "Ctrl+Shift+C",
        enabled=has_data,
    ),
    Key.EXPORT_DATA: ActionInfo(
        "Export data…", "export_data", "table", "Save paths, labels and predictions as CSV or HDF5", "Ctrl+Alt+E",
        enabled=has_data,
    ),
    Key.EXPORT_FILM: ActionInfo(
        "Export film…", "export_film", "film-strip", "Save the growing paths as a film", "Ctrl+Shift+E",
        enabled=has_data,
    ),
    Key.QUIT: ActionInfo("Quit", "quit", "sign-out", "Close the program", "Ctrl+Q"),
    Key.UNDO: ActionInfo(
        "Undo", "undo", "arrow-counter-clockwise", "Take back the last change of what is shown", "Ctrl+Z",
        enabled=lambda c: c.history.can_undo, says=lambda c: named(told(CONTEXT, "Undo"), c.history.undo_name),
    ),
    Key.REDO: ActionInfo(
        "Redo", "redo", "arrow-clockwise", "Do again what was taken back", "Ctrl+Shift+Z", also="Ctrl+Y",
        enabled=lambda c: c.history.can_redo, says=lambda c: named(told(CONTEXT, "Redo"), c.history.redo_name),
    ),
    Key.PALETTE: ActionInfo(
        "Search everything…", "open_palette", "magnifying-glass", "Find actions, signs, groups and figures by typing",
        "Ctrl+K", short="Search everything",
    ),
    Key.SETTINGS: ActionInfo(
        "Settings…", "settings.open_page", "gear-six", "Theme, size of text, colours, folders, training and films",
        "Ctrl+,",
    ),
}
# fmt: on
