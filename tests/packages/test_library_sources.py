"""Sources of the video libraries: found in what their makers publish. Nothing is downloaded."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))


def configuration(release: str) -> str:
    return f'{{"url": "https://host.example/releases/download/{release}/ffmpeg-{{platform}}.tar.gz"}}'


def test_the_build_of_the_ffmpeg_in_the_wheel_is_found() -> None:
    from library_sources import NoSource, release_of

    configurations = [configuration("8.0.1-6"), configuration(f"{av.ffmpeg_version_info}-2")]
    assert release_of(configurations, av.ffmpeg_version_info) == f"{av.ffmpeg_version_info}-2"
    with pytest.raises(NoSource, match=r"no build of FFmpeg 7\.1"):
        release_of(configurations, "7.1")


def test_every_source_that_a_build_names_is_read_with_its_checksum() -> None:
    from library_sources import Archive, archives_of

    script = """
group = [Package(name="a", source_url="https://a.example/a-1.tar.gz", sha256="12", requires=["b"])]
def main():
    tools.append(Package(source_filename="b-2.tar.xz", source_url="https://b.example/v2.tar.xz", sha256="34"))
    fetch("https://c.example/c.tar.gz")
"""
    assert sorted(archives_of(script), key=lambda archive: archive.name) == [
        Archive("a-1.tar.gz", "https://a.example/a-1.tar.gz", "12"),
        Archive("b-2.tar.xz", "https://b.example/v2.tar.xz", "34"),
    ]


@pytest.mark.parametrize("arguments", ['source_url=f"https://{host}/a.tar.gz", sha256="12"', 'source_url="https://a"'])
def test_a_source_that_is_not_understood_stops_the_release(arguments: str) -> None:
    from library_sources import NoSource, archives_of

    with pytest.raises(NoSource, match="Line 1"):
        list(archives_of(f"Package({arguments})"))
