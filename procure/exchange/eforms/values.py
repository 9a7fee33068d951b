"""How a value of the standard is read: texts, codes, amounts, dates, durations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from procure.exchange.eforms.codes import Codes
from procure.exchange.eforms.gathering import Found, Read
from procure.exchange.xml import Node

LABEL_LENGTH = 1_000
TEXT_LENGTH = 20_000
MAX_AMOUNT = Decimal("1e12")

_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{0,30})?")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)?")
_CPV = re.compile(r"(\d{8})(-\d)?")
_COUNTRY = re.compile(r"[A-Z]{3}")
_NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")
_WITHHELD = date(1970, 1, 1)

_MONTHS_OF = {
    "YEAR": Decimal(12),
    "MONTH": Decimal(1),
    "WEEK": Decimal(7 * 12) / 365,
    "DAY": Decimal(12) / 365,
    "CALENDAR_DAY": Decimal(12) / 365,
}


def preferred(nodes: Sequence[Node], language: str) -> Node:
    """The element in French, else in the notice's language, else the first."""
    for wanted in ("FRA", language):
        for node in nodes:
            if node.get("languageID") == wanted:
                return node
    return nodes[0]


def number(text: str) -> Decimal | None:
    """A plain decimal number, or None: no exponent, no infinity."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def day(text: str) -> date | None:
    """The day of an XML date, its time zone set aside."""
    parts = _DAY.fullmatch(text)
    try:
        found = date.fromisoformat(parts[1]) if parts else None
    except ValueError:
        return None
    return None if found == _WITHHELD else found


def words(longest: int) -> Read:
    """A text in the preferred language, on one line when short, cut when too long."""

    def read(nodes: Sequence[Node], language: str) -> Found:
        node = preferred(nodes, language)
        written = node.text if longest > LABEL_LENGTH else on_one_line(node.text)
        kept, remark = cut(written, longest)
        return Found(kept, node, remark)

    return read


def cut(text: str, longest: int) -> tuple[str, str]:
    """A text no longer than a bound, and the remark when it had to be cut."""
    if len(text) <= longest:
        return text, ""
    return text[
        : longest - 1
    ].rstrip() + "…", f"le texte dépasse {longest} caractères ; il est coupé"


label = words(LABEL_LENGTH)
text = words(TEXT_LENGTH)


def code(codes: Codes) -> Read:
    """Our word for the first code, None and a remark for a code that is not in the list."""

    def read(nodes: Sequence[Node], language: str) -> Found:
        node = nodes[0]
        return Found(codes.get(node.text), node, "" if node.text in codes else _strange(node))

    return read


def agreed(codes: Codes) -> Read:
    """Our word for a code that all the lots share, None and a remark where they differ."""

    def read(nodes: Sequence[Node], language: str) -> Found:
        if len({node.text for node in nodes}) > 1:
            return Found(
                None, nodes[0], "les lots diffèrent ; le fait reste inconnu pour l'ensemble"
            )
        return code(codes)(nodes, language)

    return read


def published_codes(nodes: Sequence[Node], language: str) -> Found:
    """The codes as published, each once."""
    return Found(tuple(dict.fromkeys(shown(node.text, 100) for node in nodes)), nodes[0])


def published_code(nodes: Sequence[Node], language: str) -> Found:
    return Found(shown(nodes[0].text, 100), nodes[0])


def stated(nodes: Sequence[Node], language: str) -> Found:
    """True: the element is there."""
    return Found(True, nodes[0])


def matching(pattern: re.Pattern[str], expected: str) -> Read:
    """A text of a given form, None and a remark otherwise."""

    def read(nodes: Sequence[Node], language: str) -> Found:
        node = nodes[0]
        if pattern.fullmatch(node.text):
            return Found(node.text, node)
        return Found(None, node, f"« {shown(node.text)} » n'est pas {expected}")

    return read


country = matching(_COUNTRY, "un code de pays à trois lettres")
nuts = matching(_NUTS, "un code NUTS")


def cpv(nodes: Sequence[Node], language: str) -> Found:
    """A CPV code without its check digit."""
    parts = _CPV.fullmatch(nodes[0].text)
    if parts:
        return Found(parts[1], nodes[0])
    return Found(None, nodes[0], f"« {shown(nodes[0].text)} » n'est pas un code CPV")


def cpvs(nodes: Sequence[Node], language: str) -> Found:
    """CPV codes, each once, those that are none left out."""
    matches = [_CPV.fullmatch(node.text) for node in nodes]
    codes = dict.fromkeys(parts[1] for parts in matches if parts)
    remark = "" if all(matches) else "un code n'est pas un code CPV ; il est laissé de côté"
    return Found(tuple(codes) or None, nodes[0], remark)


def euros(nodes: Sequence[Node], language: str) -> Found:
    """An amount in euros to the cent; another currency, or a senseless amount, is unknown."""
    node = nodes[0]
    amount = number(node.text)
    currency = node.get("currencyID") or "sans devise"
    if amount is None:
        return Found(None, node, f"« {shown(node.text)} » n'est pas un montant")
    if currency != "EUR":
        given = f"{shown(node.text)} {shown(currency)}"
        return Found(None, node, f"le montant « {given} » n'est pas en euros ; il reste inconnu")
    if not 0 < amount < MAX_AMOUNT:
        given = shown(node.text)
        return Found(
            None, node, f"le montant « {given} » n'est pas vraisemblable ; il reste inconnu"
        )
    return Found(amount.quantize(Decimal("0.01"), ROUND_HALF_UP), node)


def count(nodes: Sequence[Node], language: str) -> Found:
    """A whole number, zero at the least."""
    node = nodes[0]
    amount = number(node.text)
    if amount is None or amount != int(amount) or not 0 <= amount <= 1_000_000:
        return Found(None, node, f"« {shown(node.text)} » n'est pas un nombre d'unités")
    return Found(int(amount), node)


def earliest(what: str) -> Read:
    """The first of several days, with a remark where they differ."""

    def read(nodes: Sequence[Node], language: str) -> Found:
        dated = [(found, node) for node in nodes if (found := day(node.text))]
        if not dated:
            return Found(None, nodes[0], f"« {shown(nodes[0].text)} » n'est pas une date")
        first, node = min(dated, key=lambda pair: pair[0])
        differs = len({found for found, _ in dated}) > 1
        return Found(first, node, f"{what} ; la plus proche est retenue" if differs else "")

    return read


def months(nodes: Sequence[Node], language: str) -> Found:
    """The duration of a planned period: as a measure, else from its first day to its last."""
    period = nodes[0]
    if measure := period.first("cbc:DurationMeasure"):
        return _measured(measure)
    if period.text_of("cbc:DescriptionCode") == "UNLIMITED":
        return Found(None, period, "la durée est illimitée ; elle reste inconnue")
    start, end = day(period.text_of("cbc:StartDate")), day(period.text_of("cbc:EndDate"))
    if start is None or end is None:
        return Found(None, period)
    if end < start:
        return Found(None, period, "la fin précède le début ; la durée reste inconnue")
    return Found(_months_between(start, end), period)


def _measured(node: Node) -> Found:
    unit, amount = node.get("unitCode") or "", number(node.text)
    if amount is None or not 0 < amount < 10_000_000 or unit not in _MONTHS_OF:
        given = f"{shown(node.text)} {shown(unit)}"
        return Found(None, node, f"« {given} » n'est pas une durée connue")
    return Found(_rounded(amount * _MONTHS_OF[unit]), node)


def _months_between(start: date, end: date) -> Decimal:
    """From the first day to the last, both counted, in whole months and a part of one."""
    following = date.fromordinal(end.toordinal() + 1) if end < date.max else end
    whole = (following.year - start.year) * 12 + following.month - start.month
    return _rounded(whole + Decimal(following.day - start.day) * 12 / 365)


def _rounded(value: Decimal) -> Decimal:
    """To the hundredth, without idle zeros: 48, not 48.00."""
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded


def shown(text: str, longest: int = 60) -> str:
    """A published text short enough for a message."""
    flat = on_one_line(text)
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def _strange(node: Node) -> str:
    return f"le code « {shown(node.text)} » n'est pas connu"
