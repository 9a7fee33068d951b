"""How names are compared: capitals, accents, hyphens, articles and plurals do not count."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")
_ARTICLES = frozenset("a au aux d de des du en et l la le les".split())
_SHORT = {"st": "saint", "ste": "sainte", "sts": "saint", "stes": "sainte"}


def bare(text: str) -> str:
    """The text in lower case without accents: « Œuvre générale » is « oeuvre generale »."""
    plain = text.lower().replace("œ", "oe").replace("æ", "ae")
    spread = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def words(text: str) -> tuple[str, ...]:
    """The words that tell names apart: no article, « st » in full, no ending of the plural."""
    found = (_SHORT.get(word, word) for word in _WORD.findall(bare(text)))
    return tuple(_singular(word) for word in found if word not in _ARTICLES)


def key(text: str) -> str:
    """The form under which two spellings of a name are the same."""
    return " ".join(words(text))


def _singular(word: str) -> str:
    """The word without the letter of its plural; short words keep it (« gaz », « vis »)."""
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word
