"""
Our own tender files: YAML for people, JSON for programs; what is written is read back the same.

A key that is absent or empty is a fact not known. Keys are those of `Tender` (docs/glossary.md).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from procure.domain.base import Noun
from procure.domain.errors import Fault, InvalidTender, UnreadableFile
from procure.domain.tender import Tender
from procure.exchange.fields import french_words, ordered
from procure.exchange.reading import Reading
from procure.resources import json, yaml
from procure.resources.document import Document, Path_, Place, path_text, place_text
from procure.resources.validation import build


def read_yaml(text: str, name: str, digest: str) -> Reading:
    """
    Read a tender of ours in YAML; origins are lines and columns.

    Raises:
        UnreadableFile: not safe YAML, or empty.
        InvalidTender: not a tender.
    """
    document = yaml.parse(text, name)
    return _reading(document, digest, "yaml", lambda path, place: place_text(place))


def read_json(text: str, name: str, digest: str) -> Reading:
    """
    Read a tender of ours in JSON; origins are JSON pointers, with line and column.

    Raises:
        UnreadableFile: not JSON, or empty.
        InvalidTender: not a tender.
    """
    document = json.parse(text, name)
    return _reading(
        document, digest, "json", lambda path, place: f"{_pointer(path)} ({place_text(place)})"
    )


def write_yaml(tender: Tender) -> str:
    """The tender in YAML, unknown facts left out."""
    return yaml.dump(_plain(tender))


def write_json(tender: Tender) -> str:
    """The tender in JSON, unknown facts left out; days are texts, amounts exact numbers."""
    return json.dump(_plain(tender))


def _reading(
    document: Document, digest: str, form: str, origin: Callable[[Path_, Place], str]
) -> Reading:
    if document.value is None:
        raise UnreadableFile(
            Fault(
                document.where(),
                "le fichier est vide",
                "une consultation",
                "Partez du modèle que donne « procure new »",
            )
        )
    tender = build(Tender, document.value, document.where, InvalidTender, french_words())
    origins = {path_text(path): origin(path, at) for path, at in document.places.items() if path}
    return Reading(tender, origins, digest, form)


def _pointer(path: Path_) -> str:
    """The JSON pointer of a path. Source: RFC 6901."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def _plain(value: Any) -> Any:
    """
    Plain values of a tender: fields that differ from their default, in reading order.

    A block whose fields all have their default states those that are known, not to be empty.
    """
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if not isinstance(value, Noun):
        return value
    said = {name: getattr(value, name) for name in ordered(type(value))}
    defaults = {name: field.default for name, field in type(value).model_fields.items()}
    changed = {name: part for name, part in said.items() if part != defaults[name]}
    kept = changed or {name: part for name, part in said.items() if part is not None}
    return {name: _plain(part) for name, part in kept.items()}
