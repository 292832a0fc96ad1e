"""What packages are made from: one version, whole lists, files that desktops understand. No bundle is needed."""

from __future__ import annotations

import configparser
import importlib.metadata
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import h5py
import numpy
import PySide6
import pytest

from auslan_explorer import __version__
from auslan_explorer.io.session_file import SUFFIX

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"


@pytest.fixture(autouse=True)
def _tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))


def test_program_package_and_installers_agree_on_the_version() -> None:
    said = subprocess.run(
        [sys.executable, "main.py", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    read = subprocess.run([sys.executable, "tools/version.py"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.split() == ["auslan-explorer", __version__]
    assert read.stdout.strip() == importlib.metadata.version("auslan-explorer") == __version__


def test_the_version_is_written_down_once() -> None:
    files = [ROOT / "pyinstaller.spec", ROOT / "pyproject.toml", ROOT / "Makefile", *ROOT.glob("tools/*.*")]
    files += [
        *PACKAGING.glob("*/*.*"),
        *ROOT.glob(".github/workflows/*"),
        ROOT / "auslan_explorer/gui/help/about_dialog.py",
    ]
    pattern = re.compile(rf"(?<![\d.]){re.escape(__version__)}(?![\d.])")
    told = [file for file in files if pattern.search(file.read_text(encoding="utf-8"))]
    assert told == []


def test_what_is_left_out_is_not_what_the_window_and_training_need() -> None:
    from bundle_contents import is_left_out, is_of_the_system

    for needed in (
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/wayland-shell-integration/libxdg-shell.so",
        "PySide6/Qt/plugins/xcbglintegrations/libqxcb-glx-integration.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/lib/libQt6OpenGL.so.6",
        "qtawesome/fonts/phosphor-1.3.0.ttf",
        "tensorflow/libtensorflow_cc.so.2",
        "av.libs/libavcodec-5e6b81c2.so.62",
        "models/activations.h5",
    ):
        assert not is_left_out(needed), needed
    for unused in (
        "PySide6/Qt/qml/QtQuick/qmldir",
        "tensorflow/include/a.h",
        "sklearn/tests/data.csv",
        "libcairo.so.2",
    ):
        assert is_left_out(unused), unused
    assert is_of_the_system("libGL.so.1") and not is_of_the_system("libpython3.11.so.1.0")
    assert not is_of_the_system("av.libs/libxcb-5ddf6756.so.1.1.0"), "a library's own copy stays with it"


def test_a_remote_desktop_of_windows_keeps_its_opengl_and_dask_loses_its_pages() -> None:
    from bundle_contents import is_left_out

    assert not is_left_out("PySide6\\opengl32sw.dll")
    assert is_left_out("distributed/http/static/css/base.css") and is_left_out("dask/widgets/templates/array.html.j2")


def test_macos_has_to_be_as_new_as_the_newest_that_a_wheel_asks_for() -> None:
    from macos_minimum import minimum_of

    tags = ["py3-none-any", "cp311-abi3-macosx_14_0_arm64", "cp310-abi3-macosx_13_0_universal2", "cp311-macosx_x"]
    assert minimum_of(tags) == "14.0" and minimum_of(["py3-none-any"]) == "11.0"


def test_no_module_of_ours_imports_what_is_left_out() -> None:
    from bundle_contents import MODULES_OUT

    ours = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "auslan_explorer").rglob("*.py"))
    for name in MODULES_OUT:
        assert not re.search(rf"^\s*(import|from) {re.escape(name)}\b", ours, re.MULTILINE), name


def test_every_part_of_the_bundle_is_counted_once(tmp_path: Path) -> None:
    from bundle_sizes import OTHER, PROGRAM, as_table, measure

    for place, size in {"auslan-explorer": 10, "_internal/av.libs/a.so": 200, "_internal/libz.so.1": 3}.items():
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes(size))
    (tmp_path / "_internal" / "a.so").symlink_to("av.libs/a.so")
    assert measure(tmp_path) == {"FFmpeg and its encoders (film)": 200, PROGRAM: 10, OTHER: 3}
    assert as_table(measure(tmp_path)).splitlines()[-1] == "| **together** | 0.0 |"


def test_every_package_of_the_program_has_a_licence_that_can_be_told() -> None:
    from notices import packages_in, python_itself

    sources = {Path(module.__file__) for module in (numpy, h5py, PySide6)}
    works = {work.name: work for work in packages_in(sources)}
    assert {"numpy", "h5py", "PySide6_Essentials"} <= set(works)
    assert "LGPL-3" in works["PySide6_Essentials"].licence and works["numpy"].licence.startswith("BSD")
    assert all(text.stat().st_size > 200 for work in works.values() for text in work.texts)
    assert python_itself().texts[0].is_file()


def test_the_desktop_is_told_of_the_program_and_its_sessions() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(PACKAGING / "linux" / "auslan-explorer.desktop", encoding="utf-8")
    desktop = entry["Desktop Entry"]
    kinds = ElementTree.parse(PACKAGING / "linux" / "auslan-explorer.xml").getroot()
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kind = kinds.find(f"{space}mime-type")
    assert kind is not None
    glob = kind.find(f"{space}glob")
    assert glob is not None and glob.get("pattern") == f"*{SUFFIX}"
    assert desktop["MimeType"].strip(";") == kind.get("type")
    assert desktop["Exec"] == "auslan-explorer %f" and desktop["Icon"] == "auslan-explorer"
    for other in ("pyinstaller.spec", "packaging/windows/auslan-explorer.iss"):
        assert str(kind.get("type")) in (ROOT / other).read_text(encoding="utf-8")


def test_icon_files_hold_every_size(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image", reason="Pillow comes with `make bundle`")
    from make_icons import ICO_SIZES, make_icons

    ico, icns = make_icons(tmp_path)
    with image.open(ico) as icon:
        assert icon.info["sizes"] == {(size, size) for size in ICO_SIZES}
    assert icns.read_bytes()[:4] == b"icns"


def commands_of_jobs(workflow: str) -> dict[str, str]:
    """What each job of a workflow runs."""
    yaml = pytest.importorskip("yaml")
    jobs = yaml.safe_load((ROOT / ".github/workflows" / workflow).read_text(encoding="utf-8"))["jobs"]
    return {name: "\n".join(step.get("run", "") for step in job["steps"]) for name, job in jobs.items()}


@pytest.mark.parametrize(
    ("workflow", "jobs"),
    [
        ("release.yml", {"linux", "windows", "macos", "release"}),
        ("checks.yml", {"linux", "workflows", "window"}),
    ],
)
def test_workflows_name_files_and_targets_that_exist(workflow: str, jobs: set[str]) -> None:
    runs = commands_of_jobs(workflow)
    assert set(runs) == jobs
    for place in re.findall(r"(?:tools|packaging)[/\\][\w./\\-]+", "\n".join(runs.values())):
        assert (ROOT / place.replace("\\", "/")).exists(), place
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    made = re.findall(r"make ([a-z-]+)$", runs["linux"], re.MULTILINE)
    assert made and set(made) <= set(targets)


def test_a_release_has_the_guide_and_the_sources_in_it() -> None:
    runs = commands_of_jobs("release.yml")
    # F1 opens the guide in a bundle of every system; on Linux `make bundle` builds it.
    for system in ("windows", "macos"):
        assert 0 < runs[system].index("tools/build_guide.py") < runs[system].index("tools/bundle.py")
    for name in ("sources-of-libraries.tar", "source.tar.gz"):
        assert name in runs["release"]
        assert name in (ROOT / "tools" / "notices.py").read_text(encoding="utf-8"), "the written offer names it"
