"""The award criteria of a lot and their weights, in every way the standard can state them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from procure.exchange.eforms import codes, values
from procure.exchange.eforms.gathering import Gathering, is_stated
from procure.exchange.eforms.tables import EXTENSION
from procure.exchange.xml import Node

TITLE_LENGTH = 250

_CRITERIA = "cac:TenderingTerms/cac:AwardingTerms/cac:AwardingCriterion"
_INSIDE = "cac:SubordinateAwardingCriterion"
_WEIGHT = f"{EXTENSION}/efac:AwardCriterionParameter[efbc:ParameterCode/@listName='number-weight']"
_THEMES = {"price": ("price",), "cost": ("cost",)}


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight as published: its code in `number-weight`, its number, and where it stands."""

    code: str
    number: Decimal
    node: Node

    @property
    def unit(self) -> str:
        """`per`, `dec`, `poi` or `ord`: exact and middle values count alike."""
        return self.code.partition("-")[0]


def take_criteria(lot: Gathering) -> None:
    """Read the criteria of a lot; none published leaves them unknown."""
    nodes: list[Node] = []
    methods: list[tuple[str, Node] | None] = []
    for group in lot.node.all(_CRITERIA):
        inside = [node for node in group.all(_INSIDE) if not node.is_leaf]
        nodes += inside
        methods += [_method(group, lot)] * len(inside)
    if not nodes:
        return
    criteria = _read_set(nodes, lot, "criteria")
    for place, (criterion, method) in enumerate(zip(criteria, methods, strict=True)):
        if method:
            inner = lot.inside(f"criteria[{place}]", nodes[place])
            inner.values = criterion
            inner.put("method", *method)
    lot.put("criteria", criteria, nodes[0])


def _read_set(nodes: list[Node], parent: Gathering, name: str) -> list[dict[str, Any]]:
    """Criteria that share one total of points, in their order."""
    gatherings = [parent.inside(f"{name}[{place}]", node) for place, node in enumerate(nodes)]
    for gathering in gatherings:
        _take_words(gathering)
        inner = [node for node in gathering.node.all(_INSIDE) if not node.is_leaf]
        if inner:
            gathering.put("sub_criteria", _read_set(inner, gathering, "sub_criteria"), inner[0])
    _take_weights(gatherings)
    return [gathering.values for gathering in gatherings]


def _take_words(criterion: Gathering) -> None:
    kind = criterion.node.first("cbc:AwardingCriterionTypeCode")
    if kind and kind.text in codes.CRITERION_KINDS:
        criterion.put("kind", kind.text, kind)
        if kind.text in _THEMES:
            criterion.put("themes", _THEMES[kind.text], kind)
    name, description = _stated(criterion, "cbc:Name"), _stated(criterion, "cbc:Description")
    if named := name or description:
        criterion.put("label", values.shown(named.text, TITLE_LENGTH), named)
    else:
        code = kind.text if kind else ""
        label = codes.CRITERION_LABELS.get(code, "Critère sans nom")
        criterion.put("label", label, kind or criterion.node)
    if description and description.text != criterion.values["label"]:
        _take_description(criterion, description)


def _take_description(criterion: Gathering, node: Node) -> None:
    written, remark = values.cut(node.text, values.TEXT_LENGTH)
    criterion.put("description", written, node)
    if remark:
        criterion.note(f"description d'un critère (BT-540) : {remark}")


def _stated(criterion: Gathering, xpath: str) -> Node | None:
    nodes = [node for node in criterion.node.all(xpath) if is_stated(node)]
    return values.preferred(nodes, criterion.ledger.language) if nodes else None


def _take_weights(criteria: list[Gathering]) -> None:
    """Our weight is a share of the set: points need every criterion to have theirs."""
    weights = [_weight(criterion) for criterion in criteria]
    points = [weight.number for weight in weights if weight and weight.unit == "poi"]
    total = sum(points, Decimal(0)) if len(points) == len(criteria) else Decimal(0)
    for criterion, weight in zip(criteria, weights, strict=True):
        if weight and weight.unit == "ord":
            _put_rank(criterion, weight)
        elif weight:
            _put_share(criterion, weight, _share(weight, total))


def _weight(criterion: Gathering) -> Weight | None:
    """The weight of a criterion; fixed amounts and thresholds (BT-5422, BT-5423) are none."""
    parameters = criterion.node.all(_WEIGHT)
    if not parameters:
        return None
    code, written = (parameters[0].text_of(f"efbc:Parameter{part}") for part in ("Code", "Numeric"))
    node = parameters[0].first("efbc:ParameterNumeric")
    number = values.number(written)
    if len(parameters) > 1:
        criterion.note(
            "pondération d'un critère (BT-541) : plusieurs valeurs ; elle reste inconnue"
        )
        return None
    if number is None or node is None or number < 0:
        given = f"« {values.shown(written)} » ({values.shown(code)})"
        criterion.note(f"pondération d'un critère (BT-541) : {given} n'est pas lisible")
        return None
    return Weight(code, number, node)


def _share(weight: Weight, total_points: Decimal) -> Decimal | None:
    if weight.unit == "per":
        return weight.number / 100
    if weight.unit == "dec":
        return weight.number
    if weight.unit == "poi" and total_points > 0:
        return weight.number / total_points
    return None


def _put_share(criterion: Gathering, weight: Weight, share: Decimal | None) -> None:
    if share is None or share > 1:
        given = f"« {weight.number} » ({values.shown(weight.code)})"
        criterion.note(
            f"pondération d'un critère (BT-541) : {given} ne donne pas une part de l'ensemble ; "
            "elle reste inconnue"
        )
        return
    rounded = share.quantize(Decimal("0.000001"), ROUND_HALF_UP).normalize()
    criterion.put("weight", rounded, weight.node)


def _put_rank(criterion: Gathering, weight: Weight) -> None:
    found = values.count([weight.node], criterion.ledger.language)
    if found.value:
        criterion.put("rank", found.value, weight.node)
    else:
        criterion.note(f"rang d'un critère (BT-541) : « {weight.number} » n'est pas un rang")


def _method(group: Node, lot: Gathering) -> tuple[str, Node] | None:
    """How the criteria are weighed together, in prose (BT-543), or why not (BT-733)."""
    nodes = [node for node in _prose(group, lot.ledger.language) if is_stated(node)]
    if not nodes:
        return None
    written, remark = values.cut("\n\n".join(node.text for node in nodes), values.TEXT_LENGTH)
    if remark:
        lot.note(f"méthode d'évaluation (BT-543) : {remark}")
    return written, nodes[0]


def _prose(group: Node, language: str) -> Iterator[Node]:
    for xpath in ("cbc:CalculationExpression", "cbc:Description"):
        if nodes := group.all(xpath):
            yield values.preferred(nodes, language)
