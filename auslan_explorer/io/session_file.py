"""Session files, ``.auslan``: the session's state as JSON (docs/session-file.md). Their content is not trusted."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from auslan_explorer import __version__, paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.origin import Kind
from auslan_explorer.core.session import SessionState
from auslan_explorer.io.atomic import write_bytes
from auslan_explorer.io.opening import is_regular, read_json, shown, translating

SUFFIX = ".auslan"
SHIPPED = "activations.h5"
"""The activations among the models that ship."""
FORMAT = "auslan-explorer session"
VERSION = 1
UNSAVED = "unsaved-"
"""Beginning of the names of files in which activations of no file are kept for the case of a crash."""
LARGEST = 8 << 20
"""Bytes; with every recording of the article's data selected a session takes 60 thousand."""
LOOKS = ("system", "light", "dark")
_LONGEST_PATH = 4096
_FARTHEST = 1e9
_FOR_PEOPLE = ("provenance", "class_word", "sequence_word")
"""What is told of activations, and does not tell them from others."""
_LARGEST_PANE = 30_000


@dataclass(frozen=True)
class CameraPose:
    """Camera of the 3-D view, as the window takes it, and as pictures are drawn.

    Attributes
    ----------
    azimuth, elevation : float
        Degrees.
    zoom : float
        1 shows everything.
    centre : tuple of float
        In the map's coordinates.
    distance, field : float
        From the camera to the centre in the map's coordinates, and field of view in degrees; 0 where not known.
    """

    azimuth: float
    elevation: float
    zoom: float
    centre: tuple[float, float, float]
    distance: float = 0.0
    field: float = 0.0


@dataclass(frozen=True)
class Source:
    """Reference to the activations of a session.

    Attributes
    ----------
    file : str
        Absolute path; empty for the shipped ones, or where they came from no file.
    beside : str
        Path relative to the session file, so that both can be moved together; empty if there is none.
    shipped : bool
    identity : mapping of str to object
        Numbers of recordings, steps and units, and the projections' fingerprints, to recognise the activations.
    weights, weights_on : str
        Absolute paths of the folder of published weights that made them, and of the recordings that these were run over
        (empty: the imported ones); the weights are empty for all others.
    layer : str
        Name of the layer that is shown, where there are several.
    """

    file: str = ""
    beside: str = ""
    shipped: bool = False
    identity: Mapping[str, Any] = field(default_factory=dict)
    weights: str = ""
    weights_on: str = ""
    layer: str = ""


@dataclass(frozen=True)
class SavedSession:
    """Contents of a session file.

    Attributes
    ----------
    shown : mapping
        The state as `core.saved_state.state_to_json` returns it.
    source : Source
    look : str or None
        "system", "light" or "dark".
    map_view : tuple of float or None
        Left, right, bottom, top in the map's coordinates; None where it shows everything.
    camera : CameraPose or None
    sizes : mapping of int to (float, float)
        Width and height of the 2-D and the 3-D pane, logical pixels, by number of dimensions; they scale pictures.
    sign_list : bool
        Whether the list of signs is open.
    labels : object
        Labels of steps as `core.saved_labels.labels_to_json` returns them.
    remarks : tuple of str
        What could not be read, in a few words each.
    """

    shown: Mapping[str, Any]
    source: Source = Source()
    look: str | None = None
    map_view: tuple[float, float, float, float] | None = None
    camera: CameraPose | None = None
    sizes: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    sign_list: bool = True
    labels: Any = ()
    remarks: tuple[str, ...] = ()


def identity(activations: Activations) -> dict[str, Any]:
    """Return what identifies these activations, as JSON values."""
    a = activations
    return {
        "recordings": len(a),
        "steps": a.steps,
        "units": a.units,
        "projections": {str(dims): each.fingerprint for dims, each in sorted(a.projections.items())},
        "provenance": dict(a.provenance),
        "class_word": a.wording.class_word,
        "sequence_word": a.wording.sequence_word,
    }


def is_of(saved: Source, activations: Activations) -> bool:
    """Return whether a session was saved with these activations, as far as its file says."""
    here = identity(activations)
    return all(saved.identity.get(name, here[name]) == here[name] for name in here if name not in _FOR_PEOPLE)


def same_projection(saved: Source, activations: Activations, dims: int) -> bool:
    """Return whether a saved viewpoint is valid for these activations' projection: it is the same projection."""
    there = saved.identity.get("projections")
    here = activations.projections.get(dims)
    return isinstance(there, dict) and here is not None and there.get(str(dims)) == here.fingerprint


