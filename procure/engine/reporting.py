"""Writes the report of a judgement: findings in French, derived facts, score, receipt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from procure.domain import french
from procure.domain.report import (
    Cited,
    Derived,
    FactUsed,
    Finding,
    Law,
    LawVerdict,
    ParameterUsed,
    ProseRead,
    Receipt,
    Report,
    Verdict,
)
from procure.domain.tender import Judgement as Answer
from procure.domain.tender import Tender
from procure.engine import prose, scoring, speech
from procure.engine.binding import BoundRule
from procure.engine.completing import wanted
from procure.engine.evidence import truth, used
from procure.engine.judge import Judge, Judgement, Place
from procure.engine.notes import is_by_profile, notes
from procure.engine.origins import Origins
from procure.engine.program import BREACH, CLEAR, UNKNOWN, Judged
from procure.engine.prose import ProseReading
from procure.engine.summary import summary
from procure.engine.views import TenderView
from procure.engine.vocabulary import FACTS
from procure.engine.vocabulary.fact import Fact
from procure.rulebook.conditions import FactRef
from procure.rulebook.overlays import setting
from procure.rulebook.schema import Profile, Rulebook, Version
from procure.rulebook.strata import concluded_by

WHOLE = "tender"
_VERDICTS: dict[int, Verdict] = {CLEAR: "clear", BREACH: "breach", UNKNOWN: "unknown"}


@dataclass(frozen=True)
class Subject:
    """What is reported on: the tender, where its fields were found, the policy, the receipt."""

    prose: ProseReading
    origins: Mapping[str, str]
    profile: Profile
    receipt: Receipt

    @property
    def tender(self) -> Tender:
        """The tender with what its prose says."""
        return self.prose.tender


def report(judgement: Judgement, subject: Subject) -> Report:
    """The whole report of a tender on the day its rulebook is bound to."""
    book = judgement.judge.book
    writer = _Writer(judgement, subject)
    findings = tuple(writer.findings())
    said = {finding.rule for finding in findings}
    judged = [bound.code for bound in book.rules if bound.rule.file.kind != "qualify"]
    return Report(
        tender=summary(TenderView(subject.tender, subject.profile.unchecked_clause_share)),
        day=book.day,
        profile=subject.profile.name,
        law=Law(verdict=law_verdict(findings), read_up_to=book.rulebook.law_read_up_to),
        score=scoring.score(writer.rewards(), subject.profile),
        findings=findings,
        to_complete=wanted(findings, subject.origins, book.rulebook.vocabulary),
        derived=tuple(writer.derived()),
        prose=subject.prose.reads,
        not_applicable=tuple(sorted(code for code in judged if code not in said)),
        receipt=subject.receipt,
    )


def law_verdict(findings: tuple[Finding, ...]) -> LawVerdict:
    """
    Breach if a blocking rule is broken; lawful if none is and none may be.

    To complete while a blocking rule waits for facts, a question for a person, or a breach for
    someone to check its text. What a profile adds to the law does not change its verdict.
    """
    law = [
        f for f in findings if f.kind == "require" and f.severity != "advice" and not f.by_profile
    ]
    if any(f.verdict == "breach" and f.severity == "blocking" for f in law):
        return "breach"
    if any(f.verdict == "unknown" and f.severity == "blocking" for f in law):
        return "to_complete"
    if any(f.verdict == "breach" and f.awaits_check for f in law):
        return "to_complete"
    return "to_complete" if any(f.verdict == "to_judge" for f in law) else "lawful"


class _Writer:
    def __init__(self, judgement: Judgement, subject: Subject) -> None:
        self.judgement = judgement
        self.subject = subject
        self.book = judgement.judge.book
        self.vocabulary = self.book.rulebook.vocabulary
        self.by_place = {(p.scope, p.at): judgement.facts(p) for p in judgement.places}
        self.concluded = concluded_by(bound.rule for bound in self.book.rules)
        self.origins = Origins({**subject.origins, **subject.prose.origins})
        self.stated = stated(judgement.judge, subject)
        self.conclusions = self._conclusions()
        self.answers = {(a.rule, a.at): a for a in subject.tender.judgements}

    def findings(self) -> Iterator[Finding]:
        for judged in sorted(self.judgement.findings(), key=lambda judged: judged[0].code):
            yield self.finding(judged)

    def finding(self, judged: Judged) -> Finding:
        bound, at, _, _ = judged
        file = bound.rule.file
        facts = self.by_place[file.scope, at]
        names = used(bound, facts)
        verdict, answer = self._verdict(judged)
        missing = tuple(self._missing(names, facts)) if verdict == "unknown" else ()
        if verdict == "unknown" and not missing and file.graded and file.graded.ceiling:
            missing = (file.graded.ceiling,)  # known in part: what the file may still bring
        by_profile = is_by_profile(bound, verdict, facts)
        return Finding(
            rule=file.code,
            name=file.name,
            kind="require" if file.kind == "require" else "reward",
            axis=file.axis,
            verdict=verdict,
            severity=bound.severity,
            awaits_check=bound.awaits_check,
            at=at,
            where=speech.place(at),
            title=french.typeset(file.title),
            message=self._message(bound, verdict, facts, missing, answer),
            remedy=self._remedy(bound, verdict, facts),
            question=self._said(file.question, bound, facts) if verdict == "to_judge" else None,
            references=tuple(references(bound)),
            facts=tuple(self._fact(name, at, facts) for name in names),
            missing=missing,
            parameters=tuple(parameters(bound, self.book.rulebook)),
            points=self._points(bound, facts),
            by_profile=by_profile,
            notes=tuple(notes(bound, self.book, by_profile)),
        )

    def rewards(self) -> Iterator[scoring.Reward]:
        shares: dict[str, list[scoring.Interval]] = {}
        bounds: dict[str, BoundRule] = {}
        for bound, at, _, _ in self.judgement.findings():
            if bound.rule.file.kind == "reward":
                facts = self.by_place[bound.rule.file.scope, at]
                bounds[bound.code] = bound
                shares.setdefault(bound.code, []).append(scoring.interval(bound, facts))
        for code, found in shares.items():
            yield scoring.reward(bounds[code], found)

    def derived(self) -> Iterator[Derived]:
        for (fact, _), (bound, place) in self.conclusions.items():
            yield self._derived(bound, fact, place, self.by_place[place.scope, place.at])

    def _conclusions(self) -> dict[tuple[str, str], tuple[BoundRule, Place]]:
        """The rule that concluded each derived fact at each place; the first that does."""
        found: dict[tuple[str, str], tuple[BoundRule, Place]] = {}
        for place in self.judgement.places:
            facts = self.by_place[place.scope, place.at]
            for bound in self.book.by_scope[place.scope]:
                conclude = bound.rule.file.conclude
                if conclude and self._concludes(bound, facts):
                    found.setdefault((conclude.fact, place.at), (bound, place))
        return found

    def _concludes(self, bound: BoundRule, facts: Mapping[str, Any]) -> bool:
        when = truth(bound.rule.when, facts, bound)
        side = bound.rule.value if when else bound.rule.otherwise if when is False else None
        value = facts.get(side.fact) if isinstance(side, FactRef) else bound.constant(side)
        return value is not None

    def _derived(
        self, bound: BoundRule, fact: str, place: Place, facts: Mapping[str, Any]
    ) -> Derived:
        names = used(bound, facts)
        return Derived(
            fact=fact,
            label=self.vocabulary[fact].label,
            value=plain(facts[fact]),
            shown=speech.value(self.vocabulary[fact], facts[fact]),
            at=place.at,
            where=speech.place(place.at),
            rule=bound.code,
            because=tuple(self._fact(name, place.at, facts) for name in names),
            parameters=tuple(parameters(bound, self.book.rulebook)),
        )

    def _verdict(self, judged: Judged) -> tuple[Verdict, Answer | None]:
        """The verdict of the rule, or a person's where the rule asks a question."""
        bound, at, verdict, _ = judged
        file = bound.rule.file
        if verdict != BREACH or file.question is None:
            return _VERDICTS[verdict], None
        answer = self.answers.get((file.code, at))
        if answer is None:
            return "to_judge", None
        return ("clear" if answer.answer == "compliant" else "breach"), answer

    def _fact(self, name: str, at: str, facts: Mapping[str, Any]) -> FactUsed:
        value = facts.get(name)
        origin = self.origins.of(name, at, value)
        if name in self.concluded:
            origin = self._conclusion(name, at, value)
        spec = self.vocabulary[name]
        read = self._read(name, at, value)
        if read is not None:
            origin = prose.origin(read)
        return FactUsed(
            confidence=None if read is None else read.confidence,
            name=name,
            value=plain(value),
            origin=origin,
            label=spec.label,
            shown=speech.value(spec, value),
        )

    def _read(self, name: str, at: str, value: Any) -> ProseRead | None:
        """The least sure words that a fact comes from; None where the file states it itself."""
        known = FACTS.get(name)
        if known is None or value is None or not self.stated:
            return None
        place = WHOLE if known.spec.scope == WHOLE else at
        if self.stated.get(place, {}).get(name) == value:
            return None
        reads = [read for read in self.subject.prose.reads if read.is_used]
        own = [read for read in reads if _concerns(read, known, place)]
        telling = [read for read in own if not _words(name).isdisjoint(_words(read.line))]
        return min(telling or own, key=lambda read: read.confidence, default=None)

    def _conclusion(self, name: str, at: str, value: Any) -> str:
        """Which rule concluded a fact there or for the whole tender, or which ones could not."""
        for place in (at, WHOLE):
            if value is not None and (name, place) in self.conclusions:
                return f"conclu par {self.conclusions[name, place][0].code}"
        codes = " ou ".join(rule.code for rule in self.concluded[name])
        return f"conclu par {codes}" if value is not None else f"non conclu ({codes})"

    def _missing(self, names: tuple[str, ...], facts: Mapping[str, Any]) -> Iterator[str]:
        """The facts to give so that a rule can be judged; behind a derived fact, those it needs."""
        seen: set[str] = set()
        todo = [name for name in names if facts.get(name) is None]
        while todo:
            name = todo.pop(0)
            if name in seen:
                continue
            seen.add(name)
            behind = self._behind(name, facts)
            if behind:
                todo = behind + todo
            else:
                yield name

    def _behind(self, name: str, facts: Mapping[str, Any]) -> list[str]:
        codes = {rule.code for rule in self.concluded.get(name, ())}
        found = [bound for bound in self.book.rules if bound.code in codes]
        return [n for bound in found for n in used(bound, facts) if facts.get(n) is None]

    def _message(
        self,
        bound: BoundRule,
        verdict: Verdict,
        facts: Mapping[str, Any],
        missing: tuple[str, ...],
        answer: Answer | None,
    ) -> str:
        file = bound.rule.file
        if answer is not None:
            return french.typeset(
                f"{answer.reason} (jugé par {answer.by}, le {french.day(answer.on)})"
            )
        if verdict == "unknown":
            return self._unknown(missing)
        if verdict == "clear":
            said = "Points acquis." if file.kind == "reward" else "Rien à signaler."
            return self._said(file.clear or said, bound, facts) or said
        return self._said(file.message, bound, facts) or ""

    def _unknown(self, missing: tuple[str, ...]) -> str:
        labels = [self.vocabulary[name].label for name in missing]
        if not labels:
            return french.typeset("Le dossier ne permet pas de conclure.")
        return french.typeset("À compléter : " + ", ".join(dict.fromkeys(labels)) + ".")

    def _remedy(self, bound: BoundRule, verdict: Verdict, facts: Mapping[str, Any]) -> str | None:
        if verdict not in ("breach", "to_judge"):
            return None
        return self._said(bound.rule.file.remedy, bound, facts)

    def _said(self, text: str | None, bound: BoundRule, facts: Mapping[str, Any]) -> str | None:
        return speech.message(text, bound, facts, self.vocabulary) if text else None

    def _points(self, bound: BoundRule, facts: Mapping[str, Any]) -> Any:
        if bound.rule.file.kind != "reward":
            return None
        return scoring.points(bound, scoring.interval(bound, facts))


