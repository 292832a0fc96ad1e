"""Makes the installers of this system from dist/auslan-explorer: `make installer`.

Linux: a package for Debian and its relatives, and an archive that runs where it is unpacked. No root is needed.
Windows and macOS: see packaging/windows and packaging/macos, which the release workflow runs.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from addresses import addresses  # noqa: E402
from debian_files import (  # noqa: E402
    APPLICATION_ID,
    DEBIAN_VERSION,
    MAINTAINER,
    NAME,
    SUMMARY,
    copyright_text,
    debian_changelog,
    manual_page,
    metainfo,
)

from auslan_explorer import __version__  # noqa: E402

DIST = ROOT / "dist"
BUNDLE = DIST / NAME
LINUX = ROOT / "packaging" / "linux"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)

CONTROL = """\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: libgl1-mesa-dri, shared-mime-info, desktop-file-utils, hicolor-icon-theme
Section: science
Priority: optional
{homepage}Description: {summary}
 Each recording of a sign becomes a path through the hidden states of an LSTM,
 drawn in two and three dimensions and in motion. Select and compare paths, see
 what single units do, train the map again, export pictures, films and tables.
 .
 The package holds all that the program needs besides the system's graphics
 libraries, Python and TensorFlow among it.
"""


class CannotBuild(RuntimeError):
    """Why an installer cannot be made, as a sentence."""


def check_version() -> None:
    """Make sure that the bundle is of this version of the program.

    Raises
    ------
    CannotBuild
    """
    if not (BUNDLE / NAME).exists():
        raise CannotBuild(f"There is no bundle in {BUNDLE.relative_to(ROOT)}; make it with `make bundle`.")
    said = subprocess.run([str(BUNDLE / NAME), "--version"], capture_output=True, text=True, check=True).stdout
    if said.split()[-1] != __version__:
        raise CannotBuild(f"The bundle is of version {said.split()[-1]}, not {__version__}; make it again.")


def _put(content: Path | bytes | str, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, Path):
        content = content.read_bytes()
    place.write_bytes(content.encode() if isinstance(content, str) else content)
    place.chmod(0o644)


def _packed(text: str) -> bytes:
    return gzip.compress(text.encode(), mtime=0)


def lay_out(root: Path) -> None:
    """Put the program and what the desktop wants to know of it where Debian has such files."""
    share = root / "usr" / "share"
    subprocess.run(["cp", "-a", "--reflink=auto", str(BUNDLE), str(root / "usr" / "lib" / NAME)], check=True)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    _put(LINUX / f"{NAME}.desktop", share / "applications" / f"{NAME}.desktop")
    _put(LINUX / f"{NAME}.xml", share / "mime" / "packages" / f"{NAME}.xml")
    icons = share / "icons" / "hicolor"
    for size in ICON_SIZES:
        _put(ROOT / f"resources/icons/{NAME}-{size}.png", icons / f"{size}x{size}" / "apps" / f"{NAME}.png")
    _put(ROOT / "resources" / "icon.svg", icons / "scalable" / "apps" / f"{NAME}.svg")
    _put(metainfo(), share / "metainfo" / f"{APPLICATION_ID}.metainfo.xml")
    _put(_packed(manual_page()), share / "man" / "man1" / f"{NAME}.1.gz")
    about = share / "doc" / NAME
    _put(copyright_text(), about / "copyright")
    _put(_packed((ROOT / "CHANGELOG.md").read_text(encoding="utf-8")), about / "changelog.gz")
    _put(_packed(debian_changelog()), about / "changelog.Debian.gz")
    _put(LINUX / "lintian-overrides", share / "lintian" / "overrides" / NAME)
    for path in [root, *root.rglob("*")]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)


def _brought_along(inside: Path) -> set[str]:
    """Debian packages whose libraries lie in the bundle, so that it does not depend on them."""
    names = [f"*/{file.name}" for file in inside.glob("lib*.so*") if not file.is_symlink()]
    said = subprocess.run(["dpkg", "-S", *names], capture_output=True, text=True, check=False).stdout
    return {line.partition(":")[0] for line in said.splitlines()}


def depends(root: Path, scratch: Path) -> str:
    """The Debian packages whose libraries the bundle is linked to, with the releases that its symbols ask for."""
    (scratch / "debian").mkdir(parents=True)
    (scratch / "debian" / "control").write_text(f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n")
    inside = root / "usr" / "lib" / NAME / "_internal"
    # Not TensorFlow's: they ask for the C and C++ libraries alone, and reading their symbols takes many minutes.
    found = [file for file in inside.rglob("*.so*") if "tensorflow" not in file.relative_to(inside).parts]
    files = [file for file in found if file.is_file() and not file.is_symlink()]
    folders = sorted({str(file.parent) for file in files} | {str(inside)})
    command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", *(f"-l{folder}" for folder in folders)]
    command += [f"-x{package}" for package in sorted(_brought_along(inside))]
    done = subprocess.run(
        [*command, *(f"-e{file}" for file in files), f"-e{root / 'usr' / 'lib' / NAME / NAME}"],
        cwd=scratch,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotBuild(f"dpkg-shlibdeps: {done.stderr.strip().splitlines()[-1]}")
    return done.stdout.strip().partition("shlibs:Depends=")[2]


def make_deb(scratch: Path) -> Path:
    """Make the Debian package, and return it."""
    for tool in ("dpkg-deb", "dpkg-shlibdeps"):
        if shutil.which(tool) is None:
            raise CannotBuild(f"{tool} is missing: on Debian and Ubuntu, install dpkg-dev.")
    root = scratch / "deb"
    (root / "usr" / "lib").mkdir(parents=True)
    lay_out(root)
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    size = sum(file.stat().st_size for file in root.rglob("*") if file.is_file() and not file.is_symlink())
    homepage = addresses().homepage
    control = CONTROL.format(
        name=NAME,
        version=DEBIAN_VERSION,
        maintainer=MAINTAINER,
        homepage=f"Homepage: {homepage}\n" if homepage else "",
        summary=SUMMARY,
        architecture=architecture,
        kilobytes=size // 1024,
        depends=depends(root, scratch / "shlibs"),
    )
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(control, encoding="utf-8")
    file = DIST / f"{NAME}_{DEBIAN_VERSION}_{architecture}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(file)], check=True)
    return file


def make_archive() -> Path:
    """Make the archive that runs where it is unpacked, and return it."""
    top = f"{NAME}-{__version__}"
    file = DIST / f"{top}-linux-{platform.machine()}.tar.gz"
    # Names are changed, what links inside point to is not.
    renamed = f"--transform=flags=r;s,^{NAME},{top},"
    options = ["--owner=0", "--group=0", "--numeric-owner", "--sort=name", renamed]
    subprocess.run(["tar", "-C", str(DIST), *options, "-czf", str(file), NAME], check=True)
    return file


def write_checksums(files: list[Path]) -> Path:
    """Write SHA256SUMS beside the installers, as `sha256sum --check` reads it, and return it."""
    lines = []
    for file in files:
        with file.open("rb") as content:
            lines.append(f"{hashlib.file_digest(content, 'sha256').hexdigest()}  {file.name}\n")
    sums = DIST / "SHA256SUMS"
    sums.write_text("".join(lines), encoding="utf-8")
    return sums


def main() -> int:
    """Make the installers and say what they weigh."""
    if not sys.platform.startswith("linux"):
        print("This makes the installers of Linux; docs/building.md says how those of other systems are made.")
        return 2
    scratch = ROOT / "build" / "installer"
    shutil.rmtree(scratch, ignore_errors=True)
    os.umask(0o022)
    try:
        check_version()
        files = [make_deb(scratch), make_archive()]
    except CannotBuild as error:
        print(error, file=sys.stderr)
        return 2
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    write_checksums(files)
    for file in files:
        print(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