def shows_same_map(saved: SavedSession, activations: Activations, state: SessionState, dims: int) -> bool:
    """Return whether a saved viewpoint is valid for the projection that a state shows: it is the same one."""
    run = saved.shown.get(f"run_{dims}d", "")
    if run != state.run(dims):
        return False
    return bool(run) or same_projection(saved.source, activations, dims)


def source_of(activations: Activations, file: Path | None, kept: Path | None = None) -> Source:
    """Return the reference to activations that is saved in a session file.

    Parameters
    ----------
    activations : Activations
    file : Path or None
        The session file, for the relative path.
    kept : Path, optional
        Cache in which activations of the running program were kept.
    """
    origin = activations.origin
    if origin.kind is Kind.PUBLISHED:
        return Source(weights=origin.weights, weights_on=origin.recordings, identity=identity(activations))
    layer = activations.layer if len(activations.layers) > 1 else ""
    path = kept or getattr(activations.states, "path", None)
    if path is None:
        return Source(identity=identity(activations), layer=layer)
    path = Path(path).absolute()
    if path == paths.ships("activations.h5").absolute():
        return Source(shipped=True, identity=identity(activations), layer=layer)
    beside = ""
    if file is not None:
        try:
            beside = Path(os.path.relpath(path, file.absolute().parent)).as_posix()
        except ValueError:
            beside = ""  # another drive
    return Source(str(path), beside, identity=identity(activations), layer=layer)


def kept_for_a_crash(file: Path) -> bool:
    """Return whether a file holds activations that the person never saved, and the program kept by itself."""
    return file.name.startswith(UNSAVED) and file.parent == paths.data_dir() / "sessions"


def is_unsaved(activations: Activations) -> bool:
    """Return whether activations stand in no file of the person's."""
    path = getattr(activations.states, "path", None)
    return activations.origin.kind is Kind.MEMORY and (path is None or kept_for_a_crash(Path(path)))


def find_source(source: Source, session_file: Path) -> Path | None:
    """Find the file of a session's activations; None where it is not found."""
    if source.shipped:
        shipped = paths.ships("activations.h5")
        return shipped if shipped.is_file() else None
    folder = session_file.absolute().parent
    name = source.file.replace("\\", "/").rpartition("/")[2]
    # The last, by name alone: both were copied into one folder, maybe from another system.
    written = ((Path(), source.file), (folder, source.beside), (folder, name))
    for root, path in written:
        # A path to another computer would make Windows introduce itself there, just for a look.
        if not path or _is_elsewhere(path):
            continue
        place = root / path
        try:
            if is_regular(place):
                return place
        except (OSError, ValueError):
            continue
    return None


def _is_elsewhere(path: str) -> bool:
    """Return whether Windows would look for a path on another computer, however its slashes lean."""
    return path.replace("\\", "/").startswith("//")


