"""Options of `render` and `film` for what is drawn over the maps beside paths."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auslan_explorer.core.session import SessionState


def add_map_layers(parser: argparse._ActionsContainer) -> None:
    """Add the options --landscape, --flow and --resting."""
    parser.add_argument(
        "--landscape", action="store_true", help="what the network would answer at each place of the 2-D map"
    )
    parser.add_argument("--flow", action="store_true", help="arrows where paths go on to in the mean, on the 2-D map")
    parser.add_argument(
        "--resting",
        choices=["rest", "mean"],
        help="where the network would stay if hands stayed at rest, or in the mean frame; needs imported recordings",
    )


def asked_for(args: argparse.Namespace) -> dict[str, Any]:
    """Return the fields of the state that these options set."""
    from auslan_explorer.core.resting import HeldInput

    fields: dict[str, Any] = {name: True for name in ("landscape", "flow") if getattr(args, name)}
    return fields if args.resting is None else {**fields, "resting": HeldInput(args.resting)}


def with_map_layers(state: SessionState, args: argparse.Namespace) -> SessionState:
    """Return a state that draws what is asked for too."""
    return replace(state, **asked_for(args))
