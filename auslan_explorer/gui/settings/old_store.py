"""Reads the settings of earlier versions, an INI file that Qt wrote, as plain texts.

Not by QSettings: PySide unpickles what an INI file calls ``@Variant(...)``, so reading one could run code.
"""

from __future__ import annotations

import re
from pathlib import Path

from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.i18n import tr
from auslan_explorer.io.opening import read_bytes

_LARGEST = 1 << 20
_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,20})?")
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{1,4}|.)")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
_FLAGS = {"yes": True, "no": False}


def read_old_settings(file: Path) -> tuple[dict[str, object], str]:
    """Read the texts, numbers and flags of an INI file; what is stored as bytes or lists is left out.

    Returns
    -------
    values : dict of str to object
        Empty where the file is missing, broken, or refused.
    sentence : str
        Why the file was refused; empty if it was not.
    """
    try:
        lines = read_bytes(file, _LARGEST, "a file of settings").decode("utf-8", "replace").splitlines()
    except UserError:
        return {}, ""
    if any("@Variant(" in line for line in lines):
        return {}, tr("The old settings in {0} hold an object that could run code, so they were not read.", file)
    values: dict[str, object] = {}
    section = ""
    for line in lines:
        if line.startswith("["):
            section = line.strip()
        name, equals, text = line.partition("=")
        if section == "[General]" and equals and not text.startswith(("@", '"@')):
            values[name.strip()] = _value(text.strip())
    return values, ""


def _value(text: str) -> str | float | bool:
    if len(text) >= 2 and text.startswith('"') and text.endswith('"'):
        text = text[1:-1]
    text = _ESCAPE.sub(_unescaped, text)
    if text in _FLAGS:
        return _FLAGS[text]
    return float(text) if _NUMBER.fullmatch(text) else text


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    if code.startswith("x") and len(code) > 1:
        return chr(int(code[1:], 16))
    return _LETTERS.get(code, code)
