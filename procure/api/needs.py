"""The need of a tender in items whose trades and communes are codes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from procure.domain.supply import Need, Trade
from procure.domain.tender import Place, Tender
from procure.exchange.reader import read
from procure.planning.needs import Lookups, need_of
from procure.registers import communes, trades


def from_file(path: Path) -> Need:
    """
    The need of a tender file or of a notice.

    Raises:
        UnreadableFile: the file cannot be read.
        InvalidTender: the file does not describe a tender.
    """
    return of_tender(read(path).tender)


def of_tender(tender: Tender) -> Need:
    """The need of a tender: its items, else its lots, else the whole."""
    return need_of(tender, Lookups(trade_of, communes_of))


def trade_of(words: str | None, cpv: str | None) -> Trade | None:
    """The trade that some words name, else that of the CPV code."""
    table = trades.table()
    named = table.by_words(words) if words else None
    return named or (table.by_cpv(cpv) if cpv else None)


def known_trades(words: Sequence[str]) -> list[Trade]:
    """The trades of the table that any of the words brings to mind; all of them without words."""
    table = trades.table()
    if not words:
        return list(table.trades.values())
    found = {trade.id: trade for word in words for trade in table.find(word)}
    return list(found.values())


def communes_of(place: Place) -> Sequence[str] | None:
    """The commune of a place by its code, its name, or a postcode that is of one commune only."""
    if place.insee:
        return (place.insee,)
    if place.commune and (named := communes.by_name(place.commune)):
        return (named.insee,)
    shared = communes.by_postcode(place.postcode) if place.postcode else ()
    return (shared[0].insee,) if len(shared) == 1 and not place.commune else None


def titles() -> dict[str, str]:
    """The French names of trades and communes, by code."""
    named = {trade.id: trade.title for trade in trades.table().trades.values()}
    return named | {one.insee: one.name for one in communes.communes().values()}
