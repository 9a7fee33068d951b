"""Random tenders: every field of every model, within its bounds, known or not."""

from __future__ import annotations

import types
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from pydantic.fields import FieldInfo

from procure.domain.base import Noun
from procure.domain.tender import Lot, Tender

DEEPEST = 3
LETTERS = st.one_of(
    st.sampled_from("\n\t\r\x85 :-#'\"{}[]&*!|>%@`,?é€«»\u202f\u00a0\u2028\ufeff012oui"),
    st.characters(exclude_categories=("Cs", "Cc", "Cn")),
)


def tenders() -> st.SearchStrategy[Tender]:
    return _noun(Tender, 0)


def _noun(model: type[Noun], depth: int) -> st.SearchStrategy[Any]:
    hints = get_type_hints(model, include_extras=True)
    fields = {name: _value(hints[name], depth + 1) for name in model.model_fields}
    required = {n: s for n, s in fields.items() if model.model_fields[n].is_required()}
    optional = {n: s for n, s in fields.items() if n not in required}
    return st.fixed_dictionaries(required, optional=optional).map(lambda values: model(**values))


def _value(hint: Any, depth: int) -> st.SearchStrategy[Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _bounded(arguments[0], arguments[1:])
    if origin in (Union, types.UnionType):
        return st.one_of([_value(part, depth) for part in arguments])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return _several(arguments[0], depth)
    if isinstance(hint, type) and issubclass(hint, Noun):
        return _noun(hint, depth)
    return {bool: st.booleans(), type(None): st.none(), str: _text(40)}[hint]


def _several(hint: Any, depth: int) -> st.SearchStrategy[Any]:
    if depth > DEEPEST:
        return st.just(())
    unique = (lambda lot: lot.id) if hint is Lot else None
    return st.lists(_value(hint, depth), max_size=2, unique_by=unique).map(tuple)


def _bounded(base: type, metadata: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    limits = [m for info in metadata if isinstance(info, FieldInfo) for m in info.metadata]
    top = next((m.le for m in limits if hasattr(m, "le")), 10**12)
    pattern = next((m.pattern for m in limits if getattr(m, "pattern", None)), None)
    if base is Decimal:
        return st.decimals(0, top, places=2 if top > 1 else 8)
    if base is int:
        return st.integers(0, top)
    if base is date:
        return st.dates()
    return st.from_regex(pattern, fullmatch=True) if pattern else _text(12)


def _text(longest: int) -> st.SearchStrategy[str]:
    return st.text(LETTERS, min_size=1, max_size=longest).map(str.strip).filter(bool)
