"""The function `record`: writes what a network does with sequences to a file that the window opens."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from auslan_explorer.capture.keras_model import is_keras_model, run_keras
from auslan_explorer.capture.recorded import Options, Recorded, write_recorded
from auslan_explorer.capture.torch_model import TorchRecorder, is_torch_model
from auslan_explorer.core.errors import UserError


class Record:
    """Writes the hidden states of a model, or of arrays, to a file; see `__call__` and `arrays`."""

    def __call__(
        self,
        model: Any,
        file: str | Path,
        x: Any = None,
        labels: Any = None,
        *,
        lengths: Any = None,
        mask: Any = None,
        head: str | None = None,
        batch_size: int = 256,
        **options: Any,
    ) -> Any:
        """Record the recurrent layers of a model, each layer and direction apart.

        A Keras model is run on `x`, and the file is returned. A PyTorch model is recorded while you run it::

            with record(model, "mine.h5", labels=y, lengths=lengths):
                model(X)

        Parameters
        ----------
        model : Keras 3 model or torch.nn.Module
        file : path, ending in .h5
        x : array, for Keras alone
        labels : array of str or int, shape (R,), optional
            Class of each sequence.
        lengths, mask : optional
            Real steps, as in `arrays`. Masks of Keras and packed sequences of PyTorch are found by themselves.
        head : str, optional
            Name of PyTorch's linear layer that gives the classes; by default the last that is called.
        batch_size : int
            Sequences that a Keras model reads at once.
        **options
            `class_names`, `names`, `split`, `step_labels`, `inputs`, `input_names`, `seconds_per_step`, `class_word`,
            `sequence_word`, `provenance`, as in `arrays`. Without `inputs`, the sequences that the model
            reads are kept, if they have at most 64 channels.

        Raises
        ------
        UserError
            If the model has no recurrent layer, something does not fit together, or the file cannot be written.
        """
        said = _options(options)
        if is_torch_model(model):
            if x is not None:
                raise UserError("A PyTorch model is recorded inside a with block: with record(model, file): model(X).")
            return TorchRecorder(model, file, labels, lengths, mask, head, said)
        if not is_keras_model(model):
            raise UserError(
                f"A {type(model).__name__} is no Keras or PyTorch model; give its states to record.arrays instead."
            )
        if x is None:
            raise UserError("record(model, file, X, y) needs the sequences X that the model is to read.")
        recorded, found = run_keras(model, x, batch_size)
        return write_recorded(
            file, recorded, labels, lengths, found if mask is None and lengths is None else mask, said
        )

    def arrays(
        self,
        states: Any,
        file: str | Path,
        labels: Any = None,
        *,
        lengths: Any = None,
        mask: Any = None,
        probabilities: Any = None,
        layer: str = "hidden state",
        layers: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> Path:
        """Write hidden states of any network to a file, and return it.

        Parameters
        ----------
        states : list of arrays (T_i, units), array (R, T, units), or array (S, units) with `lengths`
            Of NumPy, PyTorch, or whatever NumPy can read.
        file : path, ending in .h5
        labels : array of str or int, or a pandas column, shape (R,), optional
            Class of each sequence.
        lengths : array of int, shape (R,), optional
            Real steps of each sequence, from its first step on.
        mask : array of bool, shape (R, T), optional
            True at real steps; in place of `lengths`.
        probabilities : array (R, C), or as `states` with C in place of units, optional
            The network's outputs for each sequence, or at each step.
        layer : str
            What `states` are of.
        layers : mapping of str to states, optional
            Other layers or cell states of the same steps.
        **options
            `class_names` (in the order of the outputs), `names` (of sequences), `split` (0 train, 1 validation, 2
            test), `step_labels` (columns by name, as `states` without units), `inputs` (what the network reads, as
            `states`, with channels in place of units) and `input_names`, `seconds_per_step`, `class_word`,
            `sequence_word`, `provenance`.

        Raises
        ------
        UserError
            If something does not fit together, or the file cannot be written; nothing is left half-written.
        """
        recorded = Recorded({**(layers or {}), layer: states}, layer, probabilities)
        return write_recorded(file, recorded, labels, lengths, mask, _options(options))


def _options(given: dict[str, Any]) -> Options:
    known = Options.__dataclass_fields__
    strange = [name for name in given if name not in known]
    if strange:
        raise UserError(f"record knows no {strange[0]!r}; it takes {', '.join(known)}.")
    return Options(**given)


record = Record()
