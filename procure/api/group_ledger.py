"""The ledger of a purchasing group: begun, added to, shown on a day, checked, judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from procure.api.clock import today
from procure.api.rules import rulebook
from procure.api.scoring import DEFAULT_PROFILE, score_reading
from procure.domain.errors import Fault, InputError
from procure.domain.french import day as french_day
from procure.domain.group_ledger import EVENT_WORDS, GroupState, LedgerEvent
from procure.domain.report import Finding
from procure.domain.tender import Tender
from procure.exchange import ledger
from procure.exchange.ledger import TornTail
from procure.exchange.reading import Reading
from procure.planning.groups.ledger import contradictions, state_on, tender_of
from procure.resources import json
from procure.resources.validation import build, nearest

THEME = "groups"
DECIDED_BY_NEEDS = "procedure"
"""The theme of which breaches alone are told: the sum of the needs decides the procedure."""

YES_NO = {"oui": True, "non": False}
SHORTEST_SEAL = 8

__all__ = [
    "TornTail",
    "add",
    "check",
    "judge",
    "judged_json",
    "repair",
    "start",
    "state",
    "state_json",
    "torn",
]


@dataclass(frozen=True, slots=True)
class Written:
    """An event written, its line and the seal of that line."""

    event: LedgerEvent
    sequence: int
    seal: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A sound ledger: how many events, and the seal of the last."""

    events: int
    seal: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A group on a day, and what the rules of groups say of it."""

    state: GroupState
    findings: tuple[Finding, ...]

    @property
    def is_blocked(self) -> bool:
        return any(one.verdict == "breach" and one.severity == "blocking" for one in self.findings)


def start(path: Path, day: date | None, said: Mapping[str, str]) -> Written:
    """
    Begin a ledger with the creation of the group.

    Raises:
        InputError: the file is already there, or what is said is no creation.
    """
    event = _event("created", day, said)
    return _written(ledger.start(path, event, _refuse_new))


def add(path: Path, kind: str, day: date | None, said: Mapping[str, str]) -> Written:
    """
    Add an event, by default of today.

    Raises:
        InputError: the kind or a key is unknown, or the event contradicts the others.
        UnreadableFile: the ledger is damaged.
        ProcureError: it could not be written; the file is as it was.
    """
    if kind not in EVENT_WORDS:
        expected = ", ".join(EVENT_WORDS)
        what = f"« {kind} » n'est pas un événement"
        raise InputError(Fault("ÉVÉNEMENT", what, expected, nearest(kind, EVENT_WORDS)))
    return _written(ledger.append(path, _event(kind, day, said), _refuse_new))


def state(path: Path, day: date | None = None) -> GroupState:
    """
    The group on a day, by default today.

    Raises:
        UnreadableFile: the ledger is damaged, or its events contradict each other.
    """
    found = ledger.read(path)
    _refuse(found.events, path.name)
    return state_on(found.events, day or today())


def check(path: Path, seal: str | None = None) -> Checked:
    """
    Check every line of a ledger, and that its events agree.

    Args:
        seal: of a line noted before, which must still be there; its first characters are enough.

    Raises:
        InputError: the ledger is damaged, contradicts itself, or has lost that line.
    """
    found = ledger.read(path)
    _refuse(found.events, path.name)
    if seal is not None:
        _refuse_lost(found.seals, seal.strip().lower(), path.name)
    return Checked(len(found.events), found.head)


def torn(path: Path) -> TornTail | None:
    """What `repair` would set aside; None where every line is whole."""
    return ledger.torn_tail(path)


def repair(path: Path, tail: TornTail) -> Path:
    """Set a torn tail aside, in a file of its own; see `ledger.set_aside`."""
    return ledger.set_aside(path, tail)


def judge(path: Path, day: date | None = None, profile: str = DEFAULT_PROFILE) -> Judged:
    """
    Judge the group of a ledger on a day by the rules of groups, as a tender would be.

    Breaches of the rules of procedure are told too: the sum of the needs decides it.

    Raises:
        InputError: as for `state`; the day is before the group, or the law that rules know.
    """
    kept = ledger.read(path)
    _refuse(kept.events, path.name)
    found = state_on(kept.events, day or today())
    if found.created is None:
        raise _too_early(path.name, found.on, kept.events[0].on)
    tender = tender_of(found)
    reading = Reading(tender, {}, kept.head, "ledger")
    report = score_reading(reading, path.name, None, profile, "python")
    kept_findings = [one for one in report.findings if _concerns(one)]
    return Judged(found, tuple(_named(one, tender) for one in kept_findings))


def _concerns(finding: Finding) -> bool:
    rule = rulebook().rule(finding.rule)
    theme = rule.theme if rule else None
    return theme == THEME or (theme == DECIDED_BY_NEEDS and finding.verdict == "breach")


def _named(finding: Finding, tender: Tender) -> Finding:
    """A finding about a member, told by the member's name."""
    members = (tender.group.members if tender.group else None) or ()
    places = {f"group.members[{place}]": one.name for place, one in enumerate(members)}
    return finding.model_copy(update={"where": places.get(finding.at, finding.where)})


