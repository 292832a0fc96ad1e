"""Opens a sign's page of Auslan Signbank in the browser."""

from __future__ import annotations

import re
from urllib.parse import quote

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from auslan_explorer.gui.i18n import tr

WORD = "{word}"
TEMPLATE = "https://auslan.org.au/dictionary/words/{word}-1.html"
"""Default of the setting ``signbank_address``; ``{word}`` is replaced by the sign's name."""


def page_address(name: str, template: str = TEMPLATE) -> str:
    """Return the address of a sign's page.

    Parameters
    ----------
    name : str
        Display name. Of "wait / not yet" and "computer (PC)", the part before "/" or "(" is looked up.
    template : str
        Address with ``{word}``.
    """
    word = re.split(r"\s*[/(]", name, maxsplit=1)[0].rstrip("?! ").strip() or name
    return template.replace(WORD, quote(word.replace(" ", "-"), safe="-"))


def template_problem(template: str) -> str:
    """Return why a template is not a valid address, as a sentence; empty if it is."""
    if WORD not in template:
        return tr("The address of Signbank needs {0}, where the sign’s name goes.", WORD)
    url = QUrl(template.replace(WORD, "word"), QUrl.ParsingMode.StrictMode)
    # Any scheme other than http(s) could start a program or open a file.
    if not url.isValid() or url.scheme() not in ("http", "https") or not url.host():
        return tr("The address of Signbank is no page on the web: it has to begin with https:// or http://.")
    return ""


def open_page(name: str, template: str) -> str:
    """Open a sign's page in the browser; return an error sentence, empty if it worked."""
    problem = template_problem(template)
    if problem:
        return tr("{0} Change it in Settings.", problem)
    url = page_address(name, template)
    if QDesktopServices.openUrl(QUrl(url)):
        return ""
    return tr("No browser could be opened; the page is {0}", url)
