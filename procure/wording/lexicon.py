"""The files of `rules/lexicon/` as models, and the one module of the room that reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from procure.domain.base import Label, Noun, Share, Text
from procure.domain.errors import Fault, ProcureError, RulebookError, UnreadableFile
from procure.domain.tender import Axis, Clause, ClauseSubject, ReservationKind, Theme
from procure.resources.document import Document
from procure.resources.folders import data_folder
from procure.resources.text import decode, read_bytes
from procure.resources.validation import build, nearest
from procure.resources.yaml import parse
from procure.wording.phrases import Phrase, PhraseError, PhraseReader, Slot
from procure.wording.stems import stem

ReadAs = Literal["criterion", "condition", "document"]
Grade = Literal["lawful", "risky", "unlawful"]
Sense = Literal["social", "insertion", "reserved", "environmental"]
FAMILIES = {
    "themes": "theme",
    "conditions": "condition",
    "local_preference": "local_preference",
    "traps": "trap",
}
"""The folders of concepts, and the first part of the concepts found there."""

LISTS, NEGATION, READING = "lists", "negation.yaml", "reading.yaml"


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
    value: Literal["hours", "share", "count", "days", "km", "amount"] | None = None
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
    file: ConceptFile
    in_document: Around
    patterns: tuple[Pattern, ...]

    def grade(self, reading: str) -> Grade | None:
        """How grave the concept is where it was read."""
        grade = self.file.grade
        return grade.get(reading) if isinstance(grade, dict) else grade  # type: ignore[call-overload]


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


def load(folder: Path | None = None) -> Lexicon:
    """
    Load and check the lexicon.

    Args:
        folder: `rules/lexicon/` by default.

    Raises:
        RulebookError: with every fault found.
    """
    return _Loader(folder or data_folder("rules") / "lexicon").lexicon()


class _Loader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self.digest = hashlib.sha256()
        self.reader = PhraseReader(stem, {})

    def lexicon(self) -> Lexicon:
        self.reader = PhraseReader(stem, self._lists())
        negation = self._negation()
        reading, where = self._model(READING, ReadingFile)
        concepts = [c for folder in FAMILIES for c in self._concepts(folder)]
        opened = self._phrases(reading.criteria_open, where, ("criteria_open",))
        closed = self._phrases(reading.criteria_close, where, ("criteria_close",))
        if self.faults:
            raise RulebookError(*self.faults)
        return Lexicon(
            concepts=tuple(concepts),
            **negation,
            criteria_open=opened,
            criteria_close=closed,
            criteria_passages=reading.passages,
            forms=dict(self.reader.forms),
            digest=self.digest.hexdigest(),
        )

    def _document(self, name: str) -> Document:
        said = f"rules/lexicon/{name}"
        try:
            content = read_bytes(self.root / name)
            self.digest.update(name.encode() + b"\0" + content + b"\0")
            return parse(decode(content, said), said)
        except UnreadableFile as error:
            raise RulebookError(*error.faults) from None

    def _model(self, name: str, model: type[Any]) -> tuple[Any, Document]:
        document = self._document(name)
        return build(model, document.value, document.where, RulebookError), document

    def _files(self, folder: str) -> list[str]:
        return sorted(f"{folder}/{path.name}" for path in (self.root / folder).glob("*.yaml"))

    def _lists(self) -> dict[str, Slot]:
        found: dict[str, Slot] = {}
        for name in self._files(LISTS):
            file, document = self._model(name, ListFile)
            self._check_name(name, file.name)
            terms = {
                series
                for i, entry in enumerate(file.entries)
                for series in self._terms(entry, document, i)
            }
            found[file.name] = Slot(frozenset(terms), file.capital)
        return found

    def _terms(self, entry: str, document: Document, i: int) -> list[Any]:
        try:
            return self.reader.terms(entry)
        except PhraseError as error:
            self.faults.append(Fault(document.where(("entries", i)), str(error)))
            return []

    def _concepts(self, folder: str) -> Iterator[Concept]:
        for name in self._files(folder):
            try:
                yield self._concept(folder, name)
            except ProcureError as error:
                self.faults.extend(error.faults)

    def _concept(self, folder: str, name: str) -> Concept:
        file, document = self._model(name, ConceptFile)
        self._check_name(name, file.name)
        _check_family(folder, file, f"rules/lexicon/{name}, ligne 1")
        patterns = tuple(
            self._pattern(pattern, document, i) for i, pattern in enumerate(file.patterns)
        )
        code = f"{FAMILIES[folder]}.{file.name}"
        beside = self._around(file.in_document, document, ("in_document",))
        return Concept(code, FAMILIES[folder], f"lexicon/{name}", file, beside, patterns)

    def _pattern(self, written: str | WrittenPattern, document: Document, i: int) -> Pattern:
        if isinstance(written, str):
            written = WrittenPattern(say=written)
        at = ("patterns", i)
        return Pattern(
            say=self._phrases((written.say,), document, at),
            around=self._around(written, document, at),
            readings=frozenset(written.as_),
            confidence=written.confidence,
            is_denied=written.negation == "cancels",
        )

    def _around(
        self, written: WrittenPattern | Beside, document: Document, at: tuple[str | int, ...]
    ) -> Around:
        return Around(
            self._phrases(written.unless, document, at), self._phrases(written.with_, document, at)
        )

    def _phrases(
        self, texts: tuple[str, ...], document: Document, at: tuple[str | int, ...]
    ) -> tuple[Phrase, ...]:
        found: list[Phrase] = []
        for text in texts:
            try:
                found += self.reader.read(text)
            except PhraseError as error:
                self.faults.append(Fault(document.where(at), str(error)))
        return tuple(found)

    def _negation(self) -> dict[str, Any]:
        file, document = self._model(NEGATION, NegationFile)
        cues = {
            side: tuple(self._denial(cue, document, side) for cue in getattr(file, side))
            for side in ("before", "after")
        }
        plain = {
            key: self._phrases(getattr(file, key), document, (key,))
            for key in ("interrupts", "innocent")
        }
        return cues | plain

    def _denial(self, cue: str | Cue, document: Document, side: str) -> Denial:
        written = Cue(say=cue) if isinstance(cue, str) else cue
        say = self._phrases((written.say,), document, (side,))
        return Denial(say, written.reach, written.ends_passage)

    def _check_name(self, path: str, name: str) -> None:
        stem_ = path.rsplit("/", 1)[-1].removesuffix(".yaml")
        if name != stem_:
            where = f"rules/lexicon/{path}, ligne 1"
            raise RulebookError(
                Fault(where, f"le nom « {name} » n'est pas celui du fichier", stem_)
            )


_OWN_KEYS = {
    "themes": ("theme",),
    "conditions": ("summary",),
    "local_preference": ("grade",),
    "traps": ("grade",),
}


def _check_family(folder: str, file: ConceptFile, where: str) -> None:
    """Each family has the key that says what its concepts do, and none of another's."""
    for family, keys in _OWN_KEYS.items():
        for key in keys:
            if family == folder and getattr(file, key) is None:
                raise RulebookError(
                    Fault(where, f"la clé « {key} » manque", f"elle dit ce que vaut {folder}/")
                )
            if key not in _OWN_KEYS[folder] and getattr(file, key) is not None:
                right = nearest(key, list(_OWN_KEYS[folder]))
                raise RulebookError(
                    Fault(where, f"la clé « {key} » n'a pas sa place dans {folder}/", "", right)
                )
    for field in file.sets or ():
        if field not in Clause.model_fields:
            what, right = f"« {field} » n'est pas un champ", nearest(field, Clause.model_fields)
            raise RulebookError(Fault(where, what, "un champ de clause", right))
    grades = file.grade.values() if isinstance(file.grade, dict) else (file.grade,)
    if any(grade in ("risky", "unlawful") for grade in grades):
        for key in ("instead", "references"):
            if not getattr(file, key):
                raise RulebookError(Fault(where, f"la clé « {key} » manque", "un texte licite"))
