"""PyTorch where it is installed, and a small stand-in for it that mimics modules, hooks and packed sequences."""

from __future__ import annotations

import itertools
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest


class Module:
    """What `torch.nn.Module` offers to those who watch it."""

    training = False

    def __init__(self) -> None:
        self._hooks: dict[int, tuple[Any, bool]] = {}
        self._ids = itertools.count()

    def register_forward_hook(self, hook: Any, *, with_kwargs: bool = False) -> Any:
        number = next(self._ids)
        self._hooks[number] = hook, with_kwargs
        return SimpleNamespace(remove=lambda: self._hooks.pop(number))

    def named_modules(self, name: str = "") -> Any:
        yield name, self
        for key, part in vars(self).items():
            if isinstance(part, Module):
                yield from part.named_modules(f"{name}.{key}".lstrip("."))

    def state_dict(self) -> dict[str, np.ndarray]:
        return {key: value for key, value in vars(self).items() if key.startswith(("weight", "bias_"))}

    def load_state_dict(self, given: dict[str, np.ndarray]) -> None:
        vars(self).update(given)

    def parameters(self) -> Any:
        return iter([SimpleNamespace(device="cpu", dtype=np.float32)])

    def to(self, **_: Any) -> Module:
        return self

    def eval(self) -> Module:
        return self

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        out = self.forward(*args, **kwargs)
        for hook, with_kwargs in list(self._hooks.values()):
            hook(self, args, kwargs, out) if with_kwargs else hook(self, args, out)
        return out


class RNN(Module):
    """A tanh network of one or more layers, in one or two directions."""

    nonlinearity, bias, dropout = "tanh", True, 0.0

    def __init__(
        self, input_size: int, hidden_size: int, num_layers: int = 1, *, bias: bool = True, batch_first: bool = False,
        bidirectional: bool = False, nonlinearity: str = "tanh",
    ) -> None:  # fmt: skip
        super().__init__()
        self.input_size, self.hidden_size, self.num_layers = input_size, hidden_size, num_layers
        self.batch_first, self.bidirectional = batch_first, bidirectional
        rng, ways = np.random.default_rng(7), 1 + bidirectional
        for layer in range(num_layers):
            for way in range(ways):
                size = input_size if layer == 0 else hidden_size * ways
                weights = rng.normal(0, 0.4, (size + hidden_size, hidden_size)).astype(np.float32)
                setattr(self, f"weight_l{layer}_{way}", weights)

    def forward(self, x: Any, hx: Any = None) -> Any:
        packed = hasattr(x, "batch_sizes")
        rows = unpacked(x) if packed else list(x if self.batch_first else x.swapaxes(0, 1))
        rows = [self._run(row) for row in rows]
        if packed:
            return pack(rows), None
        out = np.stack(rows)
        return (out if self.batch_first else out.swapaxes(0, 1)), None

    def _run(self, row: np.ndarray) -> np.ndarray:
        for layer in range(self.num_layers):
            halves = []
            for way in range(1 + self.bidirectional):
                weights, state, states = getattr(self, f"weight_l{layer}_{way}"), np.zeros(self.hidden_size), []
                for step in row[::-1] if way else row:
                    state = np.tanh(np.concatenate([step, state]) @ weights)
                    states.append(state)
                halves.append(np.array(states[::-1] if way else states, np.float32))
            row = np.concatenate(halves, axis=1)
        return row


class LSTM(RNN):
    """The same with cells and PyTorch's names of weights: gates are input, forget, candidate and output."""

    def __init__(self, input_size: int, hidden_size: int, num_layers: int = 1, **settings: Any) -> None:
        super().__init__(input_size, hidden_size, num_layers, **settings)
        rng, ways = np.random.default_rng(8), 1 + self.bidirectional
        for layer, suffix in itertools.product(range(num_layers), ("", "_reverse")[:ways]):
            size = input_size if layer == 0 else hidden_size * ways
            for name, shape in (
                ("weight_ih", (size,)),
                ("weight_hh", (hidden_size,)),
                ("bias_ih", ()),
                ("bias_hh", ()),
            ):
                values = rng.normal(0, 0.5, (4 * hidden_size, *shape)).astype(np.float32)
                setattr(self, f"{name}_l{layer}{suffix}", values)

    def forward(self, x: Any, hx: Any = None) -> Any:
        self.last_cells: list[np.ndarray] = []
        out, _ = super().forward(x, hx)
        return out, (None, np.stack(self.last_cells, axis=1))

    def _run(self, row: np.ndarray) -> np.ndarray:
        last = []
        for layer in range(self.num_layers):
            halves = []
            for suffix in ("", "_reverse")[: 1 + self.bidirectional]:
                of = {name: getattr(self, f"{name}_l{layer}{suffix}") for name in ("weight_ih", "weight_hh")}
                bias = getattr(self, f"bias_ih_l{layer}{suffix}") + getattr(self, f"bias_hh_l{layer}{suffix}")
                h = c = np.zeros(self.hidden_size, np.float32)
                states = []
                for step in row[::-1] if suffix else row:
                    i, f, g, o = np.split(of["weight_ih"] @ step + of["weight_hh"] @ h + bias, 4)
                    c = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
                    h = np.tanh(c) / (1 + np.exp(-o))
                    states.append(h)
                last.append(c)
                halves.append(np.array(states[::-1] if suffix else states, np.float32))
            row = np.concatenate(halves, axis=1)
        self.last_cells.append(np.array(last))
        return row


class Linear(Module):
    def __init__(self, input_size: int, output_size: int) -> None:
        super().__init__()
        self.weight = np.random.default_rng(3).normal(0, 1, (output_size, input_size)).astype(np.float32)
        self.bias = np.zeros(output_size, np.float32)

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x @ self.weight.T + self.bias


def pack(rows: list[np.ndarray]) -> Any:
    """Pack sequences as `torch.nn.utils.rnn.pack_sequence` does, without having them sorted first."""
    order = np.argsort([-len(row) for row in rows], kind="stable")
    by_length = [rows[place] for place in order]
    sizes = np.array([sum(len(row) > step for row in rows) for step in range(len(by_length[0]))])
    data = np.concatenate([[row[step] for row in by_length if len(row) > step] for step in range(len(sizes))])
    return SimpleNamespace(data=data, batch_sizes=sizes, sorted_indices=order, unsorted_indices=np.argsort(order))


def unpacked(packed: Any) -> list[np.ndarray]:
    starts, sizes = np.cumsum([0, *packed.batch_sizes[:-1]]), packed.batch_sizes
    rows = [
        np.array([packed.data[starts[step] + place] for step in range(len(sizes)) if sizes[step] > place])
        for place in range(sizes[0])
    ]
    return [rows[place] for place in packed.unsorted_indices]


@pytest.fixture(params=["stand-in", "torch"])
def nn(request: pytest.FixtureRequest) -> Any:
    """Modules, and functions that make and pack tensors: of PyTorch, and of its stand-in."""
    if request.param == "stand-in":
        return SimpleNamespace(
            Module=Module, RNN=RNN, LSTM=LSTM, Linear=Linear, tensor=np.asarray, pack=pack, real=False
        )
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    torch.manual_seed(0)
    return SimpleNamespace(
        Module=torch.nn.Module, RNN=torch.nn.RNN, Linear=torch.nn.Linear, LSTM=torch.nn.LSTM, GRU=torch.nn.GRU,
        tensor=lambda values: torch.tensor(np.asarray(values)), real=True,
        pack=lambda rows: torch.nn.utils.rnn.pack_sequence([torch.tensor(r) for r in rows], enforce_sorted=False),
    )  # fmt: skip
