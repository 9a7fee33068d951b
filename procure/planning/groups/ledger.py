"""
The state of a group on a day, from its dated events; and the events that contradict the others.

Events are told in the order of their days, and of their lines where days are equal: what is written
late counts from the day it happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from procure.domain.french import day as french_day
from procure.domain.group_ledger import (
    ALLOWED,
    EVENT_WORDS,
    NEEDED,
    GroupState,
    LedgerEvent,
    Party,
    Standing,
)
from procure.domain.group_shares import Payer
from procure.domain.parties import Buyer, Member, PurchasingGroup
from procure.domain.tender import FrameworkAgreement, Tender

LEAST_MEMBERS = 2
_PARTY_FIELDS = ("siret", "is_public", "applies_code", "population", "value_excl_tax")
_COMMON = ("on", "kind", "note")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An event that cannot be: its place among the events (from 1), what is wrong, what to do."""

    sequence: int
    what: str
    advice: str = ""


def state_on(events: Sequence[LedgerEvent], day: date) -> GroupState:
    """The group on a day: what happened that day counts."""
    return _told(events, day)[0]


def contradictions(events: Sequence[LedgerEvent]) -> tuple[Contradiction, ...]:
    """What cannot be among events, in their order of days."""
    return _told(events, date.max)[1]


def _told(events: Sequence[LedgerEvent], day: date) -> tuple[GroupState, tuple[Contradiction, ...]]:
    story, found = _Story(), []
    for place, event in sorted(enumerate(events, 1), key=lambda one: (one[1].on, one[0])):
        if event.on > day:
            break
        wrong = story.refusal(event)
        if wrong is None:
            story.take(event)
        else:
            found.append(Contradiction(place, *wrong))
    return story.state(day), tuple(found)


@dataclass
class _Story:
    """Events taken one after the other."""

    created: LedgerEvent | None = None
    launched: LedgerEvent | None = None
    parties: dict[str, dict[str, Any]] = field(default_factory=dict)
    taken: set[LedgerEvent] = field(default_factory=set)
    references: set[tuple[str, str]] = field(default_factory=set)
    sums: dict[str, Decimal] = field(default_factory=dict)

    # --- what cannot be ---

    def refusal(self, event: LedgerEvent) -> tuple[str, str] | None:
        """Why an event cannot be, and what to do; None if it can."""
        return self._fields(event) or self._moment(event) or self._person(event)

    def _fields(self, event: LedgerEvent) -> tuple[str, str] | None:
        words = EVENT_WORDS[event.kind]
        said = {name for name in LedgerEvent.model_fields if getattr(event, name) is not None}
        for name in NEEDED[event.kind]:
            if name not in said:
                return f"« {name} » manque à l'événement « {words} »", f"Ajoutez « {name} »"
        known = {*NEEDED[event.kind], *ALLOWED[event.kind], *_COMMON}
        for name in sorted(said - known):
            listed = ", ".join(sorted(known - set(_COMMON)))
            return f"« {name} » n'a pas de sens pour « {words} »", f"Clés possibles : {listed}"
        return None

    def _moment(self, event: LedgerEvent) -> tuple[str, str] | None:
        words = EVENT_WORDS[event.kind]
        if self.created is None:
            if event.kind == "created":
                return None
            when = french_day(event.on)
            return f"« {words} » du {when} précède la création du groupement", "Vérifiez le jour"
        if event.kind == "created":
            return "le groupement est déjà créé", "Tenez un registre par groupement"
        if event in self.taken:
            return f"« {words} » est déjà inscrit, mot pour mot", "N'inscrivez rien de plus"
        if event.kind == "awarded" and self.launched is None:
            return "une attribution précède le lancement", "Inscrivez d'abord « launched »"
        if event.kind in ("launched", "invoiced") and event.reference:
            if (event.kind, event.reference) in self.references:
                return f"« {words} » : la référence « {event.reference} » est déjà inscrite", ""
        return None

    def _person(self, event: LedgerEvent) -> tuple[str, str] | None:
        name = event.member
        if name is None:
            return None
        party = self.parties.get(name)
        if event.kind in ("invited", "joined"):
            return self._arrival(event, name, party)
        if party is None:
            near = get_close_matches(name, self.parties, n=1, cutoff=0.6)
            advice = f"Vouliez-vous écrire « {near[0]} » ?" if near else "Inscrivez « invited »"
            return f"aucune invitation n'est inscrite pour « {name} »", advice
        if party.get("left_on"):
            when = french_day(party["left_on"])
            return f"« {name} » a quitté le groupement le {when}", "Inscrivez d'abord « invited »"
        if event.kind == "signed" and party.get("signed_on"):
            return f"« {name} » a déjà signé le {french_day(party['signed_on'])}", ""
        return None

    def _arrival(
        self, event: LedgerEvent, name: str, party: dict[str, Any] | None
    ) -> tuple[str, str] | None:
        if party is None:
            same = (known for known in self.parties if known.casefold() == name.casefold())
            if other := next(same, None):
                return (
                    f"« {name} » est déjà inscrit sous le nom « {other} »",
                    f"Écrivez « {other} »",
                )
            return None
        if party.get("left_on"):
            return None
        if event.kind == "invited":
            return f"l'invitation de « {name} » est déjà inscrite", ""
        return (f"« {name} » a déjà adhéré", "") if party.get("joined_on") else None

    # --- what is ---

    def take(self, event: LedgerEvent) -> None:
        """Let an event count."""
        self.taken.add(event)
        if event.reference:
            self.references.add((event.kind, event.reference))
        already = self.sums.get(event.kind, Decimal(0))
        self.sums[event.kind] = already + (event.value_excl_tax or 0)
        if event.kind == "created":
            self.created = event
            self._introduce(event, event.lead_buyer or "")
        elif event.kind == "launched":
            self.launched = event
        elif event.member is not None:
            self._take_person(event, event.member)

    def _take_person(self, event: LedgerEvent, name: str) -> None:
        party = self.parties.get(name)
        if event.kind in ("invited", "joined"):
            if party is None or party.get("left_on"):
                self._introduce(event, name)
            else:
                party |= _party_facts(event)
            if event.kind == "joined":
                self.parties[name]["joined_on"] = event.on
            return
        facts = self.parties[name]
        if event.kind == "need_changed":
            facts["value_excl_tax"] = event.value_excl_tax
        elif event.kind == "deliberated":
            facts.setdefault("deliberated_on", event.on)
        elif event.kind == "signed":
            facts["signed_on"] = event.on
        else:
            facts["left_on"] = event.on

    def _introduce(self, event: LedgerEvent, name: str) -> None:
        self.parties[name] = {"name": name} | _party_facts(event)

    def state(self, day: date) -> GroupState:
        """The group as told so far."""
        return GroupState(
            on=day,
            created=self.created,
            parties=tuple(Party(**facts, standing=_standing(facts)) for facts in self._sorted()),
            launched=self.launched,
            awarded_excl_tax=self.sums.get("awarded", Decimal(0)),
            invoiced=self.sums.get("invoiced", Decimal(0)),
            events=len(self.taken),
        )

    def _sorted(self) -> list[dict[str, Any]]:
        return sorted(self.parties.values(), key=lambda facts: facts["name"].casefold())


