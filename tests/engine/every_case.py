"""
Every case of every rule, on the engines and the interpreter: `python tests/engine/every_case.py`.

Run in a process of its own by test_batch.py. Prints the faults, one a line. The verdicts and facts
of the two engines are compared with all the rules of the day at work, not the case's alone.
"""

from __future__ import annotations

import sys
from functools import cache

from procure.api.rules import rulebook
from procure.engine.binding import bind
from procure.engine.judge import Judge
from procure.engine.trial import run
from procure.resources.folders import data_folder
from procure.rulebook.cases import Case, cases_of


@cache
def judges(day: object) -> tuple[Judge, Judge]:
    book = bind(rulebook(), day)  # type: ignore[arg-type]
    return Judge(book, "python"), Judge(book, "durable")


def faults_of(case: Case) -> list[str]:
    scope = case.rule.file.scope
    plain, durable = (judge.judge_facts(scope, case.facts) for judge in judges(case.on))
    faults = [str(fault) for fault in run(case, rulebook())]
    return faults if plain == durable else [*faults, f"{case.where}: the engines disagree"]


def main() -> int:
    root = data_folder("rules")
    cases = [case for rule in rulebook().rules for case in cases_of(rule, rulebook(), root)]
    faults = [fault for case in cases for fault in faults_of(case)]
    print("\n".join(faults))
    return 1 if faults or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
