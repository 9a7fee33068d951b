"""The page of a report says everything, in order, in plain text, and fetches nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from jinja2 import UndefinedError
from sample_report import FORMULA, HOSTILE, finding, hostile, report, reward

from procure.api.reports import render
from procure.documents.chart import chart
from procure.documents.contexts import report_context
from procure.documents.rendering import render as fill
from procure.domain.report import Note, OverallScore, Report

VOID = {"meta", "link", "br", "img", "input", "hr", "rect", "path", "line", "circle"}


class Page(HTMLParser):
    """The elements of a page, in order, with their attributes and the text inside."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return re.sub(r"[\s\u00a0\u202f]+", " ", " ".join(self.texts))


def html(one: Report) -> str:
    return render(one, "html").decode()


def page(one: Report) -> Page:
    return Page(html(one))


def test_the_page_is_well_formed() -> None:
    read = page(report())
    assert read.faults == []
    assert read.open == []


def test_the_page_is_french_with_one_first_heading_and_landmarks() -> None:
    read = page(report())
    assert read.all("html") == [{"lang": "fr"}]
    assert len(read.all("h1")) == 1
    assert all(len(read.all(tag)) == 1 for tag in ("header", "main", "nav", "footer"))


def test_headings_never_skip_a_level() -> None:
    levels = [int(tag[1]) for tag, _ in page(report()).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_header_says_what_it_heads() -> None:
    assert all(header.get("scope") in ("col", "row") for header in page(report()).all("th"))


def test_every_id_is_used_once_and_every_link_stays_on_the_page() -> None:
    read = page(report())
    ids = [a["id"] for _, a in read.elements if "id" in a]
    assert len(ids) == len(set(ids))
    assert all((link["href"] or "").removeprefix("#") in ids for link in read.all("a"))


def test_the_page_fetches_nothing() -> None:
    content = html(report())
    assert not re.search(r"(src|@import|url)\s*[=(]\s*[\"']?(https?:|//)", content)
    assert "default-src 'none'" in content
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", content)


def test_the_picture_has_a_title_and_says_its_numbers() -> None:
    read = page(report())
    picture = next(a for a in read.all("svg") if a.get("role") == "img")
    assert picture["aria-labelledby"] == "chart-title chart-text"
    assert "Social : de 35 à 60" in read.text
    assert "Économie locale : sans objet" in read.text
    assert "lettre D à C" in read.text


def test_breaches_come_first_then_questions_then_what_is_missing() -> None:
    text = page(report()).text
    order = ["BLO001", "LOT001", "ADV001", "Est-ce justifié", "Nature du lot", "GAI001", "FIN001"]
    places = [text.index(word) for word in order]
    assert places == sorted(places)


def test_a_finding_at_several_places_is_told_once() -> None:
    read = page(report())
    assert read.text.count("Le même.") == 1
    assert "lot 1, lot 2" in read.text


def test_a_finding_shows_its_facts_its_number_of_law_and_why_this_version() -> None:
    text = page(report()).text
    assert "valeur estimée du besoin 460 000 € ligne 14, colonne 1" in text
    assert "version du 1er janvier 2026, sans fin connue ; jour jugé : 15 septembre 2026" in text
    assert "trente-cinq jours" in text


def test_a_question_shows_how_to_answer_it() -> None:
    assert "rule: ASK001" in page(report()).text


def test_an_unverified_text_is_marked() -> None:
    read = page(report(findings=(reward("GAI001", 0, 0),)))
    assert "Politique d'achat à confirmer" in read.text


def test_what_is_to_know_of_a_finding_stands_beside_it() -> None:
    note = Note(kind="stale", text="Texte relu il y a longtemps.")
    read = page(report(findings=(finding("BLO001", notes=(note,)),)))
    assert "À noter Texte relu il y a longtemps." in read.text


def test_a_fault_ruled_out_does_not_read_as_a_fault() -> None:
    assert "Écarté : Titre de FIN001" in page(report()).text


def test_points_to_gain_say_what_they_add_to_the_score() -> None:
    text = page(report()).text
    assert "0 sur 10 points ; 10 points à gagner, soit + 12,5 sur la note d'ensemble." in text


def test_hostile_texts_come_out_as_text() -> None:
    read = page(hostile())
    assert read.all("script") == []
    assert read.faults == []
    assert "<script>alert(1)</script> {{ 7 * 7 }} {% raw %}" in read.text
    assert FORMULA in read.text


def test_a_report_without_score_says_so() -> None:
    none = OverallScore(low=None, high=None, letter=None, letter_high=None)
    silent = report().score.model_copy(update={"overall": none})
    assert "il n'y a pas de note" in page(report(score=silent)).text


def test_an_empty_report_is_a_page_too() -> None:
    tender = report().tender.model_copy(
        update={
            "title": None,
            "lots": None,
            "criteria": None,
            "value_excl_tax": None,
            "nature": None,
        }
    )
    read = page(report(tender=tender, findings=(), to_complete=(), derived=(), not_applicable=()))
    assert read.faults == []
    assert "Lots : non renseignés." in read.text


def test_the_same_report_gives_the_same_page() -> None:
    assert html(report()) == html(report())


def test_a_template_that_lacks_a_value_fails() -> None:
    context = report_context(report())
    del context["law"]
    with pytest.raises(UndefinedError):
        fill("reports/report.html.j2", context)


def test_bars_and_bands_fill_their_width() -> None:
    drawn = chart(report())
    assert [(bar.sure, bar.maybe) for bar in drawn.bars][:2] == [("35%", "25%"), ("50%", "0%")]
    assert [band.letter for band in drawn.bands] == ["E", "D", "C", "B", "A"]
    assert sum(float(band.width.rstrip("%")) for band in drawn.bands) == 100
    assert [band.letter for band in drawn.bands if band.is_possible] == ["D", "C"]


def test_the_hostile_report_is_hostile() -> None:
    assert HOSTILE in finding("X", message=HOSTILE).message
