"""The sign's page in Auslan Signbank, opened in the person's browser."""

from __future__ import annotations

import re
from urllib.parse import quote

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from auslan_explorer.gui.i18n import said

WORD = "{word}"
TEMPLATE = "https://auslan.org.au/dictionary/words/{word}-1.html"
"""Address where the settings (``signbank_address``) hold no other; ``{word}`` stands for the sign's name."""


def page_address(name: str, template: str = TEMPLATE) -> str:
    """Return the address of a sign's page.

    Parameters
    ----------
    name : str
        As people read it. Of "wait / not yet" and "computer (PC)" the first word or words are looked up.
    template : str
    """
    word = re.split(r"\s*[/(]", name, maxsplit=1)[0].rstrip("?! ").strip() or name
    return template.replace(WORD, quote(word.replace(" ", "-"), safe="-"))


def template_problem(template: str) -> str:
    """Return why a template makes no address of a page, as a sentence for people; nothing where it does."""
    if WORD not in template:
        return said("The address of Signbank needs {0}, where the sign’s name goes.", WORD)
    url = QUrl(template.replace(WORD, "word"), QUrl.ParsingMode.StrictMode)
    # Anything but a page on the web could start a program or open a file.
    if not url.isValid() or url.scheme() not in ("http", "https") or not url.host():
        return said("The address of Signbank is no page on the web: it has to begin with https:// or http://.")
    return ""


def open_page(name: str, template: str) -> str:
    """Open a sign's page; return the sentence for people where that cannot be done, else nothing."""
    problem = template_problem(template)
    if problem:
        return said("{0} Change it in Settings.", problem)
    url = page_address(name, template)
    if QDesktopServices.openUrl(QUrl(url)):
        return ""
    return said("No browser could be opened; the page is {0}", url)
