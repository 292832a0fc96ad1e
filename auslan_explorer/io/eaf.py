"""Writes annotation documents of ELAN (.eaf), as its schema EAF 2.8 of the Max Planck Institute has them.

With the standard library: pympi-ling writes them too, but its reader takes documents with entities and knows no limits,
so one half of it could not be used, and the other is this file.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from auslan_explorer.core.signs import shown_name
from auslan_explorer.core.timeline import Tier
from auslan_explorer.io.atomic import write_bytes

VERSION = "2.8"
_SCHEMA = f"http://www.mpi.nl/tools/elan/EAFv{VERSION}.xsd"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
TIMED, PAIRED = "timed", "paired"
"""Types of tiers: with times of their own, and one to one with their parent's texts."""
_CONSTRAINTS = {
    "Time_Subdivision": "Time subdivision of parent annotation's time interval, no time gaps allowed within this "
    "interval",
    "Symbolic_Subdivision": "Symbolic subdivision of a parent annotation. Annotations refering to the same parent are "
    "ordered",
    "Symbolic_Association": "1-1 association with a parent annotation",
    "Included_In": "Time alignable annotations within the parent annotation's time interval, gaps are allowed",
}
"""The four stereotypes that every document of ELAN lists, in its own words."""


def write_eaf(
    path: Path,
    tiers: Sequence[Tier],
    media: Sequence[str] = (),
    linked: Sequence[str] = (),
    properties: Mapping[str, str] | None = None,
    author: str = "",
) -> None:
    """Write a document, atomically.

    Parameters
    ----------
    path : Path
    tiers : sequence of Tier
        A parent before its children.
    media, linked : sequence of str
        Names of films (.mp4), and of tables of time series (.csv), that lie beside the document.
    properties : mapping of str to str, optional
        Stand in its header, and are kept by ELAN.
    author : str

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    ET.register_namespace("xsi", _INSTANCE)
    root = ET.Element("ANNOTATION_DOCUMENT", {
        "AUTHOR": author, "DATE": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "FORMAT": VERSION, "VERSION": VERSION, f"{{{_INSTANCE}}}noNamespaceSchemaLocation": _SCHEMA,
    })  # fmt: skip
    written = _Tiers(tiers)
    _add_header(root, media, linked, {**(properties or {}), "lastUsedAnnotationId": str(written.count)})
    root.append(written.times)
    root.extend(written.elements)
    _add_types(root, any(tier.parent for tier in tiers))
    ET.indent(root, " ")
    write_bytes(path, ET.tostring(root, encoding="UTF-8", xml_declaration=True))


def _add_header(root: ET.Element, media: Sequence[str], linked: Sequence[str], properties: Mapping[str, str]) -> None:
    header = ET.SubElement(root, "HEADER", {"MEDIA_FILE": "", "TIME_UNITS": "milliseconds"})
    # Relative, so that the files can be moved together and tell of no one's folders; not quoted, as ELAN writes them.
    for name in media:
        place = f"./{name}"
        given = {"MEDIA_URL": place, "MIME_TYPE": "video/mp4", "RELATIVE_MEDIA_URL": place}
        ET.SubElement(header, "MEDIA_DESCRIPTOR", given)
    for name in linked:
        place = f"./{name}"
        given = {"LINK_URL": place, "MIME_TYPE": "text/csv", "RELATIVE_LINK_URL": place, "TIME_ORIGIN": "0"}
        ET.SubElement(header, "LINKED_FILE_DESCRIPTOR", given)
    for name, text in properties.items():
        ET.SubElement(header, "PROPERTY", {"NAME": name}).text = shown_name(text)


class _Tiers:
    """The elements of tiers, with the times that they refer to and numbered annotations."""

    def __init__(self, tiers: Sequence[Tier]) -> None:
        self.count = 0
        self.times = ET.Element("TIME_ORDER")
        self.elements: list[ET.Element] = []
        moments = sorted({at for tier in tiers if not tier.parent for t in tier.texts for at in (t.start, t.stop)})
        self._slots = {at: f"ts{number}" for number, at in enumerate(moments, 1)}
        for at, slot in self._slots.items():
            ET.SubElement(self.times, "TIME_SLOT", {"TIME_SLOT_ID": slot, "TIME_VALUE": str(at)})
        self._ids: dict[str, list[str]] = {}
        for tier in tiers:
            self._add(tier)

    def _add(self, tier: Tier) -> None:
        given = {"TIER_ID": tier.name, "LINGUISTIC_TYPE_REF": PAIRED if tier.parent else TIMED}
        if tier.parent:
            given["PARENT_REF"] = tier.parent
        element = ET.Element("TIER", given)
        ids = self._ids[tier.name] = []
        for number, text in enumerate(tier.texts):
            self.count += 1
            ids.append(f"a{self.count}")
            outer = ET.SubElement(element, "ANNOTATION")
            if tier.parent:
                refers = {"ANNOTATION_ID": ids[-1], "ANNOTATION_REF": self._ids[tier.parent][number]}
                inner = ET.SubElement(outer, "REF_ANNOTATION", refers)
            else:
                timed = {"TIME_SLOT_REF1": self._slots[text.start], "TIME_SLOT_REF2": self._slots[text.stop]}
                inner = ET.SubElement(outer, "ALIGNABLE_ANNOTATION", {"ANNOTATION_ID": ids[-1], **timed})
            ET.SubElement(inner, "ANNOTATION_VALUE").text = shown_name(text.text)
        self.elements.append(element)


def _add_types(root: ET.Element, paired: bool) -> None:
    ET.SubElement(root, "LINGUISTIC_TYPE", {
        "GRAPHIC_REFERENCES": "false", "LINGUISTIC_TYPE_ID": TIMED, "TIME_ALIGNABLE": "true",
    })  # fmt: skip
    if paired:
        ET.SubElement(root, "LINGUISTIC_TYPE", {
            "CONSTRAINTS": "Symbolic_Association", "GRAPHIC_REFERENCES": "false", "LINGUISTIC_TYPE_ID": PAIRED,
            "TIME_ALIGNABLE": "false",
        })  # fmt: skip
    for name, text in _CONSTRAINTS.items():
        ET.SubElement(root, "CONSTRAINT", {"DESCRIPTION": text, "STEREOTYPE": name})
