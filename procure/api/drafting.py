"""Drafts the documents of a consultation from the file of its tender."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from procure.api.rules import rulebook
from procure.api.scoring import DEFAULT_PROFILE, score_reading
from procure.api.writing import write_whole
from procure.documents.drafting.catalogue import KEYS, Paper, chosen, papers
from procure.documents.drafting.clauses import Written, written_clauses
from procure.documents.drafting.drafts import Draft, LawNumber, Terms, drafts
from procure.documents.library import Library, tender_fields
from procure.domain.errors import Fault, InputError, ProcureError
from procure.domain.outline import Outline
from procure.domain.report import Report
from procure.domain.tender import Tender
from procure.exchange.reader import read
from procure.exchange.reading import Reading
from procure.planning.editing import with_fields

if TYPE_CHECKING:
    from procure.exchange.sheets import Sheet

FORMATS = ("docx", "odt", "pdf", "html", "xlsx")
INTERNAL = "interne"
"""The folder of the workbooks that the buyer keeps: analysis of the bids, estimates."""

DEFAULT_FORMATS = ("docx", "pdf", "xlsx")


@dataclass(frozen=True, slots=True)
class Order:
    """
    What is to be drafted.

    `only` names documents, all by default; `more` are clauses of the library to add; `force` drafts
    a tender that breaks the law, every document saying so; `replace` writes over files.
    """

    out: Path
    only: tuple[str, ...] = ()
    formats: tuple[str, ...] = DEFAULT_FORMATS
    more: tuple[str, ...] = ()
    on: date | None = None
    profile: str = DEFAULT_PROFILE
    force: bool = False
    replace: bool = False


@dataclass(frozen=True, slots=True)
class DraftedFile:
    """A file written: which document, in which format, the clauses it holds and their articles."""

    path: str
    document: str
    format: str
    clauses: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Drafted:
    """
    What was written, and what is left to complete; `breaches` block the tender.

    Where `files` is empty and `breaches` is not, nothing was written.
    """

    files: tuple[DraftedFile, ...] = ()
    blanks: tuple[dict[str, str], ...] = ()
    breaches: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


def draft(path: Path, order: Order) -> Drafted:
    """
    Draft the documents of a tender and write them, all or none.

    Raises:
        InputError: the file is no tender; a document or a clause is unknown.
        ProcureError: a file is already there; pandoc or typst fails.
    """
    reading = read(path)
    library = library_for(reading.tender, order.more)
    tender = with_choices(reading.tender, library, order.more)
    reading = replace(reading, tender=tender)
    report = score_reading(reading, path.name, order.on, order.profile)
    breaches = blocking(report)
    if breaches and not order.force:
        return Drafted(breaches=breaches)
    made = drafted(tender, Terms(report.day, law_numbers(report.day), breaches), order, library)
    written = written_clauses(tender, library, order.more)
    files = [*_rendered(made, order, report.day), *_workbooks(tender, written, library, order)]
    _check_free(order.out, [file for file, _ in files], order.replace)
    for file, content in files:
        write_whole(order.out / file.path, content, order.replace)
    return Drafted(
        files=tuple(_placed(file, order.out) for file, _ in files),
        blanks=_blanks(made),
        breaches=breaches,
        notes=_notes(reading),
    )


def drafted(tender: Tender, terms: Terms, order: Order, library: Library) -> list[Draft]:
    """The drafts asked for, as Markdown."""
    _check_only(order.only)
    least = terms.law["national-notice"].value
    wanted = _wanted(tender, least, order)
    return list(drafts(tender, wanted, written_clauses(tender, library, order.more), terms))


def library_for(tender: Tender, more: Sequence[str] = ()) -> Library:
    """The library, where a clause of it is named; empty otherwise, and read from nowhere."""
    lots = tender.lots or ()
    said = [*(tender.clauses or ()), *(clause for lot in lots for clause in lot.clauses or ())]
    if not more and not any(clause.library_id for clause in said):
        return Library(())
    from procure.api.clauses import library

    return library()


def with_choices(tender: Tender, library: Library, more: Sequence[str]) -> Tender:
    """The tender with what the clauses added decide of it: a clause « no retention » means none."""
    for id in more:
        found = library.clause(id)
        if found is not None:
            tender = with_fields(tender, "", tender_fields(found))
    return tender


def law_numbers(day: date) -> dict[str, LawNumber]:
    """Every number of law on a day, for the templates."""
    found = {}
    for name, parameter in rulebook().parameters.items():
        version = parameter.version_on(day)
        value = version.value if version and isinstance(version.value, Decimal) else None
        found[name] = LawNumber(parameter.description, value, str(parameter.unit))
    return found


def blocking(report: Report) -> tuple[str, ...]:
    """The breaches that block a tender: what is wrong, where, by which text."""
    return tuple(
        f"{told.first.rule} – {told.first.title}" + (f" ({told.places})" if told.places else "")
        for told in Outline(report).breaches
        if told.first.severity == "blocking"
    )


def to_json(done: Drafted) -> str:
    """What was drafted, for other programs."""
    said: dict[str, Any] = {
        "files": [
            {"path": f.path, "document": f.document, "format": f.format, "clauses": list(f.clauses)}
            for f in done.files
        ],
        "blanks": list(done.blanks),
    }
    if done.breaches:
        said["breaches"] = list(done.breaches)
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _wanted(tender: Tender, least: Decimal | None, order: Order) -> tuple[Paper, ...]:
    keys = tuple(key for key in order.only if key in KEYS)
    if order.only and not keys:
        return ()
    return chosen(papers(tender, least), keys)


def _rendered(made: Sequence[Draft], order: Order, day: date) -> list[tuple[DraftedFile, bytes]]:
    formats: tuple[Any, ...] = tuple(one for one in order.formats if one != "xlsx")
    if not formats or not made:
        return []
    from procure.documents.drafting.formats import rendered

    tasks = [(one, format) for one in made for format in formats]
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        contents = list(pool.map(lambda task: rendered(task[0], task[1], day), tasks))
    return [
        (_file(one, format), content)
        for (one, format), content in zip(tasks, contents, strict=True)
    ]


def _file(one: Draft, format: str) -> DraftedFile:
    clauses = tuple(
        {"id": clause.name, "title": clause.title, "article": clause.article}
        for clause in one.clauses
    )
    return DraftedFile(f"{one.stem}.{format}", one.stem, format, clauses)


def _workbooks(
    tender: Tender, written: Sequence[Written], library: Library, order: Order
) -> list[tuple[DraftedFile, bytes]]:
    if "xlsx" not in order.formats:
        return []
    from procure.exchange.sheets import workbooks_for

    taken = [library.clause(one.id) for one in written if one.id]
    return [
        (DraftedFile(_place(sheet), Path(sheet.name).stem, "xlsx"), sheet.content)
        for sheet in workbooks_for(tender, taken)
        if not order.only or Path(sheet.name).stem in order.only
    ]


def _place(sheet: Sheet) -> str:
    """Where a workbook goes: what firms must not see stands apart from what is published."""
    return f"{INTERNAL}/{sheet.name}" if sheet.is_internal else sheet.name


def _check_only(only: Iterable[str]) -> None:
    known = (*KEYS, *SHEETS)
    for key in only:
        if key not in known:
            raise InputError(Fault("--only", f"« {key} » est inconnu", ", ".join(known)))


SHEETS = (
    "grille-criteres",
    "cadre-prix",
    "analyse-offres",
    "cadre-reponse",
    "insertion-calcul",
    "insertion-suivi",
)


def _check_free(folder: Path, files: Iterable[DraftedFile], replace: bool) -> None:
    there = [folder / file.path for file in files if (folder / file.path).exists()]
    what, advice = "le fichier existe déjà", "Ajoutez --replace pour le remplacer"
    if there and not replace:
        raise ProcureError(*(Fault(str(path), what, "", advice) for path in there[:3]))


def _placed(file: DraftedFile, folder: Path) -> DraftedFile:
    return DraftedFile(str(folder / file.path), file.document, file.format, file.clauses)


def _blanks(made: Iterable[Draft]) -> tuple[dict[str, str], ...]:
    return tuple({"document": one.stem, "what": what} for one in made for what in one.blanks)


def _notes(reading: Reading) -> tuple[str, ...]:
    return tuple(reading.notes)
