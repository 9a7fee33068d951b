"""Every error of a model is said in French, at its place, with the right word when there is one."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, field_validator

from procure.domain.errors import Fault, RulebookError
from procure.domain.library import LibraryClause
from procure.domain.tender import Tender
from procure.resources.document import path_text
from procure.resources.validation import PATTERNS, build, nearest
from procure.resources.yaml import parse


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    kind: Literal["red", "green"] | None = None


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str | None = None
    level: Literal["low", "high"] | dict[date, Literal["low", "high"]] | None = None
    value: Decimal | bool | date | None = None
    share: Annotated[Decimal, Field(ge=0, le=1)] | None = None
    count: Annotated[int, Field(gt=0, lt=10)] | None = None
    day: date | None = None
    short: Annotated[str, Field(max_length=3)] | None = None
    code: Annotated[str, Field(pattern=r"^[0-9]{8}$")] | None = None
    odd: Annotated[str, Field(pattern=r"^z+$")] | None = None
    inner: Inner | None = None
    several: tuple[Inner, ...] | None = None
    flag: bool | None = None
    even: int | None = None

    @field_validator("even")
    @classmethod
    def is_even(cls, value: int) -> int:
        if value % 2:
            raise ValueError("le nombre est impair")
        return value


def faults(text: str, **options: Any) -> tuple[Fault, ...]:
    document = parse(text, "f")
    with pytest.raises(RulebookError) as refusal:
        build(Outer, document.value, document.where, RulebookError, **options)
    return refusal.value.faults


def fault(text: str, **options: Any) -> Fault:
    (one,) = faults(text, **options)
    return one


@pytest.mark.parametrize(
    ("text", "what", "expected", "advice"),
    [
        (
            "titel: x",
            "la clé « titel » est inconnue",
            "une clé connue",
            "Vouliez-vous écrire « title » ?",
        ),
        ("zzzz: x", "la clé « zzzz » est inconnue", "une des clés title, level, value", ""),
        ("inner: {nam: x, name: y}", "la clé « nam » est inconnue", "une clé connue", "« name » ?"),
        ("inner: {}", "la clé « name » manque", "cette clé est obligatoire", "« name: … »"),
        ("title: [a]", "« title » est une liste", "un texte", ""),
        ("title: {a: b}", "« title » est un bloc", "un texte", ""),
        ("title: oui", "« title » vaut oui", "un texte", "Mettez la valeur entre guillemets"),
        ("title: 2026-09-01", "« title » vaut « 2026-09-01 »", "un texte", "entre guillemets"),
        ("inner: rouge", "« inner » vaut « rouge »", "un bloc", ""),
        ("several: {name: x}", "« several » est un bloc", "une liste", ""),
        ("several: [x]", "« several[0] » vaut « x »", "un bloc", ""),
        ("share: 30", "« share » vaut « 30 »", "une part de 0 à 1", "Écrivez « 30 % » ou « 0.30 »"),
        ("share: -0.1", "« share » vaut « -0.1 »", "0 au moins", ""),
        ("share: beaucoup", "« share » vaut « beaucoup »", "un nombre positif", ""),
        ("count: 0", "« count » vaut « 0 »", "plus de 0", ""),
        ("count: 10", "« count » vaut « 10 »", "moins de 10", ""),
        ("count: 2.5", "« count » vaut « 2.5 »", "un nombre entier", ""),
        ("day: demain", "« day » vaut « demain »", "une date qui existe", ""),
        ("day: 2026-02-30", "« day » vaut « 2026-02-30 »", "une date qui existe", ""),
        ("short: long", "« short » vaut « long »", "3 caractères au plus", ""),
        ("code: abc", "« code » vaut « abc »", "un code CPV de huit chiffres", ""),
        ("odd: abc", "« odd » vaut « abc »", "une valeur de la forme ^z+$", ""),
        ("flag: peut-être", "« flag » vaut « peut-être »", "oui ou non", ""),
        ("even: 3", "« even » : le nombre est impair", "", ""),
        (
            "inner: {name: x, kind: gren}",
            "« inner.kind » vaut « gren »",
            "un mot parmi red, green",
            "« green » ?",
        ),
    ],
)
def test_a_fault_says_what_what_was_expected_and_what_to_do(
    text: str, what: str, expected: str, advice: str
) -> None:
    found = fault(text)
    assert found.what == what
    assert found.expected.startswith(expected)
    assert advice in found.advice


@pytest.mark.parametrize(
    ("text", "what", "expected"),
    [
        ("level: 5", "« level » vaut « 5 »", "un mot parmi low, high ou un bloc"),
        ("level: lo", "« level » vaut « lo »", "un mot parmi low, high ou un bloc"),
        ("level: [low]", "« level » est une liste", "un mot parmi low, high ou un bloc"),
        ("level: {2026-01-01: lo}", "« level.2026-01-01 » vaut « lo »", "un mot parmi low, high"),
        ("level: {hier: low}", "« level.hier » vaut « low »", "une date qui existe"),
        ("value: [1]", "« value » est une liste", "un nombre positif"),
    ],
)
def test_a_field_of_several_types_gives_one_fault_where_the_shape_fits(
    text: str, what: str, expected: str
) -> None:
    found = fault(text)
    assert found.what == what
    assert found.expected.startswith(expected)


def test_a_fault_is_placed_at_its_own_line() -> None:
    text = "title: x\nseveral:\n  - name: a\n  - name: b\n    kind: bleu\n  - kind: red\n"
    assert [one.where for one in faults(text)] == ["f, ligne 5, colonne 5", "f, ligne 6, colonne 5"]
    assert faults(text)[0].what == "« several[1].kind » vaut « bleu »"


def test_a_word_said_in_french_brings_the_word_of_the_file() -> None:
    synonyms = [("rouge", "red"), ("vert", "green"), ("rouge", "other")]
    assert fault("inner: {name: x, kind: Rouge}", synonyms=synonyms).advice == (
        "Vouliez-vous écrire « red » ?"
    )


def test_a_content_that_is_no_block_is_refused() -> None:
    assert fault("- a").what == "le contenu du fichier est une liste"
    assert fault("bonjour").what == "le contenu du fichier vaut « bonjour »"
    assert fault("").what == "le contenu du fichier est vide"


def test_a_long_value_or_key_is_shortened() -> None:
    assert len(str(fault("title: {a: " + "x" * 5_000 + "}"))) < 200
    assert len(str(fault("flag: " + "x" * 5_000))) < 250
    assert len(str(fault("? " + "x" * 5_000 + "\n: 1"))) < 350


def test_only_the_first_fifty_faults_are_said_and_the_others_counted() -> None:
    found = faults("several:\n" + "  - {}\n" * 60)
    assert len(found) == 51
    assert found[-1].what == "10 autres erreurs suivent"


def test_a_key_that_is_no_word_is_unknown() -> None:
    assert fault("2026-01-01: x").what == "la clé « 2026-01-01 » est inconnue"


def test_the_nearest_word_is_none_when_nothing_is_near() -> None:
    assert nearest("works", ["work", "supplies"]) == "Vouliez-vous écrire « work » ?"
    assert nearest("travaux", ["works", "supplies"]) == ""


def test_a_path_is_written_as_everywhere_else() -> None:
    assert path_text(("lots", 0, "criteria", 12, "weight")) == "lots[0].criteria[12].weight"
    assert path_text((0, "a")) == "[0].a"


def test_every_pattern_of_a_tender_or_a_clause_is_told_in_french() -> None:
    schemas = [model.model_json_schema() for model in (Tender, LibraryClause)]
    found = re.findall(r'"pattern(?:Properties)?": {?"([^"]+)"', json.dumps(schemas))
    of_text = {pattern for pattern in found if not pattern.startswith("^(?!")}
    assert of_text == set(PATTERNS)
