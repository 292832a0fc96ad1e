"""What a part of the window says, from above to below, and what it draws, in lines of text."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from difflib import unified_diff
from html import unescape
from types import FunctionType
from typing import Any, TypeGuard

import numpy as np
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QBuffer, QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGraphicsView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSpinBox,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from auslan_explorer.draw.theme import SMALL
from auslan_explorer.gui.export.preview_screen import PreviewScreen
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.style import font
from auslan_explorer.gui.widgets.elided_label import ElidedLabel
from auslan_explorer.gui.widgets.line_plot import LinePlot
from auslan_explorer.gui.widgets.page import Heading

_KNOWN_WIDTH = 304.55
"""Pixels of a sentence in the letters of known drawings and layouts."""
_MOST_ROWS = 6
_NO_LIMIT = 32767
_USUAL_ALIGNMENT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TOLD_AS_ONE = (QComboBox, QAbstractSpinBox, QAbstractItemView, LinePlot)
_GROUP = re.compile(r"<g ([^>]*)>([^<]*(?:<(?!/?g\b)[^<]*)*)</g>")
_SHAPE = re.compile(r"<(\w+)([^>]*?)/?>([^<]*)")
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_IMAGE = "data:image/png;base64,"
_USUAL = {
    "fill": "none", "stroke": "none", "fill-opacity": "1", "stroke-opacity": "1", "stroke-width": "1",
    "font-weight": "400", "transform": "matrix(1,0,0,1,0,0)",
}  # fmt: skip
_UNTOLD = {
    "font-family", "font-style", "xml:space", "vector-effect", "preserveAspectRatio", "image-rendering", "fill-rule",
    "stroke-linejoin", "stroke-linecap", "stroke-miterlimit", "stroke-dashoffset",
}  # fmt: skip
_COORDINATE = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
_GRID = 6


def read_at_rest(qtbot: QtBot, panel: QWidget) -> tuple[str, str]:
    """Return what `read_panel` and `read_layout` tell of a panel that works on nothing and no longer moves."""
    qtbot.waitUntil(lambda: not any(bar.isVisible() for bar in panel.findChildren(QProgressBar)))
    now = [("", "")]

    def is_at_rest() -> bool:
        """Tell whether nothing has moved since the last time: layouts follow texts a little later."""
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # a busy machine may leave some waiting
        now.append((read_panel(panel), read_layout(panel)))
        return now[-1] == now[-2]

    qtbot.waitUntil(is_at_rest)
    return now[-1]


def read_choices(qtbot: QtBot, panel: QWidget, jobs: Jobs) -> str:
    """Make each choice that a panel offers, one after the other, and return what each changes of what it says."""
    lines = []
    before = read_at_rest(qtbot, panel)[0].splitlines()

    def tell(name: str, choice: str, part: QWidget) -> None:
        nonlocal before
        qtbot.waitUntil(lambda: not jobs.running)
        after = read_at_rest(qtbot, panel)[0].splitlines()
        found = [line for line in unified_diff(before, after, n=0) if not line.startswith(("---", "+++", "@"))]
        own = f"{kind_of(part)}: "
        # Neither what is chosen itself, nor a preview, which comes later.
        told = [
            line
            for line in found
            if not line[1:].startswith(PreviewScreen.__name__) and not (line[1:].startswith(own) and name in line)
        ]
        lines.extend([f"{name}: {choice}", *(f"  {line}" for line in told)])
        before = after

    for part in panel.findChildren(QWidget):
        if not (part.isVisible() and part.isEnabled()):
            continue
        if isinstance(part, QComboBox):
            first = part.currentIndex()
            for place in (*range(first + 1, part.count()), *range(first + 1)):
                if part.model().flags(part.model().index(place, 0)) & Qt.ItemFlag.ItemIsEnabled:
                    part.setCurrentIndex(place)
                    part.activated.emit(place)
                    tell(part.accessibleName(), part.itemText(place), part)
        elif isinstance(part, QCheckBox):
            for _ in range(2):
                part.click()
                tell(part.text(), "on" if part.isChecked() else "off", part)
        elif isinstance(part, QSpinBox | QDoubleSpinBox) and not part.isReadOnly():
            first = part.value()
            for value in (part.minimum(), part.maximum(), first):
                part.setValue(value)
                tell(part.accessibleName(), part.text(), part)
        elif isinstance(part, QLineEdit) and not isinstance(part.parent(), QAbstractSpinBox | QComboBox):
            written = part.text()
            for text in ("x", written):
                part.setText(text)
                tell(part.accessibleName(), text, part)
        elif isinstance(part, QRadioButton) and (group := part.group()) is not None and part.isChecked():
            for each in (*(each for each in group.buttons() if each is not part), part):
                each.click()
                tell(each.text(), "chosen", each)
    return "\n".join(lines) + "\n"


def read_panel(panel: QWidget) -> str:
    """Return all that is said by what is shown of a panel: a line for each part, in reading order."""
    return "\n".join(_lines(panel, panel)) + "\n"


def _lines(part: QWidget, panel: QWidget) -> Iterator[str]:
    told = [text for text in dict.fromkeys(_told(part)) if text]
    if part is not panel:
        told += [f"over {kind_of(each)}" for each in _siblings(part) if each.geometry().intersects(part.geometry())]
    if told:
        yield f"{kind_of(part)}: {' | '.join(told)}".replace("\N{ZERO WIDTH SPACE}", "").replace("\n", " ")
    if not isinstance(part, _TOLD_AS_ONE):
        for row in _in_rows([each for each in part.children() if stands_in(each)]):
            for child in row:
                yield from _lines(child, panel)


def read_tab_order(window: QWidget) -> str:
    """Return what has the focus in a window of its own, and what Tab comes by from there, in that order, in one line.

    Tab is followed, rather than Qt's chain: PySide forgets who owns what it is asked for there.
    """
    told: dict[QWidget | None, str] = {}
    while (part := window.focusWidget()) not in told:
        if part is None:
            told[part] = "nothing"
        else:
            words = part.text() if isinstance(part, QAbstractButton) else kind_of(part)
            told[part] = part.accessibleName() or words
        window.focusNextChild()
    return f"Focus, then Tab: {' | '.join(told.values())}\n"


def stands_in(child: object) -> TypeGuard[QWidget]:
    """Return whether a child of a part is shown in it."""
    return isinstance(child, QWidget) and child.isVisible() and not child.isWindow()


def paints_itself(part: QWidget) -> bool:
    """Return whether a part paints what it shows by code of this program, not of Qt."""
    return isinstance(getattr(type(part), "paintEvent", None), FunctionType)


def letters_are_known() -> bool:
    """Return whether letters are as wide here as where known drawings and layouts were made."""
    sentence = "The quick brown fox jumps over 0123456789 lazy dogs"
    return abs(QFontMetricsF(font(SMALL)).horizontalAdvance(sentence) - _KNOWN_WIDTH) < 0.01


def read_layout(panel: QWidget) -> str:
    """Return where the parts of a panel stand, by size and room to the part before it in pixels, and what they paint.

    A part that has become higher is told by itself, not by all that stand below it.
    """
    return "\n".join(_places(panel, "")) + "\n"


def _places(part: QWidget, indent: str, room: str = "") -> Iterator[str]:
    yield f"{indent}{kind_of(part)} {room}{part.width()} x {part.height()}"
    # A preview or a map comes later than its dialog is at rest.
    if paints_itself(part) and not isinstance(part, PreviewScreen | QGraphicsView):
        yield from (f"{indent}  {line}" for line in read_drawing(part).splitlines())
    if isinstance(part, QAbstractItemView) and not isinstance(part, QHeaderView):
        drawn = read_drawing(part.viewport()).splitlines()
        by_qt = not isinstance(getattr(type(part.itemDelegate()), "paint", None), FunctionType)
        yield from (f"{indent}  {line}" for line in drawn if line.startswith("text ") or not by_qt)
    if isinstance(part, LinePlot):
        if part._names:
            yield f"{indent}  names at {', '.join(f'{each.x()} {each.y()}' for each in part._entries)}"
        if part._cursor.isVisible():
            yield f"{indent}  cursor at {part._cursor.line().x1():g}"
    if isinstance(part, _TOLD_AS_ONE):
        return
    bottom = 0
    for row in _in_rows([each for each in part.children() if stands_in(each)]):
        right = 0
        for child in row:
            yield from _places(child, f"{indent}  ", f"{child.y() - bottom:+} {child.x() - right:+}, ")
            right = child.x() + child.width()
        bottom = max(child.y() + child.height() for child in row)


def _siblings(part: QWidget) -> list[QWidget]:
    """Return what is shown beside a part; nothing should lie over it."""
    return [each for each in part.parentWidget().children() if each is not part and stands_in(each)]


def _in_rows(parts: Sequence[QWidget]) -> Iterator[list[QWidget]]:
    """Yield parts row by row, each row from left to right."""
    left = sorted(parts, key=lambda part: (part.y(), part.x()))
    while left:
        row = [part for part in left if part.geometry().center().y() <= left[0].geometry().bottom()]
        yield sorted(row, key=QWidget.x)
        left = [part for part in left if part not in row]


def kind_of(part: QWidget) -> str:
    """Return the name of a part's class, or of the first above it that is not private."""
    return next(kind.__name__ for kind in type(part).__mro__ if not kind.__name__.startswith("_"))


