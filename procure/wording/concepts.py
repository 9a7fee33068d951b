"""
The lexicon once read: concepts, their patterns, the words that deny.

Plain values, so that a lexicon kept from an earlier run is read back without the models of its
files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from procure.domain.tender import Axis, ClauseSubject, ReservationKind, Theme
from procure.wording.phrases import Phrase

ReadAs = Literal["criterion", "condition", "document"]
Grade = Literal["lawful", "risky", "unlawful"]
Sense = Literal["social", "insertion", "reserved", "environmental"]
Unit = Literal["hours", "share", "count", "days", "km", "amount"]


@dataclass(frozen=True, slots=True)
class Source:
    """A text behind a concept."""

    cite: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """An example, and how it is read."""

    text: str
    read_as: ReadAs | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the file of a concept says of it; see `files.ConceptFile`."""

    title: str
    why: str
    theme: Theme | None
    summary: tuple[Sense, ...]
    axis: Axis | None
    subject: ClauseSubject | None
    value: Unit | None
    reservation: ReservationKind | None
    sets: Mapping[str, str | bool]
    grades: Mapping[ReadAs, Grade]
    instead: str | None
    sources: tuple[Source, ...]
    examples: tuple[Sentence, ...]
    counter_examples: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What cancels in the same passage, and what is needed there."""

    unless: tuple[Phrase, ...]
    needs: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A written pattern whose phrases have been read."""

    say: tuple[Phrase, ...]
    around: Around
    readings: frozenset[str]
    confidence: Decimal
    is_denied: bool


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept; `code` is its family and name, `path` its file under `rules/`."""

    code: str
    family: str
    path: str
    means: Meaning
    in_document: Around
    patterns: tuple[Pattern, ...]

    def grade(self, reading: ReadAs) -> Grade | None:
        """How grave the concept is where it was read."""
        return self.means.grades.get(reading)


@dataclass(frozen=True, slots=True)
class Denial:
    """A cue of negation whose phrases have been read."""

    say: tuple[Phrase, ...]
    reach: int
    ends_passage: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that is written under `rules/lexicon/`; `digest` changes with any of its words."""

    concepts: tuple[Concept, ...]
    before: tuple[Denial, ...]
    after: tuple[Denial, ...]
    interrupts: tuple[Phrase, ...]
    innocent: tuple[Phrase, ...]
    criteria_open: tuple[Phrase, ...]
    criteria_close: tuple[Phrase, ...]
    criteria_passages: int
    forms: dict[str, str]
    digest: str

    @property
    def denying(self) -> frozenset[str]:
        """The stems that start a denial."""
        return frozenset(
            terms[0].stem
            for denial in self.before
            for phrase in denial.say
            for terms in phrase.slots[0].terms
        )

    def phrases(self) -> Iterator[Phrase]:
        """Every phrase of the lexicon."""
        for concept in self.concepts:
            yield from (*concept.in_document.unless, *concept.in_document.needs)
            for pattern in concept.patterns:
                yield from (*pattern.say, *pattern.around.unless, *pattern.around.needs)
        for denial in (*self.before, *self.after):
            yield from denial.say
        yield from (*self.interrupts, *self.innocent, *self.criteria_open, *self.criteria_close)
