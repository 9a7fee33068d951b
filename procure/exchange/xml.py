"""
The one door to XML: hostile bytes in, a tree that can only be read out.

Accepts UTF-8 without DOCTYPE (hence without entities of its own), bounded in depth and in number of
elements. Nothing is fetched. Namespace prefixes are those of the eForms standard.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Any, cast

from lxml import etree

from procure.domain.errors import Fault, UnreadableFile
from procure.resources.text import MAX_BYTES, decode

MAX_DEPTH = 60
MAX_ELEMENTS = 300_000
_CHUNK = 64 * 1024

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_EFORMS = "http://data.europa.eu/p27/"
NAMESPACES = {
    "cac": f"{_UBL}CommonAggregateComponents-2",
    "cbc": f"{_UBL}CommonBasicComponents-2",
    "ext": f"{_UBL}CommonExtensionComponents-2",
    "efac": f"{_EFORMS}eforms-ubl-extension-aggregate-components/1",
    "efbc": f"{_EFORMS}eforms-ubl-extension-basic-components/1",
    "efext": f"{_EFORMS}eforms-ubl-extensions/1",
}
_PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items()}

_DECLARATION = re.compile(r"<\?xml\s[^>]*?\bencoding\s*=\s*[\"']([^\"']*)[\"']")
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#)([^\s;<&]{0,100})")
_UTF_8 = ("utf-8", "utf8", "us-ascii", "ascii")

_ERRORS = etree.ErrorTypes
_FAULTS = {
    _ERRORS.ERR_DOCUMENT_EMPTY: "ce n'est pas du XML",
    _ERRORS.ERR_DOCUMENT_END: "du texte suit la fin du document, ou le document s'arrête trop tôt",
    _ERRORS.ERR_TAG_NAME_MISMATCH: "une balise fermante ne répond pas à la balise ouverte",
    _ERRORS.ERR_TAG_NOT_FINISHED: "le document s'arrête avant la fin : il est tronqué",
    _ERRORS.ERR_GT_REQUIRED: "une balise n'est pas terminée",
    _ERRORS.ERR_LT_REQUIRED: "ce n'est pas du XML",
    _ERRORS.ERR_INVALID_CHAR: "un caractère est interdit en XML",
    _ERRORS.ERR_ATTRIBUTE_REDEFINED: "un attribut est écrit deux fois",
    _ERRORS.NS_ERR_UNDEFINED_NAMESPACE: "un préfixe d'espace de noms n'est pas déclaré",
}


class Node:
    """An element of the tree, and what may be asked of it."""

    __slots__ = ("_element", "_paths")

    def __init__(self, element: etree._Element, paths: _Paths) -> None:
        self._element = element
        self._paths = paths

    @property
    def name(self) -> str:
        """The name without namespace."""
        return etree.QName(self._element).localname

    @property
    def namespace(self) -> str:
        return etree.QName(self._element).namespace or ""

    @property
    def text(self) -> str:
        """The element's own text, without the spaces around it."""
        return (self._element.text or "").strip()

    @property
    def is_leaf(self) -> bool:
        return len(self._element) == 0

    @property
    def path(self) -> str:
        """Where the element stands: `/ContractNotice/cac:ProcurementProjectLot[2]/cbc:ID`."""
        return self._paths.of(self._element)

    def get(self, attribute: str) -> str | None:
        return self._element.get(attribute)

    def all(self, xpath: str) -> list[Node]:
        """The elements that an XPath 1.0 expression selects, in document order."""
        found = cast("list[etree._Element]", _compiled(xpath)(self._element))
        return [Node(element, self._paths) for element in found]

    def first(self, xpath: str) -> Node | None:
        found = self.all(xpath)
        return found[0] if found else None

    def text_of(self, xpath: str) -> str:
        """The text of the first element selected, or an empty text."""
        node = self.first(xpath)
        return node.text if node else ""


class _Paths:
    """The readable path of elements; children are numbered once, however many are asked for."""

    def __init__(self) -> None:
        self._steps: dict[etree._Element, dict[etree._Element, str]] = {}

    def of(self, element: etree._Element) -> str:
        steps: list[str] = []
        while (parent := element.getparent()) is not None:
            if parent not in self._steps:
                self._steps[parent] = _numbered(parent)
            steps.append(self._steps[parent][element])
            element = parent
        steps.append(etree.QName(element).localname)
        return "/" + "/".join(reversed(steps))