def _told(part: QWidget) -> Iterator[str]:
    thing: Any = part
    if isinstance(part, QLabel | QAbstractButton | QLineEdit | QAbstractSpinBox | ElidedLabel):
        yield thing.text()
    yield thing.accessibleName()
    yield thing.accessibleDescription()
    yield thing.toolTip()
    yield str(part.property("type") or "")
    yield "muted" if part.property("muted") else ""
    if isinstance(part, QLabel | QAbstractItemView) and thing.wordWrap():
        yield "wraps"
    if isinstance(part, QLabel):
        yield "" if part.textFormat() is Qt.TextFormat.AutoText else part.textFormat().name
        yield "" if part.alignment() == _USUAL_ALIGNMENT else str(part.alignment().value)
    if isinstance(part, QAbstractSlider) and not isinstance(part, QScrollBar):
        yield f"{part.value()} of {part.minimum()} to {part.maximum()}"
    if isinstance(part, QSpinBox | QDoubleSpinBox):
        yield f"{part.minimum():g} to {part.maximum():g} by {part.singleStep():g}"
    if isinstance(part, QLineEdit):
        yield part.placeholderText()
        yield f"at most {part.maxLength()}" if part.maxLength() < _NO_LIMIT else ""
    if isinstance(part, QPlainTextEdit):
        yield part.toPlainText()
    if isinstance(part, QProgressBar):
        yield f"{part.value()} of {part.maximum()}"
    if isinstance(part, Heading):
        yield part.note
    if isinstance(part, QComboBox):
        yield from (
            f"({part.itemText(at)})" if at == part.currentIndex() else part.itemText(at) for at in range(part.count())
        )
    if isinstance(part, QTabBar):
        yield from (
            f"({part.tabText(at)})" if at == part.currentIndex() else part.tabText(at) for at in range(part.count())
        )
    if isinstance(part, LinePlot):
        yield thing._title
        yield from (
            f"{line.name} {line.role} {line.x[0]:g} to {line.x[-1]:g}: "
            f"{line.y[len(line.y) // 2]:.2f} to {line.y[-1]:.2f}"
            for line in part.lines
            if len(line.x)
        )
        yield "" if part._step is None else f"at {part._step}"
    if isinstance(part, QAbstractItemView) and part.model() is not None:
        yield from _rows(part, part.model())
    if isinstance(part, QAbstractButton) and part.isCheckable():
        yield "checked" if part.isChecked() else "not checked"
    if isinstance(part, QPushButton) and part.isDefault():
        yield "default"
    if not part.isEnabled() and part.focusPolicy() is not Qt.FocusPolicy.NoFocus:
        yield "off"


