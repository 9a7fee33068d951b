"""The manual's page of the lexicon, written from its files."""

from __future__ import annotations

from collections.abc import Iterator

from procure.domain import french
from procure.domain.words import AXES, TO_CONFIRM
from procure.wording.lexicon import Concept, Lexicon, Reference, WrittenPattern

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
    file = concept.file
    yield f"### {file.title}"
    yield "\n".join(f"- {line}" for line in (f"Concept : `{concept.code}`", *_says(concept)))
    yield file.why.strip()
    if file.instead:
        yield f"À écrire à la place :\n\n> {' '.join(file.instead.split())}"
    yield "Reconnu :\n\n" + _sentences(concept, "examples")
    yield "Laissé de côté :\n\n" + _sentences(concept, "counter_examples")
    if file.references:
        yield "Textes : " + " ; ".join(_cited(one) for one in file.references) + "."


def _says(concept: Concept) -> Iterator[str]:
    file = concept.file
    if file.summary:
        yield f"Compte comme une condition {' et '.join(SENSES[sense] for sense in file.summary)}"
    if file.axis:
        yield f"Axe : {AXES[file.axis]}"
    if isinstance(file.grade, dict):
        grades = (f"{READINGS[key]} {GRADES[grade]}" for key, grade in file.grade.items())
        yield f"Risque : {', '.join(grades)}"
    elif file.grade:
        yield f"Risque : {GRADES[file.grade]}"
    patterns = [one for one in file.patterns if isinstance(one, WrittenPattern)]
    least = min((one.confidence for one in patterns), default=None)
    if least is not None:
        yield f"Confiance : {french.percent(least)} au moins"


def _sentences(concept: Concept, key: str) -> str:
    sentences = getattr(concept.file, key)
    texts = (one if isinstance(one, str) else one.text for one in sentences)
    return "\n".join(f"- {text}" for text in texts)


def _cited(reference: Reference) -> str:
    return reference.cite if reference.verified else f"{reference.cite} ({TO_CONFIRM})"
