"""Fields for numbers that are the same in every locale, as all other figures on screen are.

They read a decimal comma and a decimal point, and any script's digits, and show a point and the digits 0 to 9.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

_COMMAS = str.maketrans(",\N{ARABIC DECIMAL SEPARATOR}", "..")


class NumberBox(QDoubleSpinBox):
    """Spin box for decimals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale.c())

    def validate(self, text: str, at: int) -> Any:
        return super().validate(_with_plain_digits(text).translate(_COMMAS), at)

    def valueFromText(self, text: str) -> float:
        return super().valueFromText(_with_plain_digits(text).translate(_COMMAS))


class IntegerBox(QSpinBox):
    """Spin box for whole numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale.c())

    def validate(self, text: str, at: int) -> Any:
        return super().validate(_with_plain_digits(text), at)

    def valueFromText(self, text: str) -> int:
        return super().valueFromText(_with_plain_digits(text))


def _with_plain_digits(text: str) -> str:
    return "".join(str(int(each)) if each.isdecimal() else each for each in text)
