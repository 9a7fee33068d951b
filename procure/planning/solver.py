"""
The one door to highspy: least or most of a linear sum under linear bounds, some unknowns whole.

Repeatable: one thread, a fixed seed, a limit of nodes. Seconds may be given as a guard; a solution
says what stopped the search, for one stopped by the clock or by hand is not repeatable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Thread, current_thread, main_thread
from typing import Any, Literal

NODES = 20_000
LISTENING = 0.2
"""Seconds between two looks for Ctrl-C."""

Outcome = Literal["optimal", "feasible", "infeasible"]
Stop = Literal["nodes", "clock", "hand"]


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

    def relaxed(self) -> Program:
        """The same without whole unknowns: its best bounds that of this one."""
        loose = {name: (least, most, False) for name, (least, most, _) in self.unknowns.items()}
        return Program(loose, self.rows)

    def add(
        self, weights: Mapping[str, float], least: float | None = None, most: float | None = None
    ) -> None:
        """Add a row."""
        self.rows.append(Row(weights, least, most))


@dataclass(frozen=True, slots=True)
class Solution:
    """
    What the solver found; `bound` is the best that any other solution may still be.

    `gap` is what may be left between the two, as a part of the value; 0 where proven. `stopped`
    says what ended the search before its proof: « infeasible » then means that nothing was found.
    `prices`, of a program without whole unknowns, are what one unit more of an unknown at its bound
    would add to the value (reduced costs).
    """

    status: Outcome
    value: float = 0
    bound: float = 0
    values: Mapping[str, float] = field(default_factory=dict)
    stopped: Stop | None = None
    prices: Mapping[str, float] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        return abs(self.value - self.bound) / max(1.0, abs(self.value))


def solve(
    program: Program,
    aim: Mapping[str, float],
    is_most: bool = False,
    *,
    nodes: int = NODES,
    seconds: float | None = None,
    start: Mapping[str, float] | None = None,
) -> Solution:
    """
    The least of a sum, or the most; infeasible where no values respect the rows.

    Args:
        nodes: how many branches are looked at, at the most: a limit that is repeatable.
        seconds: a guard by the clock, for long searches; these listen to Ctrl-C too.
        start: values that respect the rows, to begin from.
    """
    import highspy

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, setting in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 7),
        ("mip_max_nodes", nodes),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 1e-6),
    ):
        solver.setOptionValue(option, setting)
    if seconds is not None:
        solver.setOptionValue("time_limit", float(seconds))
    solver.passModel(_model(highspy, program, aim, is_most))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = [start.get(name, 0.0) for name in program.unknowns]
        solver.setSolution(solution)
    is_by_hand = _run_listening(solver) if seconds is not None else _run(solver)
    return _solution(highspy, solver, program, is_by_hand)


def _run(solver: Any) -> bool:
    solver.run()
    return False


def _run_listening(solver: Any) -> bool:
    """Run to the end; whether a person stopped it (Ctrl-C), what was found so far being kept."""
    if current_thread() is not main_thread():
        return _run(solver)
    solver.HandleUserInterrupt = True
    running = Thread(target=solver.run, daemon=True)
    running.start()
    is_by_hand = False
    while running.is_alive():
        try:
            running.join(LISTENING)
        except KeyboardInterrupt:
            is_by_hand = True
            solver.cancelSolve()
    return is_by_hand


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


def _solution(highspy: Any, solver: Any, program: Program, is_by_hand: bool) -> Solution:
    status, info = solver.getModelStatus(), solver.getInfo()
    statuses = highspy.HighsModelStatus
    is_proven = status == statuses.kOptimal
    found = info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
    stopped: Stop | None = None
    if is_by_hand and not is_proven:
        stopped = "hand"
    elif status == statuses.kTimeLimit:
        stopped = "clock"
    elif not is_proven and status != statuses.kInfeasible:
        stopped = "nodes"
    if status == statuses.kInfeasible or not found:
        return Solution("infeasible", stopped=stopped)
    values = dict(zip(program.unknowns, solver.getSolution().col_value, strict=True))
    value = info.objective_function_value
    is_whole = any(one[2] for one in program.unknowns.values())
    bound = value if is_proven or not is_whole else info.mip_dual_bound
    prices: Mapping[str, float] = {}
    if not is_whole and is_proven:
        prices = dict(zip(program.unknowns, solver.getSolution().col_dual, strict=True))
    return Solution("optimal" if is_proven else "feasible", value, bound, values, stopped, prices)
