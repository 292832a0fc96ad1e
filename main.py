"""Starts Auslan Explorer; `python main.py ...` takes what the command `auslan-explorer` takes."""

from __future__ import annotations

import sys

from auslan_explorer.cli import main

if __name__ == "__main__":
    sys.exit(main())
