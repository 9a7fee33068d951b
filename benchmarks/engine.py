"""
The engine step on a tender of ten lots, ours and the peers', on the whole rulebook.

Three measures. Conditions alone: the facts of every place are ready, in the form each engine takes;
out come the verdicts. Findings: the same facts, out come the verdicts with their evidence. Whole
step: a tender goes in, findings with their evidence come out; a peer is put in the place of our
engine, and uses our facts and findings.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from benchmarks.expressions import plain
from benchmarks.peers import PEERS, Answers, Peer, facts_of
from benchmarks.tenders import full, with_holes
from benchmarks.timing import medians, table
from procure.api.rules import profile, rulebook
from procure.api.scoring import to_json
from procure.domain.report import Receipt
from procure.engine.binding import BoundRulebook, bind
from procure.engine.inference import library
from procure.engine.judge import Judge, Judgement
from procure.engine.prose import ProseReading
from procure.engine.reporting import Subject, report

DAY = date(2026, 9, 1)
SHARE = Decimal("0.25")
TRIED = 60
OURS = "procure, "
# How many times as fast as the fastest peer: at least, and the goal.
GOALS = {f"{OURS}python": (8, 15), f"{OURS}durable": (1.5, 3)}
ALONE = "Conditions alone, facts ready"
FINDINGS = "Findings with their evidence, facts ready"
WHOLE = "Whole step: facts, conditions, findings with evidence"
Candidates = dict[str, Callable[[], object]]
Judges = dict[str, Judge]
Peers = dict[str, Peer]
Times = dict[str, float]


def run() -> str:
    """The three tables, after a check that all say the same of every rule and place."""
    book = bind(rulebook(), DAY)
    judges = {f"{OURS}python": Judge(book, "python")}
    if library() is not None:
        judges[f"{OURS}durable"] = Judge(book, "durable")
    judge = judges[f"{OURS}python"]
    bare = {name: make(judge, False) for name, make in PEERS.items()}
    evident = {name: make(judge, True) for name, make in PEERS.items()}
    checked = _check(judges, bare, evident)
    times = _timed(
        {
            ALONE: _alone(judges, bare),
            FINDINGS: _findings(judges, bare, evident),
            WHOLE: _whole(judges, bare),
        }
    )
    return "\n\n".join(
        [
            _size(book, judge.judge(full(), SHARE)),
            f"Same verdicts and same evidence everywhere: {checked}.",
            *(f"### {title}\n\n{_ratios(found)}" for title, found in times.items()),
            "### Ours against the fastest peer",
            _summary(times),
            "### The rest of a report",
            _rest(judge),
        ]
    )


def _check(judges: Judges, bare: Peers, evident: Peers) -> str:
    """
    Compare the verdicts and the evidence of all on full tenders and on tenders with holes.

    Raises:
        AssertionError: one of them disagrees; the ratios would mean nothing.
    """
    tenders = [full(), full(0), full(1), full(40), *(with_holes(seed) for seed in range(TRIED))]
    seen: dict[int, int] = {}
    for number, tender in enumerate(tenders):
        judged = {name: judge.judge(tender, SHARE) for name, judge in judges.items()}
        first = next(iter(judged.values()))
        facts = facts_of(first)
        verdicts = {name: list(judgement.verdicts) for name, judgement in judged.items()}
        evidence = {name: _answers(judgement) for name, judgement in judged.items()}
        verdicts |= {name: peer(facts) for name, peer in bare.items()}
        evidence |= {name: peer(facts) for name, peer in evident.items()}
        _agree(verdicts, f"the verdicts of tender {number}")
        _agree(evidence, f"the evidence of tender {number}")
        for verdict in (v for row in first.verdicts for v in row):
            seen[verdict] = seen.get(verdict, 0) + 1
    words = ("not applicable", "clear", "breach", "unknown")
    return f"{len(tenders)} tenders, " + ", ".join(f"{seen[i]} {w}" for i, w in enumerate(words))


def _answers(judgement: Judgement) -> Answers:
    """Our findings, laid out as the peers' answers."""
    findings = iter(judgement.findings())
    rows = [
        [verdict and [verdict, *map(plain, next(findings)[3])] for verdict in row]
        for row in judgement.verdicts
    ]
    assert next(findings, None) is None, "a finding too many"
    return rows


def _agree(said: dict[str, Answers], what: str) -> None:
    written = {name: json.dumps(_floats(rows)) for name, rows in said.items()}
    expected = next(iter(written.values()))
    for name, found in written.items():
        assert found == expected, f"{name} disagrees on {what}"


