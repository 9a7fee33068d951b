"""Facts of purchasing groups: what is signed, stated, or only not said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from procure.domain.parties import Member, PurchasingGroup
from procure.domain.tender import Tender
from procure.engine.views import MemberView, TenderView
from procure.engine.vocabulary import FACTS

LAUNCH = date(2026, 9, 18)
EVE, AFTER = date(2026, 9, 17), date(2026, 9, 19)


def view(group: PurchasingGroup | None) -> TenderView:
    return TenderView(Tender(id="T", group=group, notice_sent_on=LAUNCH), Decimal(1))


def read(name: str, **fields: Any) -> Any:
    return FACTS[name].read(view(PurchasingGroup(**fields)))


def test_a_tender_without_a_group_block_is_not_a_groups() -> None:
    assert FACTS["group.exists"].read(view(None)) is False
    assert FACTS["group.exists"].read(view(PurchasingGroup())) is True


@pytest.mark.parametrize(
    ("stated", "signed_on", "signed"),
    [
        (None, None, None),
        (True, None, True),
        (False, None, False),
        (None, EVE, True),
        (None, LAUNCH, True),
        (None, AFTER, False),
        (True, AFTER, False),
    ],
)
def test_a_signature_comes_before_the_launch_or_is_stated(
    stated: bool | None, signed_on: date | None, signed: bool | None
) -> None:
    fields = {"has_agreement": stated, "agreement_signed_on": signed_on}
    assert read("group.agreement_signed", **fields) is signed
    member = Member(name="Commune A", has_signed=stated, signed_on=signed_on)
    group = view(PurchasingGroup(members=(member,)))
    assert FACTS["member.signed"].read(MemberView(group, member)) is signed
    assert FACTS["group.all_members_signed"].read(group) is signed


def test_what_the_group_has_is_named_or_stated() -> None:
    assert read("group.has_lead_buyer") is None
    assert read("group.has_lead_buyer", has_lead_buyer=False) is False
    assert read("group.has_lead_buyer", lead_buyer="Commune A") is True
    assert read("group.has_costs_rule", has_costs_rule=False) is False
    assert read("group.has_costs_rule", costs_rule="À parts égales.") is True


def test_the_lead_buyer_is_looked_for_among_the_members() -> None:
    members = (Member(name="Commune A"), Member(name="Commune B"))
    assert read("group.lead_buyer_is_member", lead_buyer="COMMUNE B", members=members) is True
    assert read("group.lead_buyer_is_member", lead_buyer="Commune C", members=members) is False
    assert read("group.lead_buyer_is_member", lead_buyer="Commune C") is None
    assert read("group.lead_buyer_is_member", members=members) is None
