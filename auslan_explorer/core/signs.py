"""Keys of signs in the files, and their readable names."""

from __future__ import annotations

# Keys whose readable form cannot be derived by replacing hyphens and underscores.
_READABLE = {
    "change_mind_": "change mind",
    "computer_PC_": "computer (PC)",
    "is_true_": "is it true?",
    "wait_notyet_": "wait / not yet",
    "his_hers": "his / hers",
    "her": "his / hers",
    "flash-light": "flashlight",
}

# UCI's own archive calls the three ``his_hers`` recordings of the first session ``her``.
KEY_ALIASES = {"her": "his_hers"}

# The article drops this sign because of the file-name trouble above (section "Auslan sign classifier").
ARTICLE_DROPS = "his_hers"


def readable_name(key: str) -> str:
    """Return the readable name of a sign key such as ``computer_PC_``."""
    if key in _READABLE:
        return _READABLE[key]
    return key.replace("_", " ").replace("-", " ").strip() or key
