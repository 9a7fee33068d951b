"""Finds the concepts of the lexicon in a text, and sums up what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from procure.domain.tender import Theme
from procure.resources.cache import remembered
from procure.resources.folders import data_folder
from procure.wording.concepts import Around, Concept, Grade, Lexicon, Meaning, Pattern, ReadAs
from procure.wording.denial import Denials
from procure.wording.phrases import Phrase
from procure.wording.search import Reading, Searcher, Span

GRADES: tuple[Grade, ...] = ("lawful", "risky", "unlawful")
MENDED = Decimal("0.85")
"""What is left of the confidence in words that had to be mended."""

SHORT = 200
"""A text of one passage and fewer characters may be the label of a criterion."""

_ITEM = re.compile(r"(?:^|\n)\s*[-–—*•▪●►■□+]")

LocalPreference = Literal["none", "lawful", "risky", "unlawful"]


@dataclass(frozen=True, slots=True)
class Hit:
    """
    A concept found in a text; `passage` is the text from `start` to `end`.

    `value` is the number that the words hold, in the unit of the concept; `grade` how grave a
    local preference or a trap is where it stands.
    """

    concept: str
    passage: str
    start: int
    end: int
    confidence: Decimal
    negated: bool
    grade: Grade | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What the hits that are not denied say together."""

    social: bool
    insertion: bool
    reserved: bool
    environmental: bool
    local_preference: LocalPreference
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class Spotted:
    """The hits of a text, in its order, and their summary."""

    hits: tuple[Hit, ...]
    summary: Summary


