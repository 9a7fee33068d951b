"""A writer of its own process: adds events of one member to a ledger."""

import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from procure.domain.group_ledger import LedgerEvent
from procure.exchange import ledger

FIRST = date(2026, 1, 1)


def write(path: Path, member: str, count: int) -> None:
    for number in range(count):
        event = LedgerEvent(
            on=FIRST + timedelta(number), kind="need_changed", member=member,
            value_excl_tax=Decimal(number),
        )  # fmt: skip
        ledger.append(path, event, lambda events: None, seconds=120)


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
