"""
The one door to durable-rules: flags in, names of fired rules out.

The library is held to the narrow path on which it was measured to be right: one rule set, one
state, flat messages of the flags that are true, rules of one message that wait for such flags, no
host, no thread, no comparison between facts; every message is retracted, and a handle that raised
is thrown away.

What crashes, hangs or lies in the library, and cannot occur here by construction: comparisons
between facts, arithmetic and patterns of text (a message holds only the number 1); a missing right
side (only what is true is sent, only what is true is waited for); two properties of one 32-bit hash
(all flags are tested to differ); more than 64 conditions matching at once, 252 properties or 511
children (blocks of 40 patterns and 200 flags behind a guard each); a rule without a positive
condition (the guard); numbers in exponent form, infinite or not a number (none is sent); a batch of
no message, a state without any action, several states (never made); derived facts in a circle
(refused when rules are loaded).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from procure.domain.errors import EngineError, Fault
from procure.engine.literals import Block

_FIRST_ACTION = {"start": {"all": [{"m": {"start": 1}}]}}
_KEPT = 32
_ALREADY_THERE = 2
_SENT = '":{"m":{"id":"'

Fired = dict[str, set[str]]
"""The names of the patterns that each message fires."""


@cache
def library() -> Any:
    """The C module of durable-rules, or None where it cannot be imported."""
    try:
        import durable_rules_engine
    except ImportError:
        return None
    return durable_rules_engine


def rules_of(blocks: Iterable[Block]) -> str:
    """The rule set of some blocks, as durable-rules takes it."""
    rules: dict[str, Any] = dict(_FIRST_ACTION)
    for block in blocks:
        rules.update(block.definition())
    return json.dumps(rules)


@lru_cache(maxsize=_KEPT)
def durable_rules(rules: str) -> DurableRules:
    """One engine a rule set: equal rule sets of several days share it."""
    return DurableRules(rules)


class DurableRules:
    """
    A rule set, compiled once by durable-rules.

    Args:
        rules: as `rules_of` writes them.

    Raises:
        EngineError: the library cannot be imported.
    """

    def __init__(self, rules: str) -> None:
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
        self.rules = rules
        self.lock = Lock()
        self.handle: Any = None

    def fire(self, messages: Iterable[str]) -> Fired:
        """
        The patterns that each message fires; equal messages are sent once.

        Args:
            messages: the true flags of each place: `,"flag":1,"flag":1`; may be empty.
        """
        told = [message for message in dict.fromkeys(messages) if message]
        if not told:
            return {}  # the library crashes on an empty list
        with self.lock:
            try:
                if self.handle is None:
                    self.handle = self._create()
                return self._fire(told)
            except Exception as error:
                self.handle = None
                raise EngineError(
                    Fault("moteur durable", f"durable-rules a échoué ({error})")
                ) from error

    def forget(self) -> None:
        """Throw the handle away; the next call makes another."""
        with self.lock:
            self.handle = None

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

    def _fire(self, told: Sequence[str]) -> Fired:
        by_id = {str(number): message for number, message in enumerate(told)}
        facts = ",".join([f'{{"id":"{one}"{flags}}}' for one, flags in by_id.items()])
        try:
            code, state = self.library.assert_facts(self.handle, f"[{facts}]")
            if code == _ALREADY_THERE:
                raise RuntimeError("un message est déjà là")
            return self._drain(state, by_id)
        finally:
            ids = ",".join([f'{{"id":"{one}"}}' for one in by_id])
            self.library.retract_facts(self.handle, f"[{ids}]")

    def _drain(self, state: Any, by_id: dict[str, str]) -> Fired:
        """Every firing: `{"name":{"m":{"id":"0",…}}}`, the message as it was sent."""
        complete, handle = self.library.complete_and_start_action, self.handle
        action = self.library.start_action_for_state(handle, state)
        match = action[1] if action else None
        fired: Fired = {message: set() for message in by_id.values()}
        while match:
            end = match.index(_SENT)
            start = end + len(_SENT)
            number = match[start : match.index('"', start)]
            fired[by_id[number]].add(match[2:end])
            match = complete(handle, state)
        return fired
