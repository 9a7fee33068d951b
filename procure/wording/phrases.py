"""
The language of the lexicon: what a lawyer writes to say which words mean a concept.

`clause (sociale|d'insertion)` alternatives; `clause [3] insertion` a gap of three words at most;
`obligatoire?` or `(x y)?` optional; `{territory}` any entry of a list; `#` a number; `=réservé`
that very form and no other of the same stem. Words match by their stem; small words do not count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from procure.wording.words import Word, words_of

NUMBER = "#"
MAX_ALTERNATIVES = 4000
MAX_JOINED = 60
"""Series of words that one slot spells out; beyond, words that follow each other stay two slots."""

MAX_GAP = 40

_TOKEN = re.compile(
    r"\s*(?:(?P<gap>\[\d+\])|(?P<list>\{[a-z0-9-]+\})|(?P<mark>[()|]|(?<!\s)\?)|(?P<number>#)"
    r"|(?P<words>=?[^\s()|?\[\]{}#]+))"
)


class PhraseError(ValueError):
    """A phrase that cannot be read; the message is French."""


class Term(NamedTuple):
    """A word of a phrase: its stem, and the very form asked for, if one is."""

    stem: str
    exactly: str | None = None


Terms = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """Words of a phrase that follow each other: any of several series, or any entry of a list."""

    terms: frozenset[Terms]
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Slots in their order; `gaps[i]` words at most stand between slot i and the next."""

    slots: tuple[Slot, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Gap:
    words: int


_Part = Slot | _Gap
_Series = tuple[_Part, ...]
_EMPTY: Slot = Slot(frozenset({()}))


class PhraseReader:
    """
    Reads phrases.

    `forms` keeps the words as written, each with its stem.

    Args:
        stem: gives the stem of a folded word.
        lists: the slot of each list that a phrase may name.
    """

    def __init__(self, stem: Callable[[str], str], lists: Mapping[str, Slot]) -> None:
        self.stem = stem
        self.lists = lists
        self.forms: dict[str, str] = {}
        self.longest = MAX_JOINED

    def read(self, text: str) -> tuple[Phrase, ...]:
        """
        The phrases that a text of the lexicon stands for.

        Raises:
            PhraseError: a bracket not closed, a gap at an end, an unknown list, nothing but small
                words.
        """
        tokens = list(_tokens(text))
        if tokens and "gap" in (tokens[0][0], tokens[-1][0]):
            raise PhraseError(f"un intervalle doit être entre deux mots : « {text} »")
        series, rest = self._choices(tokens, 0)
        if rest != len(tokens):
            raise PhraseError(f"« {tokens[rest][1]} » n'est pas à sa place dans « {text} »")
        found = tuple(_phrase(full) for one in series for full in _filled(one))
        if not found:
            raise PhraseError(f"rien à chercher dans « {text} »")
        return found

    def terms(self, text: str) -> list[Terms]:
        """The series of words of an entry of a list."""
        found: list[Terms] = []
        self.longest = MAX_ALTERNATIVES
        phrases = self.read(text)
        self.longest = MAX_JOINED
        for phrase in phrases:
            if len(phrase.slots) > 1:
                raise PhraseError(f"une entrée de liste ne peut avoir d'intervalle : « {text} »")
            found += phrase.slots[0].terms
        return found

    def _choices(self, tokens: list[tuple[str, str]], at: int) -> tuple[list[_Series], int]:
        found: list[_Series] = []
        void: list[str] = []
        while True:
            start = at
            series, at = self._sequence(tokens, at)
            if _says_nothing(tokens[start:at], series):
                void.append(" ".join(text for _, text in tokens[start:at]))
            found += series
            if at < len(tokens) and tokens[at] == ("mark", "|"):
                at += 1
                continue
            if void and len(void) < len(found):
                raise PhraseError(f"« {void[0]} » n'a que de petits mots, qui ne comptent pas")
            return _merged(found), at

    def _sequence(self, tokens: list[tuple[str, str]], at: int) -> tuple[list[_Series], int]:
        found: list[_Series] = [()]
        while at < len(tokens) and tokens[at] not in (("mark", "|"), ("mark", ")")):
            parts, at = self._element(tokens, at)
            if at < len(tokens) and tokens[at] == ("mark", "?"):
                parts, at = _merged([*parts, ()]), at + 1
            found = [_joined(left, right, self.longest) for left in found for right in parts]
            if len(found) > MAX_ALTERNATIVES:
                raise PhraseError("trop de possibilités : coupez la phrase en plusieurs")
        return found, at

    def _element(self, tokens: list[tuple[str, str]], at: int) -> tuple[list[_Series], int]:
        kind, text = tokens[at]
        if kind == "gap":
            words = int(text[1:-1])
            if not 0 < words <= MAX_GAP:
                raise PhraseError(f"l'intervalle {text} doit aller de 1 à {MAX_GAP} mots")
            return [(_Gap(words),)], at + 1
        if kind == "list":
            name = text[1:-1]
            if name not in self.lists:
                raise PhraseError(f"la liste « {name} » n'existe pas dans rules/lexicon/lists")
            return [(self.lists[name],)], at + 1
        if kind == "number":
            return [(_slot([(Term(NUMBER),)]),)], at + 1
        if kind == "words":
            return [(_slot([self._terms(text)]),)], at + 1
        if text != "(":
            raise PhraseError(f"« {text} » n'est pas à sa place")
        series, at = self._choices(tokens, at + 1)
        if at >= len(tokens):
            raise PhraseError("une parenthèse n'est pas fermée")
        return series, at + 1

    def _terms(self, text: str) -> Terms:
        exactly = text.startswith("=")
        return tuple(
            Term(self._key(word), word.written.lower() if exactly else None)
            for word in words_of(text.lstrip("="))
        )

    def _key(self, word: Word) -> str:
        if word.kind == "number":
            return NUMBER
        if word.kind != "word":
            return word.form
        found = self.forms[word.form] = self.stem(word.form)
        return found


def _tokens(text: str) -> Iterable[tuple[str, str]]:
    at = 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if found is None:
            raise PhraseError(f"« {text[at:].strip()} » ne se lit pas")
        yield found.lastgroup or "", found.group().strip()
        at = found.end()


def _slot(series: Iterable[Terms]) -> Slot:
    return Slot(frozenset(series))


def _is_plain(series: _Series) -> bool:
    return len(series) == 0 or (
        len(series) == 1 and isinstance(series[0], Slot) and not series[0].capital
    )


def _merged(choices: list[_Series]) -> list[_Series]:
    """Choices made of words alone become one slot; the others stay apart."""
    plain = [series for series in choices if _is_plain(series)]
    if len(plain) < 2:
        return choices
    terms = frozenset().union(*(_terms_of(series) for series in plain))
    return [(Slot(terms),), *(series for series in choices if not _is_plain(series))]


def _terms_of(series: _Series) -> frozenset[Terms]:
    slot = series[0] if series else _EMPTY
    assert isinstance(slot, Slot)
    return slot.terms


def _joined(left: _Series, right: _Series, longest: int) -> _Series:
    """Two series one after the other; slots that touch become one while they stay small."""
    if not left or not right:
        return left + right
    last, first = left[-1], right[0]
    if isinstance(last, Slot) and isinstance(first, Slot) and not (last.capital or first.capital):
        if len(last.terms) * len(first.terms) <= longest:
            both = _slot(a + b for a, b in product(last.terms, first.terms))
            return (*left[:-1], both, *right[1:])
    return left + right


def _filled(series: _Series) -> list[_Series]:
    """The series with and without each slot that may be empty."""
    found: list[_Series] = [()]
    for part in series:
        if isinstance(part, Slot) and () in part.terms:
            full = Slot(part.terms - {()}, part.capital)
            rests: tuple[_Series, ...] = ((full,), ()) if full.terms else ((),)
            found = [one + rest for one in found for rest in rests]
        else:
            found = [(*one, part) for one in found]
    return [one for one in found if one]


def _says_nothing(tokens: list[tuple[str, str]], series: list[_Series]) -> bool:
    """Whether words were written of which none counts."""
    words = [kind for kind, _ in tokens if kind == "words"]
    return len(words) == len(tokens) > 0 and all(_is_void(one) for one in series)


def _is_void(series: _Series) -> bool:
    return all(isinstance(part, Slot) and part.terms == {()} for part in series)


def _phrase(series: _Series) -> Phrase:
    slots: list[Slot] = []
    gaps: list[int] = []
    gap = 0
    for part in series:
        if isinstance(part, _Gap):
            gap += part.words
            continue
        if slots:
            gaps.append(gap)
        slots.append(part)
        gap = 0
    return Phrase(tuple(slots), tuple(gaps))
