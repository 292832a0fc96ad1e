"""What the frozen program leaves out, and why; `pyinstaller.spec` asks this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import PurePosixPath
from typing import TypeVar

MODULES_OUT = (
    # Drawing, notebooks and windows of others: libraries offer to work with them, we do not.
    "matplotlib", "mpl_toolkits", "PIL", "pandas", "IPython", "tkinter", "_tkinter", "turtle", "idlelib", "lib2to3",
    "readline", "contourpy", "kiwisolver", "fontTools", "pyparsing", "cycler",
    # Tests and what builds packages.
    "pytest", "_pytest", "pytestqt", "mypy", "setuptools", "pip", "wheel", "pkg_resources", "ensurepip", "ruff",
    "numpy.distutils", "Cython", "clang",
    # What the guide is made with; scikit-learn carries a piece of numpydoc that asks for it.
    "sphinx", "sphinxcontrib", "docutils", "babel", "alabaster", "snowballstemmer", "imagesize", "roman_numerals",
    "myst_parser", "numpydoc", "furo",
    # Other networks' libraries, which Keras and scikit-learn look for.
    "torch", "jax", "jaxlib", "cupy", "tensorboard", "tf_keras", "tf2onnx", "openvino", "pyspark", "polars", "pyarrow",
    # With which TensorFlow trains on several computers.
    "grpc",
    # Qt's bindings that no window of ours has.
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtQuickControls2", "PySide6.QtSql",
    "PySide6.QtDesigner", "PySide6.QtUiTools", "PySide6.QtHelp", "PySide6.QtConcurrent", "PyQt5", "PyQt6", "PySide2",
    "pyqtgraph.examples", "pyqtgraph.jupyter",
)  # fmt: skip
"""Modules that nothing of ours needs; imports of them fail in the bundle as they do where they are not installed."""

FILES_OUT = (
    # TensorFlow: C headers, XLA ahead of time, converters, extensions that training never loads.
    "tensorflow/include/*", "tensorflow/xla_aot_runtime_src/*", "*/stablehlo_extension.so", "*/tf2xla/ops/_xla_ops.so",
    "tensorflow/python/_pywrap_tfcompile.so", "tensorflow/python/_pywrap_toco_api.so",
    "tensorflow/python/autograph/impl/testing/*",
    # Qt: QML and its libraries, databases, devices without a window system, words in other languages.
    "PySide6/Qt/qml/*", "PySide6/Qt/translations/*", "*/libQt6Qml*", "*/libQt6Quick*", "*/libQt6Pdf*",
    "*/libQt6VirtualKeyboard*", "*/libQt6EglF*", "*/libQt6Labs*", "*/libQt6WaylandCompositor*", "*/libQt6Sql*",
    "*/plugins/sqldrivers/*", "*/plugins/qmltooling/*", "*/plugins/qmllint/*", "*/plugins/designer/*",
    "*/plugins/egldeviceintegrations/*", "*/plugins/generic/*", "*/plugins/networkinformation/*",
    "*/plugins/vectorimageformats/*", "*/plugins/wayland-graphics-integration-server/*",
    "*/platforms/libqeglfs.so", "*/platforms/libqlinuxfb.so", "*/platforms/libqvnc.so", "*/platforms/libqminimalegl.so",
    "*/platforms/libqvkkhrdisplay.so", "*/platforminputcontexts/libqtvirtualkeyboardplugin.so", "*/printsupport/*",
    "*/imageformats/libqpdf.so", "*/imageformats/libqtiff.so", "*/imageformats/libqtga.so",
    "*/imageformats/libqwbmp.so", "*/imageformats/libqicns.so", "*/platformthemes/libqgtk3.so",
    # What Qt's GTK theme alone asks for.
    "libatk*", "libcairo*", "libgdk*", "libgtk*", "libpango*", "libpixman*", "libharfbuzz*", "libgraphite2*",
    "libthai*", "libdatrie*", "libfribidi*",
    # Dask: pages in which a scheduler shows itself; ours is another computer's, or asked without a browser.
    "distributed/http/*", "distributed/dashboard/*", "distributed/widgets/*", "dask/widgets/*",
    # Qt on Windows and macOS. (opengl32sw.dll stays: remote desktops draw with it, QT_OPENGL=software.)
    "*/Qt6Qml*", "*/Qt6Quick*", "*/Qt6Pdf*", "*/Qt6VirtualKeyboard*", "*/QtQml.framework/*",
    "*/QtQuick*.framework/*", "*/QtPdf*.framework/*", "*/QtVirtualKeyboard*.framework/*",
    # Tests, examples, sources and icon fonts that are not drawn with.
    "*/tests/*", "*/examples/*", "*.pyx", "*.pxd", "*.c", "*.pyi", "sklearn/datasets/*", "*/pyqtgraph/icons/peegee/*",
    "qtawesome/fonts/fontawesome*", "qtawesome/fonts/elusiveicons*", "qtawesome/fonts/materialdesignicons*",
    "qtawesome/fonts/remixicon*", "qtawesome/fonts/codicon*",
)  # fmt: skip
"""Patterns of files, by where they would lie in the bundle."""

SYSTEM_LIBRARIES = (
    # A frozen copy would speak to a driver or a server of another time.
    "libGL.so*", "libEGL.so*", "libGLX.so*", "libGLdispatch.so*", "libOpenGL.so*", "libdrm.so*", "libgbm.so*",
    "libX11*.so*", "libxcb*.so*", "libXau.so*", "libXdmcp.so*", "libXext.so*", "libXi.so*", "libXrender.so*",
    "libwayland-*.so*", "libxkbcommon*.so*", "libfontconfig.so*", "libfreetype.so*", "libdbus-1.so*", "libglib-2.0.so*",
    "libgthread-2.0.so*", "libgio-2.0.so*", "libgobject-2.0.so*", "libgmodule-2.0.so*", "libstdc++.so*", "libgcc_s.so*",
    "libmvec.so*", "libsystemd.so*", "libexpat.so*", "libpcre2*.so*",
)  # fmt: skip
"""Libraries of the system that the packages name as dependencies in place of carrying them (Linux)."""

Entry = TypeVar("Entry", bound=tuple[str, ...])


def is_left_out(place: str) -> bool:
    """Return whether a file stays out of the bundle.

    Parameters
    ----------
    place : str
        Where it would lie, relative to the folder of libraries.
    """
    path = place.replace("\\", "/")
    return any(fnmatch(path, pattern) or fnmatch("/" + path, pattern) for pattern in FILES_OUT)


def is_of_the_system(place: str) -> bool:
    """Return whether a library at the top of the bundle is one that the system brings."""
    path = PurePosixPath(place.replace("\\", "/"))
    return len(path.parts) == 1 and any(fnmatch(path.name, pattern) for pattern in SYSTEM_LIBRARIES)


def kept(entries: Iterable[Entry], *, system_libraries: bool) -> Iterator[Entry]:
    """Yield what stays of PyInstaller's entries (place, source, kind).

    Parameters
    ----------
    entries : iterable of tuple
    system_libraries : bool
        Whether libraries of the window system are kept too.
    """
    for entry in entries:
        if not is_left_out(entry[0]) and (system_libraries or not is_of_the_system(entry[0])):
            yield entry
