"""The door to Jinja2: templates are ours, values are escaped, a missing value is a fault."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from procure.domain import french
from procure.resources.folders import data_folder


def render(template: str, context: Mapping[str, Any]) -> str:
    """
    A template of `templates/` filled in.

    Values are never read as templates: what is written in a tender comes out as text.
    """
    return _environment().get_template(template).render(context)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(data_folder("templates"), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters["typeset"] = french.typeset
    environment.filters["day"] = _day
    return environment


def _day(value: date) -> str:
    return french.day(value)
