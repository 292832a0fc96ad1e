"""Opens the settings page and applies its choices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from auslan_explorer.core import palettes
from auslan_explorer.gui.animation import motion_reduced, reduce_motion
from auslan_explorer.gui.settings.cluster import Cluster
from auslan_explorer.gui.settings.preferences import Preferences, read_preferences, save_preferences
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.style import Appearance

if TYPE_CHECKING:
    from auslan_explorer.gui.settings.page import SettingsPage


class SettingsCommands:
    """Opens the settings page, and applies and saves its choices.

    Attributes
    ----------
    page : SettingsPage or None
        The open page, if any.
    cluster : Cluster
    """

    def __init__(self, settings: Settings, appearance: Appearance, parent: QWidget) -> None:
        self._settings = settings
        self._parent = parent
        self._appearance = appearance
        self.page: SettingsPage | None = None
        self.cluster = Cluster(settings, parent)
        appearance.theme_changed.connect(self._on_look_changed)

    def open_page(self) -> None:
        """Open the settings page, or raise the open one."""
        from auslan_explorer.gui.settings.page import SettingsPage

        if self.page is None:
            self.page = SettingsPage(read_preferences(self._settings), self._settings.complaint(), self._parent)
            self.page.changed.connect(self.apply)
            self.page.destroyed.connect(self._on_closed)
            self.page.show()
        self.page.raise_()
        self.page.activateWindow()

    @property
    def motion_reduced(self) -> bool:
        """Whether animations are turned off."""
        return motion_reduced()

    def toggle_motion(self) -> None:
        """Turn animations off or on."""
        chosen = read_preferences(self._settings)
        chosen = replace(chosen, reduce_motion=not chosen.reduce_motion)
        self.apply(chosen)
        if self.page is not None:
            self.page.show_choices(chosen)

    def _on_closed(self) -> None:
        self.page = None

    def apply(self, chosen: Preferences) -> None:
        """Save the preferences and apply them at once."""
        before = read_preferences(self._settings)
        save_preferences(self._settings, chosen)
        if chosen.look is not self._appearance.look:
            self._appearance.choose(chosen.look)
        self._appearance.choose_text_size(chosen.text_size)
        reduce_motion(chosen.reduce_motion)
        palettes.set_palettes(time=chosen.time_colours, signs=chosen.sign_colours)
        if (chosen.time_colours, chosen.sign_colours) != (before.time_colours, before.sign_colours):
            self._appearance.draw_again()
        if chosen.cluster_address != before.cluster_address:
            self.cluster.changed.emit()

    def _on_look_changed(self) -> None:
        # The theme can be changed in a menu, too.
        if self.page is not None:
            self.page.show_look(self._appearance.look)
