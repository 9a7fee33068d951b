"""
What each field of a tender means, in French: `templates/skeleton/fields.yaml`, read once.

The skeleton, the published schema and the order of the keys we write all come from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import Field

from procure.domain.base import Noun
from procure.domain.errors import InputError
from procure.resources.folders import data_folder
from procure.resources.text import decode, read_bytes
from procure.resources.validation import build
from procure.resources.yaml import parse

FILE = "skeleton/fields.yaml"


class FieldWords(Noun):
    """One field: what it says, an example as it is written in YAML, the words to choose from."""

    says: str
    example: Any = None
    values: dict[str, str] = Field(default_factory=dict)


class ModelWords(Noun):
    """One block: what it is about, its fields, and the headings under which they are grouped."""

    about: str
    fields: dict[str, FieldWords]
    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Table(Noun):
    """The whole file."""

    models: dict[str, ModelWords]


@cache
def words() -> Mapping[str, ModelWords]:
    """The words of every block, by the name of its model."""
    path = data_folder("templates") / FILE
    document = parse(decode(read_bytes(path), f"templates/{FILE}"), f"templates/{FILE}")
    table = build(Table, {"models": document.value}, lambda p: document.where(p[1:]), InputError)
    return table.models


def about(model: type[Noun]) -> str:
    """What a block is about."""
    return words()[model.__name__].about


def field_words(model: type[Noun], name: str) -> FieldWords:
    """The words of a field, told by the model or by the one it inherits the field from."""
    for parent in model.__mro__:
        told = words().get(parent.__name__)
        if told and name in told.fields:
            return told.fields[name]
    raise KeyError(f"{model.__name__}.{name}")


def groups(model: type[Noun]) -> Mapping[str, tuple[str, ...]]:
    """The fields of a block under their headings; one heading where the table has none."""
    told = words()[model.__name__]
    return told.groups or {told.about: tuple(model.model_fields)}


def ordered(model: type[Noun]) -> list[str]:
    """Every field of a model: those of the headings in their order, then the others."""
    grouped = [name for names in groups(model).values() for name in names]
    return [*grouped, *(name for name in model.model_fields if name not in grouped)]


def french_words() -> Iterator[tuple[str, str]]:
    """Pairs of a French word and the word of the file that it stands for: « travaux », `works`."""
    for told in words().values():
        for field in told.fields.values():
            for word, french in field.values.items():
                yield french.lower(), word
