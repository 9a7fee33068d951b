"""Facts of what follows the bids."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from procure.domain.tender import Tender
from procure.engine.views import TenderView
from procure.engine.vocabulary import FACTS


def read(name: str, **fields: Any) -> Any:
    return FACTS[name].read(TenderView(Tender(id="T", **fields), Decimal(1)))


@pytest.mark.parametrize(
    ("notified", "published", "months"),
    [
        ("2026-01-15", "2026-01-15", 0),
        ("2026-01-15", "2026-01-16", 1),
        ("2026-01-15", "2026-03-15", 2),
        ("2026-01-15", "2026-03-16", 3),
        ("2025-12-31", "2026-02-28", 2),
        ("2025-12-31", "2026-03-01", 3),
        ("2026-03-15", "2026-02-01", 0),
    ],
)
def test_a_month_begun_before_publication_counts(
    notified: str, published: str, months: int
) -> None:
    days = {"notified_on": notified, "essential_data_published_on": published}
    fields = {name: date.fromisoformat(day) for name, day in days.items()}
    assert read("data.publication_months", **fields) == months


def test_no_delay_is_known_without_both_days() -> None:
    assert read("data.publication_months", notified_on=date(2026, 1, 1)) is None
    assert read("award_notice.delay_days", award_notice_sent_on=date(2026, 1, 1)) is None


def test_the_award_notice_is_counted_from_the_notification() -> None:
    days = {"notified_on": date(2026, 1, 1), "award_notice_sent_on": date(2026, 2, 1)}
    assert read("award_notice.delay_days", **days) == 31


@pytest.mark.parametrize(("bids", "single"), [(None, False), (0, False), (1, True), (2, False)])
def test_a_single_bid_is_an_exception_that_the_file_states(bids: int | None, single: bool) -> None:
    assert read("procedure.single_bid", bids_received=bids) is single
