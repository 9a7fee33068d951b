"""Time against the number of rules and of lots: both should grow in a straight line."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.engine import DAY, SHARE
from benchmarks.tenders import full
from benchmarks.timing import medians, table
from procure.api.rules import rulebook
from procure.engine.binding import BoundRulebook, bind
from procure.engine.inference import library
from procure.engine.judge import EngineName, Judge

RULES = (25, 50, 100, 200)
LOTS = (1, 10, 100)
ENGINES: tuple[EngineName, ...] = ("python", "durable")


def run() -> str:
    """Conditions against rules, the whole step against lots."""
    engines = [e for e in ENGINES if e == "python" or library() is not None]
    return "\n\n".join([_by_rules(engines), _by_lots(engines)])


def _by_rules(engines: list[EngineName]) -> str:
    book = bind(rulebook(), DAY)
    tender = full()
    counts = [count for count in RULES if count <= len(book.rules)]
    judges = {(e, count): Judge(_part(book, count), e) for e in engines for count in counts}
    found = medians(
        {f"{e} {n}": lambda j=j: j.judge(tender, SHARE) for (e, n), j in judges.items()},
        rounds=7,
    )
    rows = [(e, *(f"{found[f'{e} {n}']:.0f}" for n in counts)) for e in engines]
    return table(("µs against rules", *map(str, counts)), rows)


def _part(book: BoundRulebook, count: int) -> BoundRulebook:
    """Some of the rules: those that conclude facts first, then every so many of the others."""
    first = [rule for rule in book.rules if rule.rule.file.conclude][: count // 2]
    others = [rule for rule in book.rules if not rule.rule.file.conclude]
    step = len(others) / (count - len(first))
    chosen = first + [others[int(i * step)] for i in range(count - len(first))]
    return replace(book, rules=tuple(sorted(chosen, key=lambda b: (b.level, b.code))))


def _by_lots(engines: list[EngineName]) -> str:
    tenders = {lots: full(lots) for lots in LOTS}
    judges = {engine: Judge(bind(rulebook(), DAY), engine) for engine in engines}
    found = medians(
        {
            f"{e} {lots}": lambda judge=judge, t=t: judge.judge(t, SHARE).findings()
            for e, judge in judges.items()
            for lots, t in tenders.items()
        },
        rounds=7,
    )
    rows = [(e, *(f"{found[f'{e} {lots}']:.0f}" for lots in LOTS)) for e in engines]
    return table(("µs against lots", *map(str, LOTS)), rows)
