"""
The changes that may help a tender: from its report, the library of clauses, and `rules/changes/`.

A change is kept where one of the rules it answers is broken or has points to give, where it
changes something, and where it touches nothing that is to be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from procure.domain.french import number, percent, typeset
from procure.domain.improvement import PARTS, ChangeFile, Offer, is_fact
from procure.domain.library import EFFORTS, Costs, LibraryClause
from procure.domain.report import Finding, Report
from procure.domain.tender import SUBJECT_AXIS, Clause, Criterion, Purchase, Tender, Theme
from procure.domain.words import TO_CONFIRM
from procure.planning.editing import (
    WHOLE,
    Edit,
    FieldEdit,
    NewClause,
    Removal,
    Weighing,
    edited,
    noun_at,
    value_at,
)
from procure.planning.options import Option

PIECES = {"rc": "RC", "ccap": "CCAP", "cctp": "CCTP", "ae": "AE", "grid": "grille des critères"}
KEEPABLE_KINDS = (None, "execution", "specification")
MOST_TEXTS = 3
LONGEST_VALUE = 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """A change ready to be made: what it says, what it edits, how the plan sees it."""

    option: Option
    what: str
    where: str
    note: str
    edits: tuple[Edit, ...]
    touches: tuple[str, ...]


@dataclass(frozen=True)
class Gathering:
    """
    What candidates are gathered from.

    Args:
        tender: as its file states it; the edits are made to it.
        seen: the same with what its prose says.
        keep: paths of the tender that no change may touch.
    """

    tender: Tender
    seen: Tender
    report: Report
    changes: Sequence[ChangeFile]
    offers: Sequence[Offer]
    keep: tuple[str, ...] = ()

    def candidates(self) -> list[Candidate]:
        """The changes that may help, in order of id."""
        found = [*self._from_changes(), *self._from_library()]
        useful = [c for c in found if not self._is_kept(c) and self._changes(c)]
        return sorted(_without_worse(useful), key=lambda c: c.option.id)

    def _is_kept(self, candidate: Candidate) -> bool:
        return any(_overlaps(path, kept) for path in candidate.touches for kept in self.keep)

    def _changes(self, candidate: Candidate) -> bool:
        return edited(self.tender, candidate.edits) != self.tender

    # --- what is asked ---------------------------------------------------------------------------

    @property
    def open(self) -> dict[str, list[Finding]]:
        """The findings in breach, or with points to gain, by rule."""
        found: dict[str, list[Finding]] = {}
        for finding in self.report.findings:
            points = finding.points
            to_gain = points is not None and points.earned < points.available
            if to_gain or (finding.kind == "require" and finding.verdict == "breach"):
                found.setdefault(finding.rule, []).append(finding)
        return found

    @property
    def parameters(self) -> dict[str, Any]:
        """The numbers of law and of the profile that the report cites."""
        return {p.name: p.value for f in self.report.findings for p in f.parameters}

    def _texts(self, codes: Iterable[str]) -> str:
        """The texts behind the rules answered: those of law first."""
        asked = set(codes)
        findings = [f for f in self.report.findings if f.rule in asked and f.verdict != "clear"]
        cited: dict[str, bool] = {}
        for finding in sorted(findings, key=lambda f: f.kind != "require"):
            for text in finding.references:
                cited.setdefault(text.cite, text.verified)
        return _cited(cited)

    # --- from `rules/changes/` -------------------------------------------------------------------

    def _from_changes(self) -> Iterator[Candidate]:
        opened = self.open
        for change in self.changes:
            answered = [code for code in change.answers if code in opened]
            if not answered or change.parameters or not self._is_carried(change.carried_by):
                continue
            findings = [finding for code in answered for finding in opened[code]]
            for at, where, edits in self._edits(change, findings):
                if edits and noun_at(self.tender, at) is not None:
                    yield self._candidate(change, at, where, tuple(edits))

    def _is_carried(self, axis: str | None) -> bool:
        """Whether a clause or a criterion of the tender is on an axis."""
        themes = {
            t for _, o in _owners(self.seen) for c in o.criteria or () for t in c.themes or ()
        }
        axes = {_axis(clause) for _, clause in _clauses(self.seen)}
        return axis is None or axis in axes | themes

    def _candidate(
        self, change: ChangeFile, at: str, where: str, edits: tuple[Edit, ...]
    ) -> Candidate:
        note = typeset(f"{change.note.strip()}{self._texts(change.answers)}")
        families = {f"set {e.at}.{p}" for e in edits if isinstance(e, FieldEdit) for p in e.values}
        families |= {f"weigh {e.theme}" for e in edits if isinstance(e, Weighing)}
        id = f"choice {change.name}" if at == WHOLE else f"choice {change.name} {at}"
        return Candidate(
            option=Option(
                id=id,
                effort=effort(change.costs),
                trait=self._trait(change, at),
                answers=frozenset(change.answers),
                families=frozenset(families),
            ),
            what=_title(change, edits),
            where=where,
            note=note,
            edits=edits,
            touches=tuple(_touched(edits)),
        )

    def _trait(self, change: ChangeFile, at: str) -> str:
        """What a change does in kind: made at several places, it may count the same at each."""
        noun = noun_at(self.seen, at)
        if change.complete and isinstance(noun, Clause):
            return f"complete {_axis(noun)} {noun.kind}"
        return ""

    def _edits(
        self, change: ChangeFile, findings: Sequence[Finding]
    ) -> Iterator[tuple[str, str, list[Edit]]]:
        if change.criterion is not None:
            weighing = self._weighing(change)
            yield WHOLE, "critères d'attribution", [weighing] if weighing else []
        elif change.complete:
            for at, clause in _clauses(self.seen):
                if clause.kind in KEEPABLE_KINDS and not all(getattr(clause, p) for p in PARTS):
                    yield at, _place(at), [FieldEdit(at, self._completed(change, clause))]
        elif change.remove:
            for finding in _once(findings):
                yield finding.at, finding.where, [Removal(finding.at)]
        elif change.at == "place":
            for finding in _once(findings):
                yield finding.at, finding.where, self._fields(change, finding.at)
        elif change.at == "lot":
            for i in range(len(self.tender.lots or ())):
                at = f"lots[{i}]"
                yield at, _place(at), self._fields(change, at)
        else:
            made = self._fields(change, WHOLE)
            yield WHOLE, _written(made), made

    def _completed(self, change: ChangeFile, clause: Clause) -> dict[str, Any]:
        """What a clause does not say yet: as the library says it on that subject, else as usual."""
        like = next(
            (o.clause for o in self.offers if o.clause and o.clause.subject == clause.subject), None
        )
        said = {p: getattr(like, p, None) or change.complete.get(p) for p in PARTS}
        return {p: text for p, text in said.items() if text and not getattr(clause, p)}

    def _fields(self, change: ChangeFile, at: str) -> list[Edit]:
        """The fields to write at a place, and in the lots that say otherwise for themselves."""
        places = [at]
        if at == WHOLE:
            heads = {path.partition(".")[0] for path in change.set} & Purchase.model_fields.keys()
            places += [
                f"lots[{i}]"
                for i, lot in enumerate(self.tender.lots or ())
                if any(getattr(lot, head) is not None for head in heads)
            ]
        made: list[Edit] = []
        for place in places:
            noun = noun_at(self.seen, place)
            values = self._values(change, noun)
            if values is None and place == WHOLE:
                return []
            if values:
                made.append(FieldEdit(place, values))
        return made

    def _values(self, change: ChangeFile, noun: Any) -> dict[str, Any] | None:
        """The new values of a place; None where the change does not concern it."""
        for path, wanted in change.only_if.items():
            if not any(_is_same(value_at(noun, path), one) for one in wanted):
                return None
        values: dict[str, Any] = {}
        for path, said in change.set.items():
            if path.partition(".")[0] not in type(noun).model_fields:
                continue
            value = self._target(said, value_at(noun, path))
            if value is None:
                return None
            values[path] = value
        return values

    def _target(self, said: Any, current: Any) -> Any:
        """A value as the file asks it; None where its number is not known here."""
        if not isinstance(said, dict):
            return said
        (word, inner), *_ = said.items()
        if word == "parameter":
            number = self.parameters.get(inner)
            return None if number is None else Decimal(str(number))
        if word == "field":
            return value_at(self.tender, inner)
        if word == "includes":
            wanted = inner if isinstance(inner, list) else [inner]
            return (*(current or ()), *(one for one in wanted if one not in (current or ())))
        value = self._target(inner, current)
        if value is None or current is None:
            return value
        bound = {"at_least": max, "at_most": min}[word]
        return bound(Decimal(str(value)), Decimal(str(current)))

    def _weighing(self, change: ChangeFile) -> Weighing | None:
        asked = change.criterion
        assert asked is not None
        side = "at_least" if asked.at_least is not None else "at_most"
        weight = self._target(getattr(asked, side), None)
        if weight is None:
            return None
        criterion = None
        if asked.label is not None:
            criterion = Criterion(
                label=asked.label,
                weight=Decimal(str(weight)),
                kind="quality",
                themes=(asked.theme,),
                method=asked.method,
                linked_to_object=True,
            )
        bounds = {"least" if side == "at_least" else "most": Decimal(str(weight))}
        return Weighing(asked.theme, criterion, known=self._places_of(asked.theme), **bounds)

    def _places_of(self, theme: Theme) -> dict[str, tuple[int, ...]]:
        """Where a criterion is on a theme alone, by the owner of the criteria."""
        found: dict[str, tuple[int, ...]] = {}
        for prefix, owner in _owners(self.seen):
            places = (i for i, c in enumerate(owner.criteria or ()) if _is_on(c, theme))
            found[prefix] = tuple(places)
        return found

    # --- from the library ------------------------------------------------------------------------

    def _from_library(self) -> Iterator[Candidate]:
        opened = self.open
        taken = {clause.library_id for _, clause in _clauses(self.tender)} - {None}
        offered = {offer.source.id for offer in self.offers if self._suits(offer.source)}
        for offer in self.offers:
            source = offer.source
            if source.id in offered - taken and not taken & set(source.excludes):
                is_wanted = any(code in opened for code in source.cures)
                is_needed = any(source.id in o.source.requires for o in self.offers)
                if (is_wanted or is_needed) and (found := self._offered(offer, taken)):
                    yield found

    def _suits(self, source: LibraryClause) -> bool:
        """Whether a clause is made for such a purchase; what is unknown suits nothing special."""
        suits, said = source.suits, self.report.tender
        value = said.value_excl_tax
        if suits.natures and said.nature not in suits.natures:
            return False
        if suits.cpv and not (said.cpv and said.cpv.startswith(suits.cpv)):
            return False
        least, most = suits.least_value_excl_tax, suits.most_value_excl_tax
        if value is None:
            return least is None and most is None
        return (least is None or value >= least) and (most is None or value <= most)

    def _offered(self, offer: Offer, taken: set[Any]) -> Candidate | None:
        source = offer.source
        edits = tuple(self._offered_edits(offer))
        if not edits:
            return None
        others = set(source.requires) - taken
        pieces = ", ".join(PIECES[piece] for piece in source.pieces)
        said = f"Ajouter la clause « {source.title} »"
        if offer.criterion is not None:
            said = f"Ajouter le critère « {offer.criterion.label} »"
        families = {f"clause {source.id}", *(f"set {WHOLE}.{f}" for f in offer.fields)}
        families |= {f"clause {other}" for other in source.replaces}
        families |= {f"weigh {edit.theme}" for edit in edits if isinstance(edit, Weighing)}
        if offer.clause is not None and source.subject not in (None, "other"):
            families.add(f"subject {offer.clause.kind} {source.subject}")
        return Candidate(
            option=Option(
                id=_id(offer),
                effort=effort(offer.costs or source.costs),
                trait=f"clause {source.axis} {source.kind}",
                answers=frozenset(source.cures),
                families=frozenset(families),
                requires=frozenset(others),
                excludes=frozenset(_id(o) for o in self.offers if o.source.id in source.excludes),
            ),
            what=typeset(said),
            where=f"{pieces} (clause {source.id})",
            note=typeset(_note(offer)),
            edits=edits,
            touches=tuple(_touched(edits)),
        )

    def _offered_edits(self, offer: Offer) -> Iterator[Edit]:
        """What taking a clause does; nothing where it would write a fact, or a lot of its own."""
        if any(is_fact(path) for path in offer.fields):
            return
        if offer.criterion is not None:
            theme = offer.criterion.themes[0] if offer.criterion.themes else "other"
            known = self._places_of(theme)
            if theme in ("environmental", "social") and not any(known.values()):
                yield Weighing(theme, offer.criterion, offer.criterion.weight, known=known)
            return
        if offer.clause is None:
            return
        yield NewClause(offer.clause)
        if offer.fields:
            yield FieldEdit(WHOLE, dict(offer.fields))


def effort(costs: Costs) -> int:
    """What a change asks of the buyer and of the supplier, both counted the same; at least one."""
    return max(1, EFFORTS[costs.buyer] + EFFORTS[costs.supplier])


def _id(offer: Offer) -> str:
    return offer.source.id if offer.variant is None else f"{offer.source.id} {offer.variant}"


def _note(offer: Offer) -> str:
    source = offer.source
    cited = _cited({text.cite: text.verified for text in source.references})
    parts = [offer.note, source.costs.note, source.vigilance]
    return " ".join(" ".join(part.split()) for part in parts if part) + cited


def _cited(cited: Mapping[str, bool]) -> str:
    if not cited:
        return ""
    texts = [cite if sure else f"{cite} ({TO_CONFIRM})" for cite, sure in cited.items()]
    return f" Textes : {' ; '.join(texts[:MOST_TEXTS])}."


def _without_worse(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Of the clauses that scoring cannot tell apart, the one of least effort."""
    needed = {id for c in candidates for id in c.option.requires}
    best: dict[Any, Candidate] = {}
    for candidate in candidates:
        key = _likeness(candidate)
        if key is None or candidate.option.id in needed:
            yield candidate
        elif key not in best or _order(candidate) < _order(best[key]):
            best[key] = candidate
    yield from best.values()


