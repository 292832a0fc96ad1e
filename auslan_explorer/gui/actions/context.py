"""What every action may use; each feature folder extends it with a protocol for its own actions."""

from __future__ import annotations

from typing import Protocol

from auslan_explorer.core.session import Session
from auslan_explorer.gui.window_port import Panels, Reporter, WindowPort


class ActionContext(Protocol):
    """Session, docks, reporter and window; implemented by `gui.window.commands.Commands`."""

    @property
    def session(self) -> Session: ...

    @property
    def docks(self) -> Panels: ...

    @property
    def reporter(self) -> Reporter: ...

    @property
    def window(self) -> WindowPort: ...
