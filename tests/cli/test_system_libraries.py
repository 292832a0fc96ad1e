"""Libraries of the system that are missing: a sentence with the command that installs them, and no abort."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from auslan_explorer.commands import common, system_libraries
from auslan_explorer.core.errors import UserError

ROOT = Path(__file__).parents[2]


def test_the_set_up_script_installs_the_same_libraries() -> None:
    script = (ROOT / "tools" / "system_libraries.sh").read_text(encoding="utf-8")
    for name, table in (("drawing", system_libraries.DRAWING), ("window", system_libraries.WINDOW)):
        listed = re.search(rf'^{name}="\n(.*?)"$', script, re.DOTALL | re.MULTILINE)
        assert listed is not None
        assert dict(line.split() for line in listed[1].splitlines()) == table
    along = re.findall(r"(\S+\.so\.\d)[^\n]*\) echo (\S+) ;;", script)
    assert dict(along) == system_libraries.ALONG_WITH


def test_only_packages_of_missing_libraries_are_named() -> None:
    libraries = {"libmissing-b.so.1": "package-b", "libc.so.6": "libc6", "libmissing-a.so.1": "package-a"}
    assert system_libraries.missing_packages(libraries) == ["package-a", "package-b"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring these libraries")
def test_a_window_on_an_x_server_asks_for_its_libraries_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "WINDOW", {"libmissing.so.1": "libmissing1"})
    for variable in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    system_libraries.check_window_libraries()
    monkeypatch.setenv("DISPLAY", ":1")
    with pytest.raises(UserError, match=r"sudo apt-get install --no-install-recommends libmissing1$"):
        system_libraries.check_window_libraries()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring these libraries")
def test_without_opengl_the_command_is_named_and_no_file_that_an_archive_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_qt(name: str) -> None:
        raise ImportError("libGL.so.1: cannot open shared object file")

    monkeypatch.setattr(common.importlib, "import_module", no_qt)
    monkeypatch.setattr(system_libraries, "DRAWING", {"libmissing.so.1": "libgl1"})
    monkeypatch.setattr(system_libraries, "WINDOW", {"libmissing-window.so.1": "libxcb-cursor0"})
    monkeypatch.setattr(system_libraries, "ALONG_WITH", {"libmissing.so.1": "libgl1-mesa-dri"})
    for variable in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("DISPLAY", ":1")
    with pytest.raises(UserError) as told:
        common.import_qt()
    line = "run: sudo apt-get install --no-install-recommends libgl1 libgl1-mesa-dri libxcb-cursor0"
    assert str(told.value).endswith(line), "all at once, those of the window too"
    assert "tools/" not in str(told.value)
