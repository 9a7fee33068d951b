"""The door to typst: a PDF that lasts (PDF/A-2a) and that a screen reader can read (PDF/UA-1)."""

from __future__ import annotations

from datetime import date

from procure.documents.pandoc import seconds, shared
from procure.domain.errors import Fault, ProcureError


def typeset_pdf(source: bytes, day: date) -> bytes:
    """
    The PDF of a typst text, set in the fonts of `templates/_shared/fonts/` alone.

    Raises:
        ProcureError: the text is no typst, or the PDF would not be accessible (an image or a
            formula without a text in its place).
    """
    import typst

    try:
        return typst.compile(
            source,
            format="pdf",
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(shared("fonts"))]),
            pdf_standards=["a-2a", "ua-1"],
            timestamp=seconds(day),
        )
    except typst.TypstError as error:
        what = f"la mise en page a échoué ({str(error)[:300]})"
        raise ProcureError(Fault("typst", what)) from error