def state_json(found: GroupState) -> str:
    """The state as JSON: days are texts, amounts exact numbers, what is not known is left out."""
    needs = found.needs_excl_tax
    said = found.model_dump(exclude_none=True)
    said |= {"members": [one.name for one in found.members]}
    return json.dump(said | ({} if needs is None else {"needs_excl_tax": needs}))


def judged_json(found: Judged) -> str:
    """The day, the members and the findings as JSON."""
    return json.dump(
        {
            "on": found.state.on,
            "members": [one.name for one in found.state.members],
            "needs_excl_tax": found.state.needs_excl_tax,
            "over_maximum_excl_tax": found.state.over_maximum_excl_tax,
            "findings": [
                {
                    "rule": one.rule,
                    "verdict": one.verdict,
                    "severity": one.severity,
                    "where": one.where,
                    "title": one.title,
                    "message": one.message,
                    "missing": list(one.missing),
                }
                for one in found.findings
            ],
        }
    )


# --- events --------------------------------------------------------------------------------------


def _event(kind: str, day: date | None, said: Mapping[str, str]) -> LedgerEvent:
    values: dict[str, Any] = {key: YES_NO.get(value, value) for key, value in said.items()}
    plain = {"on": day or today(), "kind": kind, **values}
    where = f"événement « {kind} »"
    return build(LedgerEvent, plain, lambda path: where, InputError)


def _written(found: ledger.Ledger) -> Written:
    return Written(found.events[-1], len(found.events), found.head)


def _refuse_new(events: Sequence[LedgerEvent]) -> None:
    """Refuse the last event if with it something cannot be that could be without it."""
    known = {(one.sequence, one.what) for one in contradictions(events[:-1])}
    new = [one for one in contradictions(events) if (one.sequence, one.what) not in known]
    if new:
        one, kind = new[0], events[-1].kind
        where = f"événement « {kind} »"
        if one.sequence != len(events):
            what = f"il contredit l'événement n° {one.sequence} : {one.what}"
            raise InputError(Fault(where, what, "", "Vérifiez le jour de cet événement"))
        raise InputError(Fault(where, one.what, "", one.advice))


def _refuse(events: Sequence[LedgerEvent], name: str) -> None:
    faults = [
        Fault(f"{name}, ligne {one.sequence}", one.what, "", one.advice)
        for one in contradictions(events)
    ]
    if faults:
        raise InputError(*faults)


def _too_early(name: str, day: date, created_on: date) -> InputError:
    what = f"le groupement n'est pas encore créé au {french_day(day)}"
    expected = f"un jour à partir du {french_day(created_on)}"
    return InputError(Fault(name, what, expected, "Donnez un autre jour avec --on"))


def _refuse_lost(seals: Sequence[str], seal: str, name: str) -> None:
    if len(seal) < SHORTEST_SEAL or not any(one.startswith(seal) for one in seals):
        what = f"aucune ligne ne porte l'empreinte « {seal} » : des lignes ont été perdues"
        advice = "Vérifiez l'empreinte notée, ou reprenez une copie plus récente du registre"
        expected = f"une empreinte d'au moins {SHORTEST_SEAL} caractères qui s'y trouve"
        raise InputError(Fault(name, what, expected, advice))
