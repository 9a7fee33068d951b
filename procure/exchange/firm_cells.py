"""The cells of a file of firms, one reader a field: what a cell says, or why it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import TypeAdapter, ValidationError

from procure.domain.base import Day, Money
from procure.domain.french import NBSP
from procure.domain.supply import FirmKind
from procure.registers import communes, naf, trades, turnover
from procure.registers.naming import bare, key

LONGEST = 200
LONGEST_CELL = 2_000
MOST_KM = 1000
_KIND_WORDS: Mapping[FirmKind, tuple[str, ...]] = {
    "artisan": ("artisan", "artisane", "artisanat", "ei artisan"),
    "sme": ("pme", "tpe", "tpe pme", "pe", "micro-entreprise", "microentreprise", "me",
            "petite entreprise", "moyenne entreprise", "sme"),
    "mid_cap": ("eti", "entreprise de taille intermédiaire", "mid cap"),
    "large": ("ge", "grande entreprise", "groupe", "large"),
    "siae": ("siae", "structure d'insertion", "entreprise d'insertion", "ei", "aci", "etti",
             "ai", "chantier d'insertion", "association intermédiaire", "insertion"),
    "ea": ("ea", "entreprise adaptée"),
    "esat": ("esat", "établissement et service d'accompagnement par le travail",
             "établissement et service d'aide par le travail"),
}  # fmt: skip
KINDS: Mapping[str, FirmKind] = {
    key(said): kind for kind, words in _KIND_WORDS.items() for said in words
}
_YES, _NO = (
    frozenset(("oui", "o", "x", "vrai", "1", "true")),
    frozenset(("non", "n", "faux", "0", "false")),
)
_MONEY: TypeAdapter[Decimal] = TypeAdapter(Money)
_DAY: TypeAdapter[Any] = TypeAdapter(Day)
_SCALED = re.compile(r"(?P<number>.*[0-9])\s*(?P<scale>k|m)\s*(€|euros?)?(\s*ht)?", re.IGNORECASE)
_UNIT = re.compile(r"\s*(€|euros?)?\s*(ht)?(\s*/\s*an|\s+par an)?\s*$", re.IGNORECASE)
_SCALES = {"k": 1_000, "m": 1_000_000}
_NUMBERS = re.compile(r"[0-9]+")
_LIST = re.compile(r"\s*[;,/|\n]\s*")


class Unread(Exception):
    """A cell that cannot be read: what is wrong, what was expected, what of it is kept."""

    def __init__(self, what: str, expected: str, kept: Mapping[str, Any] | None = None) -> None:
        super().__init__(what)
        self.what, self.expected, self.kept = what, expected, dict(kept or {})


def text_of(cell: Any) -> str:
    """A cell as text; a number without the decimals that a spreadsheet adds."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\u00a0", " ").replace("\u202f", " ").strip()


Read = dict[str, Any]
Known = Mapping[str, Any]


def _name(cell: Any, known: Known) -> Read:
    return {"name": " ".join(text_of(cell).split())[:LONGEST]}


def _naf(cell: Any, known: Known) -> Read:
    said = text_of(cell)
    code = naf.code(said.split(" ")[0]) or naf.code(said)
    if code is None:
        raise Unread(f"{_quoted(said)} n'est pas un code NAF", "un code comme 43.21A")
    return {"naf": code}


def _trades(cell: Any, known: Known) -> Read:
    """Each trade of a list; those that the table does not have are told, the others kept."""
    table = trades.table()
    found, lost = [], []
    for said in filter(None, _LIST.split(text_of(cell))):
        trade = table.trades.get(said) or table.by_words(said)
        if trade is None:
            lost.append(said)
        else:
            found.append(trade.id)
    kept = {"trades": tuple(dict.fromkeys(found))} if found else {}
    if lost:
        named = ", ".join(_quoted(said) for said in lost)
        raise Unread(f"métier inconnu{NBSP}: {named}", "un métier de la table des métiers", kept)
    return kept


def _insee(cell: Any, known: Known) -> Read:
    said = text_of(cell).upper().zfill(5)
    if not re.fullmatch(r"[0-9]{5}|2[AB][0-9]{3}", said):
        raise Unread(f"{_quoted(said)} n'est pas un code INSEE", "un code comme 86194")
    return {"commune": said}


def _commune(cell: Any, known: Known) -> Read:
    """A commune of the territory by its name, « 86000 Poitiers » or a code."""
    if "insee" in known:
        return {}
    said = text_of(cell)
    named = re.sub(r"\b[0-9]{5}\b", " ", bare(said)).replace("cedex", " ")
    if found := communes.by_name(named):
        return {"commune": found.insee}
    if said in communes.communes():
        return {"commune": said}
    raise Unread(
        f"la commune {_quoted(said)} n'est pas de Grand Poitiers",
        "une de ses 40 communes, ou un code INSEE dans une colonne « Code INSEE »",
    )


def _postcode(cell: Any, known: Known) -> Read:
    """A postcode of one commune only, where nothing else says the commune."""
    if "insee" in known or "commune" in known:
        return {}
    said = text_of(cell)
    shared = communes.by_postcode(said)
    if len(shared) == 1:
        return {"commune": shared[0].insee}
    if not shared:
        raise Unread(f"{_quoted(said)} n'est pas un code postal de Grand Poitiers", "une commune")
    named = ", ".join(one.name for one in shared)
    raise Unread(f"le code postal {said} est celui de {named}", "une colonne « Commune »")


