"""What a tender is worth, without the sentences: what `reporting` says, for many tenders."""

from __future__ import annotations

from collections import Counter

from procure.domain.improvement import Earned, Outcome
from procure.domain.tender import Tender
from procure.engine import scoring
from procure.engine.binding import BoundRule
from procure.engine.judge import Judgement
from procure.engine.program import BREACH
from procure.rulebook.schema import Profile


def outcome(judgement: Judgement, tender: Tender, profile: Profile) -> Outcome:
    """
    The points of each policy rule, the blocking and warning rules broken, the score.

    Args:
        tender: the one judged, for the answers that people gave.
    """
    facts = {(p.scope, p.at): judgement.facts(p) for p in judgement.places}
    shares: dict[str, tuple[BoundRule, list[scoring.Interval]]] = {}
    broken: Counter[str] = Counter()
    blocking: set[str] = set()
    answers = {(a.rule, a.at): a.answer for a in tender.judgements}
    for bound, at, verdict, _ in judgement.findings():
        if bound.rule.file.kind == "reward":
            share = scoring.interval(bound, facts[bound.rule.file.scope, at])
            shares.setdefault(bound.code, (bound, []))[1].append(share)
        elif verdict != BREACH or bound.severity not in ("blocking", "warning"):
            continue
        elif not bound.rule.file.question or answers.get((bound.code, at)) == "not_compliant":
            broken[bound.code] += 1
            if bound.severity == "blocking":
                blocking.add(bound.code)
    rewards = [scoring.reward(bound, found) for bound, found in shares.values()]
    overall = scoring.score(rewards, profile).overall
    return Outcome(
        breaches=dict(broken),
        earned={
            reward.bound.code: Earned(axis, reward.low, reward.available)
            for reward in rewards
            if (axis := reward.bound.rule.file.axis) is not None
        },
        low=overall.low,
        letter=overall.letter,
        blocking=frozenset(blocking),
    )
