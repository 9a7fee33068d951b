"""
The peers: zen-engine and common-expression-language, each in several forms.

A peer gets the facts of every place ready made and returns one list of answers a place, in the
order of the engine's: verdicts, or findings with their evidence. Derived facts are concluded first,
level by level, as the engine does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import cel
import zen

from benchmarks.expressions import CEL, ZEN, Language, plain
from procure.engine.binding import BoundRule
from procure.engine.judge import Judge, Judgement
from procure.rulebook.vocabulary import Scope

Facts = dict[str, Any]
Answers = list[list[Any]]
Peer = Callable[[Facts], Answers]


def facts_of(judgement: Judgement) -> Facts:
    """The facts of a tender as the peers take them: its own, and one dictionary a place."""
    judge = judgement.judge
    derived = {b.rule.file.conclude.fact for b in judge.book.rules if b.rule.file.conclude}
    own = len(judge.slots["tender"])
    facts: Facts = {}
    for place in judgement.places:
        names = judge.slots[place.scope]
        start = 0 if place.scope == "tender" else own
        values = {
            f"f{i}": None if names[i] in derived else plain(place.values[i])
            for i in range(start, len(names))
        }
        if place.scope == "tender":
            facts |= values
        else:
            facts.setdefault(place.scope, []).append(values)
    return facts


class Expressions:
    """
    The expressions of a judge's rulebook in one language, by scope.

    Args:
        with_evidence: a rule answers 0 or a list of its verdict and its facts, not a bare verdict.
    """

    def __init__(self, judge: Judge, language: Language, with_evidence: bool) -> None:
        self.judge = judge
        self.language = language
        self.answer = language.finding if with_evidence else language.verdict
        self.scopes: list[Scope] = [s for s, program in judge.programs.items() if program.rules]

    def stages(self) -> list[list[tuple[str, str]]]:
        """The derived facts of the tender, level by level: the peer's name and the expression."""
        names = self._names("tender", "")
        levels: dict[int, list[tuple[str, str]]] = {}
        for fact, rules in self._concluding("tender").items():
            expression = self.language.concluded(rules, names)
            levels.setdefault(max(b.level for b in rules), []).append((names[fact], expression))
        return [levels[level] for level in sorted(levels)]

    def answers(self, scope: Scope, prefix: str = "") -> list[str]:
        """One expression a rule of a scope; `prefix` leads to the facts of the place."""
        names = self._names(scope, prefix)
        if scope != "tender":
            for fact, rules in self._concluding(scope).items():
                names[fact] = self.language.concluded(rules, names)
        rules = self.judge.programs[scope].rules
        return [self.answer(bound, names) for bound in rules]

    def _names(self, scope: Scope, prefix: str) -> dict[str, str]:
        own = len(self.judge.slots["tender"])
        return {
            name: f"{prefix}f{i}" if i >= own else f"f{i}"
            for i, name in enumerate(self.judge.slots[scope])
        }

    def _concluding(self, scope: Scope) -> dict[str, list[BoundRule]]:
        found: dict[str, list[BoundRule]] = {}
        for bound in self.judge.book.by_scope[scope]:
            if bound.rule.file.conclude:
                found.setdefault(bound.rule.file.conclude.fact, []).append(bound)
        return found


def cel_lists(judge: Judge, with_evidence: bool) -> Peer:
    """CEL, one program a scope that returns a list; one context, completed for each place."""
    written = Expressions(judge, CEL, with_evidence)
    stages = [([n for n, _ in s], _cel_list(e for _, e in s)) for s in written.stages()]
    programs = {scope: _cel_list(written.answers(scope)) for scope in written.scopes}

    def evaluate(facts: Facts) -> Answers:
        context = _cel_context(facts, stages)
        answers = []
        for scope, program in programs.items():
            for place in facts.get(scope, ()) if scope != "tender" else ({},):
                context.update(place)
                answers.append(program.execute(context))
        return answers

    return evaluate


def cel_maps(judge: Judge, with_evidence: bool) -> Peer:
    """CEL, one program a scope; the places of a scope by one `map`."""
    written = Expressions(judge, CEL, with_evidence)
    stages = [([n for n, _ in s], _cel_list(e for _, e in s)) for s in written.stages()]
    programs = {}
    for scope in written.scopes:
        source = _listed(written.answers(scope, "" if scope == "tender" else "p."))
        mapped = f"[{source}]" if scope == "tender" else f"{scope}s.map(p, {source})"
        programs[scope] = cel.compile(mapped)

    def evaluate(facts: Facts) -> Answers:
        context = _cel_context(facts, stages)
        answers: Answers = []
        for scope, program in programs.items():
            if scope != "tender":
                context.add_variable(f"{scope}s", facts.get(scope, []))
            answers += program.execute(context)
        return answers

    return evaluate


