"""The manual's pages, written from the rules, their cases, the parameters and the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from procure.domain import french
from procure.rulebook.cases import Case
from procure.rulebook.conditions import All, Any_, Atom, FactRef, Not, ParameterRef, Reach, Tree
from procure.rulebook.law_basis import Section
from procure.rulebook.schema import OpenNumber, Parameter, Rule, Rulebook
from procure.rulebook.vocabulary import SCOPES, FactSpec, Vocabulary

KINDS = {"require": "règle de droit", "reward": "règle de politique", "qualify": "déduction"}
SEVERITIES = {
    "blocking": "bloquante", "warning": "avertissement", "advice": "conseil", None: "sans effet",
}  # fmt: skip
AXES = {"social": "social", "environmental": "environnement", "local": "local"}
SCOPE_NAMES = {
    "tender": "le dossier", "lot": "chaque lot", "criterion": "chaque critère",
    "clause": "chaque clause", "member": "chaque membre du groupement",
}  # fmt: skip
OPERATORS = {
    "is": "est", "equals": "vaut", "differs": "diffère de", "in": "est parmi",
    "not_in": "n'est pas parmi", "below": "est inférieur à", "at_most": "est au plus",
    "above": "est supérieur à", "at_least": "est au moins", "before": "est avant",
    "from": "est à partir de", "includes": "comprend", "excludes": "ne comprend pas",
    "starts_with": "commence par",
}  # fmt: skip
UNITS = {
    "EUR_excl_tax": "€ HT", "share": "part", "days": "jours", "months": "mois", "hours": "heures",
    "count": "nombre", "ratio": "rapport", "percent_points": "points",
}  # fmt: skip
GENERATED = "<!-- Page générée par « procure rules docs » : ne pas modifier à la main. -->"
EXPECTED = {
    "breach": "manquement", "clear": "vérifié", "unknown": "à compléter",
    "not_applicable": "sans objet", "to_judge": "à juger", "concludes": "conclut",
}  # fmt: skip


def rule_page(rule: Rule, book: Rulebook, cases: list[Case]) -> str:
    """The page of one rule: who it concerns, when it is broken, by what text, its cases."""
    parts = [GENERATED, f"# {rule.code} – {rule.file.title}", _identity(rule)]
    parts += _conditions(rule, book.vocabulary)
    parts += _says(rule)
    parts += ["## Pourquoi", rule.file.why.strip(), "## Textes", _references(rule)]
    if rule.parameters:
        parts += ["## Nombres", _parameter_list(rule, book)]
    parts += ["## Cas", _cases(cases, book.vocabulary)]
    return french.typeset("\n\n".join(parts)) + "\n"


def rules_index(book: Rulebook) -> str:
    """The list of the rules, by theme."""
    parts = [
        GENERATED,
        "# Les règles",
        f"{len(book.rules)} règles. Droit lu jusqu'au {french.day(book.law_read_up_to)}.",
        "Section par section : [ce que le droit demande, et qui y répond](../law-coverage.md).",
    ]
    for theme in sorted({(rule.path.split("/")[0], rule.theme) for rule in book.rules}):
        parts.append(f"## {'Droit' if theme[0] == 'law' else 'Politique'} : {theme[1]}")
        rows = [
            (f"[{r.code}]({r.code}.md)", KINDS[r.file.kind], _force(r), r.file.title)
            for r in book.rules
            if (r.path.split("/")[0], r.theme) == theme
        ]
        parts.append(table(("Code", "Nature", "Force", "Titre"), rows))
    return french.typeset("\n\n".join(parts)) + "\n"


def coverage_page(book: Rulebook) -> str:
    """What the law asks, section by section: the rules that answer, or why there is none."""
    sections = book.law_basis.sections.values()
    ruled = sum(1 for section in sections if section.none_because is None)
    parts = [
        GENERATED,
        "# Ce que le droit demande, et qui y répond",
        f"{len(sections)} sections : {ruled} avec une règle au moins, "
        f"{len(sections) - ruled} avec la raison de n'en pas avoir. "
        "Les règles ne se chargent pas si une section n'a ni l'une ni l'autre.",
    ]
    rules = _by_section(book.rules)
    for chapter in book.law_basis.chapters:
        rows = ((s.id, s.title, _answered(s, rules.get(s.id, ()))) for s in chapter.sections)
        parts += [f"## {chapter.title}", table(("Section", "Devoir", "Réponse"), rows)]
    return french.typeset("\n\n".join(parts)) + "\n"


def facts_page(vocabulary: Vocabulary) -> str:
    """The words that rules may use, by scope."""
    parts = [
        GENERATED,
        "# Les faits",
        "Les mots que les règles peuvent lire. Un fait inconnu n'est ni faux, ni nul, ni vide.",
    ]
    for scope in SCOPES:
        found = [f for f in vocabulary.values() if f.scope == scope]
        if found:
            parts.append(f"## Portée {scope} : {SCOPE_NAMES[scope]}")
            rows = ((f"`{f.name}`", f.type, f.label, _described(f)) for f in found)
            parts.append(table(("Nom", "Type", "Libellé", "Précisions"), rows))
    return french.typeset("\n\n".join(parts)) + "\n"


def parameters_page(book: Rulebook) -> str:
    """The numbers of law, by dates."""
    parts = [GENERATED, "# Les nombres du droit"]
    for parameter in sorted(book.parameters.values(), key=lambda p: p.name):
        parts += [f"## `{parameter.name}`", parameter.description.strip()]
        if parameter.note:
            parts.append(parameter.note.strip())
        if said := _moves(parameter):
            parts.append(said)
        parts.append(_versions(parameter))
    return french.typeset("\n\n".join(parts)) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    titles = list(head)
    lines = ["| " + " | ".join(titles) + " |", "|" + "---|" * len(titles)]
    for row in rows:
        cells = (str(cell).replace("|", "\\|").replace("\n", " ").strip() for cell in row)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def prose(tree: Tree, vocabulary: Vocabulary, indent: int = 0) -> Iterator[str]:
    """A condition tree as lines of a French list."""
    pad = "  " * indent
    if isinstance(tree, All | Any_):
        yield f"{pad}- {'toutes ces conditions' if isinstance(tree, All) else 'une au moins'} :"
        for part in tree.parts:
            yield from prose(part, vocabulary, indent + 1)
    elif isinstance(tree, Not):
        yield f"{pad}- il n'est pas vrai que :"
        yield from prose(tree.part, vocabulary, indent + 1)
    elif isinstance(tree, Reach):
        name = vocabulary[tree.fact].label
        side = "au moins" if tree.is_rising else "au plus"
        yield f"{pad}- {name} est {side} {_side(vocabulary[tree.fact], tree.full_at, vocabulary)}"
    else:
        yield f"{pad}- {_atom(tree, vocabulary)}"


def _atom(atom: Atom, vocabulary: Vocabulary) -> str:
    spec = vocabulary[atom.fact]
    operand = atom.operand
    if isinstance(operand, FactRef):
        said = vocabulary[operand.fact].label
    elif isinstance(operand, ParameterRef):
        said = f"le nombre `{operand.parameter}`"
    elif isinstance(operand, tuple):
        said = ", ".join(_literal(spec, one) for one in operand)
    else:
        said = _literal(spec, operand)
    return f"{spec.label} {OPERATORS[atom.operator]} {said} (`{atom.fact}`)"


def _literal(spec: FactSpec, value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return french.day(value)
    if spec.values and value in spec.values:
        return f"« {spec.values[value]} »"
    if spec.type == "money":
        return french.euros(Decimal(value))
    if spec.type == "share":
        return french.percent(Decimal(value))
    return french.number(value) if isinstance(value, int | Decimal) else f"« {value} »"


def _by_section(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        for section in rule.law_sections:
            found.setdefault(section, []).append(rule)
    return found


def _answered(section: Section, rules: Iterable[Rule]) -> str:
    if section.none_because is not None:
        return f"Pas de règle : {section.none_because.strip()}"
    return "<br>".join(f"[{r.code}](rules/{r.code}.md) {r.file.title}" for r in rules)


def _identity(rule: Rule) -> str:
    rows = [
        ("Nom", f"`{rule.file.name}`"),
        ("Nature", KINDS[rule.file.kind]),
        ("Force", _force(rule)),
        ("Portée", SCOPE_NAMES[rule.file.scope]),
        ("État", rule.file.status),
        ("Fichier", f"`rules/{rule.path}`"),
    ]
    return table(("", ""), rows)


def _force(rule: Rule) -> str:
    severity = rule.file.severity
    if rule.file.kind == "reward":
        axis = AXES[rule.file.axis or "social"]
        return f"{french.number(rule.file.points or 0)} points, axe {axis}"
    if isinstance(severity, dict):
        steps = (
            f"{SEVERITIES[force]} depuis le {french.day(start)}"
            for start, force in severity.items()
        )
        return ", ".join(steps)
    return SEVERITIES[severity] if rule.file.kind == "require" else "–"


def _conditions(rule: Rule, vocabulary: Vocabulary) -> list[str]:
    parts: list[str] = []
    for title, tree in (
        ("Qui est concerné", rule.when),
        ("Quand elle est enfreinte", rule.breach),
        ("Quand les points sont acquis", rule.earn),
    ):
        if tree is not None:
            parts += [f"## {title}", "\n".join(prose(tree, vocabulary))]
    if rule.file.conclude:
        parts += ["## Ce qu'elle conclut", _conclusion(rule, vocabulary)]
    if rule.file.graded:
        parts.append(_grades(rule, vocabulary))
    return parts


def _conclusion(rule: Rule, vocabulary: Vocabulary) -> str:
    assert rule.file.conclude
    spec = vocabulary[rule.file.conclude.fact]
    said = f"{spec.label} : {_side(spec, rule.value, vocabulary)} (`{spec.name}`)"
    if rule.otherwise is not None:
        said += f" ; sinon : {_side(spec, rule.otherwise, vocabulary)}"
    return said


def _side(spec: FactSpec, value: Any, vocabulary: Vocabulary) -> str:
    if isinstance(value, FactRef):
        return vocabulary[value.fact].label
    if isinstance(value, ParameterRef):
        return f"le nombre `{value.parameter}`"
    if isinstance(value, frozenset):
        return ", ".join(_literal(spec, one) for one in sorted(value))
    return _literal(spec, value)


def _grades(rule: Rule, vocabulary: Vocabulary) -> str:
    graded = rule.file.graded
    assert graded
    spec = vocabulary[graded.fact]
    full = graded.full_at
    low = _literal(spec, graded.zero_at)
    high = f"`{full.parameter}`" if isinstance(full, OpenNumber) else _literal(spec, full)
    return f"Les points croissent de {low} (aucun) à {high} (tous)."


def _says(rule: Rule) -> list[str]:
    file = rule.file
    said = [("Message", file.message), ("Question", file.question), ("Que faire", file.remedy)]
    return [f"**{title}** : {text.strip()}" for title, text in said if text]


def _references(rule: Rule) -> str:
    rows = [
        (
            r.cite,
            french.day(r.since) if r.since else "",
            f"« {r.says} »" if r.says else "",
            "oui" if r.verified else "à confirmer",
            french.day(r.checked_on),
        )
        for r in rule.file.references
    ]
    return table(("Texte", "Depuis", "Mots", "Vérifié", "Relu le"), rows)


def _parameter_list(rule: Rule, book: Rulebook) -> str:
    names = (
        f"- [`{name}`](../parameters.md) : {book.parameters[name].description.strip()}"
        for name in rule.parameters
    )
    return "\n".join(names)


def _moves(parameter: Parameter) -> str:
    """How a profile may move a number, if at all."""
    if parameter.least is not None and parameter.most is not None:
        low, high = _number(parameter, parameter.least), _number(parameter, parameter.most)
        return f"Choix de la maison : un profil le fixe de {low} à {high} (« choices »)."
    if parameter.stricter:
        way = "baisser" if parameter.stricter == "lower" else "relever"
        return f"Un profil peut le {way} pour lui-même (« parameters »)."
    return ""


def _versions(parameter: Parameter) -> str:
    rows = [
        (
            _number(parameter, version.value),
            french.day(version.since) if version.since else "",
            french.day(version.until) if version.until else "",
            version.cite,
            "oui" if version.verified else "à confirmer",
        )
        for version in parameter.values
    ]
    return table((UNITS[parameter.unit], "Du", "Au", "Texte", "Vérifié"), rows)


def _number(parameter: Parameter, value: Any) -> str:
    if parameter.unit == "EUR_excl_tax":
        return french.euros(Decimal(value))
    return french.percent(Decimal(value)) if parameter.unit == "share" else french.number(value)


def _described(fact: FactSpec) -> str:
    values = ", ".join(f"`{code}` {name}" for code, name in (fact.values or {}).items())
    derived = "Conclu par des règles." if fact.is_derived else ""
    return " ".join(part for part in (fact.description, derived, values) if part)


def _cases(cases: list[Case], vocabulary: Vocabulary) -> str:
    rows = [(c.written.name, french.day(c.on), _given(c, vocabulary), _expected(c)) for c in cases]
    return table(("Cas", "Jour", "Faits", "Attendu"), rows)


def _given(case: Case, vocabulary: Vocabulary) -> str:
    return " ; ".join(
        f"{vocabulary[name].label} : {_given_value(vocabulary[name], value)}"
        for name, value in case.facts.items()
        if value is not None
    )


def _given_value(spec: FactSpec, value: Any) -> str:
    values = sorted(value) if isinstance(value, frozenset) else [value]
    return ", ".join(_literal(spec, one) for one in values) or "aucun"


def _expected(case: Case) -> str:
    if case.written.expect != "concludes":
        points = (
            "" if case.written.points is None else f", {french.number(case.written.points)} points"
        )
        return EXPECTED[case.written.expect] + points
    return "rien" if case.written.value is None else f"conclut {case.written.value}"
