"""The documents of a tender as Markdown, with the places of their clauses and their blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from procure.documents.drafting import amounts, facts
from procure.documents.drafting.blanks import Blanks
from procure.documents.drafting.catalogue import Paper, is_small
from procure.documents.drafting.clauses import Written, in_piece
from procure.documents.drafting.criteria import criteria_sets
from procure.documents.drafting.lots import item_rows, lot_row, lot_rows, no_lots, parts
from procure.documents.outline import Heading, article, outlined
from procure.documents.rendering import Markup, escaped, render_markdown
from procure.domain import french
from procure.domain.tender import Lot, Tender

_CODE_ARTICLE = re.compile(r"\b([LRD]\\?\.) (?=\d)")


@dataclass(frozen=True, slots=True)
class LawNumber:
    """A number of law on the day of the tender; None where it is not known on that day."""

    label: str
    value: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Terms:
    """
    What a draft rests on beside the tender.

    `breaches` are told at the top of every document: the tender does not respect the law.
    """

    day: date
    law: Mapping[str, LawNumber]
    breaches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A clause in a document: its own name, and the article that holds it."""

    name: str
    title: str
    article: str


@dataclass(frozen=True, slots=True)
class Draft:
    """
    One document: its file's name, its words, what stands in it and what is missing.

    `alert` comes before everything: what forbids to publish it.
    """

    paper: Paper
    stem: str
    title: str
    subject: str
    buyer: str
    reference: str
    markdown: str
    headings: tuple[Heading, ...]
    clauses: tuple[Placed, ...]
    blanks: tuple[str, ...]
    alert: str = ""


def drafts(
    tender: Tender, papers: Sequence[Paper], clauses: Sequence[Written], terms: Terms
) -> Iterator[Draft]:
    """The documents asked for, in their order; one a lot where it is so."""
    taken: set[str] = set()
    for paper in papers:
        for at, lot in enumerate((parts(tender) or (None,)) if paper.by_lot else (None,), 1):
            one = _draft(tender, paper, lot, clauses, terms)
            yield one if one.stem not in taken else replace(one, stem=f"{one.stem}-{at}")
            taken.add(one.stem)


def _draft(
    tender: Tender, paper: Paper, lot: Lot | None, clauses: Sequence[Written], terms: Terms
) -> Draft:
    blanks = Blanks()
    standing: list[Written] = []
    context = _context(tender, lot, clauses, terms, blanks)
    context["taken"] = _taker(standing)
    words = render_markdown(f"documents/{paper.folder}/{paper.folder}.md.j2", context)
    document = outlined(_tidy(words), paper.is_numbered)
    numbers = {heading.id: heading for heading in document.headings}
    return Draft(
        paper=paper,
        stem=paper.key if lot is None else f"{paper.key}-lot-{_file_word(lot.id)}",
        title=_title(paper, lot, terms),
        subject=tender.title or tender.id,
        buyer=tender.buyer.name or "Acheteur à compléter",
        reference=f"Réf. {shortened(tender.id)} – {french.day(terms.day)}",
        markdown=document.markdown,
        headings=document.headings,
        clauses=tuple(_placed(one, numbers) for one in standing),
        blanks=tuple(blanks.told),
        alert=_alert(terms.breaches),
    )


def _title(paper: Paper, lot: Lot | None, terms: Terms) -> str:
    mark = "PROJET – NON CONFORME – " if terms.breaches else ""
    return f"{mark}{paper.title}" + ("" if lot is None else f" – lot {shortened(lot.id)}")


def _alert(breaches: Sequence[str]) -> str:
    if not breaches:
        return ""
    return _tidy(render_markdown("documents/_parts/head.md.j2", {"breaches": breaches}))


