"""Facts of the clauses: which are there, and whether anyone can check them."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from procure.domain.tender import CLAUSE_SUBJECTS, Clause
from procure.engine.kleene import Tri, every, some, total
from procure.engine.views import (
    ClauseSet,
    ClauseView,
    TenderView,
    execution_on,
    is_about,
    is_enforceable,
)
from procure.engine.vocabulary import codes
from procure.engine.vocabulary.fact import Fact, fact, stated

FULL, NONE = Decimal(1), Decimal(0)
EUROPEAN = re.compile(r"(l'|d'|de l')?(union europ|u\.?e\.?\b|eee\b|espace .*europ|europ)", re.I)
"""An origin that is the Union or the European Economic Area, which some texts allow to ask."""


def _in_every_contract(test: Callable[[Clause], Tri]) -> Callable[[TenderView], Tri]:
    return lambda view: every(clauses.has(test) for clauses in view.clause_sets)


def _is_subject(clause: Clause, subject: str) -> Tri:
    if clause.subject is not None:
        return clause.subject == subject
    axis = codes.SUBJECT_AXIS.get(subject)
    return False if clause.axis is not None and axis and clause.axis != axis else None


class Worth(NamedTuple):
    """What the clauses on a subject are worth: are they there, what is sure, what may be."""

    present: Tri
    strength: Decimal | None
    potential: Decimal | None


_UNKNOWN, _ABSENT = Worth(None, None, None), Worth(False, NONE, NONE)


def worth(view: TenderView, subject: str) -> Worth:
    """
    What the clauses on a subject are worth over all the contracts.

    Full if proof, checker, moment and penalty are written; the share set by the profile if not;
    nothing without a clause.
    """
    worths = view.once(_worths)
    return worths[subject] if subject in worths else worths[codes.SUBJECT_AXIS.get(subject, "")]


def _worths(view: TenderView) -> dict[str, Worth]:
    """By subject where a clause names it; by axis for all the others, which are worth the same."""
    named = {subject for clauses in view.clause_sets for subject in clauses.enforceable}
    found = {subject: _mean(view, subject, codes.SUBJECT_AXIS.get(subject)) for subject in named}
    return found | {axis: _mean(view, "", axis or None) for axis in ("", *codes.AXES)}


def _mean(view: TenderView, subject: str, axis: str | None) -> Worth:
    """The mean of the contracts; unknown as soon as one is."""
    worths = [(_worth(view, s, subject, axis), s.contracts) for s in view.clause_sets]
    first = worths[0][0]
    if all(worth is first for worth, _ in worths):
        return first
    count = sum(contracts for _, contracts in worths)
    return Worth(
        every(worth.present for worth, _ in worths),
        _share([(worth.strength, contracts) for worth, contracts in worths], count),
        _share([(worth.potential, contracts) for worth, contracts in worths], count),
    )


def _share(parts: list[tuple[Decimal | None, int]], count: int) -> Decimal | None:
    whole = total(None if part is None else part * contracts for part, contracts in parts)
    return None if whole is None else whole / count


def _worth(view: TenderView, clauses: ClauseSet, subject: str, axis: str | None) -> Worth:
    if subject in clauses.enforceable:
        return view.once(_sure if clauses.enforceable[subject] else _unchecked)
    unnamed = clauses.unnamed_axes
    may_be_there = unnamed if axis is None else not unnamed.isdisjoint((None, axis))
    return _UNKNOWN if may_be_there or not clauses.is_complete else _ABSENT


def _sure(_: TenderView) -> Worth:
    return Worth(True, FULL, FULL)


def _unchecked(view: TenderView) -> Worth:
    return Worth(True, view.unchecked_clause_share, FULL)


def _subject_facts(subject: str) -> tuple[Fact, ...]:
    label = codes.SUBJECTS[subject]
    return (
        fact(f"clauses.{subject}.present", "bool", f"clause « {label} »",
             lambda view: worth(view, subject).present, "clauses", "lots"),
        fact(f"clauses.{subject}.strength", "share", f"force de la clause « {label} »", 
             lambda view: worth(view, subject).strength,
             "clauses", "lots",
             description="1 si preuve, contrôleur, moment et pénalité sont écrits ; la part fixée "
         "par le "
             "profil sinon ; 0 sans clause. Moyenne des lots."),
        fact(f"clauses.{subject}.potential", "share",
             f"preuve, contrôle et pénalité de la clause « {label} »",
             lambda view: worth(view, subject).potential, "clauses", "lots",
             description="Force qu'aurait la clause si ce qui n'est pas écrit ici l'est ailleurs."),
    )  # fmt: skip


def _execution_count(axis: str) -> Callable[[TenderView], int | None]:
    """The least number of execution conditions on an axis among the contracts."""

    def read(view: TenderView) -> int | None:
        counts = [_count_in(clauses, execution_on(axis)) for clauses in view.clause_sets]
        known = [count for count in counts if count is not None]
        return min(known) if known and len(known) == len(counts) else None

    return read


def _count_in(clauses: ClauseSet, test: Callable[[Clause], Tri]) -> int | None:
    results = [test(clause) for clause in clauses.clauses]
    return None if None in results or not clauses.is_complete else results.count(True)


def _hours(view: TenderView) -> Decimal | None:
    """The hours of all the clauses; unknown as soon as an insertion clause does not say its own."""
    asking = [
        clause
        for clause in view.once(every_clause)
        if clause.insertion_hours is not None or _is_subject(clause, "insertion") is not False
    ]
    return total(clause.insertion_hours for clause in asking) if asking else None


def _enforceable_share(axis: str) -> Callable[[TenderView], Decimal | None]:
    """The part of the clauses of an axis that state proof, checker, moment and penalty."""

    def read(view: TenderView) -> Decimal | None:
        clauses = [c for s in view.clause_sets for c in s.clauses]
        if not clauses or any(is_about(c, axis) is None for c in clauses):
            return None
        about = [c for c in clauses if is_about(c, axis)]
        if not about or not all(is_enforceable(c) for c in about):
            return None
        return FULL

    return read


def _has(name: str) -> Callable[[ClauseView], Any]:
    return lambda view: stated(getattr(view.clause, name))


def _cites(name: str) -> Callable[[ClauseView], bool]:
    """Whether the file notes a brand, a label, an origin in a clause; unsaid is not cited."""
    return lambda view: stated(getattr(view.clause, name)) is True


def _noted(test: Callable[[ClauseView], Any]) -> Callable[[TenderView], bool]:
    """Whether the file notes something in a clause at least; unseen clauses note nothing."""
    return lambda view: any(map(test, view.once(_clause_views)))


def every_clause(view: TenderView) -> list[Clause]:
    """Every clause of the file, shared ones once."""
    owners = (view.tender, *(view.tender.lots or ()))
    return [clause for owner in owners for clause in owner.clauses or ()]


def _clause_views(view: TenderView) -> list[ClauseView]:
    return [ClauseView(view, clause) for clause in view.once(every_clause)]


def _is_unrelated(view: ClauseView) -> bool:
    return view.clause.linked_to_object is False


def _requires_french(view: ClauseView) -> bool:
    return view.clause.requires_french is True


def _origin_is_european(view: ClauseView) -> Tri:
    origin = view.clause.imposed_origin
    return None if origin is None else bool(EUROPEAN.match(origin))


def _is_specification(clause: Clause) -> Tri:
    return None if clause.kind is None else clause.kind == "specification"


def _is_environmental_specification(clause: Clause) -> Tri:
    return every((_is_specification(clause), is_about(clause, "environmental")))


def _is_sustainable_specification(clause: Clause) -> Tri:
    axis = some((is_about(clause, "environmental"), is_about(clause, "social")))
    return every((_is_specification(clause), axis))


def _imposes_brand(view: TenderView) -> Tri:
    return some(clauses.has(_brand_alone) for clauses in view.clause_sets)


def _brand_alone(clause: Clause) -> Tri:
    if clause.brand is None:
        return False
    return None if clause.accepts_equivalent is None else not clause.accepts_equivalent


FACTS = (
    fact("clauses.environmental.execution_present", "bool",
         "condition d'exécution environnementale",
         _in_every_contract(execution_on("environmental")), "clauses", "lots",
         description="Vrai si chaque lot (ou le marché non alloti) a une condition d'exécution sur "
         "l'environnement."),
    fact("clauses.social.execution_present", "bool", "condition d'exécution sociale ou d'emploi",
         _in_every_contract(execution_on("social")), "clauses", "lots"),
    fact("clauses.environmental.execution_count", "count", "nombre de conditions environnementales",
         _execution_count("environmental"), "clauses", "lots"),
    fact("clauses.social.execution_count", "count", "nombre de conditions sociales",
         _execution_count("social"), "clauses", "lots"),
    fact("clauses.environmental.specification_present", "bool", "spécification environnementale",
         _in_every_contract(_is_environmental_specification),
         "clauses", "lots"),
    fact("clauses.sustainable_specification.present", "bool",
         "spécification sociale ou environnementale",
         _in_every_contract(_is_sustainable_specification), "clauses", "lots"),
    fact("clauses.social.all_enforceable", "share", "clauses sociales toutes contrôlables",
         _enforceable_share("social"), "clauses", "lots"),
    fact("clauses.environmental.all_enforceable", "share",
         "clauses environnementales toutes contrôlables",
         _enforceable_share("environmental"), "clauses", "lots"),
    fact("clauses.insertion.hours", "hours", "heures d'insertion demandées", _hours, "clauses",
         "lots"),
    fact("clauses.brand_without_equivalent", "bool", "marque imposée sans « ou équivalent »",
         _imposes_brand, "clauses", "lots"),
    *(one for subject in CLAUSE_SUBJECTS for one in _subject_facts(subject)),
    fact("clauses.brand_noted", "bool", "marque relevée dans une clause", _noted(_cites("brand")),
         "clauses", "lots"),
    fact("clauses.label_noted", "bool", "label relevé dans une clause", _noted(_cites("label")),
         "clauses", "lots"),
    fact("clauses.origin_noted", "bool", "origine relevée dans une clause",
         _noted(_cites("imposed_origin")), "clauses", "lots"),
    fact("clauses.french_noted", "bool", "langue imposée relevée dans une clause",
         _noted(_requires_french), "clauses", "lots"),
    fact("clauses.unrelated_noted", "bool", "clause dite sans lien avec l'objet",
         _noted(_is_unrelated), "clauses", "lots"),
    fact("clause.axis", "code", "axe de la clause",
         lambda v: v.clause.axis or codes.SUBJECT_AXIS.get(v.clause.subject or ""),
         "axis", "subject", scope="clause",
         values=dict(codes.AXES)),
    fact("clause.kind", "code", "nature de la clause", lambda v: v.clause.kind, "kind",
         scope="clause",
         values=codes.CLAUSE_KINDS),
    fact("clause.subject", "code", "sujet de la clause", lambda v: v.clause.subject, "subject",
         scope="clause", values=codes.SUBJECTS),
    fact("clause.has_proof", "bool", "preuve demandée", _has("proof"), "proof", scope="clause"),
    fact("clause.has_checker", "bool", "contrôleur désigné", _has("checked_by"), "checked_by",
         scope="clause"),
    fact("clause.has_moment", "bool", "moment du contrôle fixé", _has("checked_when"),
         "checked_when",
         scope="clause"),
    fact("clause.has_penalty", "bool", "pénalité prévue", _has("penalty"), "penalty",
         scope="clause"),
    fact("clause.names_brand", "bool", "marque citée", _cites("brand"), "brand", scope="clause",
         description="Vrai si le dossier relève une marque dans la clause."),
    fact("clause.names_label", "bool", "label exigé", _cites("label"), "label", scope="clause",
         description="Vrai si le dossier relève un label dans la clause."),
    fact("clause.imposes_origin", "bool", "origine ou provenance imposée",
         _cites("imposed_origin"), "imposed_origin", scope="clause",
         description="Vrai si le dossier relève une origine imposée dans la clause."),
    fact("clause.origin_is_european", "bool", "origine imposée : l'Union européenne",
         _origin_is_european, "imposed_origin", scope="clause"),
    fact("clause.requires_french", "bool", "langue française imposée à tous",
         _requires_french, "requires_french", scope="clause",
         description="Vrai si le dossier le relève dans la clause."),
    fact("clause.local_preference", "code", "préférence locale relevée dans la clause",
         lambda v: v.clause.local_preference or "none", "local_preference", "text",
         scope="clause", values=codes.LOCAL_PREFERENCES,
         description="Ce que disent les mots de la clause, lus ou confirmés ; ce qui n'est pas "
         "relevé n'accuse pas."),
    fact("clauses.local_preference_noted", "bool", "préférence locale relevée dans une clause",
         _noted(lambda view: view.clause.local_preference in ("risky", "unlawful")),
         "clauses", "lots"),
    fact("clause.unrelated_to_object", "bool", "clause sans lien avec l'objet du marché",
         _is_unrelated, "linked_to_object", scope="clause",
         description="Vrai si le dossier le dit ; ce qu'il ne dit pas n'accuse pas."),
    fact("clause.accepts_equivalent", "bool", "mention « ou équivalent »",
         lambda v: v.clause.accepts_equivalent, "accepts_equivalent", scope="clause"),
    fact("clause.insertion_hours", "hours", "heures d'insertion de la clause",
         lambda v: v.clause.insertion_hours, "insertion_hours", scope="clause"),
)  # fmt: skip
