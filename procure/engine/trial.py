"""Runs the cases of a rule on both engines and on the interpreter, and says what went wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from procure.domain.errors import Fault
from procure.domain.french import number
from procure.engine import speech
from procure.engine.binding import BoundRule, BoundRulebook, bind
from procure.engine.evidence import truth
from procure.engine.inference import library
from procure.engine.judge import EngineName, Judge
from procure.engine.program import BREACH, CLEAR, NOT_APPLICABLE, UNKNOWN
from procure.engine.scoring import interval
from procure.rulebook.cases import Case
from procure.rulebook.conditions import FactRef
from procure.rulebook.schema import Rulebook

VERDICTS = {NOT_APPLICABLE: "not_applicable", CLEAR: "clear", BREACH: "breach", UNKNOWN: "unknown"}
Outcome = tuple[str, Any]


def run(case: Case, book: Rulebook) -> list[Fault]:
    """What a case got wrong: on each engine, in words, in points; nothing when it passes."""
    bound = next((b for b in bind(book, case.on).rules if b.code == case.rule.code), None)
    if bound is None:
        is_fact = case.rule.file.kind == "qualify"
        absent = ("concludes" if is_fact else "not_applicable", None)
        return _compare(case, "règle pas encore en vigueur", absent)
    alone = BoundRulebook(book, bound.day, (bound,))
    engines: tuple[EngineName, ...] = ("python", "durable") if library() else ("python",)
    faults = [f for engine in engines for f in _compare(case, engine, _judged(case, alone, engine))]
    faults += _compare(case, "interprète", _interpreted(case, bound))
    return faults + _words(case, bound, book) + _points(case, bound)


def _judged(case: Case, alone: BoundRulebook, engine: EngineName) -> Outcome:
    judge, scope, conclude = Judge(alone, engine), case.rule.file.scope, case.rule.file.conclude
    verdicts, place = judge.judge_facts(scope, case.facts)
    if conclude:
        return "concludes", place.values[judge.index[scope][conclude.fact]]
    return _asked(case, VERDICTS[verdicts[0]]), None


def _interpreted(case: Case, bound: BoundRule) -> Outcome:
    rule = bound.rule
    when = truth(rule.when, case.facts, bound)
    if rule.file.conclude:
        side = rule.value if when else rule.otherwise if when is False else None
        fact = case.facts.get(side.fact) if isinstance(side, FactRef) else bound.constant(side)
        return "concludes", fact
    if when is not True:
        return ("not_applicable" if when is False else "unknown"), None
    is_law = rule.file.kind == "require"
    test = truth(rule.breach if is_law else rule.earn, case.facts, bound)
    if test is None:
        return "unknown", None
    return _asked(case, "breach" if test is is_law else "clear"), None


def _asked(case: Case, verdict: str) -> str:
    return "to_judge" if verdict == "breach" and case.rule.file.question else verdict


def _compare(case: Case, engine: str, outcome: Outcome) -> list[Fault]:
    expected = (case.written.expect, _plain(case.written.value))
    if outcome[0] == "concludes":
        outcome = ("concludes", _plain(outcome[1]))
    if outcome == expected:
        return []
    return [_fault(case, f"{_said(outcome)} ({engine})", _said(expected))]


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _said(outcome: Outcome) -> str:
    return f"conclut « {outcome[1]} »" if outcome[0] == "concludes" else outcome[0]


def _words(case: Case, bound: BoundRule, book: Rulebook) -> list[Fault]:
    text = " ".join(filter(None, (bound.rule.file.message, bound.rule.file.question)))
    said = speech.message(text, bound, case.facts, book.vocabulary)
    return [
        _fault(case, f"le message ne dit pas « {words} » : « {said} »", "ces mots")
        for words in case.written.mentions
        if _spaces(words) not in _spaces(said)
    ]


def _spaces(text: str) -> str:
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


def _points(case: Case, bound: BoundRule) -> list[Fault]:
    points = case.written.points
    if points is None or bound.rule.file.points is None:
        return []
    low, _ = interval(bound, case.facts)
    earned = low * bound.rule.file.points
    if earned == Decimal(points):
        return []
    return [_fault(case, f"{number(earned)} points gagnés", f"{points} points")]


def _fault(case: Case, what: str, expected: str) -> Fault:
    return Fault(f"{case.where}, cas « {case.written.name} »", what, expected)
