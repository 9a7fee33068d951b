"""Improves a tender: the least changes that remove its breaches and reach a target."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from functools import cache
from pathlib import Path
from typing import Any, cast

from procure.api.clock import today
from procure.api.rules import judge_on, profile, rulebook
from procure.api.scoring import DEFAULT_PROFILE, score_reading
from procure.api.writing import write_whole
from procure.documents import library
from procure.domain import french
from procure.domain.errors import Fault, InputError
from procure.domain.improvement import (
    ChangeFile,
    Improvement,
    Offer,
    Outcome,
    Situation,
    Status,
    Step,
    holds,
)
from procure.domain.outline import Outline
from procure.domain.report import Report
from procure.domain.tender import Clause, Criterion, Lot, Tender
from procure.engine.outcome import outcome
from procure.engine.prose import ProseReading, read_prose
from procure.exchange.native import read_yaml, write_yaml
from procure.exchange.reader import read
from procure.exchange.reading import Reading
from procure.planning.candidates import Candidate, Gathering
from procure.planning.editing import edited
from procure.planning.improving import Goal, Plan, Planner
from procure.resources.validation import nearest
from procure.rulebook.changes import load_changes
from procure.rulebook.schema import Profile
from procure.wording.spotting import Spotter, default

LETTERS = ("A", "B", "C", "D")
STEP = Decimal(100_000)
TEN = Decimal(10)
MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked: a target (a letter, points), paths to keep, the day and the profile."""

    target: str | None = None
    keep: tuple[str, ...] = ()
    profile: str = DEFAULT_PROFILE
    day: date | None = None
    used_on: date | None = None


@dataclass(frozen=True, slots=True)
class Improved:
    """
    What was found, and the tender with the changes made.

    `day` is the day judged, which the tender may not say itself.
    """

    improvement: Improvement
    tender: Tender
    day: date


def improve(path: Path, wish: Wish | None = None) -> Improved:
    """
    The least changes that remove every breach of a tender and reach a target.

    Raises:
        InputError: the file cannot be read; the target or a path to keep is not one.
    """
    return improve_reading(read(path), path.name, wish or Wish())


def improve_reading(reading: Reading, name: str, wish: Wish) -> Improved:
    """The least changes for a tender already read; see `improve`."""
    policy = profile(wish.profile)
    points = target_points(wish.target, policy)
    keep = tuple(checked_path(path, reading.tender) for path in wish.keep)
    before = _report(reading, name, wish)
    work = _Work(reading, before, policy, wish.used_on or today(), _Remembered(default()))
    candidates = work.candidates(keep)
    planner = Planner(
        [candidate.option for candidate in candidates],
        lambda taken: work.outcome(taken, candidates),
        before.score.weights,
    )
    plan = planner.plan(Goal(points))
    tender = edited(reading.tender, work.edits(plan.taken, candidates))
    after = _report(_read_again(tender, reading), name, wish)
    told = _told(before, after, plan, planner, candidates, points)
    return Improved(told, tender, before.day)


def apply(improved: Improved, path: Path, force: bool) -> Path:
    """
    Write the tender with its changes, in YAML.

    Raises:
        ProcureError: the file exists and `force` is false; it cannot be written.
    """
    return write_whole(path, write_yaml(improved.tender).encode(), force)


def to_json(improvement: Improvement) -> str:
    """The improvement as JSON."""
    plain = improvement.model_dump(mode="json")
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


# --- what is asked -------------------------------------------------------------------------------


def target_points(target: str | None, policy: Profile) -> float | None:
    """
    The points of a target: a letter of the profile, or points out of 100.

    Raises:
        InputError: neither a letter nor points.
    """
    if target is None:
        return None
    word = target.strip().upper()
    if word in LETTERS:
        return float(getattr(policy.letters, word))
    try:
        points = Decimal(word.replace(",", "."))
    except ArithmeticError:
        points = Decimal(-1)
    if not points.is_finite() or not 0 <= points <= 100:
        expected = "une lettre (A, B, C ou D) ou des points de 0 à 100"
        raise InputError(Fault("--target", f"« {target} » n'est pas une cible", expected))
    return float(points)


def checked_path(path: str, tender: Tender) -> str:
    """
    A path to keep, as tender files write it: `criteria`, `lots[0].reservation`, `advance.share`.

    Raises:
        InputError: no such field, lot, criterion or clause; names the nearest.
    """
    head, _, rest = path.strip().partition(".")
    name, _, number = head.partition("[")
    lists: dict[str, tuple[type[Any], Sequence[Any]]] = {
        "lots": (Lot, tender.lots or ()),
        "criteria": (Criterion, tender.criteria or ()),
        "clauses": (Clause, tender.clauses or ()),
    }
    if number and name in lists:
        model, parts = lists[name]
        place = number.removesuffix("]")
        if not place.isdigit() or int(place) >= len(parts) or (rest and not holds(model, rest)):
            raise _no_path(path, [f"{name}[{i}]" for i in range(len(parts))])
    elif not holds(Tender, path.strip()):
        raise _no_path(path, list(Tender.model_fields))
    return path.strip()


