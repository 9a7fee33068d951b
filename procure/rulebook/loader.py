"""
Reads `rules/` into a Rulebook; the only module of the room that reads files.

An error names the file, the line, what is wrong, what was expected and the nearest right word.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from procure.domain import french
from procure.domain.errors import Fault, ProcureError, RulebookError, UnreadableFile
from procure.resources.folders import data_folder
from procure.resources.text import decode, read_bytes
from procure.resources.validation import Model, build, nearest
from procure.resources.yaml import Document, parse
from procure.rulebook import coverage
from procure.rulebook.conditions import UNITS, ConditionReader, ParameterRef, Reach, Tree
from procure.rulebook.law_basis import FILE as LAW_BASIS
from procure.rulebook.law_basis import LawBasis
from procure.rulebook.overlays import House, overlay, shipped_profiles
from procure.rulebook.schema import (
    Graded,
    OpenNumber,
    Parameter,
    Profile,
    Rule,
    Rulebook,
    RulebookFile,
    RuleFile,
)
from procure.rulebook.strata import check_no_cycle, concluded_by
from procure.rulebook.vocabulary import DerivedFacts, FactSpec, Vocabulary

CASES = ".cases.yaml"
PLACEHOLDER = re.compile(r"\{([a-z0-9_.:-]+)\}")


def load(vocabulary: Vocabulary, folder: Path | None = None) -> Rulebook:
    """
    Load and check every rule, parameter and profile.

    Args:
        vocabulary: the facts that are read from a tender; the derived ones are added here.
        folder: `rules/` by default.

    Raises:
        RulebookError: with every fault found.
    """
    root = folder or data_folder("rules")
    reader = _Reader(root)
    derived = reader.model("derived.yaml", DerivedFacts)
    words: dict[str, FactSpec] = dict(vocabulary)
    words |= {name: fact.spec(name) for name, fact in derived.facts.items()}
    book = reader.model("rulebook.yaml", RulebookFile)
    basis = reader.model(LAW_BASIS, LawBasis)
    parameters = {p.name: p for p in reader.all("parameters", Parameter)}
    reader.raise_faults()
    rules = [
        rule
        for path in reader.files("law", "policy")
        if (rule := reader.guarded(lambda p=path: _rule(reader, p, words, parameters))) is not None
    ]
    reader.faults.extend(_clashes(rules))
    reader.faults.extend(coverage.faults(basis, rules, reader.where))
    reader.raise_faults()
    check_no_cycle(rules)
    profiles = shipped_profiles(reader.named_documents("profiles"), rules, parameters)
    reader.count("lexicon")
    return Rulebook(
        title=book.title,
        law_known_from=book.law_known_from,
        law_read_up_to=book.law_read_up_to,
        jurisdiction=book.jurisdiction,
        rules=tuple(sorted(rules, key=lambda rule: rule.code)),
        parameters=parameters,
        profiles=profiles,
        vocabulary=words,
        law_basis=basis,
        digest=reader.digest(),
        fresh_months=book.fresh_months,
    )


def load_profile(path: Path, book: Rulebook) -> Profile:
    """
    The profile of a file from outside `rules/`, on top of a rulebook.

    Raises:
        RulebookError: the file cannot be read, is wrong, or loosens the law.
    """
    document = read_yaml(path, str(path))
    return overlay(document, read_bytes(path), House(book.rules, book.parameters, book.profiles))


def read_yaml(path: Path, name: str) -> Document:
    """One file of `rules/`, with places; a fault is a RulebookError."""
    try:
        return parse(decode(read_bytes(path), name), name)
    except UnreadableFile as error:
        raise RulebookError(*error.faults) from None


class _Reader:
    def __init__(self, root: Path) -> None:
        if not root.is_dir():
            raise RulebookError(Fault(str(root), "le dossier des règles est introuvable"))
        self.root = root
        self.faults: list[Fault] = []
        self.read: dict[str, bytes] = {}

    def files(self, *folders: str) -> list[str]:
        found = [p for f in folders for p in (self.root / f).rglob("*.yaml")]
        rules = [p for p in found if not p.name.endswith(CASES)]
        return sorted(p.relative_to(self.root).as_posix() for p in rules)

    def document(self, name: str) -> Document:
        try:
            content = read_bytes(self.root / name)
            self.read[name] = content
            return parse(decode(content, f"rules/{name}"), f"rules/{name}")
        except UnreadableFile as error:
            raise RulebookError(*error.faults) from None

    def model(self, name: str, model: type[Model]) -> Model:
        document = self.document(name)
        return build(model, document.value, document.where, RulebookError)

    def where(self, name: str, path: tuple[str | int, ...]) -> str:
        """The place of a path of a file, in French."""
        return self.document(name).where(path)

    def all(self, folder: str, model: type[Model]) -> list[Model]:
        found = []
        for name in self.files(folder):
            one = self.guarded(lambda n=name: self._named(n, model))
            if one is not None:
                found.append(one)
        return found

    def named_documents(self, folder: str) -> list[Document]:
        """The files of a folder, each of the name it says."""
        documents = []
        for path in self.files(folder):
            document = self.document(path)
            name = document.value.get("name") if isinstance(document.value, dict) else None
            if name is not None:
                check_file_name(path, str(name))
            documents.append(document)
        return documents

    def _named(self, name: str, model: type[Model]) -> Model:
        one = self.model(name, model)
        check_file_name(name, str(getattr(one, "name", "")))
        return one

    def guarded(self, action: Any) -> Any:
        """Run, keep the faults, and go on: all the errors of a rulebook are said at once."""
        try:
            return action()
        except ProcureError as error:
            self.faults.extend(error.faults)
            return None

    def raise_faults(self) -> None:
        if self.faults:
            raise RulebookError(*self.faults)

    def count(self, folder: str) -> None:
        """Let the digest change with files that others read: what they say moves verdicts too."""
        for path in (self.root / folder).rglob("*.yaml"):
            self.read[path.relative_to(self.root).as_posix()] = read_bytes(path)

    def digest(self) -> str:
        total = hashlib.sha256()
        for name in sorted(self.read):
            total.update(name.encode() + b"\0" + self.read[name] + b"\0")
        return total.hexdigest()


def check_file_name(path: str, name: str) -> None:
    stem = path.rsplit("/", 1)[-1].removesuffix(".yaml")
    if name != stem:
        raise RulebookError(
            Fault(f"rules/{path}, ligne 1", f"le nom « {name} » n'est pas celui du fichier", stem)
        )


def _rule(reader: _Reader, path: str, words: Vocabulary, parameters: dict[str, Parameter]) -> Rule:
    units = {name: str(parameter.unit) for name, parameter in parameters.items()}
    document = reader.document(path)
    file = build(RuleFile, document.value, document.where, RulebookError)
    check_file_name(path, file.name)
    _check_folder(path, file)
    conditions = ConditionReader(words, units, document.where, file.scope)
    value, otherwise = _conclusion(conditions, file, document)
    rule = Rule(
        file=file,
        path=path,
        theme=path.split("/")[1],
        when=conditions.read(file.when, ("when",)) if file.when else None,
        breach=conditions.read(file.breach, ("breach",)) if file.breach else None,
        earn=_earn(conditions, file, parameters),
        value=value,
        otherwise=otherwise,
    )
    _check_placeholders(rule, document)
    return rule


def _check_folder(path: str, file: RuleFile) -> None:
    """Law stands in `law/`, policy in the folder of its axis."""
    top, theme, *_ = path.split("/")
    where = f"rules/{path}, ligne 1"
    if (file.kind == "reward") != (top == "policy"):
        expected = (
            "un dossier de rules/policy" if file.kind == "reward" else "un dossier de rules/law"
        )
        raise RulebookError(
            Fault(where, f"une règle « {file.kind} » n'est pas à sa place", expected)
        )
    if file.axis is not None and theme != file.axis:
        raise RulebookError(
            Fault(where, f"l'axe « {file.axis} » n'est pas celui du dossier", theme)
        )


def _earn(
    conditions: ConditionReader, file: RuleFile, parameters: dict[str, Parameter]
) -> Tree | None:
    if file.earn:
        return conditions.read(file.earn, ("earn",))
    if file.graded is None:
        return None
    graded = file.graded
    for key in ("fact", "ceiling"):
        if name := getattr(graded, key):
            conditions.numeric(name, ("graded", key))
    if isinstance(graded.full_at, OpenNumber):
        return _open_reach(conditions, graded, parameters)
    return Reach(graded.fact, graded.ceiling, graded.full_at, graded.full_at > graded.zero_at)


def _open_reach(
    conditions: ConditionReader, graded: Graded, parameters: dict[str, Parameter]
) -> Reach:
    """The full mark is a choice: on the same side of `zero_at` whatever is chosen."""
    assert isinstance(graded.full_at, OpenNumber)
    path = ("graded", "full_at")
    unit = UNITS.get(conditions.fact(graded.fact, ("graded", "fact")).type)
    choice = parameters[conditions.parameter(graded.full_at.parameter, path, unit)]
    where = conditions.where(path)
    if choice.least is None or choice.most is None:
        what = f"« {choice.name} » est un nombre du droit"
        raise RulebookError(Fault(where, what, "un paramètre de « kind: choice »"))
    if choice.least <= graded.zero_at <= choice.most:
        what = f"« zero_at » est entre les bornes du choix « {choice.name} »"
        least, most = french.number(choice.least), french.number(choice.most)
        expected = f"moins de {least} ou plus de {most}"
        raise RulebookError(Fault(where, what, expected))
    is_rising = graded.zero_at < choice.least
    return Reach(graded.fact, graded.ceiling, ParameterRef(choice.name), is_rising)


def _conclusion(conditions: ConditionReader, file: RuleFile, document: Document) -> tuple[Any, Any]:
    conclude = file.conclude
    if conclude is None:
        return None, None
    spec = conditions.fact(conclude.fact, ("conclude", "fact"))
    if not spec.is_derived:
        where = document.where(("conclude", "fact"))
        raise RulebookError(
            Fault(where, f"« {spec.name} » se lit dans le dossier", "un fait de derived.yaml")
        )
    if spec.scope != file.scope:
        where = document.where(("conclude", "fact"))
        raise RulebookError(Fault(where, f"« {spec.name} » est de portée {spec.scope}", file.scope))
    sides: list[Any] = []
    for key, side in (("value", conclude.value), ("otherwise", conclude.otherwise)):
        if side is None:
            sides.append(None)
        elif spec.type == "codes" and isinstance(side, list):
            sides.append(
                frozenset(conditions.operand(spec, "includes", v, ("conclude", key)) for v in side)
            )
        elif spec.type == "codes" and not isinstance(side, dict):
            where = document.where(("conclude", key))
            raise RulebookError(Fault(where, f"« {spec.name} » attend une liste", "[mot, mot]"))
        else:
            sides.append(conditions.operand(spec, "equals", side, ("conclude", key)))
    return sides[0], sides[1]


def _check_placeholders(rule: Rule, document: Document) -> None:
    known = {*rule.facts, *(f"parameter:{name}" for name in rule.parameters)}
    for key in ("message", "clear", "remedy", "question"):
        for word in PLACEHOLDER.findall(getattr(rule.file, key) or ""):
            if word not in known:
                raise RulebookError(
                    Fault(
                        document.where((key,)),
                        f"« {{{word}}} » n'est pas lu par la règle",
                        "un de ses faits ou « parameter:nom » : " + ", ".join(sorted(known)),
                        nearest(word, sorted(known)),
                    )
                )


def _clashes(rules: list[Rule]) -> list[Fault]:
    """Codes and names taken twice; a fact with an `otherwise` that other rules conclude too."""
    faults = []
    for fact, several in concluded_by(rules).items():
        if len(several) > 1 and (
            closed := next((r for r in several if r.otherwise is not None), None)
        ):
            where = f"rules/{closed.path}, ligne 1"
            what = f"« otherwise » alors que d'autres règles concluent aussi « {fact} »"
            faults.append(
                Fault(where, what, "« otherwise » dans la seule règle qui conclut un fait")
            )
    for what, key in (("code", _code_of), ("nom", _name_of)):
        seen: dict[str, Rule] = {}
        for rule in rules:
            if (other := seen.setdefault(key(rule), rule)) is not rule:
                where = f"rules/{rule.path}, ligne 1"
                taken = f"le {what} « {key(rule)} » est déjà pris par rules/{other.path}"
                faults.append(Fault(where, taken, f"un {what} pour elle seule"))
    return faults


def _code_of(rule: Rule) -> str:
    return rule.code


def _name_of(rule: Rule) -> str:
    return rule.file.name
