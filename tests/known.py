"""What tests hold against texts that somebody has read and kept: numbers may differ in their last digits."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path

import numpy as np

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
_MOST_ITEMS = 12
_OUT = Path(__file__).parents[1] / "out"


def same(one: str, other: str) -> bool:
    """Return whether texts are equal but for the last digits of numbers, which processors round in their own ways."""
    if _NUMBER.sub("#", one) != _NUMBER.sub("#", other):
        return False
    values = [np.array([float(each) for each in _NUMBER.findall(text)]) for text in (one, other)]
    return bool(np.allclose(*values, rtol=2e-3, atol=2e-4))


def compare(folder: Path, name: str, text: str) -> None:
    """Fail where a text is another than the one kept in a folder; the other is written into `out/`.

    Read it there, and where the change is meant, move it to the folder.
    """
    file = folder / f"{name}.txt"
    if file.exists() and same(file.read_text(encoding="utf-8"), text):
        return
    out = _OUT / folder.name
    out.mkdir(parents=True, exist_ok=True)
    (out / file.name).write_text(text, encoding="utf-8")
    assert file.exists(), f"{name} has never been read; it is in {out}"
    assert text == file.read_text(encoding="utf-8"), f"{name} is another text than {file.name}; it is in {out}"


def compare_all(kept: Mapping[Path, Mapping[str, str]]) -> None:
    """Fail where some texts are not those kept in their folders, and say which; see `compare`."""
    problems = []
    for folder, texts in kept.items():
        for name, text in texts.items():
            try:
                compare(folder, name, text)
            except AssertionError as error:
                problems.append(str(error).partition("\n")[0])
        untold = {file.stem for file in folder.glob("*.txt")} - texts.keys()
        problems += [f"{name} is kept in {folder.name} and was not told" for name in untold]
    assert not problems, "\n".join(problems)


def told(name: str, value: object) -> str:
    """Tell a value in lines of text: of a large array its shape, its first and last items, and sums over all."""
    return "\n".join(_lines(name, value)) + "\n"


def _lines(name: str, value: object) -> Iterator[str]:
    if isinstance(value, np.ndarray):
        yield f"{name}: {_array(value)}"
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _lines(f"{name}.{field.name}", getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _lines(f"{name}[{_item(key)}]", each)
    elif isinstance(value, list | tuple) and any(
        isinstance(each, np.ndarray | list | tuple | Mapping) or dataclasses.is_dataclass(each) for each in value
    ):
        for number, each in enumerate(value):
            yield from _lines(f"{name}[{number}]", each)
    elif isinstance(value, list | tuple):
        yield f"{name}: {' '.join(map(_item, value))}"
    elif isinstance(value, frozenset | set):
        yield f"{name}: {' '.join(map(_item, sorted(value)))}"
    else:
        yield f"{name}: {_item(value)}"


def _array(values: np.ndarray) -> str:
    shape = " x ".join(map(str, values.shape))
    flat = values.ravel()
    if len(flat) <= 2 * _MOST_ITEMS or flat.dtype.kind not in "biuf":
        return f"{shape}: {' '.join(_item(each) for each in flat[: 4 * _MOST_ITEMS].tolist())}"
    numbers = np.nan_to_num(flat.astype(np.float64), nan=-7.0, posinf=1e3, neginf=-1e3)
    # The second sum tells a change of order.
    places = np.cos(np.arange(len(numbers)))
    sums = f"sums {_item(float(np.abs(numbers).mean()))} {_item(float((numbers * places).mean()))}"
    ends = [" ".join(_item(each) for each in part.tolist()) for part in (flat[:_MOST_ITEMS], flat[-_MOST_ITEMS:])]
    return f"{shape}: {ends[0]} ... {ends[1]}; {sums}"


def _item(value: object) -> str:
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, float | np.floating):
        return f"{float(value):.4f}" if abs(value) < 1e4 else f"{float(value):.4e}"
    return repr(value) if isinstance(value, str) else str(value)
