"""Finds clauses by words, without accents nor plurals, the best first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from procure.domain.library import LibraryClause

_WORD = re.compile(r"[a-z0-9]+")
_SMALL = frozenset("a au aux d de des du en et l la le les ou par pour sur un une".split())
_ENDINGS = (("eaux", "eau"), ("aux", "al"), ("s", ""), ("x", ""))
_LEAST = 4
_LEAST_BEGUN = 3
WEIGHTS = {"title": 8, "subject": 5, "why": 2, "body": 1}
"""What a word found counts for, by where it stands; a beginning of a word counts half."""


def search(clauses: Iterable[LibraryClause], words: Sequence[str]) -> list[LibraryClause]:
    """The clauses that hold every word, or else most of them; the best first, then by id."""
    wanted = stems(" ".join(words))
    if not wanted:
        return []
    ranked = [(_rank(clause, wanted), clause) for clause in clauses]
    most = max((found for (found, _), _ in ranked), default=0)
    kept = [(rank, clause) for rank, clause in ranked if rank[0] == most and most > 0]
    return [clause for _, clause in sorted(kept, key=lambda one: (-one[0][1], one[1].id))]


def stems(text: str) -> list[str]:
    """The words of a text that carry sense, in the singular, in lower case, without accents."""
    return [_singular(word) for word in _WORD.findall(folded(text)) if word not in _SMALL]


def folded(text: str) -> str:
    """The text in lower case, without accents nor ligatures."""
    spread = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def _singular(word: str) -> str:
    for ending, one in _ENDINGS:
        if word.endswith(ending) and len(word) >= _LEAST:
            return word.removesuffix(ending) + one
    return word


def _rank(clause: LibraryClause, wanted: Sequence[str]) -> tuple[int, float]:
    """How many of the words are found, and what they count for."""
    where = _words(clause)
    marks = [max(_mark(where[key], word) * WEIGHTS[key] for key in WEIGHTS) for word in wanted]
    return sum(mark > 0 for mark in marks), sum(marks)


def _mark(words: frozenset[str], word: str) -> float:
    if word in words:
        return 1.0
    is_begun = len(word) >= _LEAST_BEGUN and any(other.startswith(word) for other in words)
    return 0.5 if is_begun else 0.0


def _words(clause: LibraryClause) -> dict[str, frozenset[str]]:
    named = f"{clause.id} {clause.subject or ''} {clause.kind}"
    parts = {"title": clause.title, "subject": named, "why": clause.why, "body": clause.body}
    return {key: frozenset(stems(text)) for key, text in parts.items()}
