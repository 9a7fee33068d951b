"""The one door to rapidfuzz: a damaged word brought back to one that the lexicon knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

LEAST_LENGTH = 8
VOWELS = frozenset("aeiouyh")
ELISIONS = ("qu", "l", "d", "n", "s")
LEAST_ELIDED = 6


class Mender:
    """
    Words of the lexicon that a text may have lost a letter of.

    Only a word of eight letters or more, with the right first letter, one letter lost, added or
    changed or two swapped, is mended: a shorter one would be taken for another.

    Args:
        stems: the words as the lexicon writes them, and their stems, each with its stem.
    """

    def __init__(self, stems: Mapping[str, str]) -> None:
        self.stems = stems
        self.near: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(stems):
            if len(word) >= LEAST_LENGTH and word.isalpha():
                for length in (len(word) - 1, len(word), len(word) + 1):
                    self.near[word[0], length].append(word)

    def mended(self, form: str) -> str | None:
        """The stem of the known word that `form` must have been, None if there is none."""
        near = self.near.get((form[0], len(form)))
        if not near:
            return None
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        found = process.extractOne(form, near, scorer=OSA.distance, score_cutoff=1)
        return None if found is None else self.stems[found[0]]


def without_elision(form: str) -> str | None:
    """The word behind an apostrophe that was lost: « linsertion » is insertion."""
    for letters in ELISIONS:
        rest = form.removeprefix(letters)
        if rest != form and len(rest) >= LEAST_ELIDED and rest[0] in VOWELS:
            return rest
    return None