def _rows(view: QAbstractItemView, model: QAbstractItemModel) -> Iterator[str]:
    columns = [
        at
        for at in range(1 if isinstance(model, QAbstractListModel) else model.columnCount())
        if not (isinstance(view, QTableView) and view.isColumnHidden(at))
    ]
    heads = [str(model.headerData(at, Qt.Orientation.Horizontal) or "") for at in columns]
    if isinstance(view, QTableView) and view.horizontalHeader().isVisible():
        yield "[" + ", ".join(heads) + "]"
    for row in range(min(model.rowCount(), _MOST_ROWS)):
        yield "[" + ", ".join(str(model.index(row, at).data() or "") for at in columns) + "]"


def read_drawing(part: QWidget) -> str:
    """Return what a part of the window paints; see `read_painted`."""
    return read_painted(
        part.size(), lambda painter: part.render(painter, QPoint(), part.rect(), QWidget.RenderFlag.DrawChildren)
    )


def texts_painted(size: QSize, paint: Callable[[QPainter], object]) -> list[str]:
    """Return the texts that are painted."""
    return [unescape(text).strip() for name, _, text in _SHAPE.findall(_as_svg(size, paint)) if name == "text"]


def read_painted(size: QSize, paint: Callable[[QPainter], object]) -> str:
    """Return what is painted: a line for each shape or text, with its colours, place and turn.

    Of an image the mean colours of a few fields are told.
    """
    lines = []
    for look, shapes in _GROUP.findall(_as_svg(size, paint).split("</defs>")[1]):
        for name, how, text in _SHAPE.findall(shapes):
            attributes = dict(_ATTRIBUTE.findall(look)) | dict(_ATTRIBUTE.findall(how))
            if name != "text":
                attributes = {key: value for key, value in attributes.items() if not key.startswith("font")}
            if name == "image":
                attributes = {key: value for key, value in attributes.items() if not key.startswith(("stroke", "fill"))}
            if attributes.get("fill-opacity") != "0":
                lines.append(" ".join([name, *_looks(attributes), text.strip()]).strip())
    return "\n".join(lines) + "\n"


