"""The sign's page in Auslan Signbank, opened in the person's browser."""

from __future__ import annotations

import re
from urllib.parse import quote

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

TEMPLATE = "https://auslan.org.au/dictionary/words/{word}-1.html"
"""Address where the settings (``signbank_address``) hold no other; ``{word}`` stands for the sign's name."""


def address(name: str, template: str = TEMPLATE) -> str:
    """Return the address of a sign's page.

    Parameters
    ----------
    name : str
        As people read it. Of "wait / not yet" and "computer (PC)" the first word or words are looked up.
    template : str
    """
    word = re.split(r"\s*[/(]", name, maxsplit=1)[0].rstrip("?! ").strip() or name
    return template.replace("{word}", quote(word.replace(" ", "-"), safe="-"))


def open_page(url: str) -> str:
    """Open a page; return the sentence for people where there is no browser, else nothing."""
    if QDesktopServices.openUrl(QUrl(url)):
        return ""
    return f"No browser could be opened; the page is {url}"