def stated(judge: Judge, subject: Subject) -> dict[str, dict[str, Any]]:
    """The facts of the tender without its prose, by place; nothing where no prose is used."""
    if subject.prose.tender is subject.prose.original:
        return {}
    share = subject.profile.unchecked_clause_share
    places = judge.places(subject.prose.original, share)
    return {p.at: dict(zip(judge.slots[p.scope], p.values, strict=True)) for p in places}


def _words(text: str) -> set[str]:
    """The words of the name of a fact, or of a line of a file."""
    return set(re.findall(r"[a-z]+", text))


def _concerns(read: ProseRead, fact: Fact, place: str) -> bool:
    """Whether some words may tell a fact: those of its place, of its fields."""
    if place != WHOLE:
        return read.key.startswith(place)
    return any(name in read.key for name in fact.fields if name != "lots")


def references(bound: BoundRule) -> Iterator[Cited]:
    """The references of a rule in force on its day; all of them where none is yet."""
    written = bound.rule.file.references
    in_force = [r for r in written if r.in_force(bound.day)] or list(written)
    for reference in in_force:
        yield Cited(
            cite=reference.cite,
            since=reference.since,
            verified=reference.verified,
            says=reference.says and french.typeset(reference.says),
        )


def parameters(bound: BoundRule, rulebook: Rulebook) -> Iterator[ParameterUsed]:
    """The numbers a rule reads, in the version of its day, stricter or chosen by a profile."""
    for name, version in bound.versions.items():
        if version is not None:
            yield ParameterUsed(
                name=name,
                label=french.typeset(rulebook.parameters[name].description),
                value=plain(version.value),
                shown=speech.parameter(bound, name),
                unit=bound.units[name],
                since=version.since,
                until=version.until,
                cite=_cite(bound, name, version),
                verified=version.verified,
                day=bound.day,
            )


def _cite(bound: BoundRule, name: str, version: Version) -> str:
    """The text behind a number; the profile where it set the number."""
    said = setting(bound.settings, "choices", name)
    if said is not None:
        return french.typeset(f"profil « {said.profile} »")
    said = setting(bound.settings, "parameters", name)
    if said is not None:
        return french.typeset(f"profil « {said.profile} », plus strict que {version.cite}")
    return version.cite


def plain(value: Any) -> Any:
    """A fact's value as JSON can write it."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Decimal):
        rounded = value.quantize(Decimal("0.0001")) if value.as_tuple().exponent < -4 else value  # type: ignore[operator]
        return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)
    return value.isoformat() if isinstance(value, date) else value