def _party_facts(event: LedgerEvent) -> dict[str, Any]:
    said = {name: getattr(event, name) for name in _PARTY_FIELDS}
    return {name: value for name, value in said.items() if value is not None}


def _standing(facts: dict[str, Any]) -> Standing:
    """A late joiner joins by an event of its own; a founder by its signature alone."""
    if facts.get("left_on"):
        return "left"
    if facts.get("signed_on"):
        return "member"
    return "deliberated" if facts.get("deliberated_on") else "invited"


# --- for other rooms -----------------------------------------------------------------------------


def group_of(state: GroupState) -> PurchasingGroup:
    """
    The group that rules judge: its members are those who have signed, and no other.

    The agreement is signed on the day of the last founder's signature, two at the least; who joins
    later does not move it.
    """
    created = state.created
    founders = [one.signed_on for one in state.members if one.signed_on and not one.joined_on]
    is_signed = len(founders) >= LEAST_MEMBERS
    return PurchasingGroup(
        name=created.name if created else None,
        has_lead_buyer=created is not None,
        lead_buyer=created.lead_buyer if created else None,
        members=tuple(_member(party) for party in state.members),
        has_agreement=is_signed,
        agreement_signed_on=max(founders) if is_signed else None,
        award_committee=created.award_committee if created else None,
        costs_rule=created.costs_rule if created else None,
        intermunicipal_mandate=created.intermunicipal_mandate if created else None,
        mandate_in_statutes=created.mandate_in_statutes if created else None,
        mandate_is_free=created.mandate_is_free if created else None,
    )


def _member(party: Party) -> Member:
    return Member(
        name=party.name,
        siret=party.siret,
        is_public=party.is_public,
        applies_code=party.applies_code,
        deliberated_on=party.deliberated_on,
        has_signed=True,
        signed_on=party.signed_on,
        value_excl_tax=party.value_excl_tax,
    )


def tender_of(state: GroupState) -> Tender:
    """
    The group as a tender: launched on its day, or on the day of the state where it is not yet.

    The value is the one launched, else the sum of the members' needs.
    """
    created, launched = state.created, state.launched
    group = group_of(state)
    value = launched.value_excl_tax if launched else None
    maximum = launched.maximum_excl_tax if launched else None
    return Tender(
        id=(launched.reference if launched else None) or group.name or "groupement",
        title=group.name,
        nature=created.nature if created else None,
        regime=created.regime if created else None,
        cpv=created.cpv if created else None,
        buyer=_buyer(created),
        group=group,
        procedure=launched.procedure if launched else None,
        launched_on=launched.on if launched else state.on,
        value_excl_tax=state.needs_excl_tax if value is None else value,
        framework=None
        if maximum is None
        else FrameworkAgreement(maximum_excl_tax=maximum, has_maximum=True),
    )


def _buyer(created: LedgerEvent | None) -> Buyer:
    """The leader, of whom the ledger says no more than its kind."""
    if created is None:
        return Buyer()
    return Buyer(
        name=created.lead_buyer,
        kind=created.buyer_kind,
        is_contracting_entity=created.is_contracting_entity,
        population=created.population,
    )


def payers_of(state: GroupState) -> tuple[Payer, ...]:
    """The members with what their part may be reckoned on."""
    return tuple(
        Payer(name=one.name, population=one.population, volume=one.value_excl_tax)
        for one in state.members
    )
