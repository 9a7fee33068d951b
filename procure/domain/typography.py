"""French spacing: a narrow no-break space before « : ; ! ? » and inside « »."""

from __future__ import annotations

import re

NARROW = "\u202f"
_BEFORE = re.compile(r" (?=[:;!?»%€](?:\W|$))")
_AFTER = re.compile(r"(?<=«) ")
_ENDS = (".", "!", "?", "…")


def spaced(text: str) -> str:
    """Put narrow no-break spaces where French typography wants them and an ordinary one stands."""
    return _AFTER.sub(NARROW, _BEFORE.sub(NARROW, text))


def sentence(text: str) -> str:
    """End a text with a full stop, unless it ends as a sentence already."""
    return text if text.endswith(_ENDS) else f"{text}."