class Spotter:
    """A lexicon made ready to read any number of texts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.searcher = Searcher(lexicon.phrases(), lexicon.forms)
        self.concepts = {concept.code: concept for concept in lexicon.concepts}
        self.starts = self._starts()

    def spot(self, text: str, read_as: ReadAs | None = None) -> Spotted:
        """
        What a text says.

        Args:
            read_as: the label or description of a criterion, the field of execution conditions, or
                a whole document; unsaid, a document, whose only passage may be a criterion.
        """
        reading = self.searcher.read(text)
        hits = tuple(self._hits(reading, read_as))
        return Spotted(hits, self._summary(hits, read_as))

    def _starts(self) -> dict[int, list[_Said]]:
        """The phrases of the concepts, by the slot that starts them."""
        found: dict[int, list[_Said]] = {}
        for concept in self.lexicon.concepts:
            for pattern in concept.patterns:
                for phrase in pattern.say:
                    slot = self.searcher.slots[phrase.slots[0]]
                    found.setdefault(slot, []).append(_Said(concept, pattern, phrase))
        return found

    def _hits(self, reading: Reading, read_as: ReadAs | None) -> list[Hit]:
        said = [said for slot in reading.spans for said in self.starts.get(slot, ())]
        if not said:
            return []
        hits = _Scan(self, reading, read_as).hits(said)
        return sorted(hits, key=lambda hit: (hit.start, hit.end, hit.concept))

    def _summary(self, hits: Iterable[Hit], read_as: ReadAs | None) -> Summary:
        said: list[tuple[Hit, Meaning]] = [
            (hit, self.concepts[hit.concept].means) for hit in hits if not hit.negated
        ]
        senses = {sense for _, means in said for sense in means.summary or ()}
        themes: list[Theme] = [means.theme for _, means in said if means.theme]
        grades = [
            GRADES.index(hit.grade)
            for hit, _ in said
            if hit.grade and hit.concept.startswith("local_preference.")
        ]
        preference: LocalPreference = GRADES[max(grades)] if grades else "none"
        if read_as == "criterion" and preference in ("risky", "unlawful"):
            themes.append("local_preference")
        return Summary(
            social="social" in senses,
            insertion="insertion" in senses,
            reserved="reserved" in senses,
            environmental="environmental" in senses,
            local_preference=preference,
            themes=tuple(dict.fromkeys(themes)) or (("other",) if read_as == "criterion" else ()),
        )


class _Said(NamedTuple):
    """A phrase of a concept."""

    concept: Concept
    pattern: Pattern
    phrase: Phrase


class _Found(NamedTuple):
    """A phrase of a concept and where it stands."""

    said: _Said
    span: Span


def _surest_then_longest(found: _Found) -> tuple[Decimal, int, int]:
    span = found.span
    return (-found.said.pattern.confidence, span.first - span.last, span.first)


def _overlap(one: Span, other: Span) -> bool:
    return one.first <= other.last and other.first <= one.last


class _Scan:
    """One reading of a text: its denials, and how each of its passages is read."""

    def __init__(self, spotter: Spotter, reading: Reading, read_as: ReadAs | None) -> None:
        self.searcher = spotter.searcher
        self.reading = reading
        self.denials = Denials(spotter.lexicon, spotter.searcher, reading)
        self.read_as = read_as
        self.standing: dict[int, set[int]] = {}
        self.criteria = self._criteria(spotter.lexicon)
        self.introductions = _introductions(reading) if self._is_document else {}

    def hits(self, said: Iterable[_Said]) -> Iterator[Hit]:
        """The hits of some phrases; none over another of its concept, the surest first."""
        found = [
            _Found(one, span)
            for one in said
            for span in self.searcher.spans(one.phrase, self.reading)
            if self._holds(one.concept, one.pattern, span)
        ]
        found.sort(key=_surest_then_longest)
        taken: dict[str, list[Span]] = {}
        for one in found:
            spans = taken.setdefault(one.said.concept.code, [])
            if not any(_overlap(one.span, other) for other in spans):
                spans.append(one.span)
                yield self._hit(one)

    def _holds(self, concept: Concept, pattern: Pattern, span: Span) -> bool:
        passage = self.reading.passage(span.first)
        reading = self._reading(passage)
        if not _is_read(concept.family, reading, self.read_as, self._may_be_criterion):
            return False
        if pattern.readings and not self._suits(pattern.readings, reading):
            return False
        if not self._fits(pattern.around, passage):
            return False
        return not self._is_document or self._fits(
            concept.in_document, passage, self.introductions.get(passage, passage)
        )

    def _fits(self, around: Around, *passages: int) -> bool:
        def stands(phrase: Phrase) -> bool:
            return any(self._stands(phrase, passage) for passage in passages)

        return not any(map(stands, around.unless)) and (
            not around.needs or any(map(stands, around.needs))
        )

    def _suits(self, readings: frozenset[str], reading: ReadAs) -> bool:
        return reading in readings or (self.read_as is None and self._may_be_criterion)

    def _stands(self, phrase: Phrase, passage: int) -> bool:
        key = id(phrase)
        if key not in self.standing:
            self.standing[key] = self._passages((phrase,))
        return passage in self.standing[key]

    def _hit(self, found: _Found) -> Hit:
        (concept, pattern, phrase), span = found
        words = self.reading.words
        start, end = words[span.first].start, words[span.last].end
        is_mended = any(i in self.reading.mended for i in range(span.first, span.last + 1))
        return Hit(
            concept=concept.code,
            passage=self.reading.text[start:end],
            start=start,
            end=end,
            confidence=pattern.confidence * MENDED if is_mended else pattern.confidence,
            negated=pattern.is_denied and self.denials.deny(span, phrase),
            grade=concept.grade(self._reading(self.reading.passage(span.first))),
            value=self._value(span) if concept.means.value else None,
        )

    def _value(self, span: Span) -> Decimal | None:
        """The first number that the words hold."""
        for word in self.reading.words[span.first : span.last + 1]:
            if word.kind == "number":
                return Decimal(word.form.replace(",", "."))
        return None

    @property
    def _may_be_criterion(self) -> bool:
        """Whether a text read as nothing in particular may be a label: short, and no sentence."""
        text, words = self.reading.text.rstrip(), self.reading.words
        is_label = len(text) <= SHORT and not text.endswith((".", "!", "?", ";"))
        return is_label and words[-1].passage == words[0].passage

    @property
    def _is_document(self) -> bool:
        """Whether a whole document is read: a sentence read as nothing in particular is none."""
        words = self.reading.words
        if self.read_as is None:
            return words[-1].passage != words[0].passage
        return self.read_as == "document"

    def _reading(self, passage: int) -> ReadAs:
        """How a passage is read: that of a document may be about criteria."""
        if self.read_as in ("criterion", "condition"):
            return self.read_as
        return "criterion" if passage in self.criteria else "document"

    def _criteria(self, lexicon: Lexicon) -> set[int]:
        """The passages of a document that stand under its award criteria."""
        if self.read_as in ("criterion", "condition"):
            return set()
        opened = self._passages(lexicon.criteria_open)
        closed = self._passages(lexicon.criteria_close) - opened
        found: set[int] = set()
        for passage in opened:
            for following in range(passage, passage + lexicon.criteria_passages):
                if following in closed:
                    break
                found.add(following)
        return found

    def _passages(self, phrases: Iterable[Phrase]) -> set[int]:
        return {
            self.reading.passage(span.first)
            for phrase in phrases
            for span in self.searcher.spans(phrase, self.reading)
        }


def _introductions(reading: Reading) -> dict[int, int]:
    """The passages that are items of a list, each with the passage that introduces the list."""
    found: dict[int, int] = {}
    for before, word in pairwise(reading.words):
        if before.passage == word.passage:
            continue
        between = reading.text[before.end : word.start]
        if ":" in between:
            found[word.passage] = before.passage
        elif before.passage in found and _ITEM.search(between):
            found[word.passage] = found[before.passage]
    return found


def _is_read(family: str, reading: ReadAs, read_as: ReadAs | None, may_be_criterion: bool) -> bool:
    """Whether concepts of a family are sought in such a passage."""
    if family == "theme":
        return reading == "criterion" or (read_as is None and may_be_criterion)
    if family == "condition":
        return read_as != "criterion"
    return True


@cache
def default() -> Spotter:
    """The spotter of the lexicon that ships with the package."""
    return remembered("lexicon", data_folder("rules") / "lexicon", Spotter, _read)


def _read() -> Spotter:
    from procure.wording.lexicon import load

    return Spotter(load())
