"""PyInstaller: the parts of TensorFlow that training needs, in place of all of it."""

from pathlib import Path

from PyInstaller.utils.hooks import collect_submodules, get_package_paths

_NEEDED = (
    "tensorflow.python",
    "tensorflow.core",
    "tensorflow.compiler",
    "tensorflow.lite.python",
    "tensorflow._api.v2",
)
# Unless something that is needed imports them: then the analysis finds them.
_NOT = ("tensorflow.python.debug", "tensorflow.python.kernel_tests", "tensorflow.python.tools")


def _below(name, trees):
    return any(name == tree or name.startswith(f"{tree}.") for tree in trees)


def _is_needed(name):
    # Packages above what is needed too, or the search would not come there.
    above = any(tree.startswith(f"{name}.") for tree in _NEEDED)
    return above or (_below(name, _NEEDED) and not _below(name, _NOT))


# TensorFlow loads many of its modules by name, which no analysis sees.
hiddenimports = collect_submodules("tensorflow", filter=_is_needed, on_error="ignore")
hiddenimports += ["ml_dtypes", "tensorflow.python.tools.module_util"]
warn_on_missing_hiddenimports = False

# Operations of its own, which it loads by their file's name while it is imported.
_ROOT = Path(get_package_paths("tensorflow")[0])
binaries = [(str(file), str(file.parent.relative_to(_ROOT))) for file in _ROOT.glob("tensorflow/lite/**/*_op.so")]

# AutoGraph reads the source of what it turns into graphs, its own too.
module_collection_mode = {"tensorflow.python.autograph": "py+pyz"}

# Links beside the extensions, on which TensorFlow's own search for its libraries trips.
bindepend_symlink_suppression = [
    "**/libtensorflow_cc.so*",
    "**/libtensorflow_framework.so*",
    "**/_pywrap_tensorflow_internal.so",
]
