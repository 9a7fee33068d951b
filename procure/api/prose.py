"""Reads French prose: what a sentence, a file or lines of JSON say that the rules care about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from procure.domain.errors import Fault, InputError
from procure.resources import json
from procure.resources.text import decode, read_bytes
from procure.wording.concepts import Concept, ReadAs
from procure.wording.spotting import Hit, Spotted, default

JSON_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Prose:
    """A text with the name it is answered under."""

    id: Any
    text: str


@dataclass(frozen=True, slots=True)
class Read:
    """A text and what was found in it."""

    prose: Prose
    spotted: Spotted


def sentence(text: str) -> list[Prose]:
    """One text given as such."""
    return [Prose("1", text)]


def from_file(path: Path) -> list[Prose]:
    """
    The texts of a file: one, or one a line of JSON lines.

    Raises:
        UnreadableFile: not a text file in UTF-8.
        InputError: a line without `id` or `text`.
    """
    content = read_bytes(path)
    if path.suffix.lower() in JSON_LINES:
        return from_lines(content.decode("utf-8-sig", "replace"), str(path))
    return [Prose(path.name, decode(content, str(path)))]


def from_stream(text: str, name: str = "entrée standard") -> list[Prose]:
    """A text, or JSON lines where its first line starts an object."""
    return from_lines(text, name) if text.lstrip().startswith("{") else [Prose(name, text)]


def from_lines(text: str, name: str) -> list[Prose]:
    """
    The texts of JSON lines.

    Raises:
        UnreadableFile: a line is not JSON.
        InputError: a line without `text`, or whose text is not one.
    """
    return [_prose(value, f"{name}, ligne {number}") for number, value in json.lines(text, name)]


def spot(texts: list[Prose], read_as: ReadAs | None = None) -> Iterator[Read]:
    """What each text says."""
    spotter = default()
    for prose in texts:
        yield Read(prose, spotter.spot(prose.text, read_as))


def concept(hit: Hit) -> Concept:
    """The concept of a hit."""
    return default().concepts[hit.concept]


def as_json(read: Read) -> str:
    """A text's hits and summary on one line of JSON."""
    summary = read.spotted.summary
    return json.dump_line(
        {
            "id": read.prose.id,
            "hits": [_hit(hit) for hit in read.spotted.hits],
            "summary": {
                "social": summary.social,
                "insertion": summary.insertion,
                "reserved": summary.reserved,
                "environmental": summary.environmental,
                "local_preference": summary.local_preference,
                "themes": list(summary.themes),
            },
        }
    )


def _hit(hit: Hit) -> dict[str, Any]:
    said: dict[str, Any] = {
        "concept": hit.concept,
        "passage": hit.passage,
        "start": hit.start,
        "end": hit.end,
        "confidence": hit.confidence.quantize(Decimal("0.01")),
        "negated": hit.negated,
    }
    if hit.grade is not None:
        said["grade"] = hit.grade
    if hit.value is not None:
        said["value"] = hit.value
    return said


def _prose(value: Any, where: str) -> Prose:
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        expected = 'un objet {"id": "…", "text": "…"} par ligne'
        raise InputError(Fault(where, "la clé « text » manque ou n'est pas un texte", expected))
    return Prose(value.get("id"), value["text"])
