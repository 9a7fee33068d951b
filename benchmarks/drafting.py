"""Drafting: all the documents of a six-lot tender, against one docxtpl render of one document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from docx import Document
from docxtpl import DocxTemplate

from benchmarks.timing import medians, table
from procure.api.drafting import FORMATS, Order, draft

SCHOOL = Path(__file__).parents[1] / "sample_tenders/renovation-ecole-six-corps-d-etat.yaml"
PAGE = "procure, the rules of the consultation alone, docx"


def run() -> str:
    """Medians over one tender; the peer fills a template as long as our rules of consultation."""
    with TemporaryDirectory() as folder:
        out = Path(folder)
        words, documents = _length(out), 0
        template = _template(out, words)
        peer = f"docxtpl, one document of {words} words"
        candidates: dict[str, Callable[[], object]] = {
            peer: lambda: _rendered(template, out / "peer.docx"),
            PAGE: _drafting(out / "one", ("docx",), ("rc",)),
            "procure, all documents, docx odt pdf html": _drafting(
                out / "all", ("docx", "odt", "pdf", "html")
            ),
        }
        for form in FORMATS:
            candidates[f"procure, all documents, {form}"] = _drafting(out / form, (form,))
        found = medians(candidates, rounds=5)
        documents = len(list((out / "html").glob("*.html")))
    rows = [(name, f"{t / 1000:.0f}", f"{t / found[peer]:.1f}") for name, t in found.items()]
    return f"{documents} documents a format.\n\n{table(('', 'ms', 'ratio'), rows)}"


def _drafting(
    out: Path, formats: tuple[str, ...], only: tuple[str, ...] = ()
) -> Callable[[], object]:
    order = Order(out=out, formats=formats, only=only, replace=True)
    return lambda: draft(SCHOOL, order)


def _length(out: Path) -> int:
    """The words of our rules of the consultation."""
    draft(SCHOOL, Order(out=out / "length", formats=("docx",), only=("rc",), replace=True))
    paragraphs = Document(str(out / "length" / "rc.docx")).paragraphs
    return sum(len(paragraph.text.split()) for paragraph in paragraphs)


def _template(out: Path, words: int) -> Path:
    """A template of as many words, a value to fill in one word out of twenty."""
    document = Document()
    line = " ".join(["mot"] * 19 + ["{{ value }}"])
    for _ in range(words // 20):
        document.add_paragraph(line)
    document.save(str(out / "template.docx"))
    return out / "template.docx"


def _rendered(template: Path, out: Path) -> None:
    document = DocxTemplate(str(template))
    document.render({"value": "1 250 000,50 €"}, autoescape=True)
    document.save(str(out))
