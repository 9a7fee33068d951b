"""
Shares an amount between the members of a group, to the cent, by the largest remainder.

Each exact part is cut down to the cent; the cents left go one each to the parts that lost most. A
tie goes to the heavier weight, then to the first name in the alphabet. Hence whoever weighs more
never pays less, and whoever weighs nothing pays nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor

from procure.domain.errors import Fault, InputError
from procure.domain.french import NBSP, euros, number, percent, plural, typeset
from procure.domain.group_shares import (
    SHARE_KEYS,
    SHARED_FOR,
    GroupShare,
    GroupShares,
    Payer,
    ShareRule,
    WeightKey,
)

CENT = Decimal("0.01")
MOST_NAMED = 6
WEIGHTS: dict[WeightKey, tuple[str, str]] = {
    "population": ("la population", "--population « NOM=HABITANTS »"),
    "volume": ("le besoin", "--volume « NOM=MONTANT »"),
}
TIES = (
    "Chaque part exacte est ramenée au centime inférieur ; les centimes restants vont, un par un, "
    "aux parts qui ont le plus perdu. À égalité : le plus grand poids, puis l'ordre alphabétique."
)


def shared(total: Decimal, payers: Sequence[Payer], rule: ShareRule) -> GroupShares:
    """
    What each member pays of `total`; the sum of the rows is `total`, to the cent.

    Raises:
        InputError: nobody to pay, a name twice, a weight not known, or no weight at all.
    """
    ordered = sorted(payers, key=lambda payer: _alphabet(payer.name))
    _check_names(ordered)
    parts = _parts(total, ordered, rule)
    cents = _rounded(parts)
    rows = tuple(
        GroupShare(
            member=part.name,
            amount=given * CENT,
            weight=None if part.weight is None else Decimal(part.weight),
            has_extra_cent=given > floor(part.exact),
            explanation=_explained(part, given, total, rule),
        )
        for part, given in zip(parts, cents, strict=True)
    )
    return GroupShares(
        total=total,
        rule=rule,
        rows=rows,
        explanation=_rule_explained(total, rows, rule),
        notes=tuple(_set_apart(ordered, rule)),
    )


# --- exact parts ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """
    The exact part of a member, in cents.

    Args:
        equal: how many members share the equal part with it, itself included; 0 if it has none.
        weights: the sum of the weights.
    """

    name: str
    exact: Fraction
    weight: Decimal | None
    equal: int
    weights: Decimal


def _parts(total: Decimal, payers: Sequence[Payer], rule: ShareRule) -> list[_Part]:
    paying = [not _is_set_apart(payer, rule) for payer in payers]
    counted = sum(paying)
    if not counted:
        raise _refused("aucun membre n'a de besoin à payer", "un besoin au moins", _TELL_NEED)
    fixed = _fixed_share(rule)
    weights = _weights(payers, paying, rule)
    whole = sum((weight or Decimal(0) for weight in weights), Decimal(0))
    if fixed < 1 and whole == 0:
        raise _refused(f"{_weighed(rule)} est de zéro pour tous", "un nombre positif", "")
    cents = Fraction(total) * 100
    found = []
    for payer, pays, weight in zip(payers, paying, weights, strict=True):
        exact = cents * fixed / counted if pays else Fraction(0)
        if weight and fixed < 1:
            exact += cents * (1 - fixed) * Fraction(weight) / Fraction(whole)
        equal = counted if pays and fixed else 0
        found.append(_Part(payer.name, exact, weight, equal, whole))
    return found


def _fixed_share(rule: ShareRule) -> Fraction:
    """The part of the amount that is shared equally."""
    if rule.by == "equal":
        return Fraction(1)
    if rule.by != "mixed":
        return Fraction(0)
    if rule.fixed is None:
        advice = "Ajoutez --fixed, par exemple --fixed « 30 % »"
        raise InputError(Fault("--fixed", "la part fixe n'est pas donnée", "de 0 à 100 %", advice))
    return Fraction(rule.fixed)


def _weights(
    payers: Sequence[Payer], paying: Sequence[bool], rule: ShareRule
) -> list[Decimal | None]:
    """The weight of each payer, zero for who is set apart; None where parts are equal."""
    key = _weight_key(rule)
    if key is None:
        return [None for _ in payers]
    read = {payer.name: _weight(payer, key) for payer in payers}
    lacking = [
        payer.name
        for payer, pays in zip(payers, paying, strict=True)
        if pays and read[payer.name] is None
    ]
    if lacking:
        named = ", ".join(lacking[:MOST_NAMED]) + ("…" if len(lacking) > MOST_NAMED else "")
        what, option = WEIGHTS[key]
        raise _refused(
            f"{what} n'est pas connu{'e' if key == 'population' else ''} pour {named}",
            "un nombre pour chaque membre",
            f"Complétez le fichier, ou donnez {option}",
        )
    return [
        read[payer.name] if pays else Decimal(0) for payer, pays in zip(payers, paying, strict=True)
    ]


def _weight_key(rule: ShareRule) -> WeightKey | None:
    if rule.by == "mixed":
        return rule.variable
    return None if rule.by == "equal" else rule.by


def _weight(payer: Payer, key: WeightKey) -> Decimal | None:
    return payer.population if key == "population" else payer.volume


def _is_set_apart(payer: Payer, rule: ShareRule) -> bool:
    """Whether an invoice leaves out a member, who declared that it needs nothing."""
    return rule.purpose == "invoice" and payer.volume == 0


# --- to the cent ---------------------------------------------------------------------------------


def _rounded(parts: Sequence[_Part]) -> list[int]:
    """Whole cents that add up to the sum of the exact parts."""
    cents = [floor(part.exact) for part in parts]
    left = int(sum((part.exact for part in parts), Fraction(0))) - sum(cents)
    for place in sorted(range(len(parts)), key=lambda place: _claim(parts[place]))[:left]:
        cents[place] += 1
    return cents


def _claim(part: _Part) -> tuple[Fraction, Decimal, tuple[str, str]]:
    """The order in which the cents left are given; the first comes first."""
    lost = part.exact - floor(part.exact)
    return (-lost, -(part.weight or Decimal(0)), _alphabet(part.name))


def _alphabet(name: str) -> tuple[str, str]:
    return (name.casefold(), name)


# --- words ---------------------------------------------------------------------------------------


def _explained(part: _Part, cents: int, total: Decimal, rule: ShareRule) -> str:
    if not part.exact and not part.equal and not part.weight:
        why = "aucun besoin" if rule.purpose == "invoice" else "poids nul"
        return typeset(f"{why} : ne paie rien")
    fixed = Decimal(1) if rule.by == "equal" else (rule.fixed or Decimal(0))
    said = []
    if part.equal and rule.by == "equal":
        said.append(f"{euros(total)} ÷ {part.equal}")
    elif part.equal:
        said.append(f"{percent(fixed)} de {euros(total)} ÷ {part.equal}")
    if part.weight is not None and fixed < 1:
        whole = euros(total) if rule.by != "mixed" else f"{percent(1 - fixed)} de {euros(total)}"
        said.append(f"{whole} × {number(part.weight)} ÷ {number(part.weights)}")
    return typeset(f"{' + '.join(said)} = {_cents_said(part, cents)}")


def _cents_said(part: _Part, cents: int) -> str:
    """The exact part and what was done of it: « 12,3456… €, arrondi à 12,35 € »."""
    if part.exact == cents:
        return euros(cents * CENT)
    millionths = floor(part.exact * 100)
    shown = number(Decimal(millionths).scaleb(-4))
    dots = "…" if part.exact * 100 != millionths else ""
    turned = "avec un centime restant" if cents > floor(part.exact) else "au centime inférieur"
    return f"{shown}{dots}{NBSP}€, {turned} : {euros(cents * CENT)}"


def _rule_explained(total: Decimal, rows: Sequence[GroupShare], rule: ShareRule) -> str:
    payers = sum(1 for row in rows if row.amount)
    how = SHARE_KEYS[rule.by]
    if rule.by == "mixed":
        what = WEIGHTS[rule.variable][0]
        how = f"{percent(rule.fixed or Decimal(0))} à parts égales, le reste selon {what}"
    extra = sum(1 for row in rows if row.has_extra_cent)
    left = f"{plural(extra, 'centime restant', 'centimes restants')}. " if extra else ""
    head = f"{SHARED_FOR[rule.purpose].capitalize()} de {euros(total)}, {how}, entre "
    return typeset(f"{head}{plural(payers, 'payeur')}. {left}{TIES}")


def _set_apart(payers: Sequence[Payer], rule: ShareRule) -> list[str]:
    apart = [payer.name for payer in payers if _is_set_apart(payer, rule)]
    return [typeset(f"Sans besoin, donc sans facture : {', '.join(apart)}.")] if apart else []


def _weighed(rule: ShareRule) -> str:
    key = _weight_key(rule)
    return WEIGHTS[key][0] if key else "le poids"


# --- faults --------------------------------------------------------------------------------------

_TELL_NEED = "Vérifiez les besoins des membres"


def _check_names(payers: Sequence[Payer]) -> None:
    if not payers:
        raise _refused("le groupement n'a pas de membre", "un membre au moins", _NO_MEMBER)
    for one, other in pairwise(payers):
        if one.name == other.name:
            what = f"« {one.name} » est nommé deux fois"
            raise _refused(what, "un nom différent pour chaque membre", "")


_NO_MEMBER = "Nommez les membres ; dans un registre, seul est membre qui a signé"


def _refused(what: str, expected: str, advice: str) -> InputError:
    return InputError(Fault("partage", what, expected, advice))
