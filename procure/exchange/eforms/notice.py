"""Reads a notice: checks that it is eForms, gathers its fields, builds the tender."""

from __future__ import annotations

import re
from datetime import date

from procure.domain.errors import Fault, InvalidTender
from procure.domain.french import day, typeset
from procure.domain.tender import Tender
from procure.exchange import xml
from procure.exchange.eforms import values
from procure.exchange.eforms.buyer import take_buyer
from procure.exchange.eforms.codes import REGIMES
from procure.exchange.eforms.gathering import Gathering, Ledger
from procure.exchange.eforms.lots import take_lots, take_places
from procure.exchange.eforms.tables import AWARD, CALL, CONSULTATION, EXTENSION, TENDER
from procure.exchange.reading import Reading
from procure.resources.validation import build

ROOTS = ("ContractNotice", "PriorInformationNotice", "ContractAwardNotice")
TRIED = range(3, 17)
"""The versions of SDK 1 whose notices have been read in tests, or share their structure."""

_SUBTYPE = f"{EXTENSION}/efac:NoticeSubType/cbc:SubTypeCode"
_VERSION = re.compile(r"eforms-sdk-1\.(\d{1,3})(\.\d{1,3})?")


def read_notice(content: bytes, name: str, digest: str) -> Reading:
    """
    Read an eForms notice.

    A contract award notice is read as the tender it closes: the day of its call is unknown.

    Args:
        name: the file's name, for messages.
        digest: SHA-256 of `content`.

    Raises:
        UnreadableFile: no XML, or XML that is refused.
        InvalidTender: XML that is no eForms notice, or a notice that contradicts itself.
    """
    notice = xml.parse(content, name)
    _check_root(notice, name)
    ledger = Ledger(notice.text_of("cbc:NoticeLanguageCode"))
    tender = Gathering(notice, ledger)
    _note_version(tender)
    _gather(tender, name)

    def where(path: tuple[str | int, ...]) -> str:
        return f"{name}, {_origin(path, ledger.origins) or '/' + notice.name}"

    built = build(Tender, tender.values, where, InvalidTender)
    dated_on = _dated_on(notice)
    if built.consultation_on is None and dated_on is not None:
        ledger.notes.append(
            typeset(f"sans --on, le droit est lu au jour de cet avis, le {day(dated_on)}.")
        )
    return Reading(built, ledger.origins, digest, "eforms", tuple(ledger.notes), dated_on)


def _dated_on(notice: xml.Node) -> date | None:
    """The day the notice itself was sent (BT-05)."""
    written = notice.text_of("cbc:IssueDate")
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


def _gather(tender: Gathering, name: str) -> None:
    tender.take(TENDER)
    if "id" not in tender.values:
        _take_notice_id(tender, name)
    take_buyer(tender)
    take_places(tender)
    _take_regime(tender)
    _take_days(tender)
    # `published_in` stays unknown: of all the places, a notice only knows the Official Journal.
    take_lots(tender, name)


def _check_root(notice: xml.Node, name: str) -> None:
    known = any(notice.namespace.endswith(f":{root}-2") for root in ROOTS) and notice.name in ROOTS
    version = notice.text_of("cbc:CustomizationID")
    if known and (version.startswith("eforms") or notice.first(EXTENSION)):
        return
    found = f"son premier élément est « {values.shown(notice.name)} »"
    advice = (
        "Cherchez cet avis au format eForms, en usage depuis 2023" if "TED" in notice.name else ""
    )
    raise InvalidTender(
        Fault(
            f"{name}, ligne 1",
            f"ce XML n'est pas un avis eForms, {found}",
            "un avis eForms (" + ", ".join(ROOTS) + ")",
            advice,
        )
    )


def _note_version(tender: Gathering) -> None:
    written = tender.node.text_of("cbc:CustomizationID")
    parts = _VERSION.fullmatch(written)
    if parts is None or int(parts[1]) not in TRIED:
        tender.note(
            f"version (OPT-002) : « {values.shown(written)} » n'a pas été essayée ; "
            "les versions lues vont de eforms-sdk-1.3 à eforms-sdk-1.16"
        )


def _take_notice_id(tender: Gathering, name: str) -> None:
    node = tender.node.first("cbc:ID[@schemeName='notice-id']")
    if node is None or not node.text:
        raise InvalidTender(
            Fault(
                f"{name}, /{tender.node.name}/cbc:ContractFolderID",
                "l'avis n'a pas d'identifiant",
                "l'identifiant de la procédure (BT-04) ou de l'avis (BT-701)",
            )
        )
    tender.put("id", values.cut(node.text, values.LABEL_LENGTH)[0], node)


def _take_regime(tender: Gathering) -> None:
    node = tender.node.first(_SUBTYPE)
    if node and node.text in REGIMES:
        tender.put("regime", REGIMES[node.text], node)


def _take_days(tender: Gathering) -> None:
    """The days of the call, or of the contract: each kind of notice knows its own only."""
    kind = tender.node.first("cbc:NoticeTypeCode")
    form = kind.get("listName") if kind else None
    if tender.node.name == "ContractAwardNotice":
        tender.take(AWARD)
        tender.note("date d'envoi (BT-05) : un avis d'attribution ne dit pas le jour de l'appel")
        return
    tender.take(CONSULTATION)
    if form == "competition":
        tender.take(CALL)
        _doubt_changed_notice(tender)
    else:
        tender.note("date d'envoi (BT-05) : cet avis n'est pas l'appel à la concurrence")


def _doubt_changed_notice(tender: Gathering) -> None:
    """A change notice is dated of the change, not of the call."""
    if tender.node.first(f"{EXTENSION}/efac:Changes") and tender.values.pop("notice_sent_on", None):
        tender.ledger.origins.pop("notice_sent_on")
        tender.note(
            "date d'envoi (BT-05) : cet avis en rectifie un autre, dont le jour est inconnu"
        )


def _origin(path: tuple[str | int, ...], origins: dict[str, str]) -> str:
    """The origin of a field, or of its nearest parent."""
    while path:
        steps = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
        if found := origins.get(steps.removeprefix(".")):
            return found
        path = path[:-1]
    return ""
