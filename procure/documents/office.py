"""
Word and LibreOffice files: the model they take their styles from, and what pandoc leaves undone.

The parts of the models stand as text in `templates/_shared/docx/` and `odt/`. In a finished file,
headings that bear no number lose it, the table of contents is filled, the header and the footer
name the document.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal
from xml.sax.saxutils import escape

from procure.documents.outline import Heading
from procure.documents.pandoc import default_file, shared
from procure.resources.text import CONTROL

Office = Literal["docx", "odt"]
_DOCX_PARTS = ("styles", "numbering", "document", "header1", "footer1")
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DOCX_HEAD = re.compile(r"<w:tr><w:trPr><w:tblHeader.*?</w:tr>", re.DOTALL)
_ODT_PAGE = re.compile(r"<text:index-entry-tab-stop.*?<text:index-entry-link-end />", re.DOTALL)
_CELL = '<style:table-cell-properties fo:border="none" />'
_BORDER = 'fo:border="0.5pt solid #7f7f7f" fo:padding="0.1cm"'
_TOC_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Face:
    """What the header and the footer say."""

    piece: str
    reference: str
    buyer: str


@cache
def reference(office: Office) -> bytes:
    """The model that pandoc takes the styles of a file from."""
    base = _unzipped(default_file(f"reference.{office}"))
    if office == "odt":
        return _zipped(base | {"styles.xml": shared("odt/styles.xml").read_bytes()}, date.min)
    parts = {f"word/{name}.xml": shared(f"docx/{name}.xml").read_bytes() for name in _DOCX_PARTS}
    relations, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
    parts[relations] = _before_end(base[relations], "Relationships", _relations())
    parts[types] = _before_end(base[types], "Types", _overrides())
    return _zipped(base | parts, date.min)


def finished(
    content: bytes, office: Office, headings: Sequence[Heading], face: Face, day: date
) -> bytes:
    """A file from pandoc with its headings, its table of contents, its header and its footer."""
    parts = _unzipped(content)
    main, finish = _FINISH[office]
    parts[main] = finish(parts[main].decode(), headings).encode()
    for name in ("word/header1.xml", "word/footer1.xml", "styles.xml"):
        if name in parts:
            parts[name] = _faced(parts[name].decode(), face).encode()
    return _zipped(parts, day)


def _docx(text: str, headings: Sequence[Heading]) -> str:
    for heading in headings:
        if heading.number is None:
            mark = re.compile(
                rf'(<w:bookmarkStart w:id="\d+" w:name="{re.escape(heading.id)}" />\s*'
                rf'<w:p><w:pPr><w:pStyle w:val="Heading{heading.level}" />)'
            )
            text = mark.sub(r'\1<w:numPr><w:ilvl w:val="0" /><w:numId w:val="0" /></w:numPr>', text)
    rows = "".join(_docx_entry(heading) for heading in _listed(headings))
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin" /></w:r><w:r><w:instrText xml:space="preserve">'
        f' TOC \\o "1-{_TOC_DEPTH}" \\n \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate" /></w:r>'
    )
    end = '<w:p><w:r><w:fldChar w:fldCharType="end" /></w:r></w:p>'
    first = '<w:p><w:pPr><w:pStyle w:val="TOC1" /></w:pPr>'
    rows = rows.replace(first, first + begin, 1)
    text = text.replace("<w:tr><w:tc>", "<w:tr><w:trPr><w:cantSplit /></w:trPr><w:tc>")
    text = _DOCX_HEAD.sub(_docx_head, text)
    return re.sub(
        r"<w:p><w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\" />.*?</w:r></w:p>",
        lambda _: rows + end,
        text,
        count=1,
        flags=re.DOTALL,
    )


def _docx_head(row: re.Match[str]) -> str:
    """The first row of a table, shaded and bold whatever the program that shows it."""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="DCE6F1" />'
    text = row[0].replace("<w:tcPr />", "<w:tcPr></w:tcPr>")
    text = text.replace("</w:tcPr>", f"{shade}</w:tcPr>")
    return text.replace("<w:r><w:t", "<w:r><w:rPr><w:b /></w:rPr><w:t")


def _docx_entry(heading: Heading) -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="TOC{heading.level}" /></w:pPr>'
        f'<w:hyperlink w:anchor="{heading.id}" w:history="1"><w:r>'
        f'<w:t xml:space="preserve">{_xml(heading.numbered)}</w:t></w:r></w:hyperlink></w:p>'
    )


def _odt(text: str, headings: Sequence[Heading]) -> str:
    for heading in headings:
        if heading.number is None:
            mark = f'text:outline-level="{heading.level}"><text:bookmark-start text:name="'
            bare = f'text:outline-level="{heading.level}" text:is-list-header="true">'
            start = f'<text:bookmark-start text:name="{heading.id}"'
            text = text.replace(f'{mark}{heading.id}"', f"{bare}{start}")
    for shade in (' fo:background-color="#dce6f1"', ""):
        text = text.replace(_CELL, f"<style:table-cell-properties {_BORDER}{shade}/>", 1)
    text = _ODT_PAGE.sub("", text)
    title = '<text:p text:style-name="Contents_20_Heading">Sommaire</text:p>'
    rows = "".join(_odt_entry(heading) for heading in _listed(headings))
    head = f'<text:index-title text:name="Sommaire">{title}</text:index-title>'
    body = f"<text:index-body>{head}{rows}</text:index-body>"
    return text.replace(
        "</text:table-of-content-source>", f"</text:table-of-content-source>{body}", 1
    ).replace("<text:table-of-content>", '<text:table-of-content text:name="Sommaire">', 1)


def _odt_entry(heading: Heading) -> str:
    return (
        f'<text:p text:style-name="Contents_20_{heading.level}">'
        f'<text:a xlink:type="simple" xlink:href="#{heading.id}">{_xml(heading.numbered)}</text:a>'
        "</text:p>"
    )


_Finish = Callable[[str, Sequence[Heading]], str]
_FINISH: Mapping[Office, tuple[str, _Finish]] = {
    "docx": ("word/document.xml", _docx),
    "odt": ("content.xml", _odt),
}


def _listed(headings: Sequence[Heading]) -> list[Heading]:
    return [heading for heading in headings if heading.level <= _TOC_DEPTH]


def _faced(text: str, face: Face) -> str:
    for name in ("piece", "reference", "buyer"):
        text = text.replace(f"@{name}@", _xml(getattr(face, name)))
    return text


def _xml(text: str) -> str:
    return escape(CONTROL.sub("", text))


def _before_end(part: bytes, tag: str, added: str) -> bytes:
    return part.decode().replace(f"</{tag}>", f"{added}</{tag}>").encode()


def _relations() -> str:
    return "".join(
        f'<Relationship Id="rId{name.title()}" Type="{_RELATIONS}/{name}" Target="{name}1.xml"/>'
        for name in ("header", "footer")
    )


def _overrides() -> str:
    return "".join(
        f'<Override PartName="/word/{name}1.xml" ContentType="{_TYPES}.{name}+xml"/>'
        for name in ("header", "footer")
    )


def _unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(parts: Mapping[str, bytes], day: date) -> bytes:
    """The parts in one archive; `mimetype`, which says what an odt is, is first and bare."""
    stream = io.BytesIO()
    moment = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(stream, "w") as archive:
        for name in sorted(parts, key=lambda part: (part != "mimetype", part)):
            info = zipfile.ZipInfo(name, moment)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, parts[name])
    return stream.getvalue()