def cel_rules(judge: Judge, with_evidence: bool) -> Peer:
    """CEL, one program a rule, as its documentation shows it."""
    written = Expressions(judge, CEL, with_evidence)
    stages = [([n for n, _ in s], _cel_list(e for _, e in s)) for s in written.stages()]
    programs = {s: [cel.compile(e) for e in written.answers(s)] for s in written.scopes}

    def evaluate(facts: Facts) -> Answers:
        context = _cel_context(facts, stages)
        answers = []
        for scope, rules in programs.items():
            for place in facts.get(scope, ()) if scope != "tender" else ({},):
                context.update(place)
                answers.append([program.execute(context) for program in rules])
        return answers

    return evaluate


def _cel_list(expressions: Any) -> Any:
    return cel.compile(_listed(expressions))


def _cel_context(facts: Facts, stages: list[tuple[list[str], Any]]) -> Any:
    context = cel.Context({name: value for name, value in facts.items() if name[0] == "f"})
    for names, program in stages:
        context.update(dict(zip(names, program.execute(context), strict=True)))
    return context


def zen_decision(judge: Judge, with_evidence: bool) -> Peer:
    """zen, one decision: a node of expressions a level, the places of a scope by `map`."""
    written = Expressions(judge, ZEN, with_evidence)
    stages = [*written.stages(), [(f"{s}_answers", _mapped(written, s)) for s in written.scopes]]
    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(_graph(stages))))

    def evaluate(facts: Facts) -> Answers:
        result = decision.evaluate(facts)["result"]
        return [row for scope in written.scopes for row in _rows(scope, result[f"{scope}_answers"])]

    return evaluate


def zen_expressions(judge: Judge, with_evidence: bool) -> Peer:
    """zen, one compiled expression a level and a scope, without the graph."""
    written = Expressions(judge, ZEN, with_evidence)
    stages = [
        ([n for n, _ in s], zen.compile_expression(_listed(e for _, e in s)))
        for s in written.stages()
    ]
    last = zen.compile_expression(_listed(_mapped(written, scope) for scope in written.scopes))

    def evaluate(facts: Facts) -> Answers:
        known = dict(facts)
        for names, expression in stages:
            known |= zip(names, expression.evaluate(known), strict=True)
        answers: Answers = []
        for scope, found in zip(written.scopes, last.evaluate(known), strict=True):
            answers += _rows(scope, found)
        return answers

    return evaluate


def _rows(scope: Scope, found: Any) -> Answers:
    """The tender is one place; the others come as one list of answers each."""
    return [found] if scope == "tender" else found


def _mapped(written: Expressions, scope: Scope) -> str:
    source = _listed(written.answers(scope, "" if scope == "tender" else "#."))
    return source if scope == "tender" else f"map({scope} ?? [], {source})"


def _graph(stages: Sequence[Sequence[tuple[str, str]]]) -> dict[str, Any]:
    nodes: list[dict[str, Any]] = [{"id": "in", "name": "in", "type": "inputNode"}]
    for number, stage in enumerate(stages):
        expressions = [
            {"id": f"{number}.{i}", "key": key, "value": value}
            for i, (key, value) in enumerate(stage)
        ]
        content = {"expressions": expressions, "passThrough": number < len(stages) - 1}
        name = f"level {number}"
        nodes.append({"id": name, "name": name, "type": "expressionNode", "content": content})
    nodes.append({"id": "out", "name": "out", "type": "outputNode"})
    edges = [
        {"id": f"e{i}", "type": "edge", "sourceId": a["id"], "targetId": b["id"]}
        for i, (a, b) in enumerate(pairwise(nodes))
    ]
    return {"nodes": nodes, "edges": edges}


def _listed(expressions: Any) -> str:
    return "[" + ", ".join(expressions) + "]"


PEERS: dict[str, Callable[[Judge, bool], Peer]] = {
    "zen-engine, one decision": zen_decision,
    "zen-engine, compiled expressions": zen_expressions,
    "CEL, one program a scope": cel_lists,
    "CEL, one program and map": cel_maps,
    "CEL, one program a rule": cel_rules,
}
