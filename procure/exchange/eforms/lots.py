"""The lots of a notice; the parts of a planning notice are read as lots."""

from __future__ import annotations

from collections import Counter
from typing import Any

from procure.domain.errors import Fault, InvalidTender
from procure.exchange.eforms import values
from procure.exchange.eforms.criteria import take_criteria
from procure.exchange.eforms.gathering import Gathering, is_stated
from procure.exchange.eforms.tables import EXTENSION, LOT, LOTS, PLACE
from procure.exchange.xml import Node

MAX_LOTS = 9_999
"""A lot identifier of the standard has four digits."""

_GROUPS = "cac:ProcurementProjectLot[cbc:ID/@schemeName='LotsGroup']"
_PLACES = "cac:ProcurementProject/cac:RealizedLocation"
_CONDITIONS = (
    "cac:TenderingTerms/cac:ContractExecutionRequirement"
    "[cbc:ExecutionRequirementCode/@listName='conditions']"
)
_RESERVED_EXECUTION = (
    "cac:TenderingTerms/cac:ContractExecutionRequirement/cbc:ExecutionRequirementCode"
    "[@listName='reserved-execution']"
)
_RESULTS = f"{EXTENSION}/efac:NoticeResult/efac:LotResult"


def take_lots(tender: Gathering, name: str) -> None:
    """
    Read the lots; a notice that shows none leaves them unknown.

    Raises:
        InvalidTender: a lot without identifier, two with the same, or too many.
    """
    nodes = tender.node.all(LOTS)
    if not nodes:
        return
    ids = _identifiers(nodes, name)
    lots = [_lot(tender, place, node, ids[place]) for place, node in enumerate(nodes)]
    tender.put("lots", [lot.values for lot in lots], nodes[0])
    _take_maximums(tender, {lot.values["id"]: lot for lot in lots})
    _note_groups(tender)


def take_places(purchase: Gathering) -> None:
    """Read the places of performance that are narrower than « anywhere »."""
    places: list[dict[str, Any]] = []
    nodes = purchase.node.all(_PLACES)
    for node in nodes:
        place = purchase.inside(f"places[{len(places)}]", node)
        place.take(PLACE)
        if place.values:
            places.append(place.values)
    if places:
        purchase.put("places", places, nodes[0])


def _identifiers(nodes: list[Node], name: str) -> list[str]:
    if len(nodes) > MAX_LOTS:
        raise InvalidTender(Fault(name, "l'avis a trop de lots", f"{MAX_LOTS} au plus"))
    ids = [node.text_of("cbc:ID") for node in nodes]
    counted = Counter(ids)
    for node, identifier in zip(nodes, ids, strict=True):
        where = f"{name}, {node.path}/cbc:ID"
        if not identifier:
            expected = "un identifiant, par exemple LOT-0001 (BT-137)"
            raise InvalidTender(Fault(where, "un lot n'a pas d'identifiant", expected))
        if counted[identifier] > 1:
            what = f"deux lots portent le même identifiant « {values.shown(identifier)} »"
            raise InvalidTender(Fault(where, what, "un identifiant propre à chaque lot (BT-137)"))
    return ids


def _lot(tender: Gathering, place: int, node: Node, identifier: str) -> Gathering:
    lot = tender.inside(f"lots[{place}]", node)
    lot.called = f"Lot {values.shown(identifier)}"
    lot.take(LOT)
    take_places(lot)
    take_criteria(lot)
    _take_clauses(lot)
    _settle_reservation(lot)
    _note_renewal(lot)
    return lot


def _take_clauses(lot: Gathering) -> None:
    """Read the terms of performance (BT-70); the contract holds more than the notice says."""
    clauses: list[dict[str, Any]] = []
    for node in lot.node.all(_CONDITIONS):
        texts = [each for each in node.all("cbc:Description") if is_stated(each)]
        if not texts:
            continue
        clause = lot.inside(f"clauses[{len(clauses)}]", node)
        source = values.preferred(texts, lot.ledger.language)
        written, remark = values.cut(source.text, values.TEXT_LENGTH)
        clause.put("kind", "execution", node)
        clause.put("text", written, source)
        clauses.append(clause.values)
        if remark:
            lot.note(f"conditions d'exécution (BT-70) : {remark}")
    if clauses:
        lot.put("clauses", clauses, lot.node.all(_CONDITIONS)[0])
        lot.values["clauses_are_complete"] = False


def _settle_reservation(lot: Gathering) -> None:
    """
    Say that a reservation is in the notice; doubt one that only the execution code states.

    BT-736 alone is no proof: converted design contests carry it for a regulated profession.
    """
    stated = lot.values.get("reservation")
    kind = stated["kind"] if stated else None
    if stated and kind != "none":
        stated["mentioned_in_notice"] = True
        origins = lot.ledger.origins
        origins[lot.path("reservation.mentioned_in_notice")] = origins[lot.path("reservation.kind")]
    execution = lot.node.first(_RESERVED_EXECUTION)
    if execution and execution.text == "yes" and kind in (None, "none"):
        lot.values.pop("reservation", None)
        lot.ledger.origins.pop(lot.path("reservation.kind"), None)
        lot.note(
            "exécution réservée (BT-736) : l'avis la dit réservée sans réserver la participation "
            "(BT-71) ; la réservation reste inconnue"
        )


def _note_renewal(lot: Gathering) -> None:
    if lot.node.text_of("cac:ProcurementProject/cac:ContractExtension/cac:Renewal/cac:Period"
                        "/cbc:Description"):  # fmt: skip
        lot.note("reconduction (BT-57) : la description n'est pas reprise ; lisez-la dans l'avis")


def _take_maximums(tender: Gathering, lots: dict[str, Gathering]) -> None:
    """Complete the maximum of framework agreements by what an award notice says (BT-709)."""
    for result in tender.node.all(_RESULTS):
        amount = result.first("efac:FrameworkAgreementValues/cbc:MaximumValueAmount")
        lot = lots.get(result.text_of("efac:TenderLot/cbc:ID"))
        if amount is None or lot is None:
            continue
        found = values.euros([amount], tender.ledger.language)
        if found.remark:
            lot.note(f"maximum de l'accord-cadre (BT-709) : {found.remark}")
        if found.value and "maximum_excl_tax" not in lot.values.get("framework", {}):
            lot.put("framework.maximum_excl_tax", found.value, amount)


def _note_groups(tender: Gathering) -> None:
    for node in tender.node.all(_GROUPS):
        identifier = values.shown(node.text_of("cbc:ID"))
        tender.note(
            f"groupe de lots « {identifier} » (BT-330) : ce qui lui est propre n'est pas repris"
        )
