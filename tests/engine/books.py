"""Small rulebooks written for a test: `book(tmp_path, rule, rule)`."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from procure.engine.binding import BoundRulebook, bind
from procure.engine.vocabulary import SPECS
from procure.resources.yaml import dump
from procure.rulebook.loader import load
from procure.rulebook.schema import Rulebook

DAY = date(2026, 9, 1)
DERIVED = {
    "procedure.required": {"type": "code", "label": "procédure exigée"},
    "first.derived": {"type": "bool", "label": "premier"},
    "second.derived": {"type": "bool", "label": "second"},
    "lot.derived": {"type": "bool", "label": "du lot", "scope": "lot"},
}
BOOK = {
    "title": "Essai",
    "law_known_from": date(2019, 4, 1),
    "law_read_up_to": date(2026, 8, 1),
    "jurisdiction": "FRA",
}
PROFILE = {
    "name": "test",
    "title": "Essai",
    "description": "Pour les tests.",
    "weights": {"social": 1, "environmental": 1, "local": 1},
    "letters": {"A": 80, "B": 65, "C": 50, "D": 35},
    "unchecked_clause_share": "0.25",
}
URGENT = {"tender.is_urgent": {"is": True}}
LARGE = {"tender.value_excl_tax": {"above": {"parameter": "threshold"}}}
REFERENCE = {"cite": "CCP L1", "since": date(2019, 4, 1), "verified": True, "checked_on": DAY}


def require(code: str, breach: dict[str, Any], **more: Any) -> dict[str, Any]:
    return _rule(code, "require", breach=breach, **({"severity": "blocking"} | more))


def reward(code: str, earn: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
    return _rule(code, "reward", earn=earn, **({"axis": "social", "points": 10} | more))


def qualify(code: str, when: dict[str, Any], fact: str, value: Any, **more: Any) -> dict[str, Any]:
    otherwise = {"otherwise": more.pop("otherwise")} if "otherwise" in more else {}
    conclude = {"fact": fact, "value": value, **otherwise}
    return _rule(code, "qualify", when=when, conclude=conclude, **more)


def _rule(code: str, kind: str, **more: Any) -> dict[str, Any]:
    words = {"message": "Dit ceci.", "remedy": "Faites cela."} if kind != "qualify" else {}
    return {
        "code": code,
        "name": f"rule-{code.lower()}",
        "kind": kind,
        "title": f"Règle {code}",
        "references": [REFERENCE],
        "why": "Parce que.",
        **words,
        **{key: value for key, value in more.items() if value is not None},
    }


def threshold(*checked: date) -> dict[str, Any]:
    """A number of law of one or two versions, from 2020 and from 2026, read on the days given."""
    values = [
        {"value": 10_000 * (i + 1), "cite": "CCP R1", "verified": True, "checked_on": day}
        for i, day in enumerate(checked)
    ]
    for i, start in enumerate((date(2020, 1, 1), date(2026, 1, 1))[: len(values)]):
        values[i]["since"] = start
        if i:
            values[i - 1]["until"] = start - timedelta(days=1)
    return {
        "name": "threshold",
        "description": "Un seuil.",
        "unit": "EUR_excl_tax",
        "comparator": "above",
        "values": values,
    }


def path_of(rule: dict[str, Any], suffix: str = ".yaml") -> str:
    """Where a rule stands: law in one theme, policy in the folder of its axis."""
    folder = f"policy/{rule['axis']}" if rule["kind"] == "reward" else "law/theme"
    return f"{folder}/{rule['name']}{suffix}"


def write(root: Path, *rules: dict[str, Any], parameters: tuple[dict[str, Any], ...] = ()) -> Path:
    """A folder of rules; each rule in a file of its name."""
    files = {
        "derived.yaml": {"facts": DERIVED},
        "rulebook.yaml": BOOK,
        "law-basis.yaml": {"chapters": []},
        "profiles/test.yaml": PROFILE,
        **{f"parameters/{p['name']}.yaml": p for p in parameters},
        **{path_of(rule): rule for rule in rules},
    }
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump(content), encoding="utf-8")
    return root


def book(
    root: Path, *rules: dict[str, Any], parameters: tuple[dict[str, Any], ...] = ()
) -> Rulebook:
    return load(SPECS, write(root, *rules, parameters=parameters))


def bound(root: Path, *rules: dict[str, Any], on: date = DAY) -> BoundRulebook:
    return bind(book(root, *rules), on)
