"""The window's style: palette, style sheet, fonts and text scale, made from a light or dark theme."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from auslan_explorer import paths
from auslan_explorer.draw.theme import BODY, DARK, LIGHT, RGB, SMALL, TITLE, Theme

UNIT = 8
"""All distances are multiples of this many pixels, or of half of it."""
_FIELD_HEIGHT = 22
"""Pixels within a field that is as high as a button; Fusion makes fields lower, and too low for large text."""
_LARGEST_TAB = 21
"""Largest size in pixels of a tab's text: all tabs of a dock are whole in the smallest window."""
TEXT_SIZES = (100, 200)
"""Smallest and largest text size, in percent."""

_text = {"percent": 100}
_theme = {"current": LIGHT}
_ROOM_FOR_TEXT = 200
"""Width in pixels of a pane below which larger text would cover the map."""


class Look(StrEnum):
    """The user's choice of theme."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def rgb(colour: RGB, alpha: float = 1.0) -> str:
    """Return a colour in style sheet syntax."""
    return f"rgba({colour[0]}, {colour[1]}, {colour[2]}, {round(alpha * 255)})"


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """Return the linear mix of two colours, `share` (0 to 1) of the way from `one` to `other`."""
    r, g, b = (round(a + (z - a) * share) for a, z in zip(one, other, strict=True))
    return r, g, b


def current_theme() -> Theme:
    """Return the theme in force; what caches anything made from it must update it on a `PaletteChange`."""
    return _theme["current"]


def text_scale() -> float:
    """Return the text size as a factor of the standard size, 1 to 2."""
    return _text["percent"] / 100


def scale_within(width: float) -> float:
    """Return `text_scale`, limited for text over a map in a pane `width` pixels wide."""
    return min(text_scale(), max(width / _ROOM_FOR_TEXT, 1.0))


def scaled(pixels: int) -> int:
    """Return a length in pixels scaled with the text: a font size, a row's height, a column's width."""
    return round(pixels * text_scale())


def font(size: int = BODY, *, strong: bool = False, tabular: bool = False) -> QFont:
    """Return the system's font in one of the three sizes; `tabular` gives all digits the same width.

    A widget with this font follows changes of the text size by itself; code that stores it or paints with it must
    call this again.
    """
    result = QFont(QGuiApplication.font())
    result.setPixelSize(scaled(size))
    if strong:
        result.setWeight(QFont.Weight.DemiBold)
    if tabular:
        result.setFeature(QFont.Tag("tnum"), 1)
    return result


def item_font(*, strong: bool = False, tabular: bool) -> QFont:
    """Return a font for an item of a table: what it leaves open, its size above all, it takes from the table."""
    result = QFont()
    if strong:
        result.setWeight(QFont.Weight.DemiBold)
    if tabular:
        result.setFeature(QFont.Tag("tnum"), 1)
    return result


def palette(theme: Theme) -> QPalette:
    """Return the palette of a theme, disabled state included."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.panel,
        role.WindowText: theme.foreground,
        role.Base: theme.raised,
        role.AlternateBase: theme.panel,
        role.Text: theme.foreground,
        role.PlaceholderText: theme.muted,
        role.Button: theme.raised,
        role.ButtonText: theme.foreground,
        role.BrightText: theme.mistake,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.foreground,
        role.Light: mix(theme.raised, (255, 255, 255), 0.1),
        role.Midlight: theme.raised,
        role.Mid: theme.border,
        role.Dark: mix(theme.border, (0, 0, 0), 0.2),
        role.Shadow: mix(theme.border, (0, 0, 0), 0.5),
    }
    result = QPalette()
    for which, colour in colours.items():
        result.setColor(which, QColor(*colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, which, QColor(*theme.grey))
    # A disabled field has the panel's own colour.
    for which in (role.Base, role.Button):
        result.setColor(QPalette.ColorGroup.Disabled, which, QColor(*theme.panel))
    result.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(*theme.border))
    return result


