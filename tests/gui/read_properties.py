"""How the parts of a panel are set up: all that Qt knows of each and that is not as Qt makes it, in lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cache
from types import FunctionType
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QCursor, QFont, QIcon, QImage, QKeyEvent, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFormLayout,
    QGridLayout,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QSizePolicy,
    QSplitter,
    QTableView,
    QTreeView,
    QWidget,
)

from auslan_explorer.gui.widgets.elided_label import ElidedLabel
from tests.gui.read_panel import kind_of, stands_in

_UNTOLD = {
    # Where it is and what it says, which `read_panel` tells.
    "wordWrap", "textFormat", "minimum", "maximum", "singleStep", "maxLength", "default",
    "geometry", "pos", "size", "frameRect", "minimumSize", "maximumSize", "sizeIncrement", "baseSize", "enabled",
    "visible", "toolTip", "accessibleName", "accessibleDescription", "text", "plainText", "html", "markdown",
    "document", "value", "checked", "currentText", "currentIndex", "sliderPosition", "placeholderText",
    # What a person does with it, or the program with all.
    "cursorPosition", "modified", "down", "sliderDown", "locale", "palette", "windowIcon", "windowModified",
    "mouseTracking", "source",
}  # fmt: skip
_OF_QT = {"qt_scrollarea_viewport", "qt_spinbox_lineedit"}
_ROWS = 3
_ROLES = {
    "at": Qt.ItemDataRole.TextAlignmentRole,
    "in": Qt.ItemDataRole.FontRole,
    "of": Qt.ItemDataRole.ForegroundRole,
    "on": Qt.ItemDataRole.BackgroundRole,
    "icon": Qt.ItemDataRole.DecorationRole,
    "check": Qt.ItemDataRole.CheckStateRole,
    "tip": Qt.ItemDataRole.ToolTipRole,
    "name": Qt.ItemDataRole.AccessibleTextRole,
}


def read_properties(panel: QWidget) -> str:
    """Return how what is shown of a panel is set up: a line for each part, in the order in which parts were made."""
    return "\n".join(_lines(panel)) + "\n"


def _lines(part: QWidget) -> Iterator[str]:
    told = [] if part.objectName() in _OF_QT else [*_properties(part), *_more(part)]
    if told:
        yield f"{kind_of(part)}: {', '.join(told)}".replace("\n", " ")
    for child in part.children():
        if stands_in(child):
            yield from _lines(child)


def _properties(part: QWidget) -> Iterator[str]:
    for name, usual in _as_qt_makes(_qt_class(part)).items():
        value = plain(part.property(name))
        if value != usual:
            yield f"{name}={value}"
    for key in part.dynamicPropertyNames():
        name = key.data().decode()
        if not name.startswith("_"):  # those are for Qt and PySide themselves
            yield f"{name}={plain(part.property(name))}"


def _qt_class(part: QWidget) -> type[QWidget]:
    return next(kind for kind in type(part).__mro__ if kind.__module__.startswith("PySide6"))


@cache
def _as_qt_makes(kind: type[QWidget]) -> dict[str, object]:
    """Return what may be set of a class of Qt, and the value that it has at first."""
    try:
        made = kind(Qt.Orientation.Horizontal) if issubclass(kind, QHeaderView) else kind()  # type: ignore[call-overload]
    except (TypeError, NotImplementedError):  # an abstract one
        made = QWidget()
    meta = made.metaObject()
    names = [meta.property(at).name() for at in range(meta.propertyCount()) if meta.property(at).isWritable()]
    return {name: plain(made.property(name)) for name in names if name not in _UNTOLD}


def plain(value: Any) -> object:
    """Return a value of Qt as what can be compared and read."""
    if isinstance(value, Enum):
        return value.name if value.name is not None else str(value.value)
    if isinstance(value, QSizePolicy):
        return (
            f"{value.horizontalPolicy().name} {value.verticalPolicy().name} "
            f"{value.horizontalStretch()} {value.verticalStretch()} {value.hasHeightForWidth()}"
        )
    if isinstance(value, QFont):
        return f"{value.pointSizeF():g} {value.pixelSize()} {value.weight()} {value.italic()}"
    if isinstance(value, QCursor):
        return value.shape().name
    if isinstance(value, QSize):
        return f"{value.width()} x {value.height()}"
    if isinstance(value, QColor):
        return value.name()
    if isinstance(value, QBrush):
        return value.color().name()
    if isinstance(value, QKeySequence):
        return value.toString(QKeySequence.SequenceFormat.PortableText)
    if isinstance(value, QIcon):
        return "" if value.isNull() else _ink(value.pixmap(QSize(16, 16)))
    if isinstance(value, QPixmap):
        return "" if value.isNull() else _ink(value)
    return value if isinstance(value, int | float | str | None) else str(value)


def _ink(image: QPixmap) -> str:
    """Return how much of an image is covered, and in which colour where it is covered most."""
    pixels = image.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    values = np.frombuffer(pixels.constBits(), np.uint32)
    alpha = values >> 24
    most = QColor(int(values[alpha.argmax()]))
    # To a sixteenth, as colours that are not quite opaque are rounded.
    colour = "".join(f"{round(each / 17):x}" for each in (most.red(), most.green(), most.blue()))
    return f"{alpha.sum() / 255:.0f} pixels of ink in #{colour}"


def _more(part: QWidget) -> Iterator[str]:
    if _is_own(part, "sizeHint") and not isinstance(part, ElidedLabel):  # that is as wide as its text, maybe a path
        yield f"wants {plain(part.sizeHint())}"
    if _is_own(part, "minimumSizeHint"):
        yield f"at least {plain(part.minimumSizeHint())}"
    if _is_own(part, "keyPressEvent") and _keeps_any_key(part):
        yield "keeps any key"
    layout = part.layout()
    if layout is not None:
        yield from _layout(layout)
    yield from (f"key {plain(each.key())}" for each in part.children() if isinstance(each, QShortcut))
    yield from (
        f"action {each.text() or plain(each.icon())} {plain(each.shortcut())}".strip()
        for each in part.actions()
        if each.text() or not each.icon().isNull()
    )
    if isinstance(part, QLabel) and part.buddy() is not None:
        yield f"buddy {kind_of(part.buddy())} {part.buddy().accessibleName()}"
    if isinstance(part, QLineEdit) and part.validator() is not None:
        yield f"validator {type(part.validator()).__name__}"
    if isinstance(part, QSplitter):
        yield from (f"{'may' if part.isCollapsible(at) else 'may not'} fold" for at in range(part.count()))
    if isinstance(part, QHeaderView):
        yield from (
            f"{part.sectionSize(at)} {part.sectionResizeMode(at).name} {_head_tip(part, at)}".rstrip()
            for at in range(part.count() if part.orientation() is Qt.Orientation.Horizontal else min(part.count(), 1))
        )
    if isinstance(part, QAbstractItemView) and not isinstance(part, QHeaderView) and part.model() is not None:
        yield from _cells(part)


def _is_own(part: QWidget, method: str) -> bool:
    """Return whether code of this program, not of Qt, says what a part does there."""
    return isinstance(getattr(type(part), method, None), FunctionType)


def _keeps_any_key(part: QWidget) -> bool:
    """Return whether a key that a part has no use for goes no further to what it stands in."""
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F24, Qt.KeyboardModifier.NoModifier)
    part.keyPressEvent(event)
    return event.isAccepted()


def _head_tip(head: QHeaderView, at: int) -> str:
    model = head.model()
    return "" if model is None else str(model.headerData(at, head.orientation(), Qt.ItemDataRole.ToolTipRole) or "")


def _layout(layout: QLayout) -> Iterator[str]:
    margins = layout.contentsMargins()
    told = [f"margins {margins.left()} {margins.top()} {margins.right()} {margins.bottom()}", f"{layout.spacing()}"]
    if isinstance(layout, QBoxLayout):
        told += [f"{layout.direction().name}", *(str(layout.stretch(at)) for at in range(layout.count()))]
    elif isinstance(layout, QGridLayout):
        told += [f"{layout.columnStretch(at)}" for at in range(layout.columnCount())]
        told += [f"{layout.rowStretch(at)}" for at in range(layout.rowCount())]
        told += [f"{layout.horizontalSpacing()} {layout.verticalSpacing()}"]
    elif isinstance(layout, QFormLayout):
        told += [
            layout.fieldGrowthPolicy().name, layout.rowWrapPolicy().name, str(layout.labelAlignment().value),
            f"{layout.horizontalSpacing()} {layout.verticalSpacing()}",
        ]  # fmt: skip
    items = [layout.itemAt(at) for at in range(layout.count())]
    told += [f"item {at} at {item.alignment().value}" for at, item in enumerate(items) if item.alignment().value]
    yield f"{type(layout).__name__}({' '.join(told)})"
    for item in items:
        inner = item.layout()
        if inner is not None:
            yield from _layout(inner)


def _cells(view: QAbstractItemView) -> Iterator[str]:
    """Yield how the first cells of a view look, and whether they can be chosen."""
    model = view.model()
    columns = model.columnCount() if isinstance(view, QTableView | QTreeView) else 1
    yield f"by {type(view.itemDelegate()).__name__}"
    for row in range(min(model.rowCount(), _ROWS)):
        for column in range(columns):
            index = model.index(row, column)
            values = {word: index.data(role) for word, role in _ROLES.items()}
            told = [f"{word} {plain(value)}" for word, value in values.items() if value not in (None, "")]
            yield f"({row} {column} {' '.join([str(index.flags().value), *told])})"
