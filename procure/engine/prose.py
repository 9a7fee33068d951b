"""
Reads the prose of a tender: themes of criteria, subjects of clauses, local preference, traps.

What a file states is never changed; what only its words say is added where the confidence reaches
the profile's, and told to be confirmed where it does not. What is not found stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from procure.domain.french import typeset
from procure.domain.report import ProseRead
from procure.domain.tender import (
    Axis,
    Clause,
    ClauseSubject,
    Criterion,
    LocalPreference,
    Lot,
    Purchase,
    Reservation,
    Tender,
    Theme,
)
from procure.domain.words import words_read
from procure.engine import speech

if TYPE_CHECKING:
    from procure.wording.concepts import Concept, ReadAs
    from procure.wording.spotting import Hit, Spotter

Owner = TypeVar("Owner", Tender, Lot)
CLOSED: frozenset[Theme] = frozenset(
    {"price", "delay", "environmental", "social", "local_preference"}
)
"""Themes that leave no room for another; « valeur technique » may hold anything."""

FRENCH = "FRA"
GRAVITY: tuple[LocalPreference, ...] = ("none", "lawful", "risky", "unlawful")


@dataclass(frozen=True, slots=True)
class Found:
    """A concept that stands in a text, by its surest hit."""

    concept: Concept
    hit: Hit


@dataclass(frozen=True)
class ProseReading:
    """
    A tender with what its prose says, and each thing read.

    `original` is the tender as its file states it; `origins` says of each field read in prose
    which words it comes from.
    """

    tender: Tender
    original: Tender
    reads: tuple[ProseRead, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)


def has_prose(tender: Tender) -> bool:
    """Whether a tender has words to read: criteria, or clauses with a text."""
    return any(
        owner.criteria or any(clause.text for clause in owner.clauses or ())
        for owner in (tender, *(tender.lots or ()))
    )


def read_prose(tender: Tender, spotter: Spotter, least_confidence: Decimal) -> ProseReading:
    """
    Read what the words of a tender say of its criteria and clauses.

    Args:
        least_confidence: below it, what is read stays unknown and is to be confirmed.
    """
    if tender.buyer.country not in (None, FRENCH):
        return ProseReading(tender, tender)
    reader = _Reader(spotter, least_confidence)
    read = reader.owner(tender, "")
    if tender.lots is not None:
        lots = tuple(reader.owner(lot, f"lots[{i}].") for i, lot in enumerate(tender.lots))
        read = read.model_copy(update={"lots": lots}) if lots != tender.lots else read
    return ProseReading(read, tender, tuple(reader.reads), reader.origins)


def origin(read: ProseRead) -> str:
    """Where a fact read in prose was found: « lu dans « Prix » (confiance 95 %) »."""
    return f"lu dans {words_read(read)}"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a clause is about, and the words that say so."""

    axis: Axis
    subject: ClauseSubject | None
    read: ProseRead


