"""
Facts that policy rules read: how far a practice goes, and how far it may still go.

Where a practice is half known, one fact says what is sure and its twin, `…potential`, what the
file may still bring; an unknown twin has no bound, and its label says what is to be given.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from procure.domain.tender import Clause, Reservation
from procure.engine.kleene import Tri, every
from procure.engine.views import ClauseSet, TenderView, is_enforceable
from procure.engine.vocabulary import codes
from procure.engine.vocabulary.clauses import every_clause, worth
from procure.engine.vocabulary.fact import Fact, fact

Share = Callable[[TenderView], Decimal | None]

NONE, WHOLE = Decimal(0), Decimal(1)
STEP = Decimal(100_000)
SOCIAL_RESERVATIONS = frozenset(codes.RESERVATIONS) - {"none", "jei"}


def _axis(clause: Clause) -> str | None:
    """The axis of a clause: that of its subject, else the one stated."""
    return codes.SUBJECT_AXIS.get(clause.subject or "") or clause.axis


def _is_complete(view: TenderView) -> bool:
    return all(clauses.is_complete for clauses in view.clause_sets)


def _may_lack_hours(clause: Clause) -> bool:
    """Whether a clause is, or may be, on insertion without saying its hours."""
    if clause.insertion_hours is not None:
        return False
    return clause.subject == "insertion" or (
        clause.subject is None and _axis(clause) in (None, "social")
    )


def _hours_are_known(view: TenderView) -> bool:
    return view.once(_all_say_hours)


def _all_say_hours(view: TenderView) -> bool:
    return _is_complete(view) and not any(map(_may_lack_hours, view.once(every_clause)))


def _hours_per_step(view: TenderView) -> Decimal | None:
    """The hours written; zero only where the file surely asks for none."""
    hours = sum((c.insertion_hours or NONE for c in view.once(every_clause)), NONE)
    if not view.value or (hours == 0 and not _hours_are_known(view)):
        return None
    return hours * STEP / view.value


def _hours_potential(view: TenderView) -> Decimal | None:
    return _hours_per_step(view) if _hours_are_known(view) else None


def _reserved_share(view: TenderView) -> Decimal | None:
    """The share of the value kept for social operators; zero only where none surely is."""
    kept = [_is_kept(reservation) for reservation in view.each("reservation")]
    if True not in kept:
        return None if None in kept else NONE
    if all(kept):
        return WHOLE
    if not view.lots_value:
        return None
    values = [lot.value or NONE for lot in view.lots if _is_kept(lot.get("reservation"))]
    return sum(values, NONE) / view.lots_value


def _reserved_potential(view: TenderView) -> Decimal | None:
    kept = [_is_kept(reservation) for reservation in view.each("reservation")]
    return None if None in kept else _reserved_share(view)


def _is_kept(reservation: Reservation | None) -> Tri:
    return None if reservation is None else reservation.kind in SOCIAL_RESERVATIONS


def _covers_all(view: TenderView) -> Tri:
    return every(_is_kept(reservation) for reservation in view.each("reservation"))


def _subjects(clauses: ClauseSet, axis: str) -> int:
    """The subjects surely dealt with; clauses that do not say theirs make at least one."""
    about = [clause for clause in clauses.clauses if _axis(clause) == axis]
    named = {clause.subject for clause in about} - {None}
    return len(named) or min(len(about), 1)


def _subjects_are_known(clauses: ClauseSet, axis: str) -> bool:
    return clauses.is_complete and not any(
        (clause.subject is None and clause.axis in (None, axis))
        or (clause.subject == "other" and clause.axis is None)
        for clause in clauses.clauses
    )


def _subjects_count(axis: str) -> Callable[[TenderView], int]:
    """The least number of subjects among the contracts."""
    return lambda view: min(_subjects(clauses, axis) for clauses in view.clause_sets)


def _subjects_potential(axis: str) -> Callable[[TenderView], int | None]:
    def read(view: TenderView) -> int | None:
        if not all(_subjects_are_known(clauses, axis) for clauses in view.clause_sets):
            return None
        return _subjects_count(axis)(view)

    return read


def _enforceable_share(axis: str) -> Share:
    """The share of the clauses of an axis that surely state proof, checker, moment, penalty."""

    def read(view: TenderView) -> Decimal | None:
        about = [clause for clause in view.once(every_clause) if _axis(clause) in (None, axis)]
        if not _is_complete(view):
            return None
        sure = [c for c in about if _axis(c) == axis and is_enforceable(c)]
        return Decimal(len(sure)) / len(about) if about else NONE

    return read


def _enforceable_potential(axis: str) -> Share:
    """None at all where the file surely has no clause of the axis; else no bound."""

    def read(view: TenderView) -> Decimal | None:
        may_have = any(_axis(clause) in (None, axis) for clause in view.once(every_clause))
        return None if may_have or not _is_complete(view) else NONE

    return read


def _strongest(*subjects: str) -> Share:
    """The strength of the strongest of several clauses, as far as it is known."""

    def read(view: TenderView) -> Decimal | None:
        strengths = [worth(view, subject).strength for subject in subjects]
        known = [strength for strength in strengths if strength is not None]
        return max(known) if known else None

    return read


def _strongest_potential(*subjects: str) -> Share:
    def read(view: TenderView) -> Decimal | None:
        potentials = [worth(view, subject).potential for subject in subjects]
        known = [potential for potential in potentials if potential is not None]
        return max(known) if len(known) == len(potentials) else None

    return read


def _advance_offered(view: TenderView) -> Decimal | None:
    """The least advance among the contracts; zero where it is refused."""
    offered = [
        None if a is None else NONE if a.granted is False else a.share for a in view.each("advance")
    ]
    known = [share for share in offered if share is not None]
    return min(known) if len(known) == len(offered) else None


def _largest_share(view: TenderView) -> Decimal | None:
    if not view.lots_value:
        return None
    return max([value or NONE for value in view.lot_values]) / view.lots_value


def _places(view: TenderView) -> int | None:
    """The number of places of performance, once every contract says its own."""
    stated = view.each("places")
    if not all(stated):
        return None
    keys = {p.insee or p.commune or p.postcode or p.nuts for places in stated for p in places}
    return None if None in keys else len(keys)


def _axis_facts(axis: str, adjective: str, feminine: str) -> tuple[Fact, ...]:
    return (
        fact(f"clauses.{axis}.subjects_count", "count",
             f"nombre de sujets {adjective} traités par des clauses", _subjects_count(axis),
             "clauses", "lots", description="Le plus petit nombre parmi les lots."),
        fact(f"clauses.{axis}.subjects_potential", "count",
             f"sujet des clauses {feminine}", _subjects_potential(axis), "clauses", "lots",
             description="Nombre possible ; inconnu si d'autres clauses peuvent exister, ou si "
             "l'une ne dit pas son sujet."),
        fact(f"clauses.{axis}.enforceable_share", "share",
             f"part des clauses {feminine} contrôlables", _enforceable_share(axis),
             "clauses", "lots",
             description="Clauses de l'axe où preuve, contrôleur, moment et pénalité sont écrits, "
             "rapportées à toutes celles de l'axe ; 0 sans clause."),
        fact(f"clauses.{axis}.enforceable_potential", "share",
             f"preuve, contrôle et pénalité des clauses {feminine}",
             _enforceable_potential(axis), "clauses", "lots",
             description="Part possible ; inconnue dès que le dossier a une clause de l'axe."),
    )  # fmt: skip


FACTS = (
    fact("insertion.hours_per_100k", "number", "heures d'insertion pour 100 000 €", _hours_per_step,
         "clauses", "lots", "value_excl_tax",
         description="Heures écrites dans les clauses, rapportées à la valeur du besoin. Une "
         "clause commune à plusieurs lots est comptée une fois."),
    fact("insertion.hours_per_100k_potential", "number",
         "heures de chaque clause d'insertion", _hours_potential,
         "clauses", "lots", "value_excl_tax",
         description="Heures possibles pour 100 000 € ; inconnu si une clause d'insertion ne dit "
         "pas ses heures, ou si d'autres clauses peuvent exister."),
    fact("reservation.social_share", "share", "part réservée à l'emploi accompagné ou à l'ESS",
         _reserved_share, "reservation", "lots",
         description="En valeur : EA, ESAT, SIAE, travail pénitentiaire, économie sociale et "
         "solidaire. 100 % si tout le marché est réservé."),
    fact("reservation.social_potential", "share", "réservation de chaque lot", _reserved_potential,
         "reservation", "lots",
         description="Part qui peut être réservée ; inconnue si un lot ne dit pas s'il l'est."),
    fact("reservation.covers_all", "bool",
         "marché réservé en entier à l'emploi accompagné ou à l'ESS", _covers_all,
         "reservation", "lots"),
    *_axis_facts("social", "sociaux", "sociales"),
    *_axis_facts("environmental", "environnementaux", "environnementales"),
    fact("clauses.youth_or_training.strength", "share", "force de la clause jeunes ou formation",
         _strongest("youth", "training"), "clauses", "lots",
         description="La plus forte des deux clauses."),
    fact("clauses.youth_or_training.potential", "share",
         "preuve, contrôle et pénalité de la clause jeunes ou formation",
         _strongest_potential("youth", "training"), "clauses", "lots",
         description="Force qu'aurait la clause si ce qui n'est pas écrit ici l'est ailleurs."),
    fact("advance.offered_share", "share", "avance proposée", _advance_offered, "advance.share",
         "advance.granted", "advance",
         description="Le plus faible taux parmi les lots ; 0 si l'avance est refusée."),
    fact("lots.largest_share", "share", "part du plus grand lot dans la valeur des lots",
         _largest_share, "lots"),
    fact("places.count", "count", "nombre de lieux d'exécution", _places, "places", "lots"),
)  # fmt: skip
