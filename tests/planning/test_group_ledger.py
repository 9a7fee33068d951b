"""A group on a day, as its events tell it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.domain.group_ledger import LedgerEvent
from procure.planning.groups.ledger import (
    contradictions,
    group_of,
    payers_of,
    state_on,
    tender_of,
)

LEADER, LIGUGE, CROUTELLE = "Commune de Saint-Benoît", "Commune de Ligugé", "Commune de Croutelle"


def event(on: str, kind: Any, member: str | None = None, **fields: Any) -> LedgerEvent:
    return LedgerEvent.model_validate({"on": on, "kind": kind, "member": member, **fields})


STORY = (
    event("2026-01-10", "created", name="Papier", lead_buyer=LEADER, value_excl_tax=34000,
          population=7306, costs_rule="À parts égales"),
    event("2026-01-15", "invited", LIGUGE, value_excl_tax=19000, is_public=True),
    event("2026-01-15", "invited", CROUTELLE),
    event("2026-02-01", "deliberated", LIGUGE),
    event("2026-02-10", "signed", LEADER),
    event("2026-02-12", "signed", LIGUGE),
    event("2026-03-01", "launched", reference="2026-01", maximum_excl_tax=60000),
    event("2026-04-01", "signed", CROUTELLE),
    event("2026-04-02", "need_changed", CROUTELLE, value_excl_tax=6000),
    event("2026-05-01", "awarded", value_excl_tax=50000),
    event("2026-06-01", "invoiced", reference="F1", value_excl_tax="1200.50"),
    event("2026-07-01", "left", LIGUGE),
)  # fmt: skip


def members(day: str) -> list[str]:
    return [party.name for party in state_on(STORY, date.fromisoformat(day)).members]


def test_who_has_not_signed_is_not_a_member() -> None:
    assert members("2026-02-09") == []
    assert members("2026-02-10") == [LEADER]
    assert members("2026-02-12") == [LIGUGE, LEADER]
    assert members("2026-04-01") == [CROUTELLE, LIGUGE, LEADER]
    assert members("2026-07-01") == [CROUTELLE, LEADER]


def test_each_party_stands_where_its_last_event_left_it() -> None:
    stands = {party.name: party.standing for party in state_on(STORY, date(2026, 2, 11)).parties}
    assert stands == {LEADER: "member", LIGUGE: "deliberated", CROUTELLE: "invited"}


def test_the_need_is_the_sum_of_the_members_needs() -> None:
    assert state_on(STORY, date(2026, 2, 12)).needs_excl_tax == 53000
    assert state_on(STORY, date(2026, 4, 1)).needs_excl_tax is None
    assert state_on(STORY, date(2026, 4, 2)).needs_excl_tax == 59000


def test_the_books_add_up_awards_and_invoices() -> None:
    state = state_on(STORY, date(2026, 12, 31))
    assert (state.awarded_excl_tax, state.invoiced) == (50000, Decimal("1200.50"))
    assert state.events == len(STORY)


def test_a_group_is_judged_on_its_members_and_the_last_founding_signature() -> None:
    group = group_of(state_on(STORY, date(2026, 3, 1)))
    assert [one.name for one in group.members or ()] == [LIGUGE, LEADER]
    assert (group.has_agreement, group.agreement_signed_on) == (True, date(2026, 2, 12))
    assert group.lead_buyer == LEADER


def test_one_signature_makes_no_agreement() -> None:
    group = group_of(state_on(STORY, date(2026, 2, 10)))
    assert (group.has_agreement, group.agreement_signed_on) == (False, None)


def test_who_joins_later_does_not_move_the_agreement() -> None:
    late = (
        *STORY,
        event("2026-08-01", "joined", "Commune de Biard"),
        event("2026-08-02", "signed", "Commune de Biard"),
    )
    founded = tuple(one for one in late if one.member != CROUTELLE)
    group = group_of(state_on(founded, date(2026, 8, 2)))
    assert "Commune de Biard" in {one.name for one in group.members or ()}
    assert group_of(state_on(founded, date(2026, 6, 1))).agreement_signed_on == date(2026, 2, 12)


def test_the_tender_is_launched_when_the_group_is_else_on_the_day_asked() -> None:
    assert tender_of(state_on(STORY, date(2026, 2, 20))).launched_on == date(2026, 2, 20)
    tender = tender_of(state_on(STORY, date(2026, 4, 2)))
    assert (tender.id, tender.launched_on) == ("2026-01", date(2026, 3, 1))
    assert tender.value_excl_tax == 59000
    assert tender.framework is not None and tender.framework.maximum_excl_tax == 60000


def test_members_pay_by_their_population_or_their_need() -> None:
    payer = payers_of(state_on(STORY, date(2026, 3, 1)))[1]
    assert (payer.name, payer.population, payer.volume) == (LEADER, 7306, 34000)


def test_who_left_may_be_invited_and_sign_again() -> None:
    back = (
        *STORY,
        event("2026-08-01", "invited", LIGUGE),
        event("2026-09-01", "signed", LIGUGE),
    )
    assert contradictions(back) == ()
    assert LIGUGE not in [one.name for one in state_on(back, date(2026, 8, 15)).members]
    assert LIGUGE in [one.name for one in state_on(back, date(2026, 9, 1)).members]


def test_what_is_written_late_counts_from_its_own_day() -> None:
    late = (*STORY, event("2026-02-05", "deliberated", CROUTELLE))
    party = state_on(late, date(2026, 2, 6)).parties[0]
    assert (party.name, party.standing) == (CROUTELLE, "deliberated")


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (event("2026-01-01", "invited", "Biard"), "précède la création"),
        (event("2026-01-11", "created", name="Autre", lead_buyer="X"), "déjà créé"),
        (event("2026-02-01", "signed", "Commune de Liguge"), "aucune invitation"),
        (event("2026-08-01", "signed", LIGUGE), "a quitté le groupement"),
        (event("2026-05-01", "signed", LEADER), "a déjà signé le 10 février 2026"),
        (event("2026-02-01", "invited", LIGUGE), "l'invitation de"),
        (event("2026-02-01", "invited", LIGUGE.upper()), "sous le nom"),
        (event("2026-02-15", "awarded", value_excl_tax=1), "précède le lancement"),
        (event("2026-06-02", "invoiced", reference="F1", value_excl_tax=1), "déjà inscrite"),
        (event("2026-04-02", "need_changed", CROUTELLE, value_excl_tax=6000), "mot pour mot"),
        (event("2026-06-02", "need_changed", LEADER), "manque"),
        (event("2026-06-02", "signed", LEADER, cpv="45000000"), "n'a pas de sens"),
        (event("2026-06-02", "left"), "« member » manque"),
    ],
)
def test_an_event_that_cannot_be_is_told(added: LedgerEvent, said: str) -> None:
    assert contradictions(STORY) == ()
    found = contradictions((*STORY, added))
    assert said in found[0].what and found[0].sequence >= 1


def test_a_near_name_is_proposed() -> None:
    found = contradictions((*STORY, event("2026-02-01", "signed", "Commune de Liguge")))
    assert LIGUGE in found[0].advice


names = st.sampled_from(["A", "B", "C", LEADER])
days = st.integers(0, 300).map(lambda gap: date(2026, 1, 10) + timedelta(gap))
personal = st.builds(
    LedgerEvent, on=days, member=names,
    kind=st.sampled_from(["invited", "deliberated", "signed", "joined", "left"]),
)  # fmt: skip


@given(st.lists(personal, max_size=30), days)
def test_a_day_knows_nothing_of_the_days_after(found: list[LedgerEvent], day: date) -> None:
    story = (STORY[0], *found)
    known = (STORY[0], *(one for one in found if one.on <= day))
    assert state_on(story, day) == state_on(known, day)


@given(st.lists(personal, max_size=30), days)
def test_a_member_has_always_signed_and_never_left(found: list[LedgerEvent], day: date) -> None:
    state = state_on((STORY[0], *found), day)
    assert all(one.signed_on and not one.left_on for one in state.members)
    signed = {one.member for one in found if one.kind == "signed" and one.on <= day}
    assert {one.name for one in state.members} <= signed
    assert len(group_of(state).members or ()) == len(state.members)


@given(st.lists(personal, max_size=30))
def test_every_event_counts_or_is_told_as_a_contradiction(found: list[LedgerEvent]) -> None:
    story = (STORY[0], *found)
    state = state_on(story, date.max)
    assert state.events + len(contradictions(story)) == len(story)
