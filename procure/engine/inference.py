"""
The one door to durable-rules: flags in, names of fired rules out.

The library is held to the narrow path on which it was measured to be right: one rule set, one
state, messages of flags with every flag present, single-message rules behind a guard, no host, no
thread, no comparison between facts; every message is retracted, and a handle that raised is thrown
away.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import Any

from procure.domain.errors import EngineError, Fault
from procure.engine.literals import Block

_FIRST_ACTION = {"start": {"all": [{"m": {"start": 1}}]}}
_FLAG = {True: "1", False: "0", None: "null"}


@cache
def library() -> Any:
    """The C module of durable-rules, or None where it cannot be imported."""
    try:
        import durable_rules_engine
    except ImportError:
        return None
    return durable_rules_engine


class DurableRules:
    """
    The rules of all the blocks, compiled once by durable-rules.

    Raises:
        EngineError: the library cannot be imported.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.library = library()
        if self.library is None:
            raise EngineError(
                Fault(
                    "moteur durable",
                    "la bibliothèque durable-rules ne peut pas être chargée",
                    "Linux et Python 3.11 ou 3.12, avec un compilateur C",
                    "Utilisez --engine python, qui donne les mêmes résultats",
                )
            )
        rules: dict[str, Any] = dict(_FIRST_ACTION)
        for block in blocks:
            rules.update(block.definition())
        self.rules = json.dumps(rules)
        self.templates = {block.name: _template(block) for block in blocks}
        self.lock = Lock()
        self.handle: Any = None

    def fire(self, block: Block, literals: Sequence[Sequence[Any]]) -> set[tuple[str, int]]:
        """
        The rules that fire, as pairs of a pattern's name and the number of the place.

        Args:
            literals: for each place of the block's scope, the literals in the block's order.
        """
        with self.lock:
            if self.handle is None:
                self.handle = self._create()
            try:
                return self._fire(block, literals)
            except Exception as error:
                self.handle = None
                raise EngineError(
                    Fault("moteur durable", f"durable-rules a échoué ({error})")
                ) from error

    def _create(self) -> Any:
        """
        A rule set whose state has completed one action.

        The library frees memory it never set, and crashes, when a state without any action is
        completed or deleted.
        """
        engine = self.library
        handle = engine.create_ruleset("procure", self.rules)
        _, state = engine.assert_fact(handle, '{"id":"p0","start":1}')
        if engine.start_action_for_state(handle, state) is None:
            raise RuntimeError("la première action ne part pas")
        engine.complete_and_start_action(handle, state)
        engine.retract_fact(handle, '{"id":"p0"}')
        return handle

    def _fire(self, block: Block, literals: Sequence[Sequence[Any]]) -> set[tuple[str, int]]:
        engine, handle, template = self.library, self.handle, self.templates[block.name]
        fired: set[tuple[str, int]] = set()
        state = None
        try:
            for place, values in enumerate(literals):
                message = template % (place, *[_FLAG[value] for value in values])
                code, offset = engine.assert_fact(handle, message)
                state = offset if code == 0 else state
            if state is not None:
                self._drain(state, fired)
        finally:
            for place in range(len(literals)):
                engine.retract_fact(handle, f'{{"id":"p{place}"}}')
        return fired

    def _drain(self, state: Any, fired: set[tuple[str, int]]) -> None:
        engine, handle = self.library, self.handle
        action = engine.start_action_for_state(handle, state)
        match = action[1] if action else None
        while match:
            start = match.index('"id":"p') + 7
            fired.add((match[2 : match.index('"', 2)], int(match[start : match.index('"', start)])))
            match = engine.complete_and_start_action(handle, state)


def _template(block: Block) -> str:
    flags = "".join(f',"{flag}":%s' for flag in block.flags)
    return f'{{"id":"p%d","{block.name}":1{flags}}}'
