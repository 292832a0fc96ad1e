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
    sizes = {name: whole for name, (whole, _) in measure(tmp_path).items()}
    assert sizes == {"FFmpeg and its encoders (film)": 200, PROGRAM: 10, OTHER: 3}
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


def test_the_release_workflow_names_files_and_targets_that_exist() -> None:
    yaml = pytest.importorskip("yaml")
    jobs = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))["jobs"]
    assert {"linux", "windows", "macos", "release"} == set(jobs)
    runs = {name: "\n".join(step.get("run", "") for step in job["steps"]) for name, job in jobs.items()}
    named = re.findall(r"(?:tools|packaging)[/\\][\w./\\-]+", "\n".join(runs.values()))
    assert len(named) >= 8
    for place in named:
        assert (ROOT / place.replace("\\", "/")).is_file(), place
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"make ([a-z-]+)$", runs["linux"], re.MULTILINE)) <= set(targets)
    # F1 opens the guide in a bundle of every system; on Linux `make bundle` builds it.
    for system in ("windows", "macos"):
        assert 0 < runs[system].index("tools/build_guide.py") < runs[system].index("tools/bundle.py")
