"""The door to typst: a PDF that lasts (PDF/A-2a) and that a screen reader can read (PDF/UA-1)."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import cast

from procure.documents.pandoc import seconds, shared
from procure.domain.errors import Fault, ProcureError

STANDARDS = ["a-2a", "ua-1"]


def typeset_pdf(source: bytes, day: date) -> bytes:
    """
    The PDF of a typst text, set in the fonts of `templates/_shared/fonts/` alone.

    Raises:
        ProcureError: the text is no typst, or the PDF would not be accessible (an image or a
            formula without a text in its place).
    """
    import typst

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.typ"
        path.write_bytes(source)
        try:
            pdf = typst.compile(
                str(path),
                format="pdf",
                font_paths=[str(shared("fonts"))],
                ignore_system_fonts=True,
                pdf_standards=STANDARDS,
                timestamp=seconds(day),
            )
        except typst.TypstError as error:
            what = f"la mise en page a échoué ({str(error)[:300]})"
            raise ProcureError(Fault("typst", what)) from error
    return cast(bytes, pdf)
