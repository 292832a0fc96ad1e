"""Texts that a Debian package carries beside the program: manual page, changelog, copyright, AppStream metadata."""

from __future__ import annotations

import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from addresses import addresses

from auslan_explorer import __version__
from auslan_explorer.cli import make_parser

ROOT = Path(__file__).parents[1]
NAME = "auslan-explorer"
APPLICATION_ID = "org.auslan_explorer.AuslanExplorer"
METAINFO = ROOT / "packaging" / "linux" / f"{APPLICATION_ID}.metainfo.xml"
MAINTAINER = "Auslan Explorer contributors <auslan-explorer@users.noreply.github.com>"
SUMMARY = "look inside a network that recognises Australian sign language"
SCREENSHOT = "docs/images/window.png"

DEBIAN_VERSION = f"{__version__}-1"
"""The program's version and the package's own revision, which is 1 for every release that is built once."""

CHANGELOG = """\
{name} ({version}) unstable; urgency=medium

  * New release. What has changed for people who use it: changelog.gz.

 -- {maintainer}  {date}
"""

COPYRIGHT = """\
Auslan Explorer {version}
{source}
The package as a whole is handed on under the GNU General Public License, version 3, whose text lies in
/usr/share/common-licenses/GPL-3 on Debian systems; the program's own code under the MIT License, which follows. What is
inside, under which licence, and where its source lies: /usr/lib/{name}/licences/README.md.

{licence}

{notice}"""


def released() -> datetime:
    """When this state of the program was made: SOURCE_DATE_EPOCH, the last commit, or now where there is neither."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    if seconds is None:
        command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = done.stdout.strip() if done.returncode == 0 else None
    return datetime.fromtimestamp(int(seconds), UTC) if seconds else datetime.now(UTC)


def manual_page() -> str:
    """The manual page, from the parser of the command line.

    Raises
    ------
    ImportError
        If the extra `bundle` is not installed.
    """
    from argparse_manpage.manpage import Manpage

    parser, _ = make_parser()
    # A usage of two lines becomes one in manual pages.
    parser.usage = f"{NAME} [FILE | COMMAND [options]]"
    page = Manpage(parser)
    page.date = f"{released():%Y-%m-%d}"
    page.source = f"Auslan Explorer {__version__}"
    page.manual = "User commands"
    page.description = SUMMARY
    # A line that begins with a dot is taken for a command, which has two letters at most, and troff reads no Unicode.
    text = re.sub(r"(?m)^\.(?=[a-z]{3})", r"\\&.", str(page))
    return text.replace("×", r"\[mu]")


def debian_changelog() -> str:
    """The package's changelog in Debian's form: an entry for this release."""
    date = format_datetime(released())
    return CHANGELOG.format(name=NAME, version=DEBIAN_VERSION, maintainer=MAINTAINER, date=date)


def copyright_text() -> str:
    """Debian's copyright file."""
    source = addresses().source
    return COPYRIGHT.format(
        name=NAME,
        version=__version__,
        source=f"Source: {source}\n" if source else "",
        licence=(ROOT / "LICENSE").read_text(encoding="utf-8").strip(),
        notice=(ROOT / "NOTICE").read_text(encoding="utf-8"),
    )


def metainfo() -> str:
    """AppStream metadata: what is written down, with this release and the addresses that are known."""
    component = ElementTree.parse(METAINFO).getroot()
    known = addresses()
    for kind, address in (("homepage", known.homepage), ("bugtracker", known.issues), ("vcs-browser", known.source)):
        if address:
            ElementTree.SubElement(component, "url", type=kind).text = address
    picture = known.file(SCREENSHOT, __version__)
    if picture:
        screenshot = ElementTree.SubElement(ElementTree.SubElement(component, "screenshots"), "screenshot")
        screenshot.set("type", "default")
        ElementTree.SubElement(screenshot, "caption").text = "Every recording as a path, in 2-D and 3-D"
        ElementTree.SubElement(screenshot, "image", type="source").text = picture
    releases = ElementTree.SubElement(component, "releases")
    ElementTree.SubElement(releases, "release", version=__version__, date=f"{released():%Y-%m-%d}")
    ElementTree.indent(component)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(component, encoding="unicode") + "\n"
