"""What every action may use; a room's table names what its own actions use besides, in a protocol of its own."""

from __future__ import annotations

from typing import Protocol

from auslan_explorer.core.session import Session
from auslan_explorer.gui.window_port import Panels, Reporter, WindowPort


class ActionContext(Protocol):
    """The session, and the window as rooms know it; `gui.window.commands.Commands` is the one that actions get."""

    @property
    def session(self) -> Session: ...

    @property
    def docks(self) -> Panels: ...

    @property
    def reporter(self) -> Reporter: ...

    @property
    def window(self) -> WindowPort: ...
