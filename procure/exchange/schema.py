"""The published JSON Schema of a tender file, for editors and other programs."""

from __future__ import annotations

import re
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from procure.domain import parties, tender
from procure.domain.base import Noun
from procure.domain.tender import Tender
from procure.exchange.fields import FieldWords, about, field_words

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_NUMBER = r"^[0-9\s]+([.,][0-9]+)?\s*€?$"
_AMOUNT = r"^(?![0-9\s]{1,4}[,.][0-9]{3}([,.][0-9]{3})*\s*€?$)[0-9\s]+([.,][0-9]+)?\s*€?$"
_SHARE = r"^(0|1|0[.,][0-9]+|1[.,]0+|(100|[0-9]{1,2}([.,][0-9]+)?)\s*%)$"
_WHOLE = r"^[0-9\s]+$"
_ISO_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_FRENCH_DAY = r"^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}$"
_LEADING_DIGITS = re.compile(r"\^\(?\[0-9\]\{(\d+)\}")


def tender_schema() -> Schema:
    """
    The JSON Schema (draft 2020-12) of a tender file, described in French.

    It accepts amounts, shares and days as the readers do: « 1 250 000,50 € », « 30 % »,
    « 01/09/2026 ».
    """
    schema = Tender.model_json_schema(mode="validation", schema_generator=_AsPeopleWrite)
    for model in _models():
        described = schema if model is Tender else schema["$defs"].get(model.__name__)
        if described is not None:
            _describe(described, model)
    return {"$schema": DIALECT, **schema}


class _AsPeopleWrite(GenerateJsonSchema):
    """Adds to each type the other ways in which our readers accept it."""

    def decimal_schema(self, schema: Any) -> Schema:
        highest = schema.get("le")
        number = {"type": "number", "minimum": 0}
        if highest == 1:
            return {"anyOf": [{**number, "maximum": 1}, _text(_SHARE)]}
        if highest is not None:
            number["maximum"] = int(highest)
        return {"anyOf": [number, _text(_AMOUNT if "decimal_places" in schema else _NUMBER)]}

    def int_schema(self, schema: Any) -> Schema:
        return {"anyOf": [super().int_schema(schema), _text(_WHOLE)]}

    def date_schema(self, schema: Any) -> Schema:
        day = {**super().date_schema(schema), "pattern": _ISO_DAY}
        return {"anyOf": [day, _text(_FRENCH_DAY)]}

    def bool_schema(self, schema: Any) -> Schema:
        return {"anyOf": [super().bool_schema(schema), {"enum": ["oui", "non"]}]}

    def str_schema(self, schema: Any) -> Schema:
        """A number is taken for its text; one with a pattern, when it has as many digits."""
        text = super().str_schema(schema)
        pattern = text.get("pattern")
        if pattern is None:
            return {"anyOf": [text, {"type": "number"}]}
        if not (found := _LEADING_DIGITS.match(pattern)):
            return text
        digits = int(found[1])
        number = {"type": "integer", "minimum": 10 ** (digits - 1), "maximum": 10**digits - 1}
        return {"anyOf": [text, number]}


def _text(pattern: str) -> Schema:
    return {"type": "string", "pattern": pattern}


def _models() -> list[type[Noun]]:
    found = {**vars(parties), **vars(tender)}.values()
    return [noun for noun in found if isinstance(noun, type) and issubclass(noun, Noun)]


def _describe(schema: Schema, model: type[Noun]) -> None:
    schema["title"] = model.__name__
    schema["description"] = about(model)
    for name, field in schema["properties"].items():
        field.pop("title", None)
        field["description"] = _description(field_words(model, name))


def _description(told: FieldWords) -> str:
    choices = "; ".join(f"{word} = {french}" for word, french in told.values.items())
    return f"{told.says} ({choices})" if choices else told.says
