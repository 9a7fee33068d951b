"""The files of `rules/lexicon/` as models."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from procure.domain.base import Label, Noun, Share, Text
from procure.domain.tender import Axis, ClauseSubject, ReservationKind, Theme
from procure.wording.concepts import Grade, ReadAs, Sense, Unit


class Reference(Noun):
    """A text behind a concept, as behind a rule."""

    cite: Label
    says: Text | None = None
    since: date | None = None
    url: Label | None = None
    verified: bool
    checked_on: date


class WrittenPattern(Noun):
    """
    Words that mean a concept.

    `confidence` is how often they do; `unless` cancels and `with` is needed in the same passage;
    `as` keeps to some readings.
    """

    say: Label
    confidence: Share = Decimal("0.95")
    unless: tuple[Label, ...] = ()
    with_: Annotated[tuple[Label, ...], Field(alias="with")] = ()
    as_: Annotated[tuple[ReadAs, ...], Field(alias="as")] = ()
    negation: Literal["cancels", "ignore"] = "cancels"


class Example(Noun):
    """A sentence that shows a concept, or does not; `as` says how it is read."""

    text: Text
    as_: Annotated[ReadAs | None, Field(alias="as")] = None


class Beside(Noun):
    """What a concept asks of the passage around any of its patterns, as a pattern does."""

    unless: tuple[Label, ...] = ()
    with_: Annotated[tuple[Label, ...], Field(alias="with")] = ()


class ConceptFile(Noun):
    """
    A concept of the lexicon.

    Args:
        theme: of a criterion. summary, axis, subject, reservation: of a condition. value: what the
            number found in the words counts. grade, instead: of a local preference or a trap, by
            reading if it depends on it. sets: fields of the clause where it is found; `{passage}`
            and `{value}` stand for the words and their number. in_document: asked in a whole
            document, which also names what is bought.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: Label
    why: Text
    theme: Theme | None = None
    summary: tuple[Sense, ...] | None = None
    axis: Axis | None = None
    subject: ClauseSubject | None = None
    value: Unit | None = None
    reservation: ReservationKind | None = None
    sets: dict[str, str | bool] | None = None
    grade: Grade | dict[ReadAs, Grade] | None = None
    instead: Text | None = None
    references: tuple[Reference, ...] = ()
    in_document: Beside = Beside()
    patterns: tuple[Label | WrittenPattern, ...]
    examples: tuple[Text | Example, ...]
    counter_examples: tuple[Text | Example, ...]

    @model_validator(mode="after")
    def has_enough_examples(self) -> ConceptFile:
        if len(self.examples) < 3 or len(self.counter_examples) < 2:
            raise ValueError("un concept a au moins trois exemples et deux contre-exemples")
        return self


class ListFile(Noun):
    """Words that phrases name together; with `capital`, only as a proper noun."""

    name: Label
    title: Label
    capital: bool = False
    entries: tuple[Label, ...]


class Cue(Noun):
    """Words that deny what follows or precedes, and how many words further they reach."""

    say: Label
    reach: Annotated[int, Field(ge=1, le=30)] = 6
    ends_passage: bool = False


class NegationFile(Noun):
    """
    How a sentence denies.

    `before` denies what follows, `after` what precedes, `interrupts` ends the reach of a denial,
    `innocent` looks like a denial and is none.
    """

    before: tuple[Label | Cue, ...]
    after: tuple[Label | Cue, ...]
    interrupts: tuple[Label, ...]
    innocent: tuple[Label, ...]


class ReadingFile(Noun):
    """Where a document speaks of its award criteria: what opens such passages, what closes them."""

    criteria_open: tuple[Label, ...]
    criteria_close: tuple[Label, ...]
    passages: Annotated[int, Field(ge=1, le=60)]