def _likeness(candidate: Candidate) -> Any:
    """What makes a new clause count as another does."""
    if len(candidate.edits) != 1 or not isinstance(candidate.edits[0], NewClause):
        return None
    clause = candidate.edits[0].clause
    parts = tuple(bool(getattr(clause, part)) for part in PARTS)
    if clause.subject in (None, "other"):
        return None
    return clause.kind, clause.axis, clause.subject, parts, clause.insertion_hours


def _order(candidate: Candidate) -> tuple[int, int, str]:
    option = candidate.option
    return option.effort, len(option.requires), option.id


def _owners(tender: Tender) -> Iterator[tuple[str, Purchase]]:
    yield "", tender
    for i, lot in enumerate(tender.lots or ()):
        yield f"lots[{i}].", lot


def _clauses(tender: Tender) -> Iterator[tuple[str, Clause]]:
    for prefix, owner in _owners(tender):
        for i, clause in enumerate(owner.clauses or ()):
            yield f"{prefix}clauses[{i}]", clause


def _once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings that have a place of their own, one a place."""
    seen: set[str] = set()
    for finding in findings:
        if finding.at not in seen and finding.verdict == "breach":
            seen.add(finding.at)
            yield finding


def _is_on(criterion: Criterion, theme: Theme) -> bool:
    themes = criterion.themes or ((criterion.kind,) if criterion.kind in ("price", "cost") else ())
    return tuple(themes) == (theme,)


def _axis(clause: Clause) -> str | None:
    return clause.axis or SUBJECT_AXIS.get(clause.subject or "")


def _is_same(value: Any, wanted: Any) -> bool:
    if isinstance(value, tuple):
        value = list(value)
    return value is None if wanted is None else bool(value == wanted)


def _place(at: str) -> str:
    """A place in French: « lot 2, clause 1 »."""
    names = {"lots": "lot", "clauses": "clause", "criteria": "critère"}
    said = []
    for step in at.split("."):
        name, _, number = step.rstrip("]").partition("[")
        said.append(f"{names[name]} {int(number) + 1}")
    return ", ".join(said)


def _title(change: ChangeFile, edits: Sequence[Edit]) -> str:
    """What a change does, with the weight that it gives."""
    weights = [e.least or e.most for e in edits if isinstance(e, Weighing)]
    said = [f" : {percent(weight)}" for weight in weights if weight is not None]
    return typeset(change.title + "".join(said))


def _written(edits: Sequence[Edit]) -> str:
    """« application › documents_count : 5 »: what to write in a tender file, and where."""
    said = []
    for edit in edits:
        if isinstance(edit, FieldEdit):
            start = "" if edit.at == WHOLE else f"{_place(edit.at)}, "
            said += [f"{start}{_line(path, value)}" for path, value in edit.values.items()]
    return typeset(" ; ".join(said))


def _line(path: str, value: Any) -> str:
    """A key and its value, as a file writes them; a long text is not repeated."""
    key = path.replace(".", " › ")
    if isinstance(value, bool):
        return f"{key} : {'oui' if value else 'non'}"
    if isinstance(value, Decimal) and path.endswith("share"):
        return f"{key} : {percent(value)}"
    if isinstance(value, Decimal | int):
        return f"{key} : {number(value)}"
    if isinstance(value, tuple):
        return f"{key} : {', '.join(map(str, value))}"
    return f"{key} : {value}" if len(str(value)) <= LONGEST_VALUE else key


def _touched(edits: Iterable[Edit]) -> Iterator[str]:
    """The paths that some edits change."""
    for edit in edits:
        if isinstance(edit, FieldEdit):
            prefix = "" if edit.at == WHOLE else f"{edit.at}."
            yield from (prefix + path for path in edit.values)
        elif isinstance(edit, Removal):
            yield edit.at
        else:
            yield "clauses" if isinstance(edit, NewClause) else "criteria"


def _overlaps(path: str, kept: str) -> bool:
    """Whether one path leads to the other."""
    short, long = sorted((path, kept), key=len)
    return long == short or long.startswith((f"{short}.", f"{short}["))
