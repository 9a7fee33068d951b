"""Runs the examples of a concept: those that must match, and those that must not."""

from __future__ import annotations

from collections.abc import Iterator

from procure.domain.errors import Fault
from procure.resources.document import shortened
from procure.wording.lexicon import Concept, Example, ReadAs
from procure.wording.spotting import Spotter


def run(concept: Concept, spotter: Spotter) -> list[Fault]:
    """What the examples of a concept got wrong; nothing when all pass."""
    return [*_missed(concept, spotter), *_mistaken(concept, spotter)]


def count(concept: Concept) -> int:
    """How many examples and counter-examples a concept has."""
    return len(concept.file.examples) + len(concept.file.counter_examples)


def _missed(concept: Concept, spotter: Spotter) -> Iterator[Fault]:
    for text, read_as in map(_read, concept.file.examples):
        if not _matches(concept, spotter, text, read_as):
            what = f"l'exemple « {shortened(text, 80)} » n'est pas reconnu"
            yield Fault(_where(concept, "examples"), what, f"le concept {concept.code}")


def _mistaken(concept: Concept, spotter: Spotter) -> Iterator[Fault]:
    for text, read_as in map(_read, concept.file.counter_examples):
        if found := _matches(concept, spotter, text, read_as):
            what = f"le contre-exemple « {shortened(text, 80)} » est pris pour {concept.code}"
            advice = f"Ces mots l'ont fait croire : « {found} »"
            yield Fault(_where(concept, "counter_examples"), what, "rien", advice)


def _read(example: str | Example) -> tuple[str, ReadAs | None]:
    return (example, None) if isinstance(example, str) else (example.text, example.as_)


def _matches(concept: Concept, spotter: Spotter, text: str, read_as: ReadAs | None) -> str:
    """The words that showed the concept, not denied; nothing where it is not there."""
    family = "criterion" if concept.family == "theme" else None
    hits = spotter.spot(text, read_as or family).hits  # type: ignore[arg-type]
    return next((h.passage for h in hits if h.concept == concept.code and not h.negated), "")


def _where(concept: Concept, key: str) -> str:
    return f"rules/{concept.path}, {key}"