@dataclass
class _Reader:
    spotter: Spotter
    least: Decimal
    reads: list[ProseRead] = field(default_factory=list)
    origins: dict[str, str] = field(default_factory=dict)

    def owner(self, owner: Owner, prefix: str) -> Owner:
        """A tender or a lot with what its own criteria and clauses say."""
        updates: dict[str, Any] = {}
        if owner.criteria:
            criteria = tuple(
                self._criterion(criterion, f"{prefix}criteria[{i}]")
                for i, criterion in enumerate(owner.criteria)
            )
            if criteria != owner.criteria:
                updates["criteria"] = criteria
        if owner.clauses:
            updates |= self._clauses(owner, prefix)
        return owner.model_copy(update=updates) if updates else owner

    def _criterion(self, criterion: Criterion, at: str) -> Criterion:
        text = ". ".join(filter(None, (criterion.label, criterion.description)))
        found = list(self._found(text, "criterion"))
        updates = self._themes(criterion, at, found)
        updates |= self._local_preference(criterion, at, found)
        if criterion.sub_criteria:
            updates["sub_criteria"] = tuple(
                self._criterion(sub, f"{at}.sub_criteria[{i}]")
                for i, sub in enumerate(criterion.sub_criteria)
            )
        return criterion.model_copy(update=updates) if updates else criterion

    def _themes(self, criterion: Criterion, at: str, found: list[Found]) -> dict[str, Any]:
        """The themes that the words of a criterion show; there may be others."""
        if criterion.themes is not None or criterion.kind in ("price", "cost"):
            return {}
        key = f"{at}.themes"
        themes: list[Theme] = []
        for one in found:
            theme = one.concept.means.theme
            if theme and self._kept(one, key, f"themes: [{theme}]"):
                themes.append(theme)
        if not themes:
            return {}
        is_closed = CLOSED.issuperset(themes) and not criterion.description
        return {"themes": tuple(dict.fromkeys(themes)), "themes_are_complete": is_closed}

    def _local_preference(
        self, part: Criterion | Clause, at: str, found: list[Found]
    ) -> dict[str, Any]:
        """The gravest local preference that some words show."""
        if part.local_preference is not None:
            return {}
        shown = [one for one in found if one.concept.family == "local_preference" and one.hit.grade]
        grades = [
            GRAVITY.index(one.hit.grade)
            for one in shown
            if one.hit.grade
            and self._kept(one, f"{at}.local_preference", f"local_preference: {one.hit.grade}")
        ]
        return {"local_preference": GRAVITY[max(grades)]} if grades else {}

    def _clauses(self, owner: Purchase, prefix: str) -> dict[str, Any]:
        """
        The clauses of a contract with what their words say.

        A clause that says several things at once gives a clause for each, after those of the file.
        What is left unsaid may be in the rest of the words: the clauses are no longer complete.
        """
        clauses: list[Clause] = list(owner.clauses or ())
        updates: dict[str, Any] = {}
        for i, clause in enumerate(owner.clauses or ()):
            if not clause.text:
                continue
            at = f"{prefix}clauses[{i}]"
            found = list(self._found(clause.text, "condition"))
            said = self._local_preference(clause, at, found) | self._sets(clause, at, found)
            for count, subject in enumerate(self._subjects(clause, at, found)):
                place = len(clauses) if count else i
                fields = self._fields(clause, f"{prefix}clauses[{place}]", subject, found)
                clauses[place : place + 1] = [clause.model_copy(update=fields)]
                updates["clauses_are_complete"] = False
            clauses[i] = clauses[i].model_copy(update=said)
            if owner.reservation is None:
                updates |= self._reservation(prefix, found)
        if clauses != list(owner.clauses or ()):
            updates["clauses"] = tuple(clauses)
        return updates

    def _fields(
        self, clause: Clause, at: str, subject: Subject, found: list[Found]
    ) -> dict[str, Any]:
        """The fields of a clause that its subject fills, with the words they come from."""
        about = [one for one in found if one.concept.means.subject == subject.subject]
        fields: dict[str, Any] = {"axis": subject.axis, "subject": subject.subject}
        for name in fields:
            self.origins[f"{at}.{name}"] = origin(subject.read)
        return fields | self._filled(clause, at, about if subject.subject else [])

    def _subjects(self, clause: Clause, at: str, found: list[Found]) -> list[Subject]:
        """The axis and subject of each thing a clause says, once; an axis alone says less."""
        if clause.axis is not None or clause.subject is not None:
            return []
        said: dict[tuple[Axis, ClauseSubject | None], Subject] = {}
        for one in found:
            file = one.concept.means
            if one.concept.family != "condition" or file.axis is None or file.reservation:
                continue
            line = f"subject: {file.subject}" if file.subject else f"axis: {file.axis}"
            if read := self._kept(one, f"{at}.{line.partition(':')[0]}", line):
                said.setdefault((file.axis, file.subject), Subject(file.axis, file.subject, read))
        named = {axis for axis, subject in said if subject}
        return [one for one in said.values() if one.subject or one.axis not in named]

    def _sets(self, clause: Clause, at: str, found: list[Found]) -> dict[str, Any]:
        """The fields of a clause that a trap fills, or a condition on the subject it states."""
        subjects = (None, clause.subject)
        return self._filled(clause, at, [f for f in found if f.concept.means.subject in subjects])

    def _filled(self, clause: Clause, at: str, found: list[Found]) -> dict[str, Any]:
        updates: dict[str, Any] = {}
        for one in found:
            for name, written in one.concept.means.sets.items():
                value = _value(written, one.hit)
                if getattr(clause, name) is None and value is not None and name not in updates:
                    if self._kept(one, f"{at}.{name}", f"{name}: {_yaml(value)}"):
                        updates[name] = value
        return updates

    def _reservation(self, prefix: str, found: list[Found]) -> dict[str, Any]:
        for one in found:
            kind = one.concept.means.reservation
            key = f"{prefix}reservation.kind"
            if kind and self._kept(one, key, f"reservation: {{kind: {kind}}}"):
                return {"reservation": Reservation(kind=kind)}
        return {}

    def _found(self, text: str, read_as: ReadAs) -> Iterator[Found]:
        """The concepts that a text does not deny, each by its surest hit."""
        best: dict[str, Hit] = {}
        for hit in self.spotter.spot(text, read_as).hits:
            known = best.get(hit.concept)
            if not hit.negated and (known is None or hit.confidence > known.confidence):
                best[hit.concept] = hit
        for hit in sorted(best.values(), key=_telling):
            yield Found(self.spotter.concepts[hit.concept], hit)

    def _kept(self, found: Found, key: str, line: str) -> ProseRead | None:
        """Note what was read, once; give it back where it is sure enough to be used."""
        known = next((r for r in self.reads if (r.key, r.line) == (key, line)), None)
        read = known or ProseRead(
            key=key,
            where=_place(key),
            line=line,
            concept=found.hit.concept,
            title=typeset(found.concept.means.title),
            passage=found.hit.passage,
            confidence=float(found.hit.confidence),
            is_used=found.hit.confidence >= self.least,
        )
        if known is None:
            self.reads.append(read)
        if not read.is_used:
            return None
        self.origins.setdefault(key, origin(read))
        return read


def _telling(hit: Hit) -> tuple[Decimal, int, int]:
    """The surest hits first, then those that say most."""
    return (-hit.confidence, -len(hit.passage), hit.start)


def _place(key: str) -> str:
    """« lots[1].criteria[0].themes » as « lot 2, critère 1 »."""
    parts = [part for part in key.split(".") if "[" in part]
    return speech.place(".".join(parts) or "tender")


def _value(written: str | bool, hit: Hit) -> Any:
    if written == "{passage}":
        return hit.passage
    return hit.value if written == "{value}" else written


def _yaml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)
