"""
The one door to highspy: least or most of a linear sum under linear bounds, some unknowns whole.

Repeatable: one thread, a fixed seed, a limit of nodes and no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

NODES = 20_000
Outcome = Literal["optimal", "feasible", "infeasible"]


@dataclass(frozen=True, slots=True)
class Row:
    """`least` ≤ Σ weight × unknown ≤ `most`; None is no bound."""

    weights: Mapping[str, float]
    least: float | None = None
    most: float | None = None


@dataclass
class Program:
    """Unknowns by name, in the order they are added, and the rows they must respect."""

    unknowns: dict[str, tuple[float, float, bool]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def choice(self, name: str, least: float = 0, most: float = 1) -> str:
        """Add an unknown that is whole."""
        self.unknowns[name] = (least, most, True)
        return name

    def amount(self, name: str, least: float, most: float) -> str:
        """Add an unknown that may be any number."""
        self.unknowns[name] = (least, most, False)
        return name

    def add(
        self, weights: Mapping[str, float], least: float | None = None, most: float | None = None
    ) -> None:
        """Add a row."""
        self.rows.append(Row(weights, least, most))


@dataclass(frozen=True, slots=True)
class Solution:
    """
    What the solver found; `bound` is the best that any other solution may still be.

    `gap` is what may be left between the two, as a part of the value; 0 where proven.
    """

    status: Outcome
    value: float = 0
    bound: float = 0
    values: Mapping[str, float] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        return abs(self.value - self.bound) / max(1.0, abs(self.value))


def solve(program: Program, aim: Mapping[str, float], is_most: bool = False) -> Solution:
    """The least of a sum, or the most; infeasible where no values respect the rows."""
    import highspy

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, setting in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 7),
        ("mip_max_nodes", NODES),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 1e-6),
    ):
        solver.setOptionValue(option, setting)
    solver.passModel(_model(highspy, program, aim, is_most))
    solver.run()
    return _solution(highspy, solver, program)


def _model(highspy: Any, program: Program, aim: Mapping[str, float], is_most: bool) -> Any:
    import numpy

    names = {name: number for number, name in enumerate(program.unknowns)}
    infinite = highspy.kHighsInf
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(names), len(program.rows)
    model.sense_ = highspy.ObjSense.kMaximize if is_most else highspy.ObjSense.kMinimize
    model.col_cost_ = numpy.array([aim.get(name, 0.0) for name in names], dtype=float)
    model.col_lower_ = numpy.array([one[0] for one in program.unknowns.values()], dtype=float)
    model.col_upper_ = numpy.array([one[1] for one in program.unknowns.values()], dtype=float)
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[one[2]] for one in program.unknowns.values()]
    model.row_lower_ = numpy.array([_or(r.least, -infinite) for r in program.rows], dtype=float)
    model.row_upper_ = numpy.array([_or(r.most, infinite) for r in program.rows], dtype=float)
    starts, index, values = [0], [], []
    for row in program.rows:
        index += [names[name] for name in row.weights]
        values += list(row.weights.values())
        starts.append(len(index))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = numpy.array(starts, dtype=numpy.int32)
    model.a_matrix_.index_ = numpy.array(index, dtype=numpy.int32)
    model.a_matrix_.value_ = numpy.array(values, dtype=float)
    return model


def _or(bound: float | None, otherwise: float) -> float:
    return otherwise if bound is None else bound


def _solution(highspy: Any, solver: Any, program: Program) -> Solution:
    status, info = solver.getModelStatus(), solver.getInfo()
    found = info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
    if status == highspy.HighsModelStatus.kInfeasible or not found:
        return Solution("infeasible")
    values = dict(zip(program.unknowns, solver.getSolution().col_value, strict=True))
    is_proven = status == highspy.HighsModelStatus.kOptimal
    value = info.objective_function_value
    is_whole = any(one[2] for one in program.unknowns.values())
    bound = value if is_proven or not is_whole else info.mip_dual_bound
    return Solution("optimal" if is_proven else "feasible", value, bound, values)
