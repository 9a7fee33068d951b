"""The door to Jinja2: templates are ours, values are escaped, a missing value is a fault."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.exceptions import TemplateError, UndefinedError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup as Markup

from procure.domain import french
from procure.domain.errors import Fault, LibraryError
from procure.resources.folders import data_folder

_SIGNS = re.compile(r"(^:|[\"-/<-@\[-`{-~](?<!\?))")
"""The signs of Markdown; « : ; ! ? » are none inside a line, and French puts spaces before them."""

_BREAKS = re.compile("[ \\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]+")
_UNSEEN = re.compile("[\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff]")


def render(template: str, context: Mapping[str, Any]) -> str:
    """
    A template of `templates/` filled in.

    Values are never read as templates: what is written in a tender comes out as text.
    """
    return _environment().get_template(template).render(context)


def render_markdown(template: str, context: Mapping[str, Any]) -> str:
    """
    A Markdown template of `templates/` filled in; every value that is not `Markup` is escaped.

    Raises:
        LibraryError: the template cannot be read, or names what the context does not hold.
    """
    try:
        return _documents().get_template(template).render(context)
    except TemplateError as error:
        raise LibraryError(_fault(template, error)) from error


def names_in(template: str) -> frozenset[str]:
    """
    The names that a template takes from its context, in every branch.

    Raises:
        LibraryError: the template cannot be read.
    """
    environment = _documents()
    assert environment.loader is not None
    source, _, _ = environment.loader.get_source(environment, template)
    try:
        tree = environment.parse(source, template)
        own = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
        return frozenset(find_undeclared_variables(tree) - own)
    except TemplateError as error:
        raise LibraryError(_fault(template, error)) from error


def escaped(value: Any) -> Markup:
    """A value as words of Markdown on one line, where no sign is a command."""
    if isinstance(value, Markup):
        return value
    if value is None or isinstance(value, bool | StrictUndefined):
        raise UndefinedError(f"a value is missing: {value!s}")
    words = french.typeset(_UNSEEN.sub("", _BREAKS.sub(" ", str(value))).strip(" "))
    return Markup(_SIGNS.sub(r"\\\1", words))


def fill(body: str, context: Mapping[str, str]) -> str:
    """
    A Markdown text of the library filled in; `context` holds Markdown, escaped by who gives it.

    Raises:
        ValueError: the text is no template, or a name it holds has no value.
    """
    try:
        return _markdown().from_string(body).render(context)
    except TemplateError as error:
        raise ValueError(str(error.message)) from error


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


@cache
def _documents() -> Environment:
    """No newline is taken away after a block: in Markdown an empty line ends a paragraph."""
    return Environment(
        loader=FileSystemLoader(data_folder("templates"), encoding="utf-8"),
        autoescape=True,
        finalize=escaped,
        undefined=StrictUndefined,
        comment_start_string="{##",
        comment_end_string="##}",
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def _fault(template: str, error: TemplateError) -> Fault:
    """Where a template is wrong: its own place for a mistake of syntax, else the last one used."""
    name, line = getattr(error, "name", None), getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None and not name:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".j2"):
            template, line = file, trace.tb_lineno
        trace = trace.tb_next
    found = _short(str(name or template))
    where = f"{found}, ligne {line}" if line else found
    unknown = isinstance(error, UndefinedError)
    what = "une variable est inconnue ou vide" if unknown else "le modèle ne peut pas être lu"
    return Fault(where, f"{what} ({error.message})", "", "Corrigez le modèle")


def _short(path: str) -> str:
    return "templates/" + path.replace("\\", "/").rpartition("templates/")[2]


@cache
def _markdown() -> Environment:
    """A sandbox where `{#`, which Markdown may hold, starts no comment."""
    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        comment_start_string="{##",
        comment_end_string="##}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _day(value: date) -> str:
    return french.day(value)
