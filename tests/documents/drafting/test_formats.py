"""The files: same words in the four formats, same bytes twice, hostile values as text."""

from __future__ import annotations

import hashlib
import re
import subprocess
from xml.dom.minidom import parseString

import pytest
from desk import DAY, SCHOOL, SMALL, drafts_of, parts, tender, words

from procure.documents.drafting.formats import FORMATS, rendered
from procure.documents.pandoc import convert, program
from procure.documents.typesetting import typeset_pdf
from procure.domain.errors import ProcureError

HOSTILE = [
    "{{ 7*7 }}",
    "{# rien #}",
    "{% if x %}",
    "<script>alert(1)</script>",
    "![x](/etc/passwd)",
    "](/etc/passwd)",
    "a | b",
    "$x$",
    "@cite",
    "=cmd()",
    "[a]{.b}",
    "::: alert",
    "# titre",
    "- item",
    "1. item",
    "#let x = 1",
    r"\begin{x}",
    "--- … --",
    "&copy",
]


@pytest.fixture(scope="module")
def school() -> dict[str, bytes]:
    one = drafts_of(tender(SCHOOL), "ccap")["ccap"]
    return {format: rendered(one, format, DAY) for format in FORMATS}


def test_the_same_draft_gives_the_same_bytes(school: dict[str, bytes]) -> None:
    one = drafts_of(tender(SCHOOL), "ccap")["ccap"]
    for format in FORMATS:
        again = hashlib.sha256(rendered(one, format, DAY)).hexdigest()
        assert again == hashlib.sha256(school[format]).hexdigest(), format


@pytest.mark.parametrize("format", ["docx", "odt"])
def test_every_part_of_an_office_file_is_sound(school: dict[str, bytes], format: str) -> None:
    for name, text in parts(school[format]):
        parseString(text)
        assert "@piece@" not in text, name


def test_word_has_headings_numbered_contents_filled_and_language(
    school: dict[str, bytes],
) -> None:
    said = dict(parts(school["docx"]))
    document = said["word/document.xml"]
    assert 'w:pStyle w:val="Heading1"' in document and 'w:pStyle w:val="Heading2"' in document
    assert 'w:lvlText w:val="Article %1 –"' in said["word/numbering.xml"]
    assert "Article\u00a05 – Paiement" in words(school["docx"], "word/document.xml")
    assert document.count('w:pStyle w:val="TOC1"') > 8
    assert "<w:tblHeader" in document
    assert 'w:val="fr-FR"' in said["word/styles.xml"]
    assert "NUMPAGES" in said["word/footer1.xml"]
    assert "Cahier des clauses" in said["word/header1.xml"]


def test_each_clause_has_its_bookmark_and_each_blank_too(school: dict[str, bytes]) -> None:
    document = dict(parts(school["docx"]))["word/document.xml"]
    for name in ("clause1", "clause3", "blanc1"):
        assert f'w:name="{name}"' in document
        assert f'id="{name}"' in school["html"].decode()


def test_the_heading_of_the_blanks_bears_no_number(school: dict[str, bytes]) -> None:
    document = dict(parts(school["docx"]))["word/document.xml"]
    assert document.count('<w:numId w:val="0" />') == 1
    assert dict(parts(school["odt"]))["content.xml"].count('text:is-list-header="true"') == 1
    assert "– Points à compléter" not in school["html"].decode()


def test_libreoffice_has_its_contents_and_its_table_rows(school: dict[str, bytes]) -> None:
    content = dict(parts(school["odt"]))["content.xml"]
    assert content.count('text:style-name="Contents_20_1"') > 8
    assert "<table:table-header-rows>" in content
    assert 'fo:country="FR"' in dict(parts(school["odt"]))["styles.xml"]


def test_the_page_is_one_file_that_fetches_nothing(school: dict[str, bytes]) -> None:
    page = school["html"].decode()
    assert '<html lang="fr-FR">' in page
    assert not re.findall(r'(?:src|href)="(?!#)', page)
    assert "Article\u00a05 – Paiement" in page


def test_the_pdf_is_tagged_and_says_its_standards(school: dict[str, bytes]) -> None:
    pdf = school["pdf"]
    assert pdf.startswith(b"%PDF-1.7")
    for mark in (b"StructTreeRoot", b"pdfuaid:part", b"pdfaid:part", b"fr-FR"):
        assert mark in pdf, mark
    assert b"SourceSansPro" in pdf


def test_a_pdf_with_an_image_without_words_is_refused() -> None:
    with pytest.raises(ProcureError, match="mise en page"):
        typeset_pdf(b'#set document(title: "x")\n$ x + 1 $', DAY)


def test_hostile_values_come_out_as_text_in_every_format() -> None:
    label = " ".join(HOSTILE) + " " + "mot " * 20 + "fin"
    said = tender(
        SMALL,
        title=label,
        description=label + " " + "x" * 10_000,
        clauses=[{"text": "\n".join(HOSTILE), "proof": label, "axis": "social"}],
    )
    one = drafts_of(said, "ccp")["ccp"]
    files = {format: rendered(one, format, DAY) for format in FORMATS}
    read = {
        "docx": words(files["docx"], "word/document.xml"),
        "odt": words(files["odt"], "content.xml"),
        "html": _text_of(files["html"]),
    }
    for format, text in read.items():
        for value in HOSTILE:
            assert value in text.replace("\u00a0", " "), (format, value)
        assert "x" * 10_000 in text
    assert "<script" not in files["html"].decode() and "<img" not in files["html"].decode()
    assert files["pdf"].startswith(b"%PDF")
    assert "root:" not in " ".join(read.values())


def test_hostile_values_command_nothing_in_typst() -> None:
    said = tender(SMALL, title=" ".join(HOSTILE), description=" ".join(HOSTILE))
    one = drafts_of(said, "ccp")["ccp"]
    source = convert(one.markdown, "typst-smart", DAY).decode()
    assert "\\#let x" in source and "\\$x\\$" in source and "image(" not in source


def test_a_failing_pandoc_is_told_in_french() -> None:
    with pytest.raises(ProcureError, match="la conversion a échoué"):
        convert("x", "docx", DAY, ("--reference-doc=nulle-part.docx",))


def _text_of(page: bytes) -> str:
    words = [program(), "--from", "html", "--to", "plain", "--wrap=none"]
    done = subprocess.run(words, input=page, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())