def style_sheet(theme: Theme) -> str:
    """Return a theme's style sheet (borders, spacing, focus); the rest comes from Fusion and the palette."""
    hover = rgb(mix(theme.panel, theme.foreground, 0.07))
    pressed = rgb(mix(theme.panel, theme.foreground, 0.13))
    tint = rgb(mix(theme.panel, theme.accent, 0.12))
    hairline = f"1px solid {rgb(theme.border)}"
    focus = rgb(theme.accent)
    check = (paths.resources_dir() / "style" / f"check-{theme.name}.svg").as_posix()
    return f"""
    QComboBox, QAbstractSpinBox {{ min-height: {scaled(_FIELD_HEIGHT)}px; }}
    QMainWindow::separator {{ background: {rgb(theme.border)}; width: 1px; height: 1px; }}
    QMainWindow::separator:hover {{ background: {focus}; }}
    QMenuBar {{ background: {rgb(theme.panel)}; padding: 0 4px; }}
    QMenuBar::item {{ padding: 6px 8px; border-radius: 4px; background: transparent; }}
    QMenuBar::item:selected {{ background: {hover}; }}
    QMenu {{ background: {rgb(theme.raised)}; border: {hairline}; padding: 4px; icon-size: {scaled(16)}px; }}
    QMenu::item {{ padding: 6px 24px 6px 8px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {focus}; color: {rgb(theme.on_accent)}; }}
    QMenu::item:disabled {{ color: {rgb(theme.grey)}; background: transparent; }}
    QMenu::icon {{ padding-left: 8px; }}
    QMenu::separator {{ height: 1px; background: {rgb(theme.border)}; margin: 4px 8px; }}
    QToolBar {{ background: {rgb(theme.panel)}; border: none; border-bottom: {hairline}; padding: 4px 8px;
        spacing: 4px; }}
    QToolBar::separator {{ background: {rgb(theme.border)}; width: 1px; margin: 6px 4px; }}
    QToolButton {{ border: 1px solid transparent; border-radius: 6px; padding: 5px 7px; background: transparent; }}
    QToolButton:hover {{ background: {hover}; }}
    QToolButton:pressed, QToolButton:open {{ background: {pressed}; }}
    QToolButton:checked {{ background: {tint}; color: {rgb(theme.accent)}; }}
    QToolButton:disabled {{ color: {rgb(theme.grey)}; }}
    QToolButton:focus {{ border: 1px solid {focus}; }}
    QToolButton[small="true"] {{ padding: 0; }}
    QMainWindow QTabBar::tab {{ border: none; border-bottom: 2px solid transparent;
        padding: 6px {10 if text_scale() < 1.5 else 5}px;
        color: {rgb(theme.muted)}; background: transparent; }}
    QMainWindow QTabBar::tab:hover {{ color: {rgb(theme.foreground)}; }}
    QMainWindow QTabBar::tab:selected {{ color: {rgb(theme.foreground)}; border-bottom: 2px solid {focus}; }}
    QMainWindow QTabBar::tab:focus {{ color: {focus}; }}
    QMainWindow QTabBar {{ background: {rgb(theme.panel)}; font-size: {min(scaled(BODY), _LARGEST_TAB)}px; }}
    QToolButton::menu-indicator {{ image: none; width: 0; }}
    QPushButton {{ border: {hairline}; border-radius: 6px; padding: 5px 12px; background: {rgb(theme.raised)};
        min-height: {scaled(16)}px; }}
    QPushButton:hover {{ background: {hover}; }}
    QPushButton:pressed {{ background: {pressed}; }}
    QPushButton:focus {{ border: 1px solid {focus}; }}
    QPushButton:disabled {{ color: {rgb(theme.grey)}; background: {rgb(theme.panel)}; }}
    QPushButton:default {{ background: {focus}; color: {rgb(theme.on_accent)}; border: 1px solid {focus}; }}
    QPushButton:default:hover {{ background: {rgb(mix(theme.accent, theme.foreground, 0.15))}; }}
    QPushButton:default:focus {{ border: 1px solid {rgb(theme.foreground)}; }}
    QPushButton:default:disabled {{ background: {rgb(theme.border)}; border-color: {rgb(theme.border)};
        color: {rgb(theme.muted)}; }}
    QPushButton[flat="true"] {{ border: 1px solid transparent; background: transparent; color: {rgb(theme.accent)};
        padding: 5px 8px; }}
    QPushButton[flat="true"]:hover {{ background: {hover}; }}
    QPushButton[flat="true"]:focus {{ border: 1px solid {focus}; }}
    QPushButton[flat="true"]:disabled {{ color: {rgb(theme.grey)}; background: transparent; }}
    QLineEdit {{ icon-size: {scaled(16)}px; border: {hairline}; border-radius: 6px; padding: 5px 7px;
        background: {rgb(theme.raised)};
        selection-background-color: {focus}; selection-color: {rgb(theme.on_accent)}; }}
    QLineEdit:disabled {{ color: {rgb(theme.muted)}; background: {rgb(theme.panel)};
        selection-background-color: transparent; selection-color: {rgb(theme.muted)}; }}
    QLineEdit:focus {{ border: 1px solid {focus}; }}
    QTableView::indicator, QCheckBox::indicator {{ width: {scaled(13)}px; height: {scaled(13)}px;
        border: 1px solid {rgb(theme.muted)};
        border-radius: 4px; background: {rgb(theme.raised)}; }}
    QTableView::indicator:checked, QCheckBox::indicator:checked {{ image: url({check}); }}
    QTableView::indicator:disabled, QCheckBox::indicator:disabled {{ border-color: {rgb(theme.grey)};
        background: {rgb(theme.panel)}; }}
    QRadioButton::indicator {{ width: {scaled(13)}px; height: {scaled(13)}px; }}
    QCheckBox {{ spacing: 8px; padding: 3px; border: 1px solid transparent; border-radius: 6px; }}
    QCheckBox:focus {{ border: 1px solid {focus}; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QTableView {{ background: {rgb(theme.background)}; border: none; border-top: {hairline}; outline: none; }}
    QTableView::item {{ padding: 0 8px; border: none; }}
    QTableView::item:hover {{ background: {rgb(mix(theme.background, theme.foreground, 0.05))}; }}
    QTableView::item:selected {{ background: {rgb(mix(theme.background, theme.accent, 0.18))};
        color: {rgb(theme.foreground)}; }}
    QHeaderView {{ background: {rgb(theme.panel)}; border: none; }}
    QHeaderView::section {{ background: {rgb(theme.panel)}; color: {rgb(theme.muted)}; border: none;
        padding: 4px 11px; font-size: {scaled(SMALL)}px; }}
    QHeaderView::section:hover {{ color: {rgb(theme.foreground)}; }}
    QSplitter::handle {{ background: {rgb(theme.border)}; }}
    QSplitter::handle:hover {{ background: {focus}; }}
    QStatusBar {{ background: {rgb(theme.panel)}; border-top: {hairline}; }}
    QStatusBar::item {{ border: none; }}
    QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {rgb(theme.border)}; }}
    QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {focus}; }}
    QSlider:horizontal {{ min-height: {scaled(14) + 4}px; }}
    QSlider::handle:horizontal {{ width: {scaled(14)}px; height: {scaled(14)}px;
        margin: {1 - scaled(14) // 2}px 0; border-radius: {scaled(14) // 2 + 1}px;
        border: 1px solid {focus}; background: {rgb(theme.raised)}; }}
    QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus {{ background: {focus}; }}
    QSlider::sub-page:horizontal:disabled {{ background: {rgb(theme.border)}; }}
    QSlider::handle:horizontal:disabled {{ border-color: {rgb(theme.border)}; }}
    QProgressBar {{ border: none; border-radius: 2px; background: {rgb(theme.border)}; max-height: 4px;
        min-height: 4px; }}
    QProgressBar::chunk {{ background: {focus}; border-radius: 2px; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
    QScrollBar::handle {{ background: {rgb(theme.grey, 0.6)}; border-radius: 4px; margin: 2px; min-height: 32px;
        min-width: 32px; }}
    QScrollBar::handle:hover {{ background: {rgb(theme.muted)}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QToolTip {{ background: {rgb(theme.raised)}; color: {rgb(theme.foreground)}; border: {hairline};
        padding: 4px 6px; }}
    QPlainTextEdit, QTextBrowser {{ border: {hairline}; border-radius: 6px; background: {rgb(theme.raised)};
        padding: 4px; }}
    QPlainTextEdit:disabled {{ background: {rgb(theme.panel)}; }}
    #searchAll {{ border: {hairline}; background: {rgb(theme.raised)}; color: {rgb(theme.muted)}; }}
    #searchAll:hover {{ background: {hover}; color: {rgb(theme.foreground)}; }}
    #searchAll:focus {{ border: 1px solid {focus}; }}
    #popover QListView {{ background: transparent; border: none; }}
    #paneHeader QToolButton {{ padding: 3px 5px; }}
    #bar, #paneHeader, #caption {{ background: {rgb(theme.panel)}; }}
    #bar {{ border-top: {hairline}; }}
    #paneHeader, #caption {{ border-bottom: {hairline}; }}
    #popover {{ background: {rgb(theme.raised)}; border: {hairline}; border-radius: 8px; }}
    #tour {{ background: {rgb(theme.raised)}; border: 1px solid {rgb(theme.muted)}; border-radius: 8px; }}
    #empty {{ background: {rgb(theme.background)}; }}
    QLabel[muted="true"] {{ color: {rgb(theme.muted)}; }}
    QLabel[wrong="true"] {{ color: {rgb(theme.mistake)}; }}
    QLabel[type="title"] {{ font-size: {scaled(TITLE)}px; font-weight: 600; }}
    QLabel[type="small"] {{ font-size: {scaled(SMALL)}px; }}
    """


