"""
Judges a tender: gathers its facts, runs one of the two engines, returns a verdict a rule and place.

`Judge` compiles a bound rulebook once and serves any number of tenders.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any, Literal, NamedTuple

from procure.domain.errors import EngineError, Fault
from procure.domain.tender import Tender
from procure.engine.binding import BoundRulebook
from procure.engine.inference import durable_rules, library, rules_of
from procure.engine.literals import Block, Pattern, Reading, Stage, stages_of
from procure.engine.places import PARTS
from procure.engine.program import NOT_APPLICABLE, Judged, ScopeProgram
from procure.engine.views import TenderView
from procure.engine.vocabulary import FACTS
from procure.rulebook.conditions import FactRef
from procure.rulebook.vocabulary import SCOPES, Scope

EngineName = Literal["auto", "durable", "python"]
JURISDICTION_FACT = "buyer.country"


class Place(NamedTuple):
    """A part of the tender that rules of one scope judge, with all the facts they may read."""

    scope: Scope
    at: str
    values: list[Any]


@dataclass(frozen=True)
class Judgement:
    """What the rules say of one tender: every place, with one verdict a rule."""

    places: tuple[Place, ...]
    verdicts: tuple[list[int], ...]
    judge: Judge

    def findings(self) -> list[Judged]:
        """Every verdict but `not_applicable`, with its evidence."""
        programs = self.judge.programs
        found: list[Judged] = []
        for (scope, at, values), verdicts in zip(self.places, self.verdicts, strict=True):
            found += programs[scope].findings(values, at, verdicts)
        return found

    def facts(self, place: Place) -> dict[str, Any]:
        """The facts of a place by name, derived ones included."""
        return dict(zip(self.judge.slots[place.scope], place.values, strict=True))


class Judge:
    """
    A bound rulebook, compiled.

    Args:
        engine: `python` for the generated function, `durable` for durable-rules checked against the
            literals it was given, `auto` for durable where it can be loaded.
    """

    def __init__(self, book: BoundRulebook, engine: EngineName = "auto") -> None:
        self.book = book
        self.slots = _slots(book)
        self.index = {s: {name: i for i, name in enumerate(own)} for s, own in self.slots.items()}
        self.reads = {scope: self._reads(scope) for scope in SCOPES}
        self.programs: dict[Scope, ScopeProgram] = {
            scope: ScopeProgram(rules, self.index[scope]) for scope, rules in book.by_scope.items()
        }
        self.is_durable = engine == "durable" or (engine == "auto" and library() is not None)
        self.stages: dict[Scope, list[Stage]] = {}
        if self.is_durable:
            for scope, rules in book.by_scope.items():
                self.stages[scope] = stages_of(rules, scope, self.index[scope])
            self.durable = durable_rules(rules_of(self.blocks()))

    def blocks(self) -> list[Block]:
        """Every kind of message to durable-rules."""
        return [
            block for stages in self.stages.values() for stage in stages for block in stage.blocks
        ]

    def judge(self, tender: Tender, unchecked_clause_share: Decimal) -> Judgement:
        """
        The verdict of every rule at every place of a tender.

        Args:
            unchecked_clause_share: what the profile grants a clause that nobody can check.
        """
        view = TenderView(tender, unchecked_clause_share)
        whole = self._whole(view)
        verdicts = self.run([whole])
        parts = self._parts(view, whole)
        verdicts += self.run(parts)
        places = (whole, *parts)
        if tender.buyer.country not in (None, self.book.rulebook.jurisdiction):
            self._leave_foreign_law(places, verdicts)
        return Judgement(places, tuple(verdicts), self)

    def places(self, tender: Tender, unchecked_clause_share: Decimal) -> tuple[Place, ...]:
        """Every place of a tender with the facts read there, none concluded yet."""
        view = TenderView(tender, unchecked_clause_share)
        whole = self._whole(view)
        return whole, *self._parts(view, whole)

    def run(self, places: Sequence[Place]) -> list[list[int]]:
        """The verdicts of the rules at some places; concluded facts are added to their values."""
        if self.is_durable:
            return _DurableRun(self, places).verdicts()
        return [self.programs[place.scope].run(place.values) for place in places]

    def _whole(self, view: TenderView) -> Place:
        return Place("tender", "tender", [read(view) for read in self.reads["tender"]])

    def _parts(self, view: TenderView, whole: Place) -> list[Place]:
        return [
            self._place(scope, whole.values, at, part)
            for scope, parts_of in PARTS.items()
            if self.book.by_scope[scope]
            for at, part in parts_of(view)
        ]

    def judge_facts(self, scope: Scope, facts: dict[str, Any]) -> tuple[list[int], Place]:
        """The verdicts of the rules of a scope on facts given by name, as cases give them."""
        place = Place(scope, scope, [facts.get(name) for name in self.slots[scope]])
        return self.run([place])[0], place

    def _reads(self, scope: Scope) -> list[Callable[[Any], Any]]:
        """How the facts of a scope itself are read; a derived fact is unknown until concluded."""
        own = self.slots[scope][0 if scope == "tender" else len(self.slots["tender"]) :]
        return [FACTS[name].read if name in FACTS else _unknown for name in own]

    def _place(self, scope: Scope, shared: list[Any], at: str, part: Any) -> Place:
        reads = self.reads[scope]
        own = [None] * len(reads) if part is None else [read(part) for read in reads]
        return Place(scope, at, shared + own)

    def _leave_foreign_law(self, places: Sequence[Place], verdicts: list[list[int]]) -> None:
        """French law says nothing of a buyer known to be elsewhere."""
        for place, row in zip(places, verdicts, strict=True):
            for i, bound in enumerate(self.programs[place.scope].rules):
                if bound.rule.file.kind == "require" and JURISDICTION_FACT not in bound.rule.facts:
                    row[i] = NOT_APPLICABLE


class _DurableRun:
    """One pass of durable-rules over some places, stage by stage."""

    def __init__(self, judge: Judge, places: Sequence[Place]) -> None:
        self.judge = judge
        self.places = places
        self.found: list[list[int]] = [[] for _ in places]

    def verdicts(self) -> list[list[int]]:
        waiting = [(n, self.judge.stages[place.scope]) for n, place in enumerate(self.places)]
        for number in count():
            readings = [
                (n, stages[number].run(self.places[n].values))
                for n, stages in waiting
                if number < len(stages)
            ]
            if not readings:
                break
            self._settle(readings)
        return self.found

    def _settle(self, readings: Sequence[tuple[int, Reading]]) -> None:
        """Fire, conclude facts, and keep the verdicts: what fired, or what silence says."""
        told = [message for _, (messages, _, _) in readings for message in messages]
        fired = self.judge.durable.fire(told)
        for number, (messages, expected, verdicts) in readings:
            names = [name for message in messages for name in fired.get(message, ())]
            if names or expected:
                self._agree(names, expected, self.places[number])
                for pattern in expected:
                    if pattern.slot is None:
                        self._conclude(pattern, self.places[number])
                    else:
                        verdicts[pattern.slot] = pattern.verdict
            self.found[number] += verdicts

    def _agree(self, names: Sequence[str], expected: Sequence[Pattern], place: Place) -> None:
        """
        Hold what fired against what had to.

        Raises:
            EngineError: one fired without its literals, or did not fire with them.
        """
        wrong = {pattern.name for pattern in expected}.symmetric_difference(names)
        if wrong:
            self.judge.durable.forget()
            raise _disagreement(min(wrong), place)

    def _conclude(self, pattern: Pattern, place: Place) -> None:
        rule, index = pattern.bound.rule, self.judge.index[place.scope]
        assert rule.file.conclude
        slot = index[rule.file.conclude.fact]
        if place.values[slot] is None:
            value = rule.value if pattern.positive else rule.otherwise
            if isinstance(value, FactRef):
                place.values[slot] = place.values[index[value.fact]]
            else:
                place.values[slot] = pattern.bound.constant(value)


def _disagreement(name: str, place: Place) -> EngineError:
    return EngineError(
        Fault(
            f"moteur durable, règle {name[:-1]}, {place.at}",
            "durable-rules contredit les conditions qui lui ont été données",
            "le même verdict",
            "Utilisez --engine python et signalez ce dossier",
        )
    )


def _slots(book: BoundRulebook) -> dict[Scope, tuple[str, ...]]:
    """The facts that the rules read or conclude; a scope's own follow those of the tender."""
    vocabulary = book.rulebook.vocabulary
    names: dict[Scope, dict[str, None]] = {scope: {} for scope in SCOPES}
    for bound in book.rules:
        concluded = [bound.rule.file.conclude.fact] if bound.rule.file.conclude else []
        for name in (*bound.rule.facts, *concluded):
            names[vocabulary[name].scope][name] = None
    tender = tuple(names["tender"])
    return {s: tender if s == "tender" else tender + tuple(own) for s, own in names.items()}


def _unknown(_: Any) -> None:
    return None
