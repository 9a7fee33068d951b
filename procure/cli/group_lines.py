"""A group on a day, its shares and what rules say of it, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from procure.cli.lines import BLANK, Line
from procure.domain.french import day, euros, plural, typeset
from procure.domain.group_ledger import STANDING_WORDS, GroupState, Party
from procure.domain.group_shares import GroupShares
from procure.domain.report import Finding
from procure.domain.words import SEVERITIES


def share_lines(shares: GroupShares, title: str) -> Iterator[Line]:
    """Each member's part and how it was reckoned, then the sum."""
    yield Line(title, "title")
    yield Line(shares.explanation, "soft")
    yield BLANK
    for row in shares.rows:
        yield Line(typeset(f"{row.member} : {euros(row.amount)}"), "strong", indent=2)
        yield Line(row.explanation, "soft", indent=4, hang=2)
    yield Line(typeset(f"Total : {euros(shares.total)}"), "strong", indent=2)
    if shares.notes:
        yield BLANK
        yield from (Line(typeset(f"- {note}"), indent=2, hang=2) for note in shares.notes)


def state_lines(state: GroupState) -> Iterator[Line]:
    """Who is a member, who is not yet, and the books."""
    created = state.created
    if created is None:
        yield Line(typeset(f"Le groupement n'est pas encore créé au {day(state.on)}."), "warning")
        return
    yield Line(created.name or "", "title")
    yield Line(typeset(f"Au {day(state.on)} · coordonnateur : {created.lead_buyer}"))
    yield BLANK
    yield Line(f"MEMBRES ({len(state.members)})", "heading")
    yield from (Line(typeset(_party(one)), indent=2, hang=2) for one in state.members)
    others = [one for one in state.parties if one.standing != "member"]
    if others:
        yield BLANK
        yield Line(f"NE SONT PAS MEMBRES ({len(others)})", "heading")
        yield from (Line(typeset(_party(one)), indent=2, hang=2) for one in others)
    yield BLANK
    yield from (Line(typeset(said)) for said in _books(state))


def judged_lines(state: GroupState, findings: Sequence[Finding]) -> Iterator[Line]:
    """The breaches of the rules of groups, what they ask, what they cannot tell."""
    name = state.created.name if state.created else ""
    yield Line(name or "Groupement", "title")
    members = plural(len(state.members), "membre")
    yield Line(typeset(f"Au {day(state.on)} · {members} par signature"))
    yield from (Line(typeset(said), "warning") for said in _over_maximum(state))
    breaches = [one for one in findings if one.verdict == "breach"]
    yield from _block("Manquements et avertissements", breaches)
    yield from _block("Questions à juger", [one for one in findings if one.verdict == "to_judge"])
    yield from _block("À compléter", [one for one in findings if one.verdict == "unknown"])
    fine = sum(1 for one in findings if one.verdict == "clear")
    yield BLANK
    yield Line(typeset(f"Conforme : {plural(fine, 'contrôle')}."), "lawful")


def _block(title: str, findings: Sequence[Finding]) -> Iterator[Line]:
    if not findings:
        return
    yield BLANK
    yield Line(f"{title.upper()} ({len(findings)})", "heading")
    for one in findings:
        severity = SEVERITIES[one.severity] + " " if one.severity else ""
        head = f"{severity}{one.rule} · {one.title} · {one.where}"
        yield Line(typeset(head), "warning", indent=2, hang=2)
        said = f"Que faire : {one.remedy}" if one.verdict == "breach" else one.message
        yield Line(typeset(said or ""), "plain", indent=4, hang=2)


def _party(party: Party) -> str:
    said = [party.name]
    if party.standing != "member":
        said.append(STANDING_WORDS[party.standing])
    if party.signed_on and party.standing == "member":
        said.append(f"a signé le {day(party.signed_on)}")
    if party.left_on:
        said[-1] += f" le {day(party.left_on)}"
    if party.value_excl_tax is not None:
        said.append(f"besoin {euros(party.value_excl_tax)}")
    return " · ".join(said)


def _books(state: GroupState) -> Iterator[str]:
    needs, launched = state.needs_excl_tax, state.launched
    if needs is None:
        yield "Besoins des membres : l'un d'eux n'est pas connu."
    else:
        yield f"Besoins des membres : {euros(needs)}."
    if launched:
        yield f"Consultation lancée le {day(launched.on)}."
    if launched and launched.maximum_excl_tax is not None:
        yield f"Maximum de l'accord-cadre : {euros(launched.maximum_excl_tax)}."
        yield from _over_maximum(state)
    if state.awarded_excl_tax:
        yield f"Attribué : {euros(state.awarded_excl_tax)}."
    if state.invoiced:
        yield f"Facturé : {euros(state.invoiced)}."
    yield f"{plural(state.events, 'événement')} jusqu'à ce jour."


def _over_maximum(state: GroupState) -> Iterator[str]:
    """What those who joined late add beyond what was put to competition."""
    if over := state.over_maximum_excl_tax:
        yield f"Les besoins dépassent de {euros(over)} le maximum lancé."
