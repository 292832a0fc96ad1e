"""Field for a number with decimals that reads a decimal comma and a decimal point, and shows a point."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDoubleSpinBox, QWidget


class NumberBox(QDoubleSpinBox):
    """Spin box for decimals that is the same in every locale, as all other figures on screen are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale.c())

    def validate(self, text: str, at: int) -> Any:
        return super().validate(text.replace(",", "."), at)

    def valueFromText(self, text: str) -> float:
        return super().valueFromText(text.replace(",", "."))
