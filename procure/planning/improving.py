"""
The least effort that reaches a goal, among options whose worth only scoring can tell.

An integer program proposes a set; scoring says what it is worth; the program learns and proposes
again, until what it hoped is what scoring gives. Nothing is announced that was not scored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from procure.domain.improvement import Outcome
from procure.domain.report import AxisName
from procure.planning.learning import BREACHES, POINTS, Cuts, Lessons, Taken
from procure.planning.options import Option, clashes, complete, many, may_stand, with_needs
from procure.planning.solver import Program, Solution, solve

Evaluate = Callable[[Taken], Outcome]
_Context = tuple[Taken, Taken]
"""The options taken and left among those that change which rules apply."""
ROUNDS = 400
LARGE = 1000
INFINITE = float("inf")
FEW = 16
ROUNDING = 0.05
MOST_TURNERS = 4
"""How many options that change which rules apply are tried in all their combinations."""


@dataclass(frozen=True, slots=True)
class Goal:
    """
    What is asked: no breach left, a score, a letter.

    `points` is the score out of 100 that the low bound must reach, None where none is asked.
    """

    points: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """
    A set of options, scored.

    `bound` is the least effort that any other plan needs; `is_proven` says that none is cheaper.
    `left` are the rules that stay broken, `most_points` the highest score within reach where the
    target is above it.
    """

    taken: Taken
    outcome: Outcome
    effort: int
    bound: int
    is_proven: bool
    reached: bool
    left: Mapping[str, int] = field(default_factory=dict)
    most_points: float | None = None


@dataclass(frozen=True, slots=True)
class _Limits:
    """What a set must respect: places where each rule may stay broken, and a score."""

    breaches: Mapping[str, int]
    points: float | None


@dataclass
class _Bounds:
    """What each context gave when it was last solved, as long as the lessons only grew."""

    revised: int = -1
    values: dict[_Context, float] = field(default_factory=dict)


class Planner:
    """
    Finds the least effort.

    Args:
        weights: what each axis weighs in the score.
        evaluate: scores a set of options; each set is scored once.
    """

    def __init__(
        self, options: Sequence[Option], evaluate: Evaluate, weights: Mapping[AxisName, float]
    ) -> None:
        self.options = complete(options)
        self.weights = weights
        self._evaluate = evaluate
        self.lessons = Lessons(self.options)
        self.is_cut_short = False
        self.refused: list[Taken] = []
        for taken in self._first_sets():
            self.outcome(taken)
        self.lessons.settle(self.outcome)

    def outcome(self, taken: Taken) -> Outcome:
        """What a set is worth."""
        known = self.lessons.outcomes.get(taken)
        if known is None:
            known = self._evaluate(taken)
            self.lessons.learn(taken, known)
        return known

    def plan(self, goal: Goal) -> Plan:
        """The least effort to the goal; to what comes nearest where it is out of reach."""
        limits = _Limits({}, goal.points)
        found = self._least(limits)
        if found is None:
            limits = _Limits(self._fewest_breaches(), goal.points)
            found = self._least(limits)
        most = None
        if found is None:
            most = self._most_points(limits)
            found = self._least(_Limits(limits.breaches, most))
        taken, bound = found or (frozenset(), 0)
        return self._told(taken, bound, goal, most)

    # --- what is asked ---------------------------------------------------------------------------

    def _rules(self) -> list[str]:
        return sorted({rule for o in self.lessons.outcomes.values() for rule in o.breaches})

    def _fewest_breaches(self) -> dict[str, int]:
        """The places where each rule must stay broken: those of the set with the fewest."""
        for _ in range(ROUNDS):
            program = self._program(None, frozenset(), frozenset())
            cuts = Cuts(self.lessons, program)
            aim = {cuts.add((BREACHES, rule)): -1.0 for rule in self._rules()}
            solution = solve(program, aim)
            taken = self._taken(solution)
            is_known = taken in self.lessons.outcomes
            outcome = self.outcome(taken)
            if sum(outcome.breaches.values()) <= solution.value + 0.5:
                return dict(outcome.breaches)
            if is_known:
                self.refused.append(taken)
            self.lessons.settle(self.outcome)
        self.is_cut_short = True
        seen = (o for t, o in self.lessons.outcomes.items() if may_stand(t, self.options))
        return dict(min(seen, key=lambda o: sum(o.breaches.values())).breaches)

    # --- the search ------------------------------------------------------------------------------

    def _least(self, limits: _Limits) -> tuple[Taken, int] | None:
        """The least effort within limits, and the effort proven necessary."""
        bound, known = 0, _Bounds()
        for _ in range(ROUNDS):
            best = self._cheapest(limits, known)
            if best is None:
                return None
            taken, bound = best
            is_known = taken in self.lessons.outcomes
            if self._respects(self.outcome(taken), limits):
                return taken, bound
            if is_known:
                self.refused.append(taken)
            self.lessons.settle(self.outcome)
        self.is_cut_short = True
        found = [t for t, o in self.lessons.outcomes.items() if self._is_one(t, o, limits)]
        return (min(found, key=self._cost), bound) if found else None

    def _is_one(self, taken: Taken, outcome: Outcome, limits: _Limits) -> bool:
        return self._respects(outcome, limits) and may_stand(taken, self.options)

    def _cheapest(self, limits: _Limits, known: _Bounds) -> tuple[Taken, int] | None:
        """The least effort that the program hopes for, over every context."""

        def least(context: _Context) -> Solution:
            return solve(self._program(limits, *context), self._aim())

        best = self._best(known, least)
        return None if best is None else (self._taken(best), int((best.bound + 0.5) // LARGE))

    def _best(self, known: _Bounds, of: Callable[[_Context], Solution]) -> Solution | None:
        """
        The least solution over every context.

        What a context gave before bounds what it gives now, as nothing is ever unlearnt: only those
        that may still be the least are solved again.
        """
        if known.revised != self.lessons.times_revised:
            known.revised = self.lessons.times_revised
            known.values = dict.fromkeys(self._contexts(), -INFINITE)
        best: Solution | None = None
        for context in sorted(known.values, key=lambda c: (known.values[c], *map(sorted, c))):
            if best is not None and known.values[context] >= best.value:
                break
            solution = of(context)
            self.is_cut_short |= solution.stopped is not None or solution.status == "feasible"
            is_found = solution.status != "infeasible"
            known.values[context] = solution.value if is_found else INFINITE
            if is_found and (best is None or solution.value < best.value):
                best = solution
        return best

    def _most_points(self, limits: _Limits) -> float:
        """The highest score that any set within the limits of law reaches."""
        law, known = _Limits(limits.breaches, None), _Bounds()

        def most(context: _Context) -> Solution:
            program = self._program(law, *context)
            score = self._score(program, context[0])
            constant = score.pop("", 0.0)
            found = solve(program, {name: -share for name, share in score.items()})
            return replace(found, value=found.value - constant, bound=found.bound - constant)

        for _ in range(ROUNDS):
            best = self._best(known, most)
            if best is None:
                break
            taken = self._taken(best)
            is_known = taken in self.lessons.outcomes
            outcome = self.outcome(taken)
            if self._respects(outcome, law) and self._exact(outcome) >= -best.value - 1e-6:
                return outcome.low or 0.0
            if is_known:
                self.refused.append(taken)
            self.lessons.settle(self.outcome)
        self.is_cut_short = True
        seen = [o for t, o in self.lessons.outcomes.items() if self._is_one(t, o, law)]
        return max((o.low or 0.0 for o in seen), default=0.0)

    def _respects(self, outcome: Outcome, limits: _Limits) -> bool:
        if any(count > limits.breaches.get(rule, 0) for rule, count in outcome.breaches.items()):
            return False
        return limits.points is None or (outcome.low or 0.0) >= limits.points

    def _told(self, taken: Taken, bound: int, goal: Goal, most: float | None) -> Plan:
        outcome = self.outcome(taken)
        is_high = goal.points is None or (outcome.low or 0.0) >= goal.points
        effort = sum(option.effort for option in self.options if option.id in taken)
        return Plan(
            taken=taken,
            outcome=outcome,
            effort=effort,
            bound=min(bound, effort),
            is_proven=not self.is_cut_short and bound >= effort,
            reached=is_high and not outcome.blocking,
            left=dict(sorted(outcome.breaches.items())),
            most_points=None if is_high else most,
        )

    # --- the program -----------------------------------------------------------------------------

    def _program(self, limits: _Limits | None, inside: Taken, outside: Taken) -> Program:
        """The options, what they allow beside them, and what is known of what they are worth."""
        program = Program()
        for option in self.options:
            program.choice(option.id, float(option.id in inside), float(option.id not in outside))
        for clash in clashes(self.options):
            program.add(dict.fromkeys(sorted(clash), 1.0), most=1)
        for option in self.options:
            for need in sorted(option.requires):
                program.add({option.id: 1.0, need: -1.0}, most=0)
        for taken in self.refused:
            row = {o.id: -1.0 if o.id in taken else 1.0 for o in self.options}
            program.add(row, least=1.0 - len(taken))
        if limits is None:
            return program
        cuts = Cuts(self.lessons, program)
        for kind, rule in self.lessons.answers:
            if kind == BREACHES:
                name = cuts.add((kind, rule))
                program.add({name: 1.0}, least=-float(limits.breaches.get(rule, 0)))
        if limits.points is not None:
            score = self._score(program, inside)
            constant = score.pop("", 0.0)
            program.add(score, least=limits.points - ROUNDING - constant - 1e-7)
        return program

    def _score(self, program: Program, inside: Taken) -> dict[str, float]:
        """The score as a sum of unknowns, its constant under an empty name."""
        context = self.outcome(inside)
        shares = self._shares(context)
        cuts, score = Cuts(self.lessons, program), {"": 0.0}
        for kind, rule in list(self.lessons.answers):
            if kind != POINTS or (earned := self._earned(rule)) is None:
                continue
            share = shares.get(earned, 0.0)
            if not self.lessons.answers[kind, rule].moved_by:
                worth = context.earned.get(rule)
                score[""] += share * float(worth.points) if worth else 0.0
            elif share:
                score[cuts.add((kind, rule))] = share
        return score

    def _earned(self, rule: str) -> AxisName | None:
        found = (o.earned[rule] for o in self.lessons.outcomes.values() if rule in o.earned)
        return next((earned.axis for earned in found), None)

    def _shares(self, outcome: Outcome) -> dict[AxisName, float]:
        """What a point of each axis adds to the score."""
        available: dict[AxisName, float] = {}
        for earned in outcome.earned.values():
            available[earned.axis] = available.get(earned.axis, 0.0) + float(earned.available)
        weight = sum((self.weights[axis] for axis, p in available.items() if p), 0.0)
        return {
            axis: 100 * self.weights[axis] / weight / points
            for axis, points in available.items()
            if points and weight
        }

    def _exact(self, outcome: Outcome) -> float:
        """The score before it is rounded."""
        shares = self._shares(outcome)
        return sum(shares.get(e.axis, 0.0) * float(e.points) for e in outcome.earned.values())

    def _aim(self) -> dict[str, float]:
        """Effort first, then how many changes."""
        return {option.id: option.effort * LARGE + 1.0 for option in self.options}

    def _cost(self, taken: Taken) -> tuple[int, int, list[str]]:
        effort = sum(option.effort for option in self.options if option.id in taken)
        return effort, len(taken), sorted(taken)

    def _taken(self, solution: Solution) -> Taken:
        return frozenset(o.id for o in self.options if solution.values.get(o.id, 0) > 0.5)

    def _contexts(self) -> Iterator[_Context]:
        """Every choice among the options that change which rules apply: taken, left."""
        turners = self._turners()
        for count in range(len(turners) + 1):
            for chosen in combinations(turners, count):
                inside = frozenset[str]().union(*(with_needs(id, self.options) for id in chosen))
                if may_stand(inside, self.options) and inside & set(turners) == set(chosen):
                    yield inside, frozenset(turners) - inside

    def _turners(self) -> list[str]:
        """The options that change how many points there are, least effort first."""
        outcomes = self.lessons.outcomes
        found = {
            id
            for taken, outcome in outcomes.items()
            for id in taken
            if (before := outcomes.get(taken - {id})) is not None
            and self._available(before) != self._available(outcome)
        }
        ordered = sorted(found, key=lambda id: self._cost(frozenset({id})))
        self.is_cut_short |= len(ordered) > MOST_TURNERS
        return ordered[:MOST_TURNERS]

    @staticmethod
    def _available(outcome: Outcome) -> dict[str, float]:
        return {rule: float(e.available) for rule, e in outcome.earned.items() if e.available}

    def _first_sets(self) -> Iterator[Taken]:
        """Nothing, each option alone, two by two where they are few, in a row, all but one."""
        yield frozenset()
        for option in self.options:
            yield with_needs(option.id, self.options)
        for pair in combinations(self.options, 2) if len(self.options) <= FEW else ():
            yield with_needs(pair[0].id, self.options) | with_needs(pair[1].id, self.options)
        whole = many(self.options)
        taken: Taken = frozenset()
        for option in self.options:
            if option.id in whole:
                taken = taken | {option.id}
                yield taken
        for option in self.options:
            if option.id in whole:
                yield whole - {option.id}
            else:
                clashing = {id for c in clashes(self.options) if option.id in c for id in c}
                base = (whole - clashing) | with_needs(option.id, self.options)
                yield base
                yield base - {option.id}
