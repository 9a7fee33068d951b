"""
Random tenders in one process: `python tests/engine/batch.py FIRST COUNT [EVERY]`.

Run in a process of its own by test_batch.py, so that a crash of durable-rules is a failed test.
Prints what went wrong, one line a fault. EVERY: one tender in so many has its reports compared to
the byte; the others have every fact, verdict and finding compared.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import drawing

from procure.api.rules import profile, rulebook
from procure.api.scoring import to_json
from procure.domain.report import Receipt, Score
from procure.domain.tender import Tender
from procure.engine import scoring
from procure.engine.binding import bind
from procure.engine.evidence import truth, used
from procure.engine.judge import Judge, Judgement
from procure.engine.program import BREACH, CLEAR, UNKNOWN
from procure.engine.prose import ProseReading
from procure.engine.reporting import Subject, report
from procure.rulebook.vocabulary import Scope

POLICY = profile("grand-poitiers")
NUMBERS = drawing.numbers_of_law(rulebook())
DAYS = sorted({drawing.day(Random(i)) for i in range(30)})

INHERITED = ("nature", "cpv", "due_on")
STATED = (
    "procedure", "regime", "form", "nature", "cpv", "published_in", "documents_online",
    "electronic_submission", "is_urgent", "standstill_days", "sent_to_prefect", "max_lots_bid",
    "lots_award_rule", "price_revision", "sme_share_in_global", "last_contractor_again",
    "social_waiver", "no_lots", "sourcing", "site_visit", "due_on",
)  # fmt: skip
"""
Fields that state one thing each.

Left out: amounts (the largest known counts), renewals and sub-criteria (absent means none), a
criterion's link, a cap on lots won, variable offers, a retention and a delay of payment (not
written means not in question), what a lot inherits when it does not say.
"""
CLAUSE_FIELDS = ("axis", "subject", "kind", "proof", "checked_by", "checked_when", "penalty")
CRITERION_FIELDS = ("weight", "method", "description")


@cache
def judges(day: date) -> tuple[Judge, Judge]:
    book = bind(rulebook(), day)
    return Judge(book, "python"), Judge(book, "durable")


def judged(judge: Judge, tender: Tender) -> Judgement:
    return judge.judge(tender, POLICY.unchecked_clause_share)


def written(judgement: Judgement, tender: Tender) -> str:
    day = judgement.judge.book.day
    receipt = Receipt(
        version="0", rulebook="", profile="p", day=day, input="", law_read_up_to=date(2026, 8, 1)
    )
    return to_json(report(judgement, Subject(ProseReading(tender, tender), {}, POLICY, receipt)))


def score(judgement: Judgement) -> Score:
    shares: dict[str, list[scoring.Interval]] = {}
    bounds = {}
    facts = {(p.scope, p.at): judgement.facts(p) for p in judgement.places}
    for bound, at, _, _ in judgement.findings():
        rule = bound.rule
        if rule.file.kind == "reward":
            bounds[rule.code] = bound
            share = scoring.interval(bound, facts[rule.file.scope, at])
            shares.setdefault(rule.code, []).append(share)
    rewards = [scoring.reward(bounds[code], found) for code, found in shares.items()]
    return scoring.score(rewards, POLICY)


def faults(seed: int, every: int) -> Iterator[str]:
    random = Random(seed)
    tender = drawing.Drawer(random, NUMBERS).tender()
    plain, durable = judges(random.choice(DAYS))
    first, second = judged(plain, tender), judged(durable, tender)
    if (first.places, first.verdicts) != (second.places, second.verdicts):
        yield "the engines disagree"
    if first.findings() != second.findings():
        yield "the findings differ"
    if seed % every == 0 and written(first, tender) != written(second, tender):
        yield "the reports differ"
    yield from _accusations(first)
    yield from _interpreted(first)
    yield from _gains(random, tender, first)


def _accusations(judgement: Judgement) -> Iterator[str]:
    """Facts that decide a clear or a breach are known."""
    facts = {(p.scope, p.at): judgement.facts(p) for p in judgement.places}
    for bound, at, verdict, _ in judgement.findings():
        known = facts[bound.rule.file.scope, at]
        missing = [name for name in used(bound, known) if known[name] is None]
        if verdict != UNKNOWN and missing:
            yield f"{bound.code} at {at} rests on nothing: {missing}"


def _interpreted(judgement: Judgement) -> Iterator[str]:
    facts = {(p.scope, p.at): judgement.facts(p) for p in judgement.places}
    for bound, at, found, evidence in judgement.findings():
        rule, known = bound.rule, facts[bound.rule.file.scope, at]
        when = truth(rule.when, known, bound)
        is_law = rule.file.kind == "require"
        test = truth(rule.breach if is_law else rule.earn, known, bound)
        verdict = UNKNOWN if when is None or test is None else BREACH if test is is_law else CLEAR
        if verdict != found:
            yield f"{rule.code} at {at}: the interpreter says {verdict}"
        if evidence != tuple(known[name] for name in rule.facts):
            yield f"{rule.code} at {at}: the evidence is not what the rule reads"


def _gains(random: Random, tender: Tender, before: Judgement) -> Iterator[str]:
    """What no longer knowing one field changes for the better, or to an accusation."""
    field, less = _without_one(random, tender)
    after = judged(before.judge, less)
    was, now = by_place(before), by_place(after)
    if not was.keys() <= now.keys():
        yield f"without {field}, places are lost"
    for scope, at in was.keys() & now.keys():
        rules = before.judge.programs[scope].rules
        for bound, old, new in zip(rules, was[scope, at], now[scope, at], strict=True):
            if new not in (old, UNKNOWN):
                yield f"without {field}, {bound.code} at {at} goes from {old} to {new}"
    first, second = score(before), score(after)
    for old_axis, new_axis in zip(first.axes.values(), second.axes.values(), strict=True):
        if _is_gain(old_axis.low, old_axis.high, new_axis.low, new_axis.high):
            yield f"without {field}, the score goes from {old_axis} to {new_axis}"


def by_place(judgement: Judgement) -> dict[tuple[Scope, str], list[int]]:
    places = ((place.scope, place.at) for place in judgement.places)
    return dict(zip(places, judgement.verdicts, strict=True))


def _is_gain(low: Any, high: Any, new_low: Any, new_high: Any) -> bool:
    return low is not None and (new_low > low or new_high < high)


def _without_one(random: Random, tender: Tender) -> tuple[str, Tender]:
    """The tender with one stated field made unknown, and the path of that field."""
    data = tender.model_dump(exclude_unset=True)
    paths: list[tuple[Any, ...]] = [(f,) for f in STATED if data.get(f) is not None]
    for owner in ((), *(("lots", i) for i in range(len(data.get("lots") or ())))):
        part = data if not owner else data["lots"][owner[1]]
        for name, fields in (("clauses", CLAUSE_FIELDS), ("criteria", CRITERION_FIELDS)):
            for i, inner in enumerate(part.get(name) or ()):
                paths += [(*owner, name, i, f) for f in fields if inner.get(f) is not None]
    paths = [p for p in paths if p[-1] not in INHERITED or not data.get("lots")]
    if not paths:
        return "nothing", tender
    path = random.choice(paths)
    target: Any = data
    for part in path[:-1]:
        target = target[part]
    target[path[-1]] = None
    return ".".join(map(str, path)), Tender.model_validate(data)


def main(first: int, count: int, every: int = 10) -> int:
    wrong = 0
    for seed in range(first, first + count):
        for fault in faults(seed, every):
            wrong += 1
            if wrong <= 40:
                print(f"tender {seed}: {fault}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
