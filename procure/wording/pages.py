"""The manual's page of the lexicon, written from its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from procure.domain import french
from procure.domain.words import AXES, TO_CONFIRM
from procure.wording.concepts import Concept, Lexicon, Sentence, Source

GENERATED = "<!-- Page générée par « procure rules docs » : ne pas modifier à la main. -->"
FAMILIES = {
    "theme": "Thèmes des critères d'attribution",
    "condition": "Conditions d'exécution",
    "local_preference": "Préférence locale",
    "trap": "Autres pièges",
}
GRADES = {"lawful": "licite", "risky": "risqué", "unlawful": "illégal"}
READINGS = {"criterion": "critère", "condition": "condition", "document": "document"}
SENSES = {
    "social": "sociale",
    "insertion": "d'insertion",
    "reserved": "de réservation",
    "environmental": "environnementale",
}


def lexicon_page(lexicon: Lexicon) -> str:
    """Every concept that `wording` looks for: why, how grave, what to write, what it recognises."""
    parts = [
        GENERATED,
        "# Le lexique",
        "Ce que procure sait lire dans la prose, concept par concept. Les mots sont dans "
        "`rules/lexicon/` ; leurs exemples sont exécutés avec les cas des règles.",
    ]
    for family, title in FAMILIES.items():
        parts.append(f"## {title}")
        for concept in lexicon.concepts:
            if concept.family == family:
                parts += _concept(concept)
    return french.typeset("\n\n".join(parts)) + "\n"


def _concept(concept: Concept) -> Iterator[str]:
    means = concept.means
    yield f"### {means.title}"
    yield "\n".join(f"- {line}" for line in (f"Concept : `{concept.code}`", *_says(concept)))
    yield means.why.strip()
    if means.instead:
        yield f"À écrire à la place :\n\n> {' '.join(means.instead.split())}"
    yield "Reconnu :\n\n" + _listed(means.examples)
    yield "Laissé de côté :\n\n" + _listed(means.counter_examples)
    if means.sources:
        yield "Textes : " + " ; ".join(_cited(one) for one in means.sources) + "."


def _says(concept: Concept) -> Iterator[str]:
    means = concept.means
    if means.summary:
        yield f"Compte comme une condition {' et '.join(SENSES[sense] for sense in means.summary)}"
    if means.axis:
        yield f"Axe : {AXES[means.axis]}"
    if len(set(means.grades.values())) > 1:
        grades = (f"{READINGS[key]} {GRADES[grade]}" for key, grade in means.grades.items())
        yield f"Risque : {', '.join(grades)}"
    elif means.grades:
        yield f"Risque : {GRADES[next(iter(means.grades.values()))]}"
    least = min(pattern.confidence for pattern in concept.patterns)
    yield f"Confiance : {french.percent(least)} au moins"


def _listed(sentences: Iterable[Sentence]) -> str:
    return "\n".join(f"- {one.text}" for one in sentences)


def _cited(source: Source) -> str:
    return source.cite if source.verified else f"{source.cite} ({TO_CONFIRM})"
