"""Where the project lives, for packages that have to say so.

Stands in pyproject.toml, [project.urls]; what is not said there is known where a hosted machine builds a release
(GitHub's own variables). Where neither knows it, packages are made without addresses.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"


@dataclass(frozen=True)
class Addresses:
    """Addresses on the web, None where not known.

    Attributes
    ----------
    homepage : str or None
    source : str or None
        The repository.
    issues : str or None
        Where people ask, and where the source of what is under the GPL is asked for.
    """

    homepage: str | None
    source: str | None
    issues: str | None

    def file(self, place: str, version: str) -> str | None:
        """Address of a file of the repository at a version's tag."""
        return f"{self.source}/raw/v{version}/{place}" if self.source else None


def addresses() -> Addresses:
    """Read the addresses."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    told = {name.lower(): address.rstrip("/") for name, address in project.get("urls", {}).items()}
    repository = os.environ.get("GITHUB_REPOSITORY")
    hosted = f"{os.environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{repository}" if repository else None
    source = told.get("source") or told.get("repository") or hosted
    homepage = told.get("homepage") or source
    return Addresses(homepage, source, told.get("issues") or (f"{source}/issues" if source else None))
