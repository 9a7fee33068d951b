"""Checks the templates of documents: each is drafted with each sample tender."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from procure.api.drafting import Order, drafted, law_numbers, library_for
from procure.documents.drafting.drafts import Draft, Terms, known_names
from procure.documents.rendering import names_in
from procure.domain.errors import Fault, LibraryError
from procure.domain.tender import Tender
from procure.exchange.reader import read
from procure.resources.folders import data_folder
from procure.resources.validation import nearest

LEFTOVERS = {
    re.compile(r"\{\{|\}\}|\{%|%\}"): "un reste de modèle",
    re.compile(r"\b(TODO|FIXME|XXX|None|True|False|undefined)\b"): "un mot de travail",
    re.compile(r"(?<=[^\s|]) {2,}(?=[^\s|])"): "une double espace",
    re.compile(r" [,.](?=\s|$)|\.\.(?!\.)"): "une ponctuation de trop",
}
_HEADING = re.compile(r"^(#+) (.*?) ?(\{[^{}]*\})?$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class CheckedTemplates:
    """How many documents were drafted from how many tenders, and what is wrong in them."""

    tenders: int
    drafts: int
    faults: tuple[Fault, ...]


def check_templates(folder: Path | None = None) -> CheckedTemplates:
    """
    Draft every sample tender, and look for what a reader should not see.

    Args:
        folder: where the samples are; `sample_tenders/` of the checkout by default.
    """
    faults = dict.fromkeys(_unknown_names())
    tenders = count = 0
    for tender in samples(folder or data_folder("templates").parent / "sample_tenders"):
        tenders += 1
        try:
            made = _drafts(tender)
        except LibraryError as error:
            faults |= dict.fromkeys(error.faults)
            continue
        count += len(made)
        faults |= dict.fromkeys(fault for one in made for fault in faults_of(one, tender.id))
    return CheckedTemplates(tenders, count, tuple(faults))


def samples(folder: Path) -> Iterator[Tender]:
    """The sample tenders that can be drafted."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".yaml", ".json", ".xml") and not path.name.startswith("INVALID_"):
            tender = read(path).tender
            if tender.regime != "concession":
                yield tender


def faults_of(one: Draft, tender: str) -> Iterator[Fault]:
    """What is wrong in a draft: leftovers, doubled spaces, headings with nothing under them."""
    where = f"templates/documents/{one.paper.folder} (exemple {tender})"
    lines = one.markdown.split("\n")
    for line in lines:
        words = _ESCAPED.sub(r"\1", line)
        for pattern, what in LEFTOVERS.items():
            if (found := pattern.search(words)) and not line.startswith("|--"):
                yield Fault(where, f"{what} : « {words[max(0, found.start() - 30) :][:80]} »")
    yield from _headings(where, lines)


def _headings(where: str, lines: list[str]) -> Iterator[Fault]:
    """A heading needs words, and text or a deeper heading under it."""
    full = [line for line in lines if line.strip()]
    for line, after in zip(full, [*full[1:], "# "], strict=True):
        heading, next_one = _HEADING.match(line), _HEADING.match(after)
        if heading and not heading[2].strip():
            yield Fault(where, "un titre est vide")
        elif heading and next_one and len(next_one[1]) <= len(heading[1]):
            yield Fault(where, f"rien ne suit le titre « {heading[2]} »")


def _unknown_names() -> Iterator[Fault]:
    """The names that no document gives to its templates, even where no sample goes."""
    root, known = data_folder("templates"), sorted(known_names())
    for path in sorted((root / "documents").rglob("*.md.j2")):
        template = path.relative_to(root).as_posix()
        try:
            unknown = names_in(template) - set(known)
        except LibraryError as error:
            yield from error.faults
            continue
        for name in sorted(unknown):
            what = f"la variable « {name} » est inconnue"
            yield Fault(f"templates/{template}", what, "", nearest(name, known))


def _drafts(tender: Tender) -> list[Draft]:
    day = tender.consultation_on or date(2026, 9, 15)
    terms = Terms(day, law_numbers(day), ())
    return drafted(tender, terms, Order(Path()), library_for(tender))
