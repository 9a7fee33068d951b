"""What only a person can settle: the rule asks, the file answers who, when and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from procure.api.rules import judge_on, profile, rulebook
from procure.domain.errors import InvalidTender
from procure.domain.report import Finding, Receipt
from procure.domain.tender import Tender
from procure.engine.prose import ProseReading
from procure.engine.reporting import Subject, report
from procure.exchange.native import read_yaml

DAY = date(2026, 9, 15)
RECEIPT = Receipt(version="0", rulebook="", profile="", day=DAY, input="", law_read_up_to=DAY)
POLICY = profile("grand-poitiers")
UNDIVIDED = {
    "procedure": "adapted",
    "regime": "ordinary",
    "lots": [],
    "no_lots": {"ground": "restricts_competition", "reason": "Deux entreprises seulement."},
}
ANSWER = {
    "rule": "LOT017",
    "answer": "compliant",
    "by": "La juriste",
    "on": "2026-09-02",
    "reason": "Le sourcing montre deux entreprises capables de répondre.",
}


def finding(code: str, **fields: Any) -> Finding:
    tender = Tender.model_validate({"id": "T", **fields})
    judgement = judge_on(DAY, None, "python").judge(tender, POLICY.unchecked_clause_share)
    written = report(judgement, Subject(ProseReading(tender, tender), {}, POLICY, RECEIPT))
    return next(found for found in written.findings if found.rule == code)


def said(message: str) -> str:
    return message.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def test_a_reason_that_is_written_waits_for_a_person() -> None:
    found = finding("LOT017", **UNDIVIDED)
    assert found.verdict == "to_judge"
    assert found.question is not None
    assert "propres à ce marché" in said(found.question)


@pytest.mark.parametrize(
    ("answer", "verdict"), [("compliant", "clear"), ("not_compliant", "breach")]
)
def test_an_answer_settles_the_question_and_says_who_when_and_why(
    answer: str, verdict: str
) -> None:
    found = finding("LOT017", **UNDIVIDED, judgements=[ANSWER | {"answer": answer}])
    assert found.verdict == verdict
    assert found.question is None
    message = said(found.message)
    assert message == (
        "Le sourcing montre deux entreprises capables de répondre."
        " (jugé par La juriste, le 2 septembre 2026)"
    )


def test_an_answer_to_one_rule_settles_no_other() -> None:
    found = finding("LOT017", **UNDIVIDED, judgements=[ANSWER | {"rule": "LOC011"}])
    assert found.verdict == "to_judge"


@pytest.mark.parametrize("key", ["by", "on", "reason", "answer"])
def test_an_answer_without_who_when_or_why_is_refused(key: str) -> None:
    lines = [f"    {name}: {value}" for name, value in ANSWER.items() if name != key]
    text = "\n".join(["id: T", "judgements:", "  -", *lines, ""])
    with pytest.raises(InvalidTender, match=key):
        read_yaml(text, "dossier.yaml", "")


@pytest.mark.parametrize(
    "code",
    ["CLA002", "CLA008", "CLA012", "CLA015", "CLA016", "LOC008", "LOC011", "LOC012", "LOT017",
     "LOT018", "PRO021", "PRO029", "PRO034", "RES012", "RES013"],
)  # fmt: skip
def test_what_no_machine_settles_is_a_question(code: str) -> None:
    rule = rulebook().rule(code)
    assert rule is not None
    assert rule.file.question
    assert rule.file.severity != "blocking"
