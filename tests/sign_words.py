"""Words that nothing says of other data than sign language."""

from __future__ import annotations

import re

SIGN_WORDS = re.compile(
    r"\b(signs?(?!\()|signers?|signbank|recordings?|recorded|hands|handed|handshape|gloves?|gestures?|"
    r"auslan(?![- ]explorer)|articles?|trials?|donor)\b|(?<!at )\bhand\b|\bsession \d|session:|recording session",
    re.IGNORECASE,
)
"""Words that belong to sign language data; a session is also what the program saves."""