def _workforce(cell: Any, known: Known) -> Read:
    """A number of people, « 3 à 5 salariés », or a Sirene code (« 02 », « NN »)."""
    said = text_of(cell)
    if isinstance(cell, str) and (said == "NN" or re.fullmatch(r"0[0-3]", said)):
        return {"workforce": said}
    plain = re.sub(r"(?<=\d)[ .](?=\d{3}\b)", "", said)
    numbers = [int(number) for number in _NUMBERS.findall(plain)][:2]
    if not numbers and any(word in bare(said) for word in ("aucun", "sans", "zero")):
        numbers = [0]
    is_a_day = re.search(r"\d{4}-\d\d-\d\d|janv|fev|mars|avr|mai|juin|juil", bare(said))
    if not numbers or is_a_day or "-" in said[:1]:
        raise Unread(f"l'effectif {_quoted(said)} n'est pas lisible", "« 4 » ou « 3 à 5 »")
    return {"workforce": turnover.workforce_of(numbers[0])}


def _turnover(cell: Any, known: Known) -> Read:
    return {"turnover_excl_tax": amount(cell)}


def _reach(cell: Any, known: Known) -> Read:
    said = re.sub(r"\s*(km|kilom[eè]tres?)\s*$", "", text_of(cell), flags=re.IGNORECASE)
    try:
        reach = Decimal(said.replace(" ", "").replace(",", "."))
    except InvalidOperation:
        raise Unread(
            f"le rayon {_quoted(said)} n'est pas un nombre", "« 30 » ou « 30 km »"
        ) from None
    if not reach.is_finite() or not 0 <= reach <= MOST_KM:
        raise Unread(f"le rayon {_quoted(said)} n'est pas possible", f"de 0 à {MOST_KM} km")
    return {"reach_km": reach}


def _qualifications(cell: Any, known: Known) -> Read:
    found = [said[:LONGEST] for said in _LIST.split(text_of(cell)) if said]
    return {"qualifications": tuple(dict.fromkeys(found))}


def _kind(cell: Any, known: Known) -> Read:
    said = text_of(cell)
    kind = KINDS.get(key(said.replace("_", " ")))
    if kind is None:
        expected = "artisan, PME, ETI, grande entreprise, SIAE, EA ou ESAT"
        raise Unread(f"le type {_quoted(said)} est inconnu", expected)
    return {"kind": kind}


def _social(cell: Any, known: Known) -> Read:
    return {"is_social_economy": yes_or_no(cell)}


def _synthetic(cell: Any, known: Known) -> Read:
    return {"is_synthetic": yes_or_no(cell)}


def _running(cell: Any, known: Known) -> Read:
    """The yearly amount of the contracts already held, and their last day where it is said."""
    yearly = amount(cell)
    if yearly == 0:
        return {"running": ()}
    until = known.get("running_until")
    held = {"yearly_excl_tax": yearly}
    if until is None or not text_of(until):
        return {"running": (held,)}
    try:
        return {"running": ({**held, "ends_on": _DAY.validate_python(text_of(until)[:10])},)}
    except ValidationError:
        what = f"la fin {_quoted(text_of(until))} n'est pas une date"
        raise Unread(what, "une date comme 30/06/2027", {"running": (held,)}) from None


def amount(cell: Any) -> Decimal:
    """
    An amount as people write it: « 450 000 € », « 450 k€ », « 1,2 M€ ».

    Raises:
        Unread: not an amount, or one that could be read in two ways.
    """
    said = text_of(round(cell, 2) if isinstance(cell, float) else cell)
    number, scale = said, 1
    if scaled := _SCALED.fullmatch(said):
        number, scale = scaled["number"], _SCALES[scaled["scale"].lower()]
    try:
        found = _scaled(number, scale)
    except (ValidationError, ArithmeticError):
        what = f"le montant {_quoted(said)} n'est pas lisible, ou se lit de deux façons"
        raise Unread(what, "« 450 000 » ou « 450 k€ », hors taxes") from None
    return found


def _scaled(number: str, scale: int) -> Decimal:
    plain = _UNIT.sub("", number).replace("\u00a0", " ")
    if scale == 1:
        return _MONEY.validate_python(plain)
    return _MONEY.validate_python(Decimal(plain.replace(" ", "").replace(",", ".")) * scale)


def yes_or_no(cell: Any) -> bool:
    """
    « oui », « non », « x ».

    Raises:
        Unread: another word.
    """
    said = bare(text_of(cell))
    if said in _YES or said in _NO:
        return said in _YES
    raise Unread(f"{_quoted(text_of(cell))} ne dit ni oui ni non", "oui ou non")


def _quoted(said: str) -> str:
    return f"«{NBSP}{said[:40]}{NBSP}»"


READERS: Mapping[str, Callable[[Any, Known], Read]] = {
    "name": _name,
    "naf": _naf,
    "trades": _trades,
    "insee": _insee,
    "commune": _commune,
    "postcode": _postcode,
    "workforce": _workforce,
    "turnover": _turnover,
    "reach": _reach,
    "qualifications": _qualifications,
    "kind": _kind,
    "is_social_economy": _social,
    "running": _running,
    "is_synthetic": _synthetic,
}
