"""A study of supply as lines of text, in the order people read it."""

from __future__ import annotations

from collections.abc import Iterator

from procure.cli.lines import BLANK, Line, Style
from procure.domain.french import NBSP, day, euros, number, percent, plural, typeset
from procure.domain.supply import Ability, ItemSupply, SupplyReport
from procure.domain.supply_words import ABILITIES, FIRM_KINDS, NEVER_TO_CHOOSE, SYNTHETIC

MOST_TRADES = 15
MOST_COMMUNES = 10
MOST_FAULTS = 20
UNSAID = {
    "trades": "métiers",
    "commune": "commune",
    "workforce": "effectif",
    "turnover_excl_tax": "chiffre d'affaires",
    "reach_km": "rayon",
    "kind": "type",
    "running": "marchés en cours",
}
SEVERAL: dict[Ability, str] = ABILITIES | {"stretched": "tendues"}
_ORDER: tuple[Ability, ...] = ("able", "stretched", "unknown", "unable")


def supply_lines(report: SupplyReport) -> Iterator[Line]:
    """The whole study, faults last."""
    yield from _head(report)
    yield from _trades(report)
    yield from _communes(report)
    yield from _items(report)
    yield from _faults(report)
    yield from _terms(report)
    yield BLANK
    yield Line(NEVER_TO_CHOOSE, "soft")


def _head(report: SupplyReport) -> Iterator[Line]:
    yield Line(typeset(f"Offre : {report.name}"), "title")
    if report.is_synthetic:
        yield Line(typeset(f"Attention : {SYNTHETIC}."), "warning")
    read = plural(report.firms, "entreprise retenue", "entreprises retenues")
    yield Line(f"{read} sur {plural(report.rows, 'ligne')}")
    if report.kinds:
        shown = (f"{FIRM_KINDS[kind]} {number(count)}" for kind, count in report.kinds.items())
        yield Line(typeset(f"Types : {', '.join(shown)}"), indent=2, hang=2)
    missing = [f"{UNSAID[name]} {number(count)}" for name, count in report.assumed.items() if count]
    if missing:
        yield Line(typeset(f"Non dits par l'entreprise : {', '.join(missing)}"), indent=2, hang=2)
    yield from (Line(typeset(f"- {note}"), "soft", 2, 2) for note in report.notes)


def _trades(report: SupplyReport) -> Iterator[Line]:
    yield from _heading("Par métier", len(report.trades))
    for one in report.trades[:MOST_TRADES]:
        small = f", dont {plural(one.small, 'petite')}" if one.small else ""
        yield Line(typeset(f"{one.title} : {plural(one.firms, 'entreprise')}{small}"), indent=2)
    yield from _more(len(report.trades) - MOST_TRADES, "autre métier", "autres métiers")


def _communes(report: SupplyReport) -> Iterator[Line]:
    yield from _heading("Par commune", len(report.communes))
    for one in report.communes[:MOST_COMMUNES]:
        yield Line(typeset(f"{one.name} : {plural(one.firms, 'entreprise')}"), indent=2)
    yield from _more(len(report.communes) - MOST_COMMUNES, "autre commune", "autres communes")


def _items(report: SupplyReport) -> Iterator[Line]:
    if not report.items:
        return
    yield from _heading("Le besoin, élément par élément", len(report.items))
    for item in report.items:
        value = f" ({euros(item.value_excl_tax)} HT)" if item.value_excl_tax is not None else ""
        style: Style = "plain" if item.able else "warning"
        yield Line(typeset(f"{item.label}{value} : {_counts(item, report)}"), style, 2, 2)
    yield from (Line(f"- {note}", "soft", 2, 2) for note in report.need_notes)


def _counts(item: ItemSupply, report: SupplyReport) -> str:
    """« 3 en capacité (2 petites, 1 à moins de 15 km), 4 à vérifier »."""
    parts = []
    for ability in _ORDER:
        count = getattr(item, ability)
        if ability == "able":
            near = f"{number(item.near)} à moins de {number(report.near_km or 0)}{NBSP}km"
            detail = f" ({plural(item.small, 'petite')}, {near})" if count else ""
            parts.append(f"{number(count)} {ABILITIES['able']}{detail}")
        elif count and ability != "unable":
            parts.append(plural(count, ABILITIES[ability], SEVERAL[ability]))
    return ", ".join(parts)


def _terms(report: SupplyReport) -> Iterator[Line]:
    """By what firms were counted as able: the law of a day, the choices of a profile."""
    if not report.items:
        return
    used = report.terms
    yield BLANK
    yield Line("Comment la capacité est comptée", "heading")
    reach = "inconnu" if used.assumed_reach_km is None else f"{number(used.assumed_reach_km)} km"
    for said in (
        f"droit lu le {day(used.on)} : le chiffre d'affaires demandé ne passe pas "
        f"{number(used.turnover_cap)} fois la valeur ({used.turnover_cap_cite})",
        f"profil {used.profile} : {percent(used.contract_share)} d'une année sur un seul contrat, "
        f"{percent(used.stretched_share)} en se tendant",
        f"rayon non dit : {reach} à vol d'oiseau ; petite : moins de "
        f"{plural(used.small_staff, 'salarié')}",
        f"chiffre d'affaires non dit : d'après l'effectif ({used.turnover_source})",
    ):
        yield Line(typeset(f"- {said}"), "soft", 2, 2)


def _faults(report: SupplyReport) -> Iterator[Line]:
    if not report.faults:
        return
    yield from _heading("Lignes et cellules à corriger", len(report.faults))
    yield from (Line(f"- {fault}", "to_complete", 2, 2) for fault in report.faults[:MOST_FAULTS])
    yield from _more(len(report.faults) - MOST_FAULTS, "autre")


def _heading(title: str, count: int) -> Iterator[Line]:
    yield BLANK
    yield Line(f"{title} ({number(count)})", "heading")


def _more(left: int, singular: str, many: str | None = None) -> Iterator[Line]:
    if left > 0:
        words = many or singular + "s"
        yield Line(f"et {plural(left, singular, words)}", "soft", 2)
