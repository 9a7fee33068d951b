"""The one door to snowball: the stem of a French word."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("french")


@cache
def stem(form: str) -> str:
    """The stem of a word in lower case, without accents (Porter 2001, French)."""
    return str(_stemmer().stemWord(form))