def _floats(value: Any) -> Any:
    """
    Every number as a float of 14 digits: 2 and 2.0 are the same answer; true and 1 are not.

    zen-engine turns floats into decimals and back, and loses the last digit of 0.1677….
    """
    if isinstance(value, list | tuple):
        return [_floats(part) for part in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(f"{value:.14g}")
    return value


def _timed(groups: dict[str, Candidates]) -> dict[str, Times]:
    """All tables in the same rounds: ratios from one table to another hold too."""
    found = medians(
        {f"{title}/{name}": call for title, group in groups.items() for name, call in group.items()}
    )
    return {
        title: {name: found[f"{title}/{name}"] for name in group} for title, group in groups.items()
    }


def _alone(judges: Judges, peers: Peers) -> Candidates:
    judged, ready = _ready(judges)
    ours: Candidates = {name: _conditions(judgement) for name, judgement in judged.items()}
    return ours | {name: lambda peer=peer: peer(ready) for name, peer in peers.items()}


def _findings(judges: Judges, bare: Peers, evident: Peers) -> Candidates:
    """A peer gives the evidence itself, or its bare verdicts are completed by our code."""
    judged, ready = _ready(judges)
    ours = {name: _evident(_conditions(found), found) for name, found in judged.items()}
    first = judged[f"{OURS}python"]
    theirs: Candidates = {name: lambda peer=peer: peer(ready) for name, peer in evident.items()}
    completed = {
        f"{name}, verdicts only + our findings": _evident(lambda peer=peer: peer(ready), first)
        for name, peer in bare.items()
    }
    return ours | theirs | completed


def _ready(judges: Judges) -> tuple[dict[str, Judgement], dict[str, Any]]:
    judged = {name: judge.judge(full(), SHARE) for name, judge in judges.items()}
    return judged, facts_of(judged[f"{OURS}python"])


def _conditions(judgement: Judgement) -> Callable[[], list[list[int]]]:
    """The verdicts of every place again, from facts that are read but not yet concluded."""
    judge, places = judgement.judge, judgement.places
    concluded = [
        (place.values, judge.index[place.scope][bound.rule.file.conclude.fact])
        for place in places
        for bound in judge.book.by_scope[place.scope]
        if bound.rule.file.conclude
    ]

    def call() -> list[list[int]]:
        for values, slot in concluded:
            values[slot] = None
        return judge.run(places[:1]) + judge.run(places[1:])

    return call


def _evident(verdicts: Callable[[], Answers], judgement: Judgement) -> Callable[[], object]:
    """Findings with their evidence, from the verdicts of any engine and our places."""
    judge, places = judgement.judge, judgement.places
    return lambda: Judgement(places, tuple(verdicts()), judge).findings()


def _whole(judges: Judges, peers: Peers) -> Candidates:
    tender, judge = full(), judges[f"{OURS}python"]

    def with_peer(peer: Peer) -> Callable[[], object]:
        def call() -> object:
            places = judge.places(tender, SHARE)
            facts = facts_of(Judgement(tuple(places), (), judge))
            return Judgement(tuple(places), tuple(peer(facts)), judge).findings()

        return call

    ours: Candidates = {
        name: lambda judge=judge: judge.judge(tender, SHARE).findings()
        for name, judge in judges.items()
    }
    return ours | {f"with {name}": with_peer(peer) for name, peer in peers.items()}


def _ratios(times: Times) -> str:
    """Time of each, and how many times as long as each of ours."""
    ours = [name for name in times if name.startswith(OURS)]
    heads = ("", "µs a tender", *(f"× {name.removeprefix(OURS)}" for name in ours))
    rows = [
        (name, f"{time:.0f}", *(f"{time / times[one]:.1f}" for one in ours))
        for name, time in sorted(times.items(), key=lambda pair: pair[1])
    ]
    return table(heads, rows)


def _summary(times: dict[str, Times]) -> str:
    """The fastest peer ÷ ours in each table, then our whole step ÷ a peer's conditions."""
    ours = [name for name in times[ALONE] if name.startswith(OURS)]
    alone, whole = _fastest(times[ALONE]), _fastest(times[WHOLE])
    itself = _fastest({name: times[FINDINGS][name] for name in PEERS})
    completed = _fastest({n: t for n, t in times[FINDINGS].items() if n not in PEERS})
    rows = [
        ("conditions alone: fastest peer ÷ ours", alone, ALONE),
        ("findings, evidence by the peer: fastest peer ÷ ours", itself, FINDINGS),
        ("findings, evidence by our code: fastest peer ÷ ours", completed, FINDINGS),
        ("whole step: fastest peer ÷ ours", whole, WHOLE),
    ]
    against = [
        ("whole step of ours ÷ conditions (with evidence) of the fastest peer", itself),
        ("whole step of ours ÷ conditions (bare) of the fastest peer", alone),
    ]
    return table(
        ("", *(name.removeprefix(OURS) for name in ours)),
        [
            *(
                (text, *(_judged(time / times[t][one], one) for one in ours))
                for text, time, t in rows
            ),
            *(
                (text, *(f"{times[WHOLE][one] / time:.2f}" for one in ours))
                for text, time in against
            ),
        ],
    )


def _judged(ratio: float, one: str) -> str:
    """A ratio with what it reaches: the goal, the least that was asked, or neither."""
    least, goal = GOALS[one]
    reached = "goal" if ratio >= goal else "minimum" if ratio >= least else "missed"
    return f"{ratio:.2f} ({reached})"


def _fastest(times: Times) -> float:
    return min(time for name, time in times.items() if not name.startswith(OURS))


def _rest(judge: Judge) -> str:
    policy = profile("grand-poitiers")
    receipt = Receipt(
        version="0", rulebook="", profile=policy.name, day=DAY, input="", law_read_up_to=DAY
    )
    tender = full()
    subject = Subject(ProseReading(tender, tender), {}, policy, receipt)
    judgement = judge.judge(tender, SHARE)
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
