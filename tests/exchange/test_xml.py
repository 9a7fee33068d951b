"""The door to XML lets in what is plain, and turns away what is hostile, with its place."""

from __future__ import annotations

import time

import pytest

from procure.domain.errors import UnreadableFile
from procure.exchange import xml

BOMB = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE lolz [
 <!ENTITY a "lol">
 <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
 <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
 <!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
]>
<a b="&d;">&d;</a>"""
EXTERNAL = b"""<!DOCTYPE a [<!ENTITY passwords SYSTEM "file:///etc/passwd">]><a>&passwords;</a>"""
REMOTE_DTD = b"""<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>"""


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        xml.parse(content, "avis.xml")
    return plain(str(caught.value))


def plain(message: str) -> str:
    """With ordinary spaces in place of those of French typography."""
    return message.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("content", [BOMB, EXTERNAL, REMOTE_DTD, b"<!--x-->\n <!DOCTYPE a><a/>"])
def test_a_doctype_is_refused_before_anything_is_expanded_or_fetched(content: bytes) -> None:
    started = time.monotonic()
    assert "DOCTYPE" in refusal(content)
    assert time.monotonic() - started < 1


def test_a_refused_doctype_is_shown_with_its_line_and_column() -> None:
    assert refusal(b"<!-- x -->\n <!DOCTYPE a><a/>").startswith("avis.xml, ligne 2, colonne 2 :")


def test_the_word_doctype_in_a_comment_or_in_text_is_no_doctype() -> None:
    content = b"<!-- <!DOCTYPE a> --><a><![CDATA[<!DOCTYPE b>]]></a>"
    assert xml.parse(content, "avis.xml").text == "<!DOCTYPE b>"


def test_an_entity_nobody_declared_is_named_with_its_place() -> None:
    message = refusal(b"<a>\n <b>&secret;</b></a>")
    assert message.startswith("avis.xml, ligne 2, colonne 5 :")
    assert "« secret »" in message


def test_the_five_entities_of_xml_are_read() -> None:
    assert xml.parse(b"<a>&lt;&gt;&amp;&quot;&apos;&#233;</a>", "a.xml").text == "<>&\"'é"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "le fichier est vide"),
        (b"  \n ", "le fichier est vide"),
        (b"bonjour", "ce n'est pas du XML"),
        (b"<a><b></a>", "une balise fermante ne répond pas"),
        (b"<a>\n<b>", "tronqué"),
        (b"<a/><a/>", "du texte suit la fin"),
        (b"<x:a/>", "préfixe d'espace de noms"),
        (b'<a b="1" b="2"/>', "un attribut est écrit deux fois"),
    ],
)
def test_a_malformed_document_is_refused_in_french(content: bytes, said: str) -> None:
    message = refusal(content)
    assert message.startswith("avis.xml")
    assert said in message


def test_a_syntax_error_is_shown_with_its_line_and_column() -> None:
    assert refusal(b"<a>\n  <b></c>\n</a>").startswith("avis.xml, ligne 2, colonne 10 :")


@pytest.mark.parametrize(
    "content",
    [
        "<a>é</a>".encode("latin-1"),
        "<a>é</a>".encode("utf-16"),
        b'<?xml version="1.0" encoding="ISO-8859-1"?><a/>',
        b'<?xml version="1.0" encoding="UTF-7"?><a>+ADw-</a>',
    ],
)
def test_another_encoding_than_utf8_is_refused(content: bytes) -> None:
    assert "UTF-8" in refusal(content)


def test_utf8_with_a_byte_order_mark_is_read() -> None:
    assert xml.parse("\ufeff<a>é</a>".encode(), "a.xml").text == "é"


def test_deep_nesting_is_refused_and_says_how_deep_is_too_deep() -> None:
    depth = xml.MAX_DEPTH
    assert xml.parse(b"<a>" * depth + b"</a>" * depth, "a.xml").name == "a"
    assert f"{depth} niveaux au plus" in refusal(b"<a>" * (depth + 1) + b"</a>" * (depth + 1))
    assert "imbriquées" in refusal(b"<a>" * 1_000_000)


def test_too_many_elements_are_refused() -> None:
    assert "trop de balises" in refusal(b"<a>" + b"<b/>" * (xml.MAX_ELEMENTS + 1) + b"</a>")


def test_too_large_a_file_is_refused() -> None:
    assert "20 Mo au plus" in refusal(b"<a>" + b"x" * (20 * 1024 * 1024) + b"</a>")


def test_too_long_a_text_is_refused() -> None:
    refusal(b"<a>" + b"x" * (11 * 1024 * 1024) + b"</a>")


def test_comments_do_not_cut_a_text() -> None:
    assert xml.parse(b"<a>un<!-- et --> deux</a>", "a.xml").text == "un deux"


def test_a_path_has_prefixes_and_numbers_namesakes_only() -> None:
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in xml.NAMESPACES.items())
    root = xml.parse(
        f"<Avis {spaces}><cbc:ID/><cac:Lot/><cac:Lot><cbc:Name/></cac:Lot></Avis>".encode(), "a.xml"
    )
    assert [node.path for node in root.all("cbc:ID|cac:Lot/cbc:Name")] == [
        "/Avis/cbc:ID",
        "/Avis/cac:Lot[2]/cbc:Name",
    ]
