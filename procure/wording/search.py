"""
Finds many phrases in one reading of a text.

The one door to pyahocorasick: the words of every slot are sought at once, then put together.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import ahocorasick

from procure.wording.mending import Mender, without_elision
from procure.wording.phrases import NUMBER, Phrase, Slot, Terms
from procure.wording.stems import stem
from procure.wording.words import Word, folded, words_of

BORDER = "\n"
PREFIX = 3


class Span(NamedTuple):
    """Words of a text, from `first` to `last` included."""

    first: int
    last: int


class Checks(NamedTuple):
    """The very forms that some words must have, by their place among them; a capital first."""

    forms: tuple[tuple[int, str, str], ...]
    is_proper: bool


class Reading:
    """
    A text, its words as keys, and where each slot of the lexicon stands in it.

    `mended` are the words brought back from damage.
    """

    def __init__(self, text: str, words: Sequence[Word], keys: Sequence[str | None]) -> None:
        self.text = text
        self.words = words
        self.keys = keys
        self.mended: set[int] = set()
        self.spans: dict[int, list[Span]] = {}

    def passage(self, index: int) -> int:
        return self.words[index].passage

    def crosses(self, span: Span) -> bool:
        """Whether some words belong to two passages."""
        return self.passage(span.first) != self.passage(span.last)


class Searcher:
    """
    Phrases made ready: each slot is sought once, however many phrases share it.

    Args:
        phrases: every phrase that will be asked for.
        forms: the words as the lexicon writes them, each with its stem.
    """

    def __init__(self, phrases: Iterable[Phrase], forms: Mapping[str, str]) -> None:
        self.slots: dict[Slot, int] = {}
        self.vocabulary: set[str] = set()
        self.stems: dict[str, str | None] = {}
        self.damaged: set[str] = set()
        keys: dict[str, list[tuple[int, Terms]]] = {}
        for phrase in phrases:
            for slot in phrase.slots:
                self._add(slot, keys)
        self.prefixes = {word[:PREFIX] for word in (*self.vocabulary, *forms)}
        self.starts = {prefix[:-1] for prefix in self.prefixes}
        self.mender = Mender({**{word: word for word in self.vocabulary}, **forms})
        self.automaton: Any = ahocorasick.Automaton()
        self.capitals = {number for slot, number in self.slots.items() if slot.capital}
        for key, found in keys.items():
            slots = [(number, self._checked(number, terms)) for number, terms in found]
            self.automaton.add_word(f" {key} ", (len(found[0][1]), slots))
        self.automaton.make_automaton()

    def _add(self, slot: Slot, keys: dict[str, list[tuple[int, Terms]]]) -> None:
        if slot in self.slots:
            return
        number = self.slots[slot] = len(self.slots)
        for terms in slot.terms:
            self.vocabulary.update(term.stem for term in terms)
            keys.setdefault(" ".join(term.stem for term in terms), []).append((number, terms))

    def _checked(self, number: int, terms: Terms) -> Checks | None:
        """What must be checked where the stems of some words were found; None for nothing."""
        forms = tuple(
            (place, term.exactly, folded(term.exactly))
            for place, term in enumerate(terms)
            if term.exactly is not None
        )
        is_proper = number in self.capitals
        return Checks(forms, is_proper) if forms or is_proper else None

    def read(self, text: str) -> Reading:
        """The text with the places of every slot in it."""
        words = words_of(text)
        reading = Reading(text, words, [self._key(word) for word in words])
        reading.mended.update(i for i, word in enumerate(words) if word.form in self.damaged)
        self._seek(reading)
        return reading

    def _seek(self, reading: Reading) -> None:
        line, index = _line(reading)
        for end, (count, slots) in self.automaton.iter(line):
            last = index[end]
            span = Span(last - count + 1, last)
            for number, checked in slots:
                if checked is None or _agrees(reading.words, span.first, checked):
                    reading.spans.setdefault(number, []).append(span)

    def _key(self, word: Word) -> str | None:
        """What the automaton reads of a word; None for a word that no phrase has."""
        if word.kind == "number":
            return NUMBER
        if word.kind != "word":
            return word.form
        try:
            return self.stems[word.form]
        except KeyError:
            found = self.stems[word.form] = self._stem(word.form)
            return found

    def _plain(self, form: str) -> str | None:
        return stem(form) if form[:PREFIX] in self.prefixes else None

    def _stem(self, form: str) -> str | None:
        found = self._plain(form)
        if found in self.vocabulary:
            return found
        if (behind := without_elision(form)) is not None:
            found = self._plain(behind)
            if found in self.vocabulary:
                return found
        return self._mended(form)

    def _mended(self, form: str) -> str | None:
        """The stem of a damaged word: as written, or once its ending is off."""
        if form[: PREFIX - 1] not in self.starts:
            return None
        found = self.mender.mended(form) or self.mender.mended(stem(form))
        if found is not None:
            self.damaged.add(form)
        return found

    def spans(self, phrase: Phrase, reading: Reading) -> list[Span]:
        """Where a phrase stands, its words in order, within a passage, as short as can be."""
        columns = []
        for slot in phrase.slots:
            column = reading.spans.get(self.slots[slot])
            if column is None:
                return []
            columns.append(column)
        if len(columns) == 1:
            return columns[0]
        ends = ((one.first, _chain(reading, one, columns[1:], phrase.gaps)) for one in columns[0])
        return [Span(first, last) for first, last in ends if last is not None]


def _agrees(words: Sequence[Word], first: int, checks: Checks) -> bool:
    """
    Whether words found by their stems are the very forms asked for.

    A text without accents may have lost them: it agrees with any form that only accents part.
    """
    if checks.is_proper and not words[first].written[0].isupper():
        return False
    for place, asked, plain in checks.forms:
        word = words[first + place]
        written = word.written.lower()
        if written != asked and not (word.form == plain and written.isascii()):
            return False
    return True


def _chain(
    reading: Reading, first: Span, columns: Sequence[list[Span]], gaps: Sequence[int]
) -> int | None:
    """The last word of the shortest series of spans that follows `first`; None if there is none."""
    passage = reading.passage(first.first)
    ends = [first.last]
    for column, gap in zip(columns, gaps, strict=True):
        following = []
        for end in ends:
            low = bisect_left(column, (end + 1, 0))
            high = bisect_right(column, (end + 1 + gap, len(reading.words)))
            following += [
                span.last for span in column[low:high] if reading.passage(span.last) == passage
            ]
        if not following:
            return None
        ends = sorted(set(following))
    return ends[0]


def _line(reading: Reading) -> tuple[str, dict[int, int]]:
    """The keys as one line, passages apart, and the word that each space ends."""
    parts: list[str] = [" "]
    index: dict[int, int] = {}
    at = 1
    previous = None
    for i, (word, key) in enumerate(zip(reading.words, reading.keys, strict=True)):
        if previous is not None and word.passage != previous:
            parts.append(BORDER + " ")
            at += 2
        previous = word.passage
        part = f"{key or '_'} "
        parts.append(part)
        at += len(part)
        index[at - 1] = i
    return "".join(parts), index
