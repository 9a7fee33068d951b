import sys

from procure.planning.solver import Program, solve


def knapsack() -> Program:
    program = Program()
    for i in range(1, 6):
        program.choice(f"x{i}")
    program.add({f"x{i}": float(i) for i in range(1, 6)}, least=7)
    return program


def test_the_least_sum_is_found_and_proven() -> None:
    found = solve(knapsack(), {f"x{i}": float(i * i) for i in range(1, 6)})
    assert (found.status, found.value, found.bound, found.gap) == ("optimal", 21, 21, 0)
    assert {name for name, value in found.values.items() if value > 0.5} == {"x1", "x2", "x4"}


def test_the_most_is_found_as_well() -> None:
    program = Program()
    program.amount("share", 0, 10)
    program.choice("whole", 0, 10)
    program.add({"share": 1, "whole": 2}, most=7)
    found = solve(program, {"share": 1, "whole": 3}, is_most=True)
    assert found.value == 10


def test_what_cannot_be_is_said() -> None:
    program = knapsack()
    program.add({"x5": 1.0}, least=2)
    assert solve(program, {}).status == "infeasible"


def test_two_runs_give_the_same_values() -> None:
    aim = dict.fromkeys((f"x{i}" for i in range(1, 6)), 1.0)
    assert solve(knapsack(), aim).values == solve(knapsack(), aim).values
    assert "highspy" in sys.modules
