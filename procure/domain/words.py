"""The French words for the codes of a report, the same at every door."""

from __future__ import annotations

import re

from procure.domain.french import day, plural, typeset
from procure.domain.report import (
    AxisName,
    Finding,
    LawVerdict,
    ParameterUsed,
    ProseRead,
    Severity,
    Verdict,
    Wanted,
)

NATURES = {"works": "travaux", "supplies": "fournitures", "services": "services"}
THEMES = {
    "price": "prix",
    "cost": "coût",
    "technical": "technique",
    "delay": "délai",
    "environmental": "environnement",
    "social": "social",
    "local_preference": "préférence locale",
    "general_policy": "politique générale de l'entreprise",
    "other": "autre",
}
AXES: dict[str, str] = {
    "social": "social",
    "environmental": "environnement",
    "local": "local",
}
AXIS_TITLES: dict[AxisName, str] = {
    "social": "Social",
    "environmental": "Environnement",
    "local": "Économie locale",
}
LAW_VERDICTS: dict[LawVerdict, str] = {
    "lawful": "Conforme",
    "breach": "Manquement",
    "to_complete": "À compléter",
}
SEVERITIES: dict[Severity, str] = {
    "blocking": "Bloquant",
    "warning": "Avertissement",
    "advice": "Conseil",
}
VERDICTS: dict[Verdict, str] = {
    "clear": "vérifié",
    "breach": "manquement",
    "unknown": "à compléter",
    "not_applicable": "sans objet",
    "to_judge": "à juger",
}
UNSAID = "non renseigné"
WHOLE = "le dossier"
"""The place of what concerns the tender as a whole."""

TO_CONFIRM = "à confirmer"
"""Said of a reference that nobody has checked at its source."""


def verdict_of(finding: Finding) -> str:
    """The verdict in French; policy is earned or not, it is not broken."""
    if finding.kind == "reward" and finding.verdict in ("clear", "breach"):
        return "points acquis" if finding.verdict == "clear" else "points à gagner"
    return VERDICTS[finding.verdict]


def key_path(field: Wanted) -> str:
    """« lots › reservation › kind »: where the key stands in a tender file; nothing if unknown."""
    return (field.key or "").replace("[]", "").replace(".", " › ")


def words_read(read: ProseRead) -> str:
    """« « Qualité environnementale » (confiance 95 %) »."""
    return typeset(f"« {read.passage} » (confiance {round(read.confidence * 100)} %)")


def holder(read: ProseRead) -> str:
    """« criteria › 2 »: the part of a tender file where a line is to be written; « le dossier »."""
    parts = re.findall(r"([a-z_]+)(?:\[(\d+)\])?", read.key)[:-1]
    steps = [f"{name} › {int(place) + 1}" if place else name for name, place in parts]
    return " › ".join(steps) if "[" in read.key else WHOLE


def version_reason(parameter: ParameterUsed) -> str:
    """Why this version of a number of law was chosen."""
    since = f"du {day(parameter.since)}" if parameter.since else "depuis l'origine"
    until = f"au {day(parameter.until)}" if parameter.until else "sans fin connue"
    return typeset(f"version {since}, {until} ; jour jugé : {day(parameter.day)}")


def capital(text: str) -> str:
    """The text with a capital at its start, the rest as it is."""
    return text[:1].upper() + text[1:]


def shortened(words: tuple[str, ...], most: int) -> str:
    """The first words of a long list, and how many more there are."""
    if len(words) <= most + 1:
        return ", ".join(words)
    return f"{', '.join(words[:most])} et {plural(len(words) - most, 'autre')}"
