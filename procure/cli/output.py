"""
What is printed: the only module that does.

Answers go to stdout, faults and progress to stderr. Readable at 80 columns, without colour, in a
pipe; nothing that a file says can command the terminal. What draws is imported where it is used:
a run that draws nothing starts faster.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from textwrap import wrap
from typing import IO, TYPE_CHECKING, Protocol

from procure.domain.errors import ProcureError
from procure.domain.french import NARROW, NBSP, typeset

if TYPE_CHECKING:
    from rich.console import Console
    from rich.tree import Tree

    from procure.cli.lines import Line
    from procure.domain.portfolio import PortfolioRow
    from procure.domain.report import Report

WIDEST = 100
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Node(Protocol):
    """A line of a proof, and what it rests on."""

    @property
    def text(self) -> str: ...

    @property
    def children(self) -> Sequence[Node]: ...


def report(result: Report, notes: Sequence[str] = (), console: Console | None = None) -> None:
    """Print a report, and what its reader had to say of the file."""
    from procure.cli.lines import report_lines

    out = console or _console(sys.stdout)
    for line in report_lines(result, notes):
        _line(out, line)


def lines(said: Iterable[Line], console: Console | None = None) -> None:
    """Print lines."""
    out = console or _console(sys.stdout)
    for line in said:
        _line(out, line)


def portfolio(rows: Sequence[PortfolioRow], console: Console | None = None) -> None:
    """Print one line a file, then the files that could not be read."""
    from procure.cli.lines import Line, portfolio_rows

    titles = ("Fichier", "Droit", "Lettre", "Note", "Social", "Envir.", "Local")
    scored = [row for row in rows if row.report]
    table("Marchés", titles, portfolio_rows(scored), console)
    out = console or _console(sys.stdout)
    for row in rows:
        if row.report is None:
            _line(out, Line(row.error or row.file, "breach", hang=2))


def error(fault: ProcureError) -> None:
    """Print each fault on stderr: where, what, what was expected, what to do."""
    from procure.cli.lines import Line

    out = _console(sys.stderr)
    for one in fault.faults:
        _line(out, Line(str(one), hang=2))


def problem(said: str) -> None:
    """Print on stderr what is wrong with one file among others."""
    from procure.cli.lines import Line

    _line(_console(sys.stderr), Line(said, hang=2))


def step(said: str) -> None:
    """Show on stderr what a long work is at; silent where stderr is not a terminal."""
    out = _console(sys.stderr)
    if out.is_terminal:
        out.print(_safe(typeset(f"{said}…")), style="dim")


def text(said: str) -> None:
    """Print a sentence, on one line however long: it may hold a path to copy."""
    raw(typeset(said))


def raw(said: str) -> None:
    """Print a text as it is, for files and other programs."""
    sys.stdout.write(said if said.endswith("\n") else said + "\n")


def table(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    console: Console | None = None,
) -> None:
    """Print rows under their titles; the columns share the width of the terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    out = console or _console(sys.stdout)
    drawn = Table(box=SIMPLE_HEAD, title=_safe(title), title_justify="left", pad_edge=False)
    for column in columns:
        drawn.add_column(_safe(column), overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(_safe(cell)) for cell in row))
    out.print(drawn)


def tree(node: Node, console: Console | None = None) -> None:
    """Print a proof, each line above what it rests on."""
    from rich.text import Text
    from rich.tree import Tree

    (console or _console(sys.stdout)).print(_tree(node, Tree(Text(_safe(node.text), "bold"))))


@contextmanager
def progress(total: int) -> Iterator[Callable[[], None]]:
    """
    Show on stderr how many files are done; silent where stderr is not a terminal.

    Gives a function to call after each file.
    """
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    console = _console(sys.stderr)
    columns = (TextColumn("Lecture"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)


def _console(stream: IO[str]) -> Console:
    """A console as wide as the terminal, no wider than is easy to read; 80 columns in a pipe."""
    from rich.console import Console

    _keep_writable(stream)
    console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=False)
    if console.width > WIDEST:
        console.width = WIDEST
    return console


def _keep_writable(stream: IO[str]) -> None:
    """A stream that is not in UTF-8 shows what it cannot write as « ? » rather than fail."""
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "")
    if isinstance(stream, io.TextIOWrapper) and encoding != "utf8":
        stream.reconfigure(errors="replace")


_STYLES = {
    "title": "bold",
    "heading": "bold",
    "breach": "bold red",
    "warning": "yellow",
    "to_complete": "bold yellow",
    "lawful": "bold green",
    "soft": "dim",
    "strong": "bold",
    "plain": "",
}


def _line(out: Console, line: Line) -> None:
    """Print a line, its continuation set in under its text."""
    from rich.text import Text

    first = " " * line.indent
    for said in _safe(line.text).split("\n"):
        parts = wrap(
            said,
            width=max(20, out.width),
            initial_indent=first,
            subsequent_indent=first + " " * line.hang,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for part in parts or [""]:
            out.print(Text(part, _STYLES[line.style]), soft_wrap=True, highlight=False)


def _tree(node: Node, drawn: Tree) -> Tree:
    from rich.text import Text

    for child in node.children:
        _tree(child, drawn.add(Text(_safe(child.text))))
    return drawn


def _safe(said: str) -> str:
    """The text without the characters that command a terminal."""
    return _COMMANDS.sub("", said).replace(NARROW, NBSP)
