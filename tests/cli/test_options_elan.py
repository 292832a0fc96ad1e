"""What `elan` writes is what the network answers, and what it reads is what was corrected."""

from __future__ import annotations

import csv
import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from auslan_explorer import cli, paths
from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.eaf_reader import read_eaf
from auslan_explorer.io.recordings import open_recordings
from tests.cli.options import changes_output

Ok = Callable[..., str]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def names(cache: Path) -> list[str]:
    """Two recordings, as the command is told of them."""
    a = read_cache(cache)
    return [f"{a.signs[a.sign[i]]} {a.session[i]}.{a.trial[i]}" for i in (0, 5)]


@pytest.fixture(scope="module")
def written(
    child_ok: Ok, cache: Path, signs_folder: Path, names: list[str], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An annotation document with everything beside it."""
    out = tmp_path_factory.mktemp("elan") / "two.eaf"
    said = child_ok("elan", "--out", out, "--only", ", ".join(names), "--pose", "--cache", cache, "--recordings",
                    signs_folder)  # fmt: skip
    assert said.startswith("2 recordings in two.eaf, two.mp4, two.csv, two.pose.")
    return out


@changes_output("elan --out", "elan --only", "elan --cache", "elan --recordings", "elan --pose")
def test_document_film_table_and_hands_are_of_the_recordings(
    written: Path, cache: Path, signs_folder: Path, names: list[str]
) -> None:
    a, recordings = read_cache(cache), open_recordings(signs_folder)
    tiers = {tier.name: tier for tier in read_eaf(written)}
    assert [text.text for text in tiers["recording"].texts] == names
    with written.with_suffix(".csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    lengths = a.lengths[[0, 5]].tolist()
    assert len(rows) == sum(lengths)
    assert float(rows[lengths[0]]["time_s"]) * 1000 == tiers["recording"].texts[1].start
    found = [float(rows[0][name.replace(" ", "_")]) for name in CHANNELS]
    first = recordings.frames_of(int(np.flatnonzero((recordings.sign == 0) & (recordings.session == a.session[0]))[0]))
    np.testing.assert_allclose(found, first[0], rtol=1e-5, atol=1e-6)
    assert a.head is not None
    chances = a.head.probabilities(a.recording_states(5))[-1]
    assert float(rows[-1]["certainty"]) == pytest.approx(float(chances.max()), rel=1e-5)
    assert float(rows[-1]["true_sign"]) == pytest.approx(float(chances[a.sign[5]]), rel=1e-5)
    with av.open(str(written.with_suffix(".mp4"))) as film:
        stream = film.streams.video[0]
        assert stream.average_rate == 100 and stream.frames * 10 == tiers["recording"].texts[1].stop
    assert written.with_suffix(".pose").stat().st_size > stream.frames * 42 * 16


@changes_output("elan --no-film", "elan --no-table", "elan --models", "elan --theme", "elan --published")
def test_what_is_left_out_is_not_written(
    ok: Ok, models: Path, signs_folder: Path, names: list[str], tmp_path: Path
) -> None:
    source = ("--models", models, "--recordings", signs_folder, "--only", names[0])
    ok("elan", "--out", tmp_path / "a.eaf", "--no-film", "--no-table", *source)
    assert [file.name for file in tmp_path.iterdir()] == ["a.eaf"]
    middles = []
    for theme in ("light", "dark"):
        ok("elan", "--out", tmp_path / f"{theme}.eaf", "--no-table", "--theme", theme, *source)
        with av.open(str(tmp_path / f"{theme}.mp4")) as film:
            middles.append(next(film.decode(video=0)).to_ndarray(format="gray")[5, 5])
    assert middles[0] > 200 > 60 > middles[1]
    assert cli.main(["elan", "--out", str(tmp_path / "p.eaf"), "--no-film", "--published", str(tmp_path)]) == 2


@changes_output("elan --read", "elan --json")
def test_a_corrected_document_says_what_it_brings(ok: Ok, written: Path, cache: Path, tmp_path: Path) -> None:
    a = read_cache(cache)
    assert json.loads(ok("elan", "--read", written, "--cache", cache, "--json")) == {
        "recordings": 2, "missing": 0, "groups": {}, "colours": ["sign"],
    }  # fmt: skip
    name = a.names[a.sign[0]]
    text = written.read_text(encoding="utf-8")
    place = text.index('TIER_ID="sign"')
    corrected = text[:place] + text[place:].replace(f">{name}<", ">another<", 1)
    (tmp_path / "a.eaf").write_text(corrected, encoding="utf-8")
    said = ok("elan", "--read", tmp_path / "a.eaf", "--cache", cache)
    assert "group: sign: another (1)" in said and "colour by: sign" in said


def test_the_guide_s_commands_do_what_the_page_says_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what ships; the hands, for which the recordings are needed, are left out as the page says."""
    if not paths.ships("activations.h5").is_file():
        pytest.skip("models/ does not hold the shipped activations")
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "guide" / "elan.md").read_text(encoding="utf-8")
    commands = [line for line in page.splitlines() if line.startswith("auslan-explorer elan ")]
    assert len(commands) == 3
    for command in commands:
        words = [word for word in shlex.split(command)[1:] if word != "--pose"]
        assert cli.main([*words, *(["--no-film"] if "--out" in words else [])]) == 0
    said = capsys.readouterr().out
    count = len(read_eaf(Path("think.eaf"))[0].texts)
    assert count > 20 and f"{count} recordings in think.eaf, think.csv." in said
    assert "2 recordings in pair.eaf, pair.csv." in said
    assert said.splitlines()[-2:] == [
        f"{count} recordings, 0 more that are not among these activations.", "  colour by: sign",
    ]  # fmt: skip
    rows = re.findall(r"^\| (\w+) \|", page, re.MULTILINE)
    assert [tier.name for tier in read_eaf(Path("think.eaf"))] == [row for row in rows if row != "tier"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--out", "a.xml"], ".eaf"),
        (["--out", "a.eaf", "--json"], "leave it out"),
        (["--out", "a.eaf", "--only", "no such sign", "--no-film"], "no sign and no recording"),
        (["--read", "none.eaf"], "There is no file"),
        (["--read", "none.eaf", "--pose"], "for --out"),
        ([], "ne of the arguments"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(
    args: list[str], says: str, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert cli.main(["elan", *args, "--cache", str(cache)]) == 2
    assert says in capsys.readouterr().err