def _no_path(path: str, known: list[str]) -> InputError:
    expected = "un champ du dossier (criteria, clauses, lots[0].reservation, advance.share…)"
    what = f"« {path} » ne se trouve pas dans le dossier"
    return InputError(Fault("--keep", what, expected, nearest(path, known)))


# --- what is weighed -----------------------------------------------------------------------------


@cache
def _changes() -> tuple[ChangeFile, ...]:
    return load_changes(tuple(rule.code for rule in rulebook().rules))


@cache
def _library() -> library.Library:
    return library.load()


class _Remembered:
    """A spotter that reads each text once: the sets that are weighed share nearly all of theirs."""

    def __init__(self, spotter: Spotter) -> None:
        self.concepts = spotter.concepts
        self.spot = cache(spotter.spot)


@dataclass(frozen=True)
class _Work:
    """A tender under way: what it is judged by, and what may be changed."""

    reading: Reading
    report: Report
    policy: Profile
    used_on: date
    spotter: _Remembered

    def candidates(self, keep: tuple[str, ...]) -> list[Candidate]:
        tender = self.reading.tender
        seen = self._prose(tender).tender
        offers = tuple(_offers(self.report.tender.value_excl_tax))
        return Gathering(tender, seen, self.report, _changes(), offers, keep).candidates()

    def _prose(self, tender: Tender) -> ProseReading:
        return read_prose(tender, cast(Spotter, self.spotter), self.policy.least_confidence)

    def edits(self, taken: frozenset[str], candidates: Sequence[Candidate]) -> list[Any]:
        return [edit for c in candidates if c.option.id in taken for edit in c.edits]

    def outcome(self, taken: frozenset[str], candidates: Sequence[Candidate]) -> Outcome:
        """What the tender is worth with some changes, by the engine written in Python."""
        tender = edited(self.reading.tender, self.edits(taken, candidates))
        prose = self._prose(tender)
        judge = judge_on(
            self.report.day, tender.notified_on, "python", self.used_on, self.policy.settings
        )
        judgement = judge.judge(prose.tender, self.policy.unchecked_clause_share)
        return outcome(judgement, prose.tender, self.policy)


def _offers(value: Decimal | None) -> Iterator[Offer]:
    """The clauses of the library with their own values, and with those of `rules/changes/`."""
    scaled = [change for change in _changes() if change.parameters]
    for source in _library().clauses:
        yield _offer(source, {}, None)
        for change in scaled if value else ():
            names = change.parameters.keys() & source.parameters.keys()
            if names and set(change.answers) & set(source.cures):
                values = {
                    name: _scaled(change.parameters[name], value or Decimal(0)) for name in names
                }
                yield _offer(source, values, change)


def _scaled(per_step: Decimal, value: Decimal) -> Decimal:
    """A quantity for the whole need, rounded up to ten."""
    return (per_step * value / STEP / TEN).to_integral_value(ROUND_CEILING) * TEN


def _offer(source: Any, values: Mapping[str, Decimal], change: ChangeFile | None) -> Offer:
    is_clause = source.kind in ("execution", "specification", "selection")
    return Offer(
        source=source,
        clause=library.taken(source, values) if is_clause else None,
        criterion=library.criterion_taken(source, values) if source.criterion else None,
        reservation=library.reservation_taken(source, values) if source.reservation else None,
        fields=library.tender_fields(source, values),
        variant=change.name if change else None,
        costs=change.costs if change else None,
        note=change.note if change else None,
    )


def _report(reading: Reading, name: str, wish: Wish) -> Report:
    return score_reading(reading, name, wish.day, wish.profile, "python", wish.used_on)


def _read_again(tender: Tender, reading: Reading) -> Reading:
    """The tender as its own file will be read, on the day of the file it comes from."""
    again = read_yaml(write_yaml(tender), "improved.yaml", reading.digest)
    return Reading(again.tender, again.origins, again.digest, "yaml", (), reading.dated_on)


# --- what is told --------------------------------------------------------------------------------


