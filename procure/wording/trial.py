"""Runs the examples of a concept: those that must match, and those that must not."""

from __future__ import annotations

from collections.abc import Iterator

from procure.domain.errors import Fault
from procure.resources.document import shortened
from procure.wording.concepts import Concept, Sentence
from procure.wording.spotting import Spotter


def run(concept: Concept, spotter: Spotter) -> list[Fault]:
    """What the examples of a concept got wrong; nothing when all pass."""
    return [*_missed(concept, spotter), *_mistaken(concept, spotter)]


def count(concept: Concept) -> int:
    """How many examples and counter-examples a concept has."""
    return len(concept.means.examples) + len(concept.means.counter_examples)


def _missed(concept: Concept, spotter: Spotter) -> Iterator[Fault]:
    for one in concept.means.examples:
        if not _matches(concept, spotter, one):
            what = f"l'exemple « {shortened(one.text, 80)} » n'est pas reconnu"
            yield Fault(_where(concept, "examples"), what, f"le concept {concept.code}")


def _mistaken(concept: Concept, spotter: Spotter) -> Iterator[Fault]:
    for one in concept.means.counter_examples:
        if found := _matches(concept, spotter, one):
            what = f"le contre-exemple « {shortened(one.text, 80)} » est pris pour {concept.code}"
            advice = f"Ces mots l'ont fait croire : « {found} »"
            yield Fault(_where(concept, "counter_examples"), what, "rien", advice)


def _matches(concept: Concept, spotter: Spotter, one: Sentence) -> str:
    """The words that showed the concept, not denied; nothing where it is not there."""
    read_as = one.read_as or ("criterion" if concept.family == "theme" else None)
    hits = spotter.spot(one.text, read_as).hits
    return next((h.passage for h in hits if h.concept == concept.code and not h.negated), "")


def _where(concept: Concept, key: str) -> str:
    return f"rules/{concept.path}, {key}"
