"""The frame of reply: what bidders answer, criterion by criterion and clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from procure.domain.french import percent
from procure.domain.library import LibraryClause
from procure.domain.tender import Clause, Criterion, Tender
from procure.exchange.boards import BLANK, WRONG, Board, Cell, Formula, at, quote
from procure.exchange.sheets.marking import is_amount
from procure.exchange.sheets.parts import (
    Part,
    created,
    deadline,
    footer,
    group_name,
    group_title,
    groups,
    opened,
    parts,
)
from procure.exchange.sheets.wordings import Question, replies
from procure.exchange.xlsx import write_boards

HEADING = "Cadre de réponse"
_UNMARKED = "2. Conditions d'exécution, les mêmes pour tous : ces réponses ne sont pas notées"
ANSWER_LINES = 7
_ANSWER, _LENGTH = 4, 5
_ENFORCED = ("execution", "specification")
_NOTES = (
    "Cases bleues : à remplir par le candidat. Répondez dans la case, dans la limite indiquée ; "
    "ce qui est écrit ici vaut engagement pour l'exécution.",
    "Joignez la pièce demandée, ou toute preuve équivalente, et reportez-en le numéro.",
)


def reply_frames(tender: Tender, clauses: Sequence[LibraryClause] = ()) -> bytes:
    """
    The questions of each criterion and clause, with room for answers; lots alike share a sheet.

    Args:
        clauses: of the library, taken for this tender; those it already holds are named by them.
    """
    shared = groups(parts(tender), lambda part: (part.criteria, part.clauses))
    boards = [_board(group, tender, clauses) for group in shared]
    return write_boards(HEADING, boards, created(tender))


def has_questions(tender: Tender, clauses: Sequence[LibraryClause] = ()) -> bool:
    """Whether a frame of reply would ask anything."""
    return any(
        next(_asked_of_criteria(part), None) or _engagements(part, clauses)
        for part in parts(tender)
    )


def _board(group: list[Part], tender: Tender, clauses: Sequence[LibraryClause]) -> Board:
    widths = (7, 40, 40, 74, 12, 20, 34, 12)
    board = Board(group_name(group, tender), widths, footer(HEADING, tender), frozen=2)
    opened(board, HEADING, tender, group_title(group), *_NOTES, deadline(tender))
    board.add(Cell("Candidat", "group", across=2), Cell(None, "entry", across=2))
    board.headed(
        "N°", "Question", "Ce qui est regardé", "Réponse", "Signes au plus", "Longueur",
        "Pièce à joindre", "Pièce n°",
    )  # fmt: skip
    part = group[0]
    _criteria(board, part)
    _clauses(board, part, clauses)
    return board


def _criteria(board: Board, part: Part) -> None:
    title = None
    for n, asked in enumerate(_asked_of_criteria(part), 1):
        if title is None:
            board.line("1. Critères d'attribution : ces réponses sont notées", "group")
        if asked.title != title:
            title = asked.title
            board.line(title, "total")
        _question(board, f"1.{n}", asked.question, asked.looked_at)


class _Asked(NamedTuple):
    title: str
    looked_at: str
    question: Question


def _asked_of_criteria(part: Part) -> Iterator[_Asked]:
    for criterion in part.criteria:
        for one, parent in _leaves(criterion):
            if is_amount(one, parent):
                continue
            themes = one.themes or (parent.themes if parent else None) or ()
            for question in replies().of_themes(themes):
                yield _Asked(_titled(one, parent), _looked_at(one, parent), question)


def _leaves(criterion: Criterion) -> Iterator[tuple[Criterion, Criterion | None]]:
    if not criterion.sub_criteria:
        yield criterion, None
    for sub in criterion.sub_criteria or ():
        yield sub, criterion


def _titled(criterion: Criterion, parent: Criterion | None) -> str:
    weight = f" ({percent(criterion.weight)})" if criterion.weight is not None else ""
    return f"{parent.label} › {criterion.label}{weight}" if parent else criterion.label + weight


def _looked_at(criterion: Criterion, parent: Criterion | None) -> str:
    told = [text for text in (criterion.description, criterion.method) if text]
    if not told and parent:
        told = [text for text in (parent.description, parent.method) if text]
    return "\n".join(told) or BLANK


def _question(board: Board, number_: str, asked: Question, looked_at: str) -> None:
    row = board.next_row
    answer, most = at(_ANSWER, row), at(_LENGTH, row)
    long, empty = quote(f"{WRONG} : trop long"), quote("à remplir")
    check = f'IF(LEN({answer})=0,{empty},IF(LEN({answer})>{most},{long},LEN({answer})&" signes"))'
    board.add(
        number_,
        asked.question,
        Cell(looked_at, "wanted", open=False) if looked_at == BLANK else looked_at,
        Cell(None, "entry"),
        Cell(asked.length, kind="count"),
        Cell(Formula(check), "check"),
        asked.proof,
        Cell(None, "entry"),
        lines=ANSWER_LINES,
    )


# --- clauses -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Engagement:
    """A clause that will bind the contractor: its title, its proof, its questions."""

    title: str
    proof: str | None
    penalty: str | None
    questions: tuple[Question, ...]


def _engagements(part: Part, library: Sequence[LibraryClause]) -> list[_Engagement]:
    """What the tender's clauses and those taken from the library ask, each once."""
    by_id = {clause.id: clause for clause in library}
    own = [clause for clause in part.clauses if clause.kind in (*_ENFORCED, None)]
    held = {clause.library_id for clause in part.clauses}
    found = [_of_tender(clause, by_id) for clause in own]
    found += [_of_library(one) for one in library if one.kind in _ENFORCED and one.id not in held]
    return [one for one in found if one.questions]


def _of_tender(clause: Clause, library: dict[str, LibraryClause]) -> _Engagement:
    subject = replies().of_subject(clause.subject)
    named = library.get(clause.library_id or "")
    title = named.title if named else subject.title
    return _Engagement(title, clause.proof, clause.penalty, subject.questions)


def _of_library(clause: LibraryClause) -> _Engagement:
    subject = replies().of_subject(clause.subject)
    return _Engagement(clause.title, None, None, subject.questions)


def _clauses(board: Board, part: Part, library: Sequence[LibraryClause]) -> None:
    found = _engagements(part, library)
    if not found:
        return
    board.line(_UNMARKED, "group")
    n = 0
    for one in found:
        board.line(one.title, "total")
        for question in one.questions:
            n += 1
            _question(board, f"2.{n}", question, _due(one))


def _due(one: _Engagement) -> str:
    told = [f"Preuve pendant l'exécution : {one.proof}"] if one.proof else []
    if one.penalty:
        told.append(f"Pénalité : {one.penalty}")
    return "\n".join(told) or "Voir la clause au cahier des charges."
