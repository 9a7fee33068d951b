"""What the tests of drafting share: a tender, its drafts, words of a file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from procure.api.drafting import Order, drafted, law_numbers, library_for
from procure.documents.drafting.drafts import Draft, Terms
from procure.domain.tender import Tender
from procure.exchange.reader import read

SAMPLES = Path(__file__).parents[3] / "sample_tenders"
SCHOOL = SAMPLES / "renovation-ecole-six-corps-d-etat.yaml"
FOOD = SAMPLES / "denrees-cantines-approvisionnement-direct.yaml"
SMALL = SAMPLES / "mobilier-creche-gre-a-gre.yaml"
DAY = date(2026, 9, 15)


def tender(path: Path = SCHOOL, **changes: Any) -> Tender:
    """A sample tender, with some of its fields changed."""
    said = read(path).tender.model_dump(exclude_none=True) | changes
    return Tender.model_validate(said)


def drafts_of(
    said: Tender, *only: str, more: tuple[str, ...] = (), breaches: tuple[str, ...] = ()
) -> dict[str, Draft]:
    """The drafts of a tender by the name of their file."""
    order = Order(Path(), only=only, more=more)
    terms = Terms(DAY, law_numbers(DAY), breaches)
    made = drafted(said, terms, order, library_for(said, more))
    return {one.stem: one for one in made}


def plain(markdown: str) -> str:
    """Markdown without the signs that escape its words."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown)


def parts(content: bytes) -> Iterator[tuple[str, str]]:
    """The XML parts of a Word or LibreOffice file."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, archive.read(name).decode()


def words(content: bytes, part: str) -> str:
    """The text of a part, its tags and line breaks left out."""
    text = dict(parts(content))[part]
    text = re.sub(r"<[^>]+>", "", text)
    for code, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(code, sign)
    return " ".join(text.split(" "))