def _told(
    before: Report,
    after: Report,
    plan: Plan,
    planner: Planner,
    candidates: Sequence[Candidate],
    points: float | None,
) -> Improvement:
    known = {candidate.option.id: candidate for candidate in candidates}
    reached = plan.reached
    steps = tuple(_steps(plan, planner, known))
    return Improvement(
        before=Situation(score=before.score, law=before.law),
        after=Situation(score=after.score, law=after.law),
        changes=steps,
        reached=reached,
        status=_status(plan),
        reason=_reason(before, after, plan, points, len(candidates)),
        effort=plan.effort,
        bound=plan.bound,
        singles=tuple(_singles(planner, known)),
    )


def _status(plan: Plan) -> Status:
    if not plan.reached:
        return "unreachable"
    if not plan.taken:
        return "nothing_to_change"
    return "optimal" if plan.is_proven else "feasible"


def _steps(plan: Plan, planner: Planner, known: Mapping[str, Candidate]) -> Iterator[Step]:
    """The changes of a plan, what mends first; their gains add up to the whole."""
    start = planner.outcome(frozenset())

    def worth(id: str) -> tuple[int, float, str]:
        alone = planner.outcome(frozenset({id}))
        mended = sum(alone.breaches.values()) - sum(start.breaches.values())
        return mended, -_gain(start, alone) / known[id].option.effort, id

    done: frozenset[str] = frozenset()
    for id in sorted(plan.taken, key=worth):
        wider = done | {id}
        gain = _gain(planner.outcome(done), planner.outcome(wider))
        yield _step(known[id], gain)
        done = wider


def _singles(planner: Planner, known: Mapping[str, Candidate]) -> Iterator[Step]:
    """Each change by itself, where it mends a breach or gains points; the best value first."""
    start = planner.outcome(frozenset())
    found: list[tuple[int, float, int, str]] = []
    for option in planner.options:
        if option.requires:
            continue
        alone = planner.outcome(frozenset({option.id}))
        mended = sum(start.breaches.values()) - sum(alone.breaches.values())
        gain = _gain(start, alone)
        if mended > 0 or (gain > 0 and mended == 0):
            found.append((-mended, -gain / option.effort, option.effort, option.id))
    for _, _, _, id in sorted(found):
        yield _step(known[id], _gain(start, planner.outcome(frozenset({id}))))


def _gain(before: Outcome, after: Outcome) -> float:
    return round((after.low or 0.0) - (before.low or 0.0), 1)


def _step(candidate: Candidate, gain: float) -> Step:
    return Step(
        what=candidate.what,
        where=candidate.where,
        gain=gain,
        effort=candidate.option.effort,
        note=candidate.note,
    )


def _reason(before: Report, after: Report, plan: Plan, points: float | None, count: int) -> str:
    """What is not reached, and why; what stays to be done besides."""
    said = [
        *_left(after, plan, "blocking"),
        *_short(after, plan, points),
        *_left(after, plan, "warning"),
        *_waiting(after),
    ]
    if not said and not plan.taken:
        said.append("Rien à changer : aucun manquement, et la cible est atteinte.")
    return french.typeset(" ".join(said))


def _left(after: Report, plan: Plan, severity: str) -> Iterator[str]:
    """The rules that stay broken: no choice of the buyer answers them here."""
    titles = {f.rule: f.title for f in after.findings if f.severity == severity}
    left = [code for code in plan.left if code in titles]
    if left:
        named = " ; ".join(f"{code} ({titles[code]})" for code in left[:MOST_NAMED])
        what = "Manquements" if severity == "blocking" else "Avertissements"
        yield f"{what} qu'aucun changement du dossier ne lève : {named}."


def _short(after: Report, plan: Plan, points: float | None) -> Iterator[str]:
    low = after.score.overall.low
    if points is None or (low is not None and low >= points):
        return
    if low is None:
        yield "Aucune règle de politique d'achat ne s'applique : il n'y a pas de note à atteindre."
        return
    yield (
        f"La cible est de {french.number(points)} points ; les changements connus en donnent "
        f"{french.number(low)} au plus."
    )
    waits = [told for told in Outline(after).waiting if told.overall_gain > 0]
    if waits:
        gain = round(sum(told.overall_gain for told in waits), 1)
        codes = ", ".join(told.first.rule for told in waits[:MOST_NAMED])
        yield f"Des faits manquants cachent jusqu'à {french.number(gain)} points ({codes})."


def _waiting(after: Report) -> Iterator[str]:
    """The rules of law that wait for facts: nothing is invented for them."""
    if after.law.verdict != "to_complete":
        return
    told = [t for t in Outline(after).waiting if t.first.severity == "blocking"]
    if told:
        labels = dict.fromkeys(
            fact.label for one in told for fact in one.first.facts if fact.name in one.first.missing
        )
        named = ", ".join(list(labels)[:MOST_NAMED])
        yield f"Le droit attend des faits que seul l'acheteur connaît : {named}."
