"""The generated pages of the manual, and the start of a new rule."""

from __future__ import annotations

from pathlib import Path

from procure.api.files import SCHEMAS, schema_json, write_text
from procure.api.rules import find_rule, rulebook
from procure.domain.errors import Fault, RulebookError
from procure.resources.folders import data_folder
from procure.rulebook import pages, scaffold
from procure.rulebook.cases import cases_of

Pages = dict[str, str]


def rule_page(word: str) -> str:
    """
    The page of a rule, by code or name.

    Raises:
        RulebookError: no such rule; names the nearest.
    """
    book, rule = rulebook(), find_rule(word)
    page = pages.rule_page(rule, book, cases_of(rule, book, data_folder("rules")))
    return page.replace(pages.GENERATED, "").lstrip()


def generated() -> Pages:
    """Every page written from the rules and the lexicon, by its path under `docs/`."""
    from procure.wording.pages import lexicon_page
    from procure.wording.spotting import default

    book, root = rulebook(), data_folder("rules")
    written = {
        "rules/README.md": pages.rules_index(book),
        "law-coverage.md": pages.coverage_page(book),
        "facts.md": pages.facts_page(book.vocabulary),
        "lexicon.md": lexicon_page(default().lexicon),
        "parameters.md": pages.parameters_page(book),
    }
    for rule in book.rules:
        written[f"rules/{rule.code}.md"] = pages.rule_page(rule, book, cases_of(rule, book, root))
    for name in SCHEMAS:
        written[f"schemas/{name}.schema.json"] = schema_json(name)
    return written


def stale_pages(others: Pages) -> list[str]:
    """The pages under `docs/` that differ from what would be written, or should not be there."""
    folder, wanted = docs_folder(), generated() | others
    stale = [name for name, text in wanted.items() if _current(folder / name) != text]
    return sorted([*stale, *(name for name in _rule_pages(folder) if name not in wanted)])


def write_pages(others: Pages) -> int:
    """Write the pages under `docs/`, remove those of rules that are gone; how many there are."""
    folder, wanted = docs_folder(), generated() | others
    for name, text in wanted.items():
        if _current(folder / name) != text:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_text(folder / name, text, force=True)
    for name in _rule_pages(folder):
        if name not in wanted:
            (folder / name).unlink()
    return len(wanted)


def new_rule(name: str, theme: str, prefix: str, kind: str) -> tuple[Path, Path]:
    """Write a new rule and its cases under `rules/`; see `rulebook.scaffold`."""
    models, rules = data_folder("templates") / "rules", data_folder("rules")
    rule, cases, rule_path, cases_path = scaffold.new_rule(
        name, theme, prefix, kind, rulebook(), rules, models
    )
    write_text(rule_path, rule, force=False)
    write_text(cases_path, cases, force=False)
    return rule_path, cases_path


def docs_folder() -> Path:
    """
    The folder `docs/` of a checkout.

    Raises:
        RulebookError: procure is installed without its sources.
    """
    folder = data_folder("rules").parent / "docs"
    if not folder.is_dir():
        raise RulebookError(Fault(str(folder), "le dossier est introuvable", "un clone du projet"))
    return folder


def _rule_pages(folder: Path) -> list[str]:
    return [f"rules/{page.name}" for page in (folder / "rules").glob("*.md")]


def _current(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