def parse(content: bytes, name: str) -> Node:
    """
    Read a whole XML document.

    Raises:
        UnreadableFile: not XML, truncated, not UTF-8, too large or too deep, or with a DOCTYPE;
            names line and column.
    """
    if len(content) > MAX_BYTES:
        raise _refused(name, "le fichier est trop gros", f"{MAX_BYTES // (1024 * 1024)} Mo au plus")
    text = decode(content, name)
    _check_prolog(text, name)
    try:
        return Node(_tree(text.encode(), name), _Paths())
    except etree.XMLSyntaxError as error:
        raise _syntax(error, text, name) from None


def _check_prolog(text: str, name: str) -> None:
    """Refuse another declared encoding, and any DOCTYPE: entities are declared nowhere else."""
    if not text.strip():
        raise _refused(name, "le fichier est vide", "un document XML")
    declared = _DECLARATION.match(text)
    if declared and declared[1].lower() not in _UTF_8:
        what = f"l'encodage annoncé est « {declared[1][:40]} »"
        raise _refused(_place(name, 1, declared.start(1) + 1), what, "UTF-8")
    prolog = _PROLOG.match(text)
    end = prolog.end() if prolog else 0
    if text.startswith("<!DOCTYPE", end):
        raise _refused(
            _place(name, *_line_column(text, end)),
            "le fichier contient une déclaration DOCTYPE, refusée par prudence",
            "un XML sans DOCTYPE ni entité",
            "Retirez la déclaration, ou demandez un autre fichier à l'émetteur",
        )


def _tree(content: bytes, name: str) -> etree._Element:
    parser = etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = elements = 0
    for start in range(0, len(content), _CHUNK):
        try:
            parser.feed(content[start : start + _CHUNK])
        finally:
            # Also after a syntax error: « too deep » says more than « malformed ».
            for event, element in parser.read_events():
                depth += 1 if event == "start" else -1
                elements += event == "start"
                _check_bounds(depth, elements, element, name)
    return parser.close()


def _check_bounds(depth: int, elements: int, element: Any, name: str) -> None:
    where = f"{name}, ligne {element.sourceline}"
    if depth > MAX_DEPTH:
        raise _refused(where, "trop de balises imbriquées", f"{MAX_DEPTH} niveaux au plus")
    if elements > MAX_ELEMENTS:
        raise _refused(where, "trop de balises", f"{MAX_ELEMENTS} au plus")


def _syntax(error: etree.XMLSyntaxError, text: str, name: str) -> UnreadableFile:
    line, column = error.position
    what = _FAULTS.get(getattr(error, "code", 0), "le XML est mal formé")
    # For an entity nobody declared, the parser fails without saying where.
    if line == 0 and (entity := _ENTITY.search(text)):
        line, column = _line_column(text, entity.start())
        what = f"l'entité « {entity[1][:40]} » n'est pas définie"
    return _refused(
        _place(name, line, column),
        what,
        "un document XML complet et bien formé",
        "Téléchargez à nouveau le fichier",
    )


def _line_column(text: str, offset: int) -> tuple[int, int]:
    """The line and column, from 1, of a character."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _place(name: str, line: int, column: int) -> str:
    return f"{name}, ligne {max(line, 1)}, colonne {max(column, 1)}"


def _refused(where: str, what: str, expected: str = "", advice: str = "") -> UnreadableFile:
    return UnreadableFile(Fault(where, what, expected, advice))


def _numbered(parent: etree._Element) -> dict[etree._Element, str]:
    """The step of each child: its prefixed name, with its rank where it has namesakes."""
    totals = Counter(child.tag for child in parent)
    seen: Counter[Any] = Counter()
    steps = {}
    for child in parent:
        seen[child.tag] += 1
        rank = f"[{seen[child.tag]}]" if totals[child.tag] > 1 else ""
        steps[child] = _prefixed(child) + rank
    return steps


def _prefixed(element: etree._Element) -> str:
    name = etree.QName(element)
    prefix = _PREFIXES.get(name.namespace or "")
    return f"{prefix}:{name.localname}" if prefix else name.localname


@lru_cache(maxsize=512)
def _compiled(xpath: str) -> etree.XPath:
    return etree.XPath(xpath, namespaces=NAMESPACES)
