"""The planner against every set there is."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from worlds import WEIGHTS, Duty, Reward, World, worlds

from procure.planning.improving import Goal, Planner
from procure.planning.options import Option, may_stand

calm = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def planner(world: World) -> Planner:
    return Planner(world.options, world.evaluate, WEIGHTS)


@calm
@given(worlds(), st.one_of(st.none(), st.integers(5, 95)))
def test_a_goal_within_reach_costs_what_the_cheapest_of_all_sets_costs(
    world: World, points: int | None
) -> None:
    plan = planner(world).plan(Goal(points))
    outcomes = {taken: world.evaluate(taken) for taken in world.sets()}
    good = [
        taken
        for taken, outcome in outcomes.items()
        if not outcome.breaches and (points is None or (outcome.low or 0) >= points)
    ]
    assert plan.reached == bool(good)
    assert may_stand(plan.taken, world.options)
    assert plan.outcome == world.evaluate(plan.taken)
    if good:
        assert plan.effort == min(map(world.effort, good))
    else:
        fewest = min(sum(outcome.breaches.values()) for outcome in outcomes.values())
        assert sum(plan.outcome.breaches.values()) == fewest


@calm
@given(worlds())
def test_where_the_target_is_too_high_the_most_points_are_found(world: World) -> None:
    plan = planner(world).plan(Goal(101))
    outcomes = [world.evaluate(taken) for taken in world.sets()]
    fewest = min(sum(outcome.breaches.values()) for outcome in outcomes)
    lawful = [o for o in outcomes if o.breaches == plan.outcome.breaches]
    assert sum(plan.outcome.breaches.values()) == fewest
    assert plan.most_points == plan.outcome.low or plan.outcome.low is None
    assert (plan.outcome.low or 0) == max(outcome.low or 0 for outcome in lawful)


@calm
@given(worlds(), st.integers(5, 95))
def test_the_same_world_gives_the_same_plan(world: World, points: int) -> None:
    assert planner(world).plan(Goal(points)) == planner(world).plan(Goal(points))


def test_nothing_is_changed_where_nothing_is_asked() -> None:
    world = World((Option("a", 1),), (Reward("R0", "social", "any", ("a",), 4, 1),), ())
    plan = planner(world).plan(Goal())
    assert (plan.taken, plan.effort, plan.reached) == (frozenset(), 0, True)


def test_two_changes_that_pay_only_together_are_found() -> None:
    options = (Option("a", 2), Option("b", 2), Option("c", 9))
    rewards = (
        Reward("R0", "social", "all", ("a", "b"), 5, 1),
        Reward("R1", "social", "any", ("c",), 5, 1),
    )
    plan = planner(World(options, rewards, ())).plan(Goal(50))
    assert plan.taken == {"a", "b"}
    assert plan.is_proven


def test_a_change_that_breaks_another_rule_is_not_taken_alone() -> None:
    options = (Option("quick", 1), Option("slow", 3))
    duties = (
        Duty("B0", ("quick", "slow"), (), needs_all=False, is_broken=True),
        Duty("B1", ("slow",), ("quick",), needs_all=False, is_broken=False),
    )
    rewards = (Reward("R0", "local", "any", ("slow",), 1, 1),)
    plan = planner(World(options, rewards, duties)).plan(Goal())
    assert plan.taken == {"slow"}
    assert plan.reached


def test_what_an_option_requires_comes_with_it() -> None:
    options = (Option("a", 1, requires=frozenset({"b"})), Option("b", 5), Option("c", 7))
    rewards = (Reward("R0", "local", "any", ("a", "c"), 1, 1),)
    assert planner(World(options, rewards, ())).plan(Goal(100)).taken == {"a", "b"}


def test_an_option_whose_need_is_missing_is_never_taken() -> None:
    options = (Option("a", 1, requires=frozenset({"gone"})),)
    rewards = (Reward("R0", "local", "any", ("a",), 1, 1),)
    plan = planner(World(options, rewards, ())).plan(Goal(100))
    assert not plan.taken
    assert not plan.reached
    assert plan.most_points == 0


def test_more_of_a_kind_earns_no_more_than_scoring_says() -> None:
    options = tuple(Option(f"o{i}", i + 1, trait="clause") for i in range(8))
    members = tuple(option.id for option in options)
    rewards = (Reward("R0", "social", "from_the_second", members, 6, 3),)
    plan = planner(World(options, rewards, ())).plan(Goal(60))
    assert plan.taken == {"o0", "o1", "o2"}
    assert plan.outcome.earned["R0"].points == Decimal(6) * 2 / 3
