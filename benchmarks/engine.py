"""
The engine step on a tender of ten lots, ours and the peers', on the whole rulebook.

Two measures. Conditions alone: the facts of every place are ready, in the form each engine takes;
out come the verdicts. Whole step: a tender goes in, findings with their evidence come out; a peer
is put in the place of our engine, and uses our facts and findings.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from benchmarks.peers import PEERS, Peer, facts_of
from benchmarks.tenders import full, with_holes
from benchmarks.timing import medians, table
from procure.api.rules import profile, rulebook
from procure.api.scoring import to_json
from procure.domain.report import Receipt
from procure.engine.binding import BoundRulebook, bind
from procure.engine.inference import library
from procure.engine.judge import Judge, Judgement
from procure.engine.reporting import Subject, report

DAY = date(2026, 9, 1)
SHARE = Decimal("0.25")
TRIED = 60
Candidates = dict[str, Callable[[], object]]


def run() -> str:
    """Both tables, after a check that all say the same of every rule and place."""
    book = bind(rulebook(), DAY)
    judges = {"procure, python": Judge(book, "python")}
    if library() is not None:
        judges["procure, durable"] = Judge(book, "durable")
    peers = {name: make(judges["procure, python"]) for name, make in PEERS.items()}
    checked = _check(judges, peers)
    alone = medians(_alone(judges, peers))
    whole = medians(_whole(judges, peers))
    return "\n\n".join(
        [
            _size(book, judges["procure, python"].judge(full(), SHARE)),
            f"Same verdicts everywhere: {checked}.",
            "### Conditions alone, facts ready",
            _ratios(alone),
            "### Whole step: facts, conditions, findings with evidence",
            _ratios(whole),
            "### The rest of a report",
            _rest(judges["procure, python"]),
        ]
    )


def _check(judges: dict[str, Judge], peers: dict[str, Peer]) -> str:
    """
    Compare the verdicts of all on full tenders and on tenders with holes.

    Raises:
        AssertionError: one of them disagrees; the ratios would mean nothing.
    """
    tenders = [full(), full(0), full(1), full(40), *(with_holes(seed) for seed in range(TRIED))]
    seen: dict[int, int] = {}
    for number, tender in enumerate(tenders):
        judged = [judge.judge(tender, SHARE) for judge in judges.values()]
        facts = facts_of(judged[0])
        verdicts = list(judged[0].verdicts)
        others = {name: list(j.verdicts) for name, j in zip(judges, judged, strict=True)}
        others |= {name: _whole_numbers(peer(facts)) for name, peer in peers.items()}
        for name, found in others.items():
            assert found == verdicts, f"{name} disagrees on tender {number}"
        for verdict in (v for row in verdicts for v in row):
            seen[verdict] = seen.get(verdict, 0) + 1
    words = ("not applicable", "clear", "breach", "unknown")
    return f"{len(tenders)} tenders, " + ", ".join(f"{seen[i]} {w}" for i, w in enumerate(words))


def _whole_numbers(rows: Any) -> list[list[int]]:
    return [[int(verdict) for verdict in row] for row in rows]


def _alone(judges: dict[str, Judge], peers: dict[str, Peer]) -> Candidates:
    judged = {name: judge.judge(full(), SHARE) for name, judge in judges.items()}
    ready = facts_of(judged["procure, python"])
    ours: Candidates = {name: _conditions(judgement) for name, judgement in judged.items()}
    return ours | {name: lambda peer=peer: peer(ready) for name, peer in peers.items()}  # type: ignore[misc]


def _conditions(judgement: Judgement) -> Callable[[], object]:
    """The verdicts of every place again, from facts that are read but not yet concluded."""
    judge, places = judgement.judge, judgement.places
    concluded = [
        (place.values, judge.index[place.scope][bound.rule.file.conclude.fact])
        for place in places
        for bound in judge.book.by_scope[place.scope]
        if bound.rule.file.conclude
    ]

    def call() -> object:
        for values, slot in concluded:
            values[slot] = None
        return judge.run(places[:1]) + judge.run(places[1:])

    return call


def _whole(judges: dict[str, Judge], peers: dict[str, Peer]) -> Candidates:
    tender, plain = full(), judges["procure, python"]

    def with_peer(peer: Peer) -> Callable[[], object]:
        def call() -> object:
            places = plain.places(tender, SHARE)
            facts = facts_of(Judgement(tuple(places), (), plain))
            return Judgement(tuple(places), tuple(peer(facts)), plain).findings()

        return call

    ours: Candidates = {
        name: lambda judge=judge: judge.judge(tender, SHARE).findings()  # type: ignore[misc]
        for name, judge in judges.items()
    }
    return ours | {f"with {name}": with_peer(peer) for name, peer in peers.items()}


def _ratios(microseconds: dict[str, float]) -> str:
    """Time of each, and how many times as long as each of ours."""
    ours = [name for name in microseconds if name.startswith("procure")]
    heads = ("", "µs a tender", *(f"× {name.removeprefix('procure, ')}" for name in ours))
    rows = [
        (name, f"{time:.0f}", *(f"{time / microseconds[one]:.1f}" for one in ours))
        for name, time in sorted(microseconds.items(), key=lambda pair: pair[1])
    ]
    return table(heads, rows)


def _rest(judge: Judge) -> str:
    policy = profile("grand-poitiers")
    receipt = Receipt(
        version="0", rulebook="", profile=policy.name, day=DAY, input="", law_read_up_to=DAY
    )
    judgement, subject = judge.judge(full(), SHARE), Subject(full(), {}, policy, receipt)
    written = report(judgement, subject)
    found = medians(
        {
            "report: words, origins, score, receipt": lambda: report(judgement, subject),
            "report to JSON": lambda: to_json(written),
        },
        rounds=7,
    )
    return table(("", "ms"), [(name, f"{time / 1000:.1f}") for name, time in found.items()])


def _size(book: BoundRulebook, judgement: Judgement) -> str:
    rules = ", ".join(f"{len(r)} {scope}" for scope, r in book.by_scope.items() if r)
    judged = sum(map(len, judgement.verdicts))
    return (
        f"{len(book.rules)} rules in force on {DAY} ({rules}); a tender of ten lots has "
        f"{len(judgement.places)} places, {judged} verdicts, {len(judgement.findings())} findings."
    )