class Appearance(QObject):
    """The theme in force, the text size, and the user's choice behind them.

    Signals
    -------
    theme_changed(theme)
        The theme, the text size or a colour set has changed.
    """

    theme_changed = Signal(object)

    def __init__(
        self, app: QApplication, look: Look = Look.SYSTEM, parent: QObject | None = None, text_size: int = 100
    ) -> None:
        super().__init__(parent)
        self._app = app
        self.look = look
        _text["percent"] = text_size
        app.setFont(font())
        if app.style().name().lower() != "fusion":
            app.setStyle("Fusion")
        self._apply(self._due())
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return current_theme()

    def choose(self, look: Look) -> None:
        """Choose the light theme, the dark one, or the system's."""
        self.look = look
        self._follow_system()

    def choose_text_size(self, percent: int) -> None:
        """Set the text size of the whole program.

        Parameters
        ----------
        percent : int
            Clamped to 100 to 200.
        """
        before = text_scale()
        _text["percent"] = min(max(percent, TEXT_SIZES[0]), TEXT_SIZES[1])
        if text_scale() == before:
            return
        self._dress(self.theme, before)
        self.theme_changed.emit(self.theme)

    def draw_again(self) -> None:
        """Redraw everything, after the colour sets were changed."""
        for widget in self._app.allWidgets():
            self._app.sendEvent(widget, QEvent(QEvent.Type.PaletteChange))
        self.theme_changed.emit(self.theme)

    def _due(self) -> Theme:
        if self.look is Look.SYSTEM:
            return DARK if self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return DARK if self.look is Look.DARK else LIGHT

    def _follow_system(self) -> None:
        theme = self._due()
        if theme is not self.theme:
            self._apply(theme)
        self.theme_changed.emit(theme)

    def _apply(self, theme: Theme) -> None:
        _theme["current"] = theme
        self._app.setPalette(palette(theme))
        self._dress(theme, text_scale())

    def _dress(self, theme: Theme, before: float) -> None:
        """Apply the style sheet; `before` is the previous text scale."""
        # What has a font of its own does not follow the application's, and a new style sheet sets it back to the
        # first that it was given.
        own = [widget for widget in self._app.allWidgets() if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont)]
        sizes = [widget.font().pixelSize() for widget in own]
        self._app.setFont(font())
        self._app.setStyleSheet(style_sheet(theme))
        for widget, size in zip(own, sizes, strict=True):
            if size > 0:
                letters = QFont(widget.font())
                letters.setPixelSize(scaled(round(size / before)))
                widget.setFont(letters)