def _context(
    tender: Tender, lot: Lot | None, clauses: Sequence[Written], terms: Terms, blanks: Blanks
) -> dict[str, Any]:
    least = terms.law.get("national-notice")
    return {
        "blank": blanks,
        "blanks": blanks.told,
        "need": facts.need(tender),
        "buyer": facts.buyer(tender),
        "procedure": facts.procedure(tender),
        "application": facts.application(tender),
        "payment": facts.payment(tender),
        "sector": facts.sector(tender),
        "lots": lot_rows(tender),
        "items": item_rows(tender),
        "lot_items": {one.id: item_rows(tender, one) for one in parts(tender)},
        "lots_stated": tender.lots is not None,
        "lot": None if lot is None else lot_row(lot, tender),
        "no_lots": no_lots(tender),
        "criteria": criteria_sets(tender),
        "clauses": list(clauses),
        "in_piece": lambda *pieces: _of_lot(in_piece(clauses, *pieces), lot),
        "law": _law(terms.law, blanks),
        "is_small": is_small(tender, least.value if least else None),
    }


def known_names() -> frozenset[str]:
    """The names that a template may use."""
    context = _context(Tender(id="x"), None, (), Terms(date.min, {}), Blanks())
    return frozenset(context) | {"taken", "breaches"}


def _of_lot(clauses: Sequence[Written], lot: Lot | None) -> list[Written]:
    return [one for one in clauses if lot is None or one.lot in (None, lot.id)]


def _law(numbers: Mapping[str, LawNumber], blanks: Blanks) -> dict[str, Any]:
    """The numbers of law in words; functions, so that a blank is told where it is read."""

    def said(number: LawNumber) -> Any:
        if number.value is None:
            return lambda: blanks(f"nombre à vérifier au jour de la consultation : {number.label}")
        words = amounts.BY_UNIT.get(number.unit, french.number)(number.value)
        return lambda: words

    return {name.replace("-", "_"): said(number) for name, number in numbers.items()}


def _taker(standing: list[Written]) -> Any:
    """Notes that a clause stands in the document, and gives the attributes of its heading."""

    def taken(clause: Written) -> Markup:
        standing.append(clause)
        return Markup(f"{{#{clause.place}}}")

    return taken


def _placed(clause: Written, numbers: Mapping[str, Heading]) -> Placed:
    number = numbers[clause.place].number
    where = article(number).removesuffix(" –") if number else ""
    return Placed(clause.name, clause.title, where)


def _tidy(markdown: str) -> str:
    """French spaces; one empty line at the most, none between the rows of a table or a list."""
    kept: list[str] = []
    text = _CODE_ARTICLE.sub(rf"\1{french.NBSP}", french.typeset(markdown))
    for line in (line.rstrip() for line in text.split("\n")):
        if not line and (not kept or not kept[-1]):
            continue
        if len(kept) > 1 and not kept[-1] and _is_row(line) and line[0] == kept[-2][0]:
            kept.pop()
        kept.append(line)
    return "\n".join(kept).strip() + "\n"


def _is_row(line: str) -> bool:
    return line.startswith(("|", "- "))


def _file_word(text: str) -> str:
    """A word that can stand in the name of a file."""
    return "".join(c if c.isalnum() else "-" for c in text)[:40].strip("-") or "x"


def front(draft: Draft) -> str:
    """The metadata of a document, in the words of pandoc."""
    import json

    said = {
        "title": draft.title,
        "subtitle": draft.subject,
        "author": draft.buyer,
        "date": draft.reference,
        "subject": draft.subject,
        "short-author": shortened(draft.buyer),
    }
    lines = [f"{key}: {json.dumps(str(escaped(value)))}" for key, value in said.items()]
    lines += ["compact: true"] if draft.paper.is_compact else []
    if draft.alert:
        lines += ["include-before: |", *(f"  {line}" for line in draft.alert.split("\n"))]
    return "\n".join(["---", "lang: fr-FR", "toc-title: Sommaire", *lines, "---", "", ""])


def shortened(text: str, most: int = 80) -> str:
    """A text that a header can hold on one line."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
