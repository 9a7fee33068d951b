"""A draft as a file: Word, LibreOffice, PDF, page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

from procure.documents.drafting.drafts import Draft, front, shortened
from procure.documents.office import Face, Office, finished, reference
from procure.documents.outline import Outlined, with_numbers
from procure.documents.pandoc import convert, model, shared
from procure.documents.typesetting import typeset_pdf

Format = Literal["docx", "odt", "pdf", "html"]
FORMATS: tuple[Format, ...] = ("docx", "odt", "pdf", "html")


def rendered(draft: Draft, format: Format, day: date) -> bytes:
    """
    A draft in a format; the same draft on the same day always gives the same bytes.

    Raises:
        ProcureError: pandoc or typst fails.
    """
    return _RENDER[format](draft, day)


def _docx(draft: Draft, day: date) -> bytes:
    return _office(draft, day, "docx")


def _odt(draft: Draft, day: date) -> bytes:
    return _office(draft, day, "odt")


def _office(draft: Draft, day: date, office: Office) -> bytes:
    with model(f"reference.{office}", reference(office)) as path:
        options = (f"--reference-doc={path}", *_contents(draft))
        content = convert(front(draft) + draft.markdown, office, day, options)
    face = Face(draft.title, draft.reference, shortened(draft.buyer))
    return finished(content, office, draft.headings, face, day)


def _pdf(draft: Draft, day: date) -> bytes:
    options = (f"--template={shared('document.typ')}", *_contents(draft))
    return typeset_pdf(convert(front(draft) + draft.markdown, "typst-smart", day, options), day)


def _html(draft: Draft, day: date) -> bytes:
    markdown = with_numbers(Outlined(draft.markdown, draft.headings))
    options = (
        f"--template={shared('document.html')}",
        "--shift-heading-level-by=1",
        *_contents(draft, 3),
    )
    return convert(front(draft) + markdown, "html5", day, options)


def _contents(draft: Draft, depth: int = 2) -> tuple[str, ...]:
    return ("--toc", f"--toc-depth={depth}") if draft.paper.has_contents else ()


_RENDER: Mapping[Format, Callable[[Draft, date], bytes]] = {
    "docx": _docx,
    "odt": _odt,
    "pdf": _pdf,
    "html": _html,
}
