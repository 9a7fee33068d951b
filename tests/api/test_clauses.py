"""The library as it ships: what its clauses say, and what they do to a tender."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from procure.api.clauses import Wish, library, lint_clauses, listed
from procure.api.scoring import score_reading
from procure.documents.library import criterion_taken, filled, taken
from procure.domain.library import LibraryClause
from procure.domain.tender import Tender
from procure.exchange.reading import Reading
from procure.wording.spotting import default

DAY = date(2026, 11, 1)
CLAUSES = library().clauses
ENFORCED = [one for one in CLAUSES if one.kind in ("execution", "specification")]
DUTIES = ("CLA001", "CLA003")


def duties() -> list[tuple[str, LibraryClause]]:
    conditions = [one for one in CLAUSES if one.kind == "execution"]
    return [(code, one) for code in DUTIES for one in conditions if code in one.cures]


def test_the_library_has_no_fault() -> None:
    linted, unread = lint_clauses()
    assert [str(fault) for fault in unread] == []
    assert [str(fault) for one in linted for fault in one.faults] == []


def test_each_axis_has_clauses_of_each_level() -> None:
    found = {(one.axis, one.level) for one in CLAUSES}
    assert len(found) == 9


@pytest.mark.parametrize("clause", ENFORCED, ids=lambda one: one.id)
def test_a_clause_that_obliges_is_taken_with_all_that_enforces_it(clause: LibraryClause) -> None:
    own = taken(clause)
    assert own.text and own.proof and own.checked_by and own.checked_when and own.penalty
    assert "{" not in own.text + own.penalty


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda one: one.id)
def test_no_clause_reads_as_a_local_preference(clause: LibraryClause) -> None:
    read_as = "criterion" if clause.kind == "criterion" else "condition"
    found = default().spot(filled(clause), read_as)
    assert found.summary.local_preference in ("none", "lawful")


@pytest.mark.parametrize(
    "clause", [one for one in CLAUSES if one.kind == "criterion"], ids=lambda one: one.id
)
def test_a_criterion_is_taken_with_its_method(clause: LibraryClause) -> None:
    criterion = criterion_taken(clause)
    assert criterion.method and criterion.description and criterion.weight


@pytest.mark.parametrize(("code", "clause"), duties(), ids=lambda one: getattr(one, "id", one))
def test_a_condition_said_to_answer_a_duty_of_law_answers_it(
    code: str, clause: LibraryClause
) -> None:
    def verdict(*clauses: LibraryClause) -> str:
        tender = Tender(
            id="essai",
            nature="services",
            regime="ordinary",
            procedure="open_call",
            value_excl_tax=Decimal(600_000),
            launched_on=DAY,
            clauses=tuple(taken(one) for one in clauses),
        )
        report = score_reading(Reading(tender, {}, "0", "yaml"), "essai", DAY, engine="python")
        (found,) = {one.verdict for one in report.findings if one.rule == code}
        return found

    assert verdict() != "clear"
    assert verdict(clause) == "clear"


def test_words_choose_among_the_clauses_that_the_options_leave() -> None:
    found = listed(Wish(words=("pénibilité",), axis="social", kind="execution"))
    assert found[0].id == "hardship-prevention"
    assert {one.axis for one in found} == {"social"}
