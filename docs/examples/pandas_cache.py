"""Writes an activation cache by pandas and h5netcdf alone, as a data frame of hidden states is at hand.

Run: python docs/examples/pandas_cache.py walks.h5
"""

import sys

import h5netcdf
import numpy as np
import pandas as pd

# A line for each step of 12 sequences: which sequence, its class, and eight units.
rng = np.random.default_rng(0)
rows = [(sequence, ("walk", "run")[sequence % 2], step) for sequence in range(12) for step in range(20 + sequence)]
frame = pd.DataFrame(rows, columns=["sequence", "activity", "step"])
for unit in range(8):
    frame[f"h{unit}"] = np.tanh(np.sin(frame["step"] / 5 + unit) + rng.normal(0, 0.1, len(frame)))

first = frame.groupby("sequence").first()
length = frame.groupby("sequence").size()
keys = sorted(first["activity"].unique())
states = frame.filter(like="h").to_numpy(np.float32)

with h5netcdf.File(sys.argv[1], "w") as file:
    file.attrs["format"] = "auslan-explorer-activations"
    file.attrs["version"] = 1
    file.attrs["steps"] = int(length.max())
    file.attrs["units"] = states.shape[1]
    file.dimensions = {"row": len(states), "unit": states.shape[1], "sequence": len(length), "class": len(keys)}
    file.create_variable("hidden_states", ("row", "unit"), "f4", data=states)
    recordings = file.create_group("recordings")
    recordings.create_variable("length", ("sequence",), "i4", data=length.to_numpy(np.int32))
    recordings.create_variable(
        "sign", ("sequence",), "i4", data=np.array([keys.index(each) for each in first["activity"]], np.int32)
    )
    signs = file.create_group("signs")
    signs.create_variable("key", ("class",), "S8", data=np.array(keys, dtype="S8"))

print(f"{len(length)} sequences and {len(states)} steps are in {sys.argv[1]}.")
