"""The buyer: the contracting party, and the organisation it points to."""

from __future__ import annotations

from procure.exchange.eforms import codes, values
from procure.exchange.eforms.gathering import Field, Gathering
from procure.exchange.eforms.tables import EXTENSION
from procure.exchange.xml import Node

_BUYER: tuple[Field, ...] = (
    Field(
        "kind",
        "BT-11",
        "nature de l'acheteur",
        "cac:ContractingPartyType/cbc:PartyTypeCode[@listName='buyer-legal-type']",
        values.code(codes.BUYER_KINDS),
    ),
    Field(
        "is_contracting_entity",
        "BT-740",
        "entité adjudicatrice",
        "cac:ContractingPartyType/cbc:PartyTypeCode[@listName='buyer-contracting-type']",
        values.code(codes.CONTRACTING_ENTITY),
    ),
    Field("profile_url", "BT-508", "profil d'acheteur", "cbc:BuyerProfileURI", values.label),
)

_COMPANY: tuple[Field, ...] = (
    Field("name", "BT-500", "nom de l'acheteur", "cac:PartyName/cbc:Name", values.label),
    Field(
        "country",
        "BT-514",
        "pays de l'acheteur",
        "cac:PostalAddress/cac:Country/cbc:IdentificationCode",
        values.country,
    ),
)

_PARTIES = "cac:ContractingParty"
_REFERENCE = "cac:Party/cac:PartyIdentification/cbc:ID"
_ORGANISATIONS = f"{EXTENSION}/efac:Organizations/efac:Organization"
_OWN_IDS = (
    "efac:Company/cac:PartyIdentification/cbc:ID|efac:TouchPoint/cac:PartyIdentification/cbc:ID"
)
_LEADER = "efbc:GroupLeadIndicator"


def take_buyer(tender: Gathering) -> None:
    """Read the buyer; of several, the one that leads the group, else the first."""
    # The domain's buyer is French unless said otherwise; a notice says it, or not.
    tender.values["buyer"] = {"country": None}
    parties = tender.node.all(_PARTIES)
    if not parties:
        return
    organisations = _organisations(tender.node)
    party = next(
        (each for each in parties if _leads(_organisation(each, organisations))), parties[0]
    )
    if len(parties) > 1:
        tender.note(
            f"acheteurs (OPT-300) : {len(parties)} acheteurs achètent ensemble ; "
            "un seul est repris, le groupement est à décrire"
        )
    buyer = tender.inside("buyer", party)
    buyer.take(_BUYER)
    _take_company(buyer, _organisation(party, organisations))
    tender.values["buyer"].update(buyer.values)


def _organisations(notice: Node) -> dict[str, Node]:
    """The organisations of the notice by their identifiers, and by those of their touch points."""
    found: dict[str, Node] = {}
    for organisation in notice.all(_ORGANISATIONS):
        for identifier in organisation.all(_OWN_IDS):
            found.setdefault(identifier.text, organisation)
    return found


def _organisation(party: Node, organisations: dict[str, Node]) -> Node | None:
    return organisations.get(party.text_of(_REFERENCE))


def _leads(organisation: Node | None) -> bool:
    return organisation is not None and organisation.text_of(_LEADER) == "true"


def _take_company(buyer: Gathering, organisation: Node | None) -> None:
    company = organisation.first("efac:Company") if organisation else None
    if company is None:
        buyer.note(
            "nom de l'acheteur (BT-500) : l'organisation de l'acheteur n'est pas dans l'avis"
        )
        return
    inner = Gathering(company, buyer.ledger, buyer.at, buyer.called)
    inner.values = buyer.values
    inner.take(_COMPANY)
    if buyer.values.get("country", "FRA") == "FRA":
        _take_siret(inner, company)


def _take_siret(buyer: Gathering, company: Node) -> None:
    written = company.first("cac:PartyLegalEntity/cbc:CompanyID")
    if written is None or not written.text:
        return
    digits = "".join(written.text.split())
    if is_siret(digits):
        buyer.put("siret", digits, written)
    else:
        given = values.shown(written.text)
        buyer.note(f"identifiant de l'acheteur (BT-501) : « {given} » n'est pas un SIRET")


def is_siret(text: str) -> bool:
    """Fourteen digits whose Luhn sum is a multiple of ten; La Poste sums its digits to five."""
    if len(text) != 14 or not (text.isascii() and text.isdigit()):
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(text))]
    if sum(sum(divmod(each, 10)) for each in doubled) % 10 == 0:
        return True
    return text.startswith("356000000") and sum(map(int, text)) % 5 == 0