def write_session(file: Path, session: SavedSession) -> None:
    """Write a session file atomically.

    Raises
    ------
    UserError
        If it cannot be written.
    """
    camera = session.camera
    content = {
        "format": FORMAT,
        "version": VERSION,
        "program": __version__,
        "saved": datetime.now(UTC).isoformat(timespec="seconds"),
        "activations": {
            "file": session.source.file,
            "beside": session.source.beside,
            "shipped": session.source.shipped,
            "weights": session.source.weights,
            "weights_on": session.source.weights_on,
            "layer": session.source.layer,
            **session.source.identity,
        },
        "shown": dict(session.shown),
        "look": session.look,
        "views": {
            "map": list(session.map_view) if session.map_view else None,
            "camera": None
            if camera is None
            else {
                "azimuth": camera.azimuth,
                "elevation": camera.elevation,
                "zoom": camera.zoom,
                "centre": list(camera.centre),
                "distance": camera.distance,
                "field": camera.field,
            },
            "sizes": {str(dims): list(size) for dims, size in session.sizes.items()},
        },
        "window": {"sign_list": session.sign_list},
    }
    if session.labels:
        content["step_labels"] = list(session.labels)
    write_bytes(
        file,
        (json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8", "backslashreplace"),
    )


def read_session(file: Path) -> SavedSession:
    """Read a session file; parts that cannot be read become remarks.

    Raises
    ------
    UserError
        If it is missing, too large, or no session at all.
    """
    content = read_json(file, LARGEST, "a session of this program")
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise UserError(f"{shown(file)} is no session of this program.")
    with translating(file, "a session of this program"):
        return _Parser(content).run()


class _Parser:
    """Takes over valid parts of a session file, and collects remarks on the rest."""

    def __init__(self, content: dict[str, Any]) -> None:
        self._content = content
        self._remarks: list[str] = []

    def run(self) -> SavedSession:
        version = self._content.get("version")
        if type(version) is not int or version < 1:
            self._remarks.append("its version cannot be read")
        elif version > VERSION:
            self._remarks.append("a newer version of the program has written it")
        shown, views, window = self._part("shown"), self._part("views"), self._part("window")
        look = self._content.get("look")
        sign_list = window.get("sign_list", True)
        return SavedSession(
            shown=shown,
            source=self._source(self._part("activations")),
            look=look if look in LOOKS else None,
            map_view=self._map(views.get("map")),
            camera=self._camera(views.get("camera")),
            sizes=_sizes(views.get("sizes")),
            sign_list=sign_list if isinstance(sign_list, bool) else True,
            labels=self._content.get("step_labels", ()) or (),
            remarks=tuple(self._remarks),
        )

    def _part(self, name: str) -> dict[str, Any]:
        part = self._content.get(name)
        if not isinstance(part, dict):
            self._remarks.append(f"the part “{name}” is missing")
            return {}
        return part

    def _source(self, part: dict[str, Any]) -> Source:
        file, beside = part.get("file", ""), part.get("beside", "")
        weights, weights_on = part.get("weights", ""), part.get("weights_on", "")
        layer = part.get("layer", "")
        if not isinstance(layer, str) or len(layer) > _LONGEST_PATH:
            self._remarks.append("the name of its layer cannot be read")
            layer = ""
        paths_ = (file, beside, weights, weights_on)
        if any(not isinstance(path, str) or len(path) > _LONGEST_PATH or "\0" in path for path in paths_):
            self._remarks.append("the path of its activations cannot be read")
            file = beside = weights = weights_on = ""
        if any(_is_elsewhere(path) for path in (weights, weights_on)):
            self._remarks.append("its weights lie on another computer, which is not asked for them")
            weights = weights_on = ""
        names = ("recordings", "steps", "units", "projections", *_FOR_PEOPLE)
        known = {name: part[name] for name in names if name in part}
        return Source(file, beside, part.get("shipped") is True, known, weights, weights_on, layer)

    def _map(self, value: Any) -> tuple[float, float, float, float] | None:
        if value is None:
            return None
        numbers = _numbers(value, 4)
        if numbers is None or not (_wide(numbers[0], numbers[1]) and _wide(numbers[2], numbers[3])):
            self._remarks.append("the view of the map cannot be read")
            return None
        return numbers[0], numbers[1], numbers[2], numbers[3]

    def _camera(self, value: Any) -> CameraPose | None:
        if value is None:
            return None
        angles = [value.get(name) for name in ("azimuth", "elevation", "zoom")] if isinstance(value, dict) else None
        numbers, centre = _numbers(angles, 3), _numbers(value.get("centre") if angles else None, 3)
        if numbers is None or centre is None or not 1e-3 <= numbers[2] <= 1e3:
            self._remarks.append("the 3-D view cannot be read")
            return None
        exact = _numbers([value.get("distance"), value.get("field")], 2) or [0.0, 0.0]
        if not (exact[0] > 0 and 1 <= exact[1] < 180):
            exact = [0.0, 0.0]
        elevation = min(max(numbers[1], -90.0), 90.0)
        return CameraPose(numbers[0] % 360, elevation, numbers[2], (centre[0], centre[1], centre[2]), *exact)


def _sizes(value: Any) -> dict[int, tuple[float, float]]:
    """Return the sizes of panes; one that cannot be read is left out, since only pictures' scales hang on it."""
    found = {}
    for dims in (2, 3):
        size = _numbers(value.get(str(dims)), 2) if isinstance(value, dict) else None
        if size is not None and all(1 <= each <= _LARGEST_PANE for each in size):
            found[dims] = size[0], size[1]
    return found


def _wide(low: float, high: float) -> bool:
    # Narrower than numbers can tell apart, and the view could not be drawn.
    return high - low > 1e-6 * max(1.0, abs(low), abs(high))


def _numbers(value: Any, count: int) -> list[float] | None:
    if not isinstance(value, list) or len(value) != count:
        return None
    if any(type(each) not in (int, float) for each in value):
        return None
    # Before an int of a thousand digits becomes a float; not a number lies nowhere.
    if any(not -_FARTHEST < each < _FARTHEST for each in value):
        return None
    return [float(each) for each in value]
