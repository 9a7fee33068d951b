"""What a judge says, on small rulebooks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from books import DAY, book, bound, qualify, require, reward

from procure.domain.errors import EngineError, RulebookError
from procure.domain.tender import Tender
from procure.engine import inference
from procure.engine.binding import bind
from procure.engine.inference import library
from procure.engine.judge import EngineName, Judge, Judgement
from procure.engine.program import BREACH, CLEAR, UNKNOWN

QUARTER = Decimal("0.25")
ENGINES: tuple[EngineName, ...] = ("python", "durable") if library() else ("python",)
IS_WORKS = {"tender.nature": {"equals": "works"}}
OPEN_CALL = {"procedure.declared": {"equals": "open_call"}}
engines = pytest.mark.parametrize("engine", ENGINES)
needs_durable = pytest.mark.skipif(library() is None, reason="durable-rules is not installed")


def tender(**fields: Any) -> Tender:
    return Tender.model_validate({"id": "T", **fields})


def judge(judging: Judge, subject: Tender) -> Judgement:
    return judging.judge(subject, QUARTER)


def verdicts(judging: Judge, subject: Tender) -> dict[tuple[str, str], int]:
    findings = judge(judging, subject).findings()
    return {(bound.code, at): verdict for bound, at, verdict, _ in findings}


@engines
def test_a_rule_of_law_says_breach_clear_unknown_or_nothing(
    tmp_path: Path, engine: EngineName
) -> None:
    rule = require("TST001", {"procedure.declared": {"differs": "open_call"}}, when=IS_WORKS)
    judging = Judge(bound(tmp_path, rule), engine)
    key = ("TST001", "tender")
    assert verdicts(judging, tender(nature="works", procedure="adapted")) == {key: BREACH}
    assert verdicts(judging, tender(nature="works", procedure="open_call")) == {key: CLEAR}
    assert verdicts(judging, tender(nature="works")) == {key: UNKNOWN}
    assert verdicts(judging, tender(procedure="open_call")) == {key: UNKNOWN}
    assert verdicts(judging, tender(nature="services")) == {}


@engines
def test_a_rule_of_policy_is_clear_when_it_earns(tmp_path: Path, engine: EngineName) -> None:
    judging = Judge(bound(tmp_path, reward("TST001", OPEN_CALL)), engine)
    assert verdicts(judging, tender(procedure="open_call")) == {("TST001", "tender"): CLEAR}
    assert verdicts(judging, tender(procedure="adapted")) == {("TST001", "tender"): BREACH}


@engines
def test_a_fact_concluded_by_a_rule_is_read_by_the_next(tmp_path: Path, engine: EngineName) -> None:
    rules = (
        qualify("TST003", IS_WORKS, "first.derived", True),
        qualify("TST002", {"first.derived": {"is": True}}, "second.derived", True, otherwise=False),
        require("TST001", {"second.derived": {"is": True}}),
    )
    judging = Judge(bound(tmp_path, *rules), engine)
    assert verdicts(judging, tender(nature="works")) == {("TST001", "tender"): BREACH}
    assert verdicts(judging, tender(nature="services")) == {("TST001", "tender"): UNKNOWN}


@engines
def test_otherwise_is_concluded_only_where_the_condition_certainly_fails(
    tmp_path: Path, engine: EngineName
) -> None:
    rules = (
        qualify("TST002", IS_WORKS, "first.derived", True, otherwise=False),
        require("TST001", {"first.derived": {"is": False}}),
    )
    judging = Judge(bound(tmp_path, *rules), engine)
    assert verdicts(judging, tender(nature="services")) == {("TST001", "tender"): BREACH}
    assert verdicts(judging, tender(nature="works")) == {("TST001", "tender"): CLEAR}
    assert verdicts(judging, tender()) == {("TST001", "tender"): UNKNOWN}


@engines
def test_of_two_rules_that_conclude_one_fact_the_first_code_wins(
    tmp_path: Path, engine: EngineName
) -> None:
    rules = (
        qualify("TST003", IS_WORKS, "procedure.required", "formal"),
        qualify("TST002", IS_WORKS, "procedure.required", "adapted"),
    )
    judging = Judge(bound(tmp_path, *rules), engine)
    judgement = judge(judging, tender(nature="works"))
    assert judgement.facts(judgement.places[0])["procedure.required"] == "adapted"


@engines
def test_a_fact_concluded_for_the_tender_is_read_in_each_lot(
    tmp_path: Path, engine: EngineName
) -> None:
    rules = (
        qualify("TST002", IS_WORKS, "first.derived", True),
        qualify("TST003", {"lot.cpv": {"starts_with": "45"}}, "lot.derived", True, scope="lot"),
        require(
            "TST001",
            {"first.derived": {"is": True}, "lot.derived": {"is": True}},
            scope="lot",
        ),
    )
    judging = Judge(bound(tmp_path, *rules), engine)
    lots = [{"id": "1", "cpv": "45000000"}, {"id": "2", "cpv": "33000000"}]
    found = verdicts(judging, tender(nature="works", lots=lots))
    assert found == {("TST001", "lots[0]"): BREACH, ("TST001", "lots[1]"): UNKNOWN}


@engines
def test_a_comparison_of_two_yes_or_no_facts_compares_them(
    tmp_path: Path, engine: EngineName
) -> None:
    rule = require("TST001", {"tender.is_urgent": {"is": {"fact": "tender.is_innovative"}}})
    judging = Judge(bound(tmp_path, rule), engine)
    assert (
        verdicts(judging, tender(is_urgent=True, is_innovative=True))["TST001", "tender"] == BREACH
    )
    assert (
        verdicts(judging, tender(is_urgent=True, is_innovative=False))["TST001", "tender"] == CLEAR
    )


@engines
def test_lots_that_are_not_known_make_one_unknown_place(tmp_path: Path, engine: EngineName) -> None:
    rule = require("TST001", {"lot.cpv": {"equals": "45000000"}}, scope="lot")
    judging = Judge(bound(tmp_path, rule), engine)
    assert verdicts(judging, tender()) == {("TST001", "tender"): UNKNOWN}
    assert verdicts(judging, tender(lots=[])) == {}


@engines
def test_french_law_says_nothing_of_a_foreign_buyer_but_points_are_counted(
    tmp_path: Path, engine: EngineName
) -> None:
    rules = (require("TST001", OPEN_CALL), reward("TST002", OPEN_CALL))
    judging = Judge(bound(tmp_path, *rules), engine)
    foreign = tender(procedure="open_call", buyer={"country": "DEU"})
    assert verdicts(judging, foreign) == {("TST002", "tender"): CLEAR}
    unsaid = tender(procedure="open_call", buyer={"country": None})
    assert verdicts(judging, unsaid)["TST001", "tender"] == BREACH


def test_a_rule_judges_from_its_first_day_on(tmp_path: Path) -> None:
    rulebook = book(tmp_path, require("TST001", OPEN_CALL, since=DAY))
    assert bind(rulebook, DAY - timedelta(1)).rules == ()
    assert [rule.code for rule in bind(rulebook, DAY).rules] == ["TST001"]


def test_a_severity_by_dates_starts_on_its_first_day(tmp_path: Path) -> None:
    severity = {date(2026, 1, 1): "advice", date(2026, 8, 21): "blocking"}
    rulebook = book(tmp_path, require("TST001", OPEN_CALL, severity=severity))
    found = {day: bind(rulebook, day).rules for day in (date(2025, 12, 31), *severity)}
    assert [[rule.severity for rule in rules] for rules in found.values()] == [
        [],
        ["advice"],
        ["blocking"],
    ]


def test_a_reference_that_nobody_verified_warns_and_never_blocks(tmp_path: Path) -> None:
    reference = {"cite": "CCP L1", "verified": False, "checked_on": DAY}
    rule = require("TST001", OPEN_CALL, references=[reference])
    assert bound(tmp_path, rule).rules[0].severity == "warning"


def test_facts_that_conclude_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    rules = (
        qualify("TST001", {"second.derived": {"is": True}}, "first.derived", True),
        qualify("TST002", {"first.derived": {"is": True}}, "second.derived", True),
    )
    with pytest.raises(RulebookError, match=r"en cercle.*TST001 → TST002 → TST001"):
        book(tmp_path, *rules)


@engines
def test_the_order_of_the_files_changes_nothing(tmp_path: Path, engine: EngineName) -> None:
    rules = [
        require("TST001", OPEN_CALL),
        require("TST002", {"first.derived": {"is": True}}),
        qualify("TST003", IS_WORKS, "first.derived", True),
    ]
    subject = tender(nature="works", procedure="open_call")
    renamed = [rule | {"name": f"{9 - i}-{rule['name']}"} for i, rule in enumerate(rules)]
    one = Judge(bound(tmp_path / "one", *rules), engine)
    other = Judge(bound(tmp_path / "other", *renamed), engine)
    assert verdicts(one, subject) == verdicts(other, subject)


@engines
def test_the_order_of_lots_changes_nothing_for_the_tender(
    tmp_path: Path, engine: EngineName
) -> None:
    rule = require("TST001", {"lots.largest_value_excl_tax": {"above": 90_000}})
    judging = Judge(bound(tmp_path, rule), engine)
    lots = [{"id": str(i), "value_excl_tax": 40_000 + 30_000 * i} for i in range(4)]
    forth, back = (judge(judging, tender(lots=order)) for order in (lots, lots[::-1]))
    assert forth.places == back.places
    assert forth.verdicts == back.verdicts


@engines
def test_judging_again_says_the_same(tmp_path: Path, engine: EngineName) -> None:
    judging = Judge(
        bound(tmp_path, require("TST001", OPEN_CALL), reward("TST002", IS_WORKS)), engine
    )
    subject = tender(procedure="open_call")
    assert judge(judging, subject).findings() == judge(judging, subject).findings()


@engines
def test_threads_may_share_a_judge(tmp_path: Path, engine: EngineName) -> None:
    rule = require("TST001", {"lot.cpv": {"starts_with": "45"}}, scope="lot")
    judging = Judge(bound(tmp_path, rule), engine)
    subjects = [
        tender(lots=[{"id": str(k), "cpv": f"{45 - k % (i + 1)}000000"} for k in range(i + 1)])
        for i in range(12)
    ]
    alone = [verdicts(judging, subject) for subject in subjects]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda s: verdicts(judging, s), subjects * 25))
    assert together == alone * 25


class _Liar:
    """durable-rules as it should never be: says nothing, or says it of all."""

    def __init__(self, match: str | None) -> None:
        self.real: Any = library()
        self.match = match

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def start_action_for_state(self, handle: Any, state: Any) -> Any:
        found = self.real.start_action_for_state(handle, state)
        return found if "start" in found[1] else ("{}", self.match)

    def complete_and_start_action(self, handle: Any, state: Any) -> Any:
        while self.real.complete_and_start_action(handle, state):
            pass


@needs_durable
@pytest.mark.parametrize("match", [None, '{"TST002+":{"m":{"id":"0"}}}'])
def test_a_library_that_contradicts_its_literals_is_not_believed(
    tmp_path: Path, match: str | None
) -> None:
    rules = (require("TST001", OPEN_CALL), require("TST002", IS_WORKS))
    judging = Judge(bound(tmp_path, *rules), "durable")
    judging.durable.library = _Liar(match)
    judging.durable.forget()
    try:
        with pytest.raises(EngineError, match="durable-rules contredit les conditions"):
            judge(judging, tender(procedure="open_call"))
        assert judging.durable.handle is None
    finally:
        inference.durable_rules.cache_clear()


@needs_durable
def test_after_an_error_of_the_library_the_next_tender_gets_a_new_handle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judging = Judge(bound(tmp_path, require("TST001", OPEN_CALL)), "durable")
    subject = tender(procedure="open_call")
    before = verdicts(judging, subject)
    with monkeypatch.context() as broken:
        broken.setattr(judging.durable, "_drain", lambda state: 1 / 0)
        with pytest.raises(EngineError, match="durable-rules a échoué"):
            judge(judging, subject)
    assert judging.durable.handle is None
    assert verdicts(judging, subject) == before


def test_without_the_library_python_judges_and_durable_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = bound(tmp_path, require("TST004", OPEN_CALL))
    monkeypatch.setattr("procure.engine.judge.library", lambda: None)
    monkeypatch.setattr(inference, "library", lambda: None)
    assert not Judge(rules, "auto").is_durable
    with pytest.raises(EngineError, match="ne peut pas être chargée"):
        Judge(rules, "durable")
