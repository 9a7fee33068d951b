"""
What scoring has taught: how each rule answers to the options, as cuts of a linear program.

Points do not add up: a second clause on a subject earns nothing, two criteria share one hundred
per cent. So nothing is assumed but this: a rule gives all it may until scoring shows what it gives
for some set; that set, and any set with no more of what helps the rule, is then held to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from procure.domain.improvement import Outcome
from procure.planning.options import Option
from procure.planning.solver import Program

POINTS, BREACHES = "points", "breaches"
Taken = frozenset[str]
Measure = tuple[str, str]
"""The points of a rule, or (as a negative number) the places where it is broken."""

Class = tuple[str, ...]
Cell = tuple[int, ...]
TINY = 1e-9
LOWEST = 10_000.0


def value(measure: Measure, outcome: Outcome) -> float:
    """What a measure is worth."""
    kind, rule = measure
    if kind == BREACHES:
        return -float(outcome.breaches.get(rule, 0))
    earned = outcome.earned.get(rule)
    return 0.0 if earned is None else float(earned.points)


def most(measure: Measure, outcome: Outcome) -> float:
    """What a measure may be worth at best."""
    earned = outcome.earned.get(measure[1])
    return 0.0 if measure[0] == BREACHES or earned is None else float(earned.available)


def measures_of(outcome: Outcome) -> Iterator[Measure]:
    yield from ((POINTS, rule) for rule in outcome.earned)
    yield from ((BREACHES, rule) for rule in outcome.breaches)


@dataclass
class Answer:
    """
    How one measure answers to the options.

    `helps` may only raise it; `turns` may raise or lower it. `is_symmetric` is given up when two
    sets of the same counts were worth different points.
    """

    helps: set[str] = field(default_factory=set)
    turns: set[str] = field(default_factory=set)
    is_symmetric: bool = True

    @property
    def moved_by(self) -> set[str]:
        return self.helps | self.turns

    @property
    def key(self) -> tuple[frozenset[str], frozenset[str], bool]:
        return frozenset(self.helps), frozenset(self.turns), self.is_symmetric


class Table:
    """
    What a measure was worth for each count of each class.

    `contradiction` is a pair of sets: of the same counts, yet worth different points; or the second
    of more, yet worth less.
    """

    def __init__(self, key: object, classes: dict[str, Class]) -> None:
        self.key = key
        self.classes = classes
        self.members: dict[Class, list[str]] = {}
        for id, one in classes.items():
            self.members.setdefault(one, []).append(id)
        self.cells: dict[Cell, tuple[float, Taken]] = {}
        self.read = 0
        self.contradiction: tuple[Taken, Taken] | None = None

    def add(self, taken: Taken, worth: float) -> None:
        """Keep what a set was worth."""
        self.read += 1
        cell = tuple(sum(id in taken for id in ids) for ids in self.members.values())
        if self.contradiction is None:
            self.contradiction = self._against(cell, worth, taken)
        self.cells.setdefault(cell, (worth, taken))

    def _against(self, cell: Cell, worth: float, taken: Taken) -> tuple[Taken, Taken] | None:
        for other, (held, first) in self.cells.items():
            if other == cell and abs(held - worth) > TINY:
                return first, taken
            if worth < held - TINY and self._is_within(other, cell):
                return first, taken
            if held < worth - TINY and self._is_within(cell, other):
                return taken, first
        return None

    def _is_within(self, cell: Cell, wider: Cell) -> bool:
        """Whether a cell has no more of what only helps than another, and the same of the rest."""
        pairs = zip(self.members, cell, wider, strict=True)
        return all(n == m if one[0] == "turn" else n <= m for one, n, m in pairs)


@dataclass
class Lessons:
    """All that was scored, and what is drawn from it."""

    options: Sequence[Option]
    outcomes: dict[Taken, Outcome] = field(default_factory=dict)
    answers: dict[Measure, Answer] = field(default_factory=dict)
    times_revised: int = 0
    _tables: dict[Measure, Table] = field(default_factory=dict)

    def learn(self, taken: Taken, outcome: Outcome) -> None:
        """Keep an outcome, and see which options moved what since a set with one fewer."""
        self.outcomes[taken] = outcome
        for measure in measures_of(outcome):
            if measure not in self.answers:
                self._meet(measure)
        for id in sorted(taken):
            if (before := self.outcomes.get(taken - {id})) is not None:
                self._compare(id, before, outcome)
        for option in self.options:
            if option.id not in taken and (after := self.outcomes.get(taken | {option.id})):
                self._compare(option.id, outcome, after)

    def _meet(self, measure: Measure) -> None:
        """A measure not met before; what was scored without it is compared again."""
        helps = {option.id for option in self.options if measure[1] in option.answers}
        self.answers[measure] = Answer(helps)
        for taken, outcome in self.outcomes.items():
            for id in taken:
                if (before := self.outcomes.get(taken - {id})) is not None:
                    self._compare_one(measure, id, before, outcome)

    def _compare(self, id: str, before: Outcome, after: Outcome) -> None:
        for measure in self.answers:
            self._compare_one(measure, id, before, after)

    def _compare_one(self, measure: Measure, id: str, before: Outcome, after: Outcome) -> None:
        moved = value(measure, after) - value(measure, before)
        if abs(moved) > TINY:
            answer = self.answers[measure]
            (answer.helps if moved > 0 else answer.turns).add(id)

    def settle(self, score: Callable[[Taken], Outcome]) -> None:
        """
        Let every option move what another of its trait moves; look into what sets contradict.

        Args:
            score: scores one more set, and lets it be learnt.
        """
        traits = {option.id: option.trait for option in self.options}
        before = [answer.key for answer in self.answers.values()]
        for measure in list(self.answers):
            answer = self.answers[measure]
            moved = {traits[id] for id in answer.moved_by if traits[id]}
            answer.helps |= {id for id, trait in traits.items() if trait in moved}
            while (pair := self.table(measure).contradiction) is not None:
                known = answer.key
                if answer.is_symmetric:
                    answer.is_symmetric = False
                else:
                    self._look_into(measure, *pair, score)
                if answer.key == known:
                    answer.turns |= pair[0] ^ pair[1]
        self.times_revised += before != [answer.key for answer in self.answers.values()]

    def _look_into(
        self, measure: Measure, first: Taken, last: Taken, score: Callable[[Taken], Outcome]
    ) -> None:
        """Score sets between two that differ in worth, down to the one option that does it."""
        worth = value(measure, self.outcomes[first])
        falls = value(measure, self.outcomes[last]) < worth
        steps = sorted(first ^ last)
        low, high = 0, len(steps)
        while high - low > 1:
            middle = (low + high) // 2
            now = value(measure, score(first ^ frozenset(steps[:middle])))
            if now < worth - TINY or (not falls and now > worth + TINY):
                high = middle
            else:
                low = middle
        for count in (low, high):
            score(first ^ frozenset(steps[:count]))

    def table(self, measure: Measure) -> Table:
        """What a measure was worth for each count of each class."""
        key, known = self.answers[measure].key, self._tables.get(measure)
        if known is None or known.key != key:
            known = self._tables[measure] = Table(key, self._classes(measure))
        for taken in list(self.outcomes)[known.read :]:
            known.add(taken, value(measure, self.outcomes[taken]))
        return known

    def _classes(self, measure: Measure) -> dict[str, Class]:
        """The class of each option that moves a measure; one of its own where it may lower it."""
        answer = self.answers[measure]
        empty = value(measure, self.outcomes[frozenset()])
        found: dict[str, Class] = {}
        for option in self.options:
            if option.id not in answer.moved_by:
                continue
            alone = self.outcomes.get(frozenset({option.id}))
            if option.id in answer.turns:
                found[option.id] = ("turn", option.id)
            elif not answer.is_symmetric or not option.trait or alone is None:
                found[option.id] = ("one", option.id)
            else:
                gain = round(value(measure, alone) - empty, 6)
                found[option.id] = ("many", option.trait, str(gain))
        return found

    def most(self, measure: Measure) -> float:
        """The most a measure may be worth, in any set scored."""
        return max(most(measure, outcome) for outcome in self.outcomes.values())


class Cuts:
    """The lessons as rows of a program whose options are unknowns named by their id."""

    def __init__(self, lessons: Lessons, program: Program) -> None:
        self.lessons = lessons
        self.program = program

    def add(self, measure: Measure) -> str:
        """Add a measure as an unknown, held to all that is known of it; gives its name."""
        name = ":".join(measure)
        if name in self.program.unknowns:
            return name
        table, top = self.lessons.table(measure), self.lessons.most(measure)
        values = [held for held, _ in table.cells.values()]
        top = max(top, *values)
        self.program.amount(name, min(values) if measure[0] == POINTS else -LOWEST, top)
        for cell, (held, _) in table.cells.items():
            if held < top - TINY:
                self._hold(name, table, cell, (held, top))
        return name

    def _hold(
        self,
        name: str,
        table: Table,
        cell: Cell,
        worth: tuple[float, float],
    ) -> None:
        """With these counts or fewer, no more than this; with more of one, up to the most."""
        held, room = worth[0], worth[1] - worth[0]
        row, right = {name: 1.0}, held
        for (one, members), count in zip(table.members.items(), cell, strict=True):
            if one[0] == "turn" and count:
                row[members[0]] = room
                right += room
            elif one[0] != "many" and not count:
                row[members[0]] = -room
            elif count < len(members):
                row[self._step(members, count + 1)] = -room
        self.program.add(row, most=right)

    def _step(self, members: list[str], count: int) -> str:
        """An unknown that may be one only where so many of these options are taken."""
        name = f"{count} of {','.join(members)}"
        if name not in self.program.unknowns:
            self.program.choice(name)
            self.program.add({name: float(count), **dict.fromkeys(members, -1.0)}, most=0)
        return name
