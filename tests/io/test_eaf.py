"""Annotation documents of ELAN: written by the rules of their schema, read within limits, and refused in a sentence."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.timeline import Tier, TimedText
from auslan_explorer.io import eaf_reader
from auslan_explorer.io.eaf import write_eaf
from auslan_explorer.io.eaf_reader import DEEPEST, read_eaf

TIERS = (
    Tier("sign", (TimedText(0, 500, "think"), TimedText(900, 1400, "<crazy> & “mad”"))),
    Tier("answer", (TimedText(0, 100, "who"), TimedText(100, 500, "think"), TimedText(900, 1400, "think"))),
    Tier("certainty", (TimedText(0, 100, "8%"), TimedText(100, 500, "97%"), TimedText(900, 1400, "51%")), "answer"),
    Tier("empty", ()),
)
ORDER = ("HEADER", "TIME_ORDER", "TIER", "LINGUISTIC_TYPE", "CONSTRAINT")
"""Of the elements within a document, as the schema has them in this order."""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    write_eaf(tmp_path / "a.eaf", TIERS, ["a b.mp4"], ["a b.csv"], {"Software": "this\x01one"}, "me")
    return tmp_path / "a.eaf"


def test_what_is_written_is_read(document: Path) -> None:
    assert read_eaf(document) == TIERS


def test_a_document_keeps_the_rules_of_its_schema(document: Path) -> None:
    root = ET.parse(document).getroot()
    assert root.tag == "ANNOTATION_DOCUMENT" and {"AUTHOR", "DATE", "FORMAT", "VERSION"} <= set(root.keys())
    places = [ORDER.index(element.tag) for element in root]
    assert places == sorted(places)
    header = root[0]
    assert [element.tag for element in header][:3] == ["MEDIA_DESCRIPTOR", "LINKED_FILE_DESCRIPTOR", "PROPERTY"]
    assert header[0].attrib == {
        "MEDIA_URL": "./a b.mp4", "RELATIVE_MEDIA_URL": "./a b.mp4", "MIME_TYPE": "video/mp4",
    }  # fmt: skip
    assert (header[1].get("RELATIVE_LINK_URL"), header.get("TIME_UNITS")) == ("./a b.csv", "milliseconds")
    ids = [element.get(key) for key in ("TIME_SLOT_ID", "ANNOTATION_ID") for element in root.iter() if element.get(key)]
    assert len(ids) == len(set(ids)), "ids are unique in a document"
    times = [int(slot.get("TIME_VALUE", "")) for slot in root.iter("TIME_SLOT")]
    assert times == sorted(times)
    types = {each.get("LINGUISTIC_TYPE_ID"): each for each in root.iter("LINGUISTIC_TYPE")}
    stereotypes = {each.get("STEREOTYPE") for each in root.iter("CONSTRAINT")}
    assert stereotypes == {"Time_Subdivision", "Symbolic_Subdivision", "Symbolic_Association", "Included_In"}
    names = {tier.get("TIER_ID") for tier in root.iter("TIER")}
    for tier in root.iter("TIER"):
        kind = types[tier.get("LINGUISTIC_TYPE_REF")]
        assert (kind.get("CONSTRAINTS") in stereotypes) == (tier.get("PARENT_REF") in names)
        refers = kind.get("TIME_ALIGNABLE") == "false"
        assert {each.tag for each in tier.iterfind("ANNOTATION/*")} <= {
            "REF_ANNOTATION" if refers else "ALIGNABLE_ANNOTATION"
        }
    for each in root.iter("ALIGNABLE_ANNOTATION"):
        assert {each.get("TIME_SLOT_REF1"), each.get("TIME_SLOT_REF2")} <= set(ids)
    assert all(each.get("ANNOTATION_REF") in ids for each in root.iter("REF_ANNOTATION"))
    last = next(each.text for each in root.iter("PROPERTY") if each.get("NAME") == "lastUsedAnnotationId")
    assert last == str(sum(1 for _ in root.iter("ANNOTATION")))


def written(path: Path, inner: str, head: str = "") -> Path:
    path.write_text(f"<?xml version='1.0'?>{head}<ANNOTATION_DOCUMENT>{inner}</ANNOTATION_DOCUMENT>", encoding="utf-8")
    return path


def slots(*times: str) -> str:
    values = (f" TIME_VALUE='{time}'" if time else "" for time in times)
    return "".join(f"<TIME_SLOT TIME_SLOT_ID='t{number}'{value}/>" for number, value in enumerate(values))


def aligned(number: int, first: int, last: int, text: str = "x") -> str:
    return (f"<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID='a{number}' TIME_SLOT_REF1='t{first}' "
            f"TIME_SLOT_REF2='t{last}'><ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>"
            "</ANNOTATION>")  # fmt: skip


def referring(number: int, of: int, text: str) -> str:
    return (f"<ANNOTATION><REF_ANNOTATION ANNOTATION_ID='a{number}' ANNOTATION_REF='a{of}'><ANNOTATION_VALUE>{text}"
            "</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>")  # fmt: skip


def test_moments_without_a_time_and_texts_without_moments_lie_evenly(tmp_path: Path) -> None:
    file = written(
        tmp_path / "a.eaf",
        f"<TIME_ORDER>{slots('100', '', '', '400')}</TIME_ORDER>"
        f"<TIER TIER_ID='words'>{referring(5, 2, 'I')}{referring(6, 2, 'you')}</TIER>"
        f"<TIER TIER_ID='parts'>{aligned(1, 0, 1, 'one')}{aligned(2, 1, 3, ' two ')}{aligned(3, 0, 3, '')}</TIER>",
    )
    words, parts = read_eaf(file)
    assert parts.texts == (TimedText(100, 200, "one"), TimedText(200, 400, "two"), TimedText(100, 400, ""))
    assert words.texts == (TimedText(200, 300, "I"), TimedText(300, 400, "you"))


def test_moments_after_the_last_time_have_it_and_those_before_the_first_begin_at_0(tmp_path: Path) -> None:
    tier = f"<TIER TIER_ID='a'>{aligned(1, 0, 1)}{aligned(2, 1, 2)}{aligned(3, 2, 4)}{aligned(4, 3, 4)}</TIER>"
    (read,) = read_eaf(written(tmp_path / "a.eaf", f"<TIME_ORDER>{slots('', '', '300', '', '')}</TIME_ORDER>{tier}"))
    assert [(each.start, each.stop) for each in read.texts] == [(100, 200), (200, 300), (300, 300), (300, 300)]


LAUGHS = "<!DOCTYPE a [<!ENTITY b 'ha'>" + "".join(
    f"<!ENTITY b{n} '{f'&b{n - 1};' * 10}'>" for n in range(1, 10)
).replace("&b0;", "&b;") + "]>"  # fmt: skip


@pytest.mark.parametrize(
    ("inner", "head", "says"),
    [
        ("&b9;", LAUGHS, "declares a document type"),
        ("&x;", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "declares a document type"),
        ("", "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'>", "declares a document type"),
        ("<a>" * 100_000, "", "nested deeper"),
        ("<a>" * (DEEPEST - 1) + "</a>" * (DEEPEST - 1), "", None),
        ("&lt;<", "", "is damaged or cut short"),
        ("<TIER/>", "", "is damaged or cut short"),
        (f"<TIME_ORDER>{slots('1e3')}</TIME_ORDER>", "", "no number of milliseconds"),
        (f"<TIME_ORDER>{slots('9' * 300)}</TIME_ORDER>", "", "no number of milliseconds"),
        (f"<TIER TIER_ID='a'>{aligned(1, 0, 1)}</TIER>", "", "is damaged or cut short"),
        (
            "".join(f"<TIER TIER_ID='t{n}'>{referring(n, n + 1, '')}</TIER>" for n in range(9999)),
            "",
            "more than 500 tiers",
        ),
        (f"<TIER TIER_ID='a'>{referring(1, 2, '')}{referring(2, 1, '')}</TIER>", "", "of others that are not there"),
    ],
)
def test_hostile_documents_cost_one_sentence(inner: str, head: str, says: str | None, tmp_path: Path) -> None:
    file = written(tmp_path / "a.eaf", inner, head)
    if says is None:
        assert read_eaf(file) == ()
        return
    with pytest.raises(UserError, match=says) as raised:
        read_eaf(file)
    assert len(str(raised.value)) < 400


def test_a_document_of_100_mb_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    with (tmp_path / "a.eaf").open("wb") as file:
        file.truncate(100 << 20)
    with pytest.raises(UserError, match="too large"):
        read_eaf(tmp_path / "a.eaf")


def test_too_many_annotations_and_other_xml_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eaf_reader, "MOST", 5)
    with pytest.raises(UserError, match="more than 5"):
        read_eaf(written(tmp_path / "a.eaf", f"<TIME_ORDER>{slots(*'123456')}</TIME_ORDER>"))
    (tmp_path / "b.eaf").write_text("<svg/>")
    with pytest.raises(UserError, match="but not an annotation document"):
        read_eaf(tmp_path / "b.eaf")