def _as_svg(size: QSize, paint: Callable[[QPainter], object]) -> str:
    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    with QPainter(generator) as painter:
        paint(painter)
    return bytes(buffer.data().data()).decode()


def _looks(attributes: dict[str, str]) -> Iterator[str]:
    for key, value in attributes.items():
        if value.startswith(_IMAGE):
            yield _colours(value.removeprefix(_IMAGE))
        elif key == "d":
            yield _outline(value)
        elif key not in _UNTOLD and value != _USUAL.get(key):
            yield f"{key}={value.strip()}"


def _outline(path: str) -> str:
    """Return how many points a path has, and the box that they fill."""
    points = np.array([float(each) for each in _COORDINATE.findall(path)]).reshape(-1, 2)
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return f"{len(points)} points, {left:g},{top:g} to {right:g},{bottom:g}"


def _colours(encoded: str) -> str:
    """Return the mean colours of the fields of a grid laid over an image."""
    image = QImage.fromData(b64decode(encoded)).convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1]
    fields = [
        [block.reshape(-1, 3).mean(axis=0).round() for block in np.array_split(row, min(_GRID, image.width()), axis=1)]
        for row in np.array_split(data.astype(float), min(_GRID, image.height()), axis=0)
    ]
    return "; ".join(", ".join(" ".join(f"{value:.0f}" for value in field) for field in row) for row in fields)
