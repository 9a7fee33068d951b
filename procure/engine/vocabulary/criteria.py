"""Facts of the award criteria, of each criterion, and of what a notice declares of its aims."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from procure.domain.tender import Criterion, Theme
from procure.engine.kleene import Tri, every, some, total
from procure.engine.views import CriterionView, TenderView, known_themes, themes_of
from procure.engine.vocabulary import codes
from procure.engine.vocabulary.fact import fact, stated
from procure.engine.vocabulary.procedure import inside

Set = tuple[Criterion, ...]


def _in_every_set(test: Callable[[Set], Tri]) -> Callable[[TenderView], Tri]:
    """Whether a test holds in the criteria of every contract."""
    return lambda view: every(
        None if s.criteria is None else test(s.criteria) for s in view.criteria_sets
    )


def _in_some_set(test: Callable[[Set], Tri]) -> Callable[[TenderView], Tri]:
    return lambda view: some(
        None if s.criteria is None else test(s.criteria) for s in view.criteria_sets
    )


def _everywhere(theme: Theme) -> Callable[[TenderView], Tri]:
    """Whether a criterion of every contract deals with a theme."""
    return lambda view: every(s.deals_with(theme) for s in view.criteria_sets)


def _somewhere(theme: Theme) -> Callable[[TenderView], Tri]:
    return lambda view: some(s.deals_with(theme) for s in view.criteria_sets)


def _weight(theme: Theme, worst: Any) -> Callable[[TenderView], Decimal | None]:
    """The least (or most) weight a theme has among the contracts."""

    def read(view: TenderView) -> Decimal | None:
        weights = [s.weight(theme) for s in view.criteria_sets]
        return None if None in weights or not weights else worst(weights)

    return read


def _price_only(criteria: Set) -> Tri:
    """Whether price is the only criterion; a single cost criterion is another case (R2152-7 1°)."""
    if not criteria:
        return None
    return every(_is_only(c, "price") for c in criteria)


def _is_only(criterion: Criterion, theme: Theme) -> Tri:
    if set(known_themes(criterion)) - {theme}:
        return False
    themes = themes_of(criterion)
    return None if themes is None else set(themes) == {theme}


def _single_cost(criteria: Set) -> Tri:
    """Whether cost is the only criterion; it may look at the environment as well (R2152-7 1°)."""
    if len(criteria) != 1:
        return False if criteria else None
    themes = themes_of(criteria[0])
    return None if themes is None else "cost" in themes and set(themes) <= {"cost", "environmental"}


def _ignores_environment(view: TenderView) -> Tri:
    """Whether a contract has several criteria, none of which deals with the environment."""
    return some(
        every((_opposite(s.deals_with("environmental")), _opposite(_single_cost(s.criteria or ()))))
        for s in view.criteria_sets
    )


def _opposite(value: Tri) -> Tri:
    return None if value is None else not value


def _has_price_or_cost(view: TenderView) -> Tri:
    return every(some((s.deals_with("price"), s.deals_with("cost"))) for s in view.criteria_sets)


def _ranking(view: TenderView) -> str | None:
    """The weakest ranking of the criteria among the contracts."""
    rankings = {_ranking_of(*said) for said in view.together("criteria_ranking", "criteria")}
    order: tuple[str | None, ...] = ("none", None, "order")
    return next((ranking for ranking in order if ranking in rankings), "weights")


def _ranking_of(ranking: str | None, criteria: Set | None) -> str | None:
    """The ranking stated, else the one that weights and ranks show."""
    if ranking is not None or not criteria:
        return ranking
    if len(criteria) == 1 or all(c.weight is not None for c in criteria):
        return "weights"
    return "order" if all(_has_weight(c) is not None for c in criteria) else None


def _weighted(criteria: Set) -> Tri:
    """False where a rank is given instead of a weight; neither is unknown."""
    return every(_has_weight(c) for c in criteria) if criteria else None


def _has_weight(criterion: Criterion) -> Tri:
    return True if criterion.weight is not None else None if criterion.rank is None else False


def _ordered(criteria: Set) -> Tri:
    is_ordered = len(criteria) == 1 or all(_has_weight(c) is not None for c in criteria)
    return True if criteria and is_ordered else None


def _sum_is_whole(criteria: Set) -> Tri:
    """Whether weights add up to one, to a thousandth that roundings may leave."""
    weights = total(c.weight for c in criteria)
    return None if weights is None or not criteria else abs(weights - 1) <= Decimal("0.001")


def _count(view: TenderView) -> int | None:
    sizes = [None if s.criteria is None else len(s.criteria) for s in view.criteria_sets]
    return None if None in sizes or not sizes else max(s for s in sizes if s is not None)


def _declares(field: str) -> Callable[[TenderView], Tri]:
    """Whether the notice declares an aim for every contract."""

    def one(strategic: Any) -> Tri:
        codes_ = None if strategic is None else getattr(strategic, field)
        return None if codes_ is None else bool(set(codes_) - {"none"})

    return lambda view: every(one(s) for s in view.each("strategic"))


def _themes(view: CriterionView) -> frozenset[str] | None:
    themes = themes_of(view.criterion)
    return None if themes is None else frozenset(themes)


def _has_method(view: CriterionView) -> Tri:
    criterion = view.criterion
    if criterion.description or criterion.sub_criteria:
        return True
    return stated(criterion.method)


def _sub_sum_is_whole(view: CriterionView) -> Tri:
    return _sum_is_whole(view.criterion.sub_criteria or ())


def _sub_sum(view: CriterionView) -> Decimal | None:
    subs = view.criterion.sub_criteria
    return total(sub.weight for sub in subs) if subs else None


FACTS = (
    fact("criteria.are_stated", "bool", "critères écrits dans le dossier",
         lambda v: any(s.criteria for s in v.criteria_sets), "criteria", "lots"),
    fact("criteria.count", "count", "nombre de critères", _count, "criteria", "lots"),
    fact("criteria.price_only", "bool", "prix seul critère", _in_some_set(_price_only), "criteria",
         "lots",
         description="Vrai si, pour le marché ou pour un lot au moins, le prix est le seul "
         "critère."),
    fact("criteria.single_cost", "bool", "coût seul critère", _in_some_set(_single_cost),
         "criteria", "lots"),
    fact("criteria.price_or_cost.present", "bool", "critère de prix ou de coût",
         _has_price_or_cost, "criteria", "lots"),
    fact("criteria.environmental.ignored", "bool", "critères sans l'environnement",
         _ignores_environment, "criteria", "lots",
         description="Vrai si, pour le marché ou pour un lot au moins, aucun critère ne prend en "
         "compte l'environnement, hors critère unique du coût."),
    fact("criteria.ranking", "code", "classement des critères", _ranking, "criteria_ranking",
         "criteria", "lots", values=codes.RANKINGS,
         description="Le plus faible parmi les lots : ce que le dossier dit, sinon ce que montrent "
         "les poids et les rangs."),
    fact("criteria.environmental.present", "bool", "critère prenant en compte l'environnement",
         _everywhere("environmental"), "criteria", "lots",
         description="Vrai si chaque lot (ou le marché non alloti) a un critère, ou un élément "
         "d'un critère, "
         "prenant en compte les caractéristiques environnementales."),
    fact("criteria.environmental.weight", "share", "poids de l'environnement dans les critères",
         _weight("environmental", min), "criteria", "lots",
         description="Le plus faible parmi les lots. Un sous-critère est une part de son critère "
         "; un critère "
         "à plusieurs thèmes sans sous-critère est partagé à égalité (hypothèse)."),
    fact("criteria.social.present", "bool", "critère social", _everywhere("social"), "criteria",
         "lots"),
    fact("criteria.social.weight", "share", "poids du social dans les critères", _weight("social",
         min),
         "criteria", "lots"),
    fact("criteria.price.weight", "share", "poids du prix dans les critères", _weight("price", max),
         "criteria", "lots", description="Le plus fort parmi les lots."),
    fact("criteria.delay.present", "bool", "critère de délai", _everywhere("delay"), "criteria",
         "lots"),
    fact("criteria.cost.present", "bool", "critère de coût", _everywhere("cost"), "criteria",
         "lots"),
    fact("criteria.local_preference.present", "bool", "critère de préférence locale",
         _somewhere("local_preference"), "criteria", "lots"),
    fact("criteria.all_weighted", "bool", "tous les critères pondérés", _in_every_set(_weighted),
         "criteria",
         "lots"),
    fact("criteria.weighted_or_ordered", "bool", "critères pondérés ou hiérarchisés",
         _in_every_set(_ordered), "criteria", "lots"),
    fact("criteria.weights_are_whole", "bool", "pondérations de somme 100 %",
         _in_every_set(_sum_is_whole),
         "criteria", "lots"),
    fact("aims.environmental", "bool", "objectif environnemental annoncé dans l'avis (BT-774)",
         _declares("environmental"), "strategic.environmental", "lots"),
    fact("aims.social", "bool", "objectif social annoncé dans l'avis (BT-775)", _declares("social"),
         "strategic.social", "lots"),
    fact("aims.innovation", "bool", "achat innovant annoncé dans l'avis (BT-776)",
         _declares("innovation"),
         "strategic.innovation", "lots"),
    fact("social_waiver.ground", "code", "motif d'absence de condition sociale",
         inside("social_waiver", "ground"), "social_waiver.ground", values=codes.SOCIAL_WAIVERS),
    fact("social_waiver.has_reason", "bool", "motif d'absence de condition sociale rédigé",
         lambda v: stated(v.tender.social_waiver.reason) if v.tender.social_waiver else None,
         "social_waiver.reason"),
    fact("criterion.themes", "codes", "thèmes du critère", _themes, "themes", "kind",
         scope="criterion",
         values=codes.THEMES),
    fact("criterion.local_preference", "code", "préférence locale relevée dans le critère",
         lambda v: v.criterion.local_preference or "none", "local_preference", "label",
         scope="criterion", values=codes.LOCAL_PREFERENCES,
         description="Ce que disent les mots du critère, lus ou confirmés ; ce qui n'est pas "
         "relevé n'accuse pas."),
    fact("criterion.weight", "share", "poids du critère", lambda v: v.criterion.weight, "weight",
         scope="criterion"),
    fact("criterion.kind", "code", "type du critère", lambda v: v.criterion.kind, "kind",
         scope="criterion",
         values={"price": "prix", "cost": "coût", "quality": "qualité"}),
    fact("criterion.has_method", "bool", "méthode de notation ou éléments d'appréciation indiqués",
         _has_method, "method", "description", "sub_criteria", scope="criterion"),
    fact("criterion.linked_to_object", "bool", "critère lié à l'objet du marché",
         lambda v: v.criterion.linked_to_object, "linked_to_object", scope="criterion"),
    fact("criterion.unrelated_to_object", "bool", "critère sans lien avec l'objet",
         lambda v: v.criterion.linked_to_object is False, "linked_to_object", scope="criterion",
         description="Vrai si le dossier le dit ; ce qu'il ne dit pas n'accuse pas."),
    fact("criterion.sub_weights_sum", "share", "somme des sous-critères", _sub_sum, "sub_criteria",
         scope="criterion"),
    fact("criterion.sub_weights_are_whole", "bool", "sous-critères de somme 100 %",
         _sub_sum_is_whole, "sub_criteria", scope="criterion"),
)  # fmt: skip
