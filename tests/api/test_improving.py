"""`improve`: what it announces is what scoring gives, on every sample and on real notices."""

from __future__ import annotations

import json
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from procure.api.improving import Wish, apply, checked_path, improve, target_points, to_json
from procure.api.rules import profile, rulebook
from procure.api.scoring import score, score_reading
from procure.domain.errors import InputError, ProcureError
from procure.domain.improvement import is_fact
from procure.domain.outline import is_blocked
from procure.domain.tender import Tender
from procure.engine.outcome import outcome
from procure.engine.prose import read_prose
from procure.exchange.native import read_yaml, write_yaml
from procure.exchange.reader import read
from procure.planning.editing import value_at
from procure.planning.options import may_stand
from procure.wording.spotting import default

SAMPLES = Path(__file__).parents[2] / "sample_tenders"
OWN = sorted(path for path in SAMPLES.glob("*.yaml") if not path.name.startswith("INVALID_"))
TOO_OLD = "infrastructures-bus-attribution-2018.xml"
REAL = sorted(path for path in (SAMPLES / "real").glob("*.xml") if path.name != TOO_OLD)
OFFICE = SAMPLES / "fournitures-bureau-prix-seul.yaml"
ROADS = SAMPLES / "voirie-entreprise-du-departement.yaml"
DELAY = SAMPLES / "vetements-travail-delais-trop-courts.yaml"
NEVER = ("value_excl_tax", "duration_months", "notice_sent_on", "due_on", "cpv", "nature", "buyer",
         "places", "sourcing", "procedure", "no_lots", "social_waiver", "judgements")  # fmt: skip


def by_name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize(
    ("path", "target"),
    [(path, "B") for path in [*OWN, *REAL]] + [(OFFICE, None), (ROADS, None), (DELAY, "100")],
)
def test_scoring_the_changed_tender_gives_what_was_announced(
    path: Path, target: str | None, tmp_path: Path
) -> None:
    found = improve(path, Wish(target))
    told = found.improvement
    start = score(path)
    assert (told.before.score, told.before.law) == (start.report.score, start.report.law)
    again = score(apply(found, tmp_path / "after.yaml", False), on=found.day).report
    assert (told.after.score, told.after.law) == (again.score, again.law)
    if told.reached:
        assert not is_blocked(again)
        assert target is None or (again.score.overall.low or 0) >= target_points(target, _policy())
    else:
        assert told.reason
    gained = (again.score.overall.low or 0) - (told.before.score.overall.low or 0)
    assert sum(step.gain for step in told.changes) == pytest.approx(gained, abs=0.05)
    assert told.effort == sum(step.effort for step in told.changes)


@pytest.mark.parametrize("path", OWN, ids=by_name)
def test_no_fact_is_ever_changed(path: Path) -> None:
    before, after = read(path).tender, improve(path, Wish("100")).tender
    for field in NEVER:
        assert getattr(after, field) == getattr(before, field), field
    for old, new in zip(before.lots or (), after.lots or (), strict=True):
        assert (old.id, old.value_excl_tax, old.cpv) == (new.id, new.value_excl_tax, new.cpv)


@pytest.mark.parametrize("path", OWN, ids=by_name)
def test_the_quick_outcome_is_that_of_the_report(path: Path) -> None:
    report = score(path, engine="python").report
    policy = _policy()
    prose = read_prose(read(path).tender, default(), policy.least_confidence).tender
    from procure.api.rules import judge_on

    judge = judge_on(report.day, prose.notified_on, "python", date(2026, 11, 22), policy.settings)
    quick = outcome(judge.judge(prose, policy.unchecked_clause_share), prose, policy)
    overall = report.score.overall
    assert (quick.low, quick.letter) == (overall.low, overall.letter)
    broken: dict[str, int] = {}
    for f in report.findings:
        if f.verdict == "breach" and f.kind == "require" and f.severity in ("blocking", "warning"):
            broken[f.rule] = broken.get(f.rule, 0) + 1
    assert quick.breaches == broken
    assert bool(quick.blocking) == is_blocked(report)


def test_no_cheaper_set_of_real_changes_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every set of the changes left to a small tender is scored; none is cheaper."""
    from procure.api import improving

    planners: list[improving.Planner] = []

    class Kept(improving.Planner):
        def plan(self, goal: improving.Goal) -> improving.Plan:
            planners.append(self)
            return super().plan(goal)

    monkeypatch.setattr(improving, "Planner", Kept)
    kept = ("clauses", "advance", "variants", "payment_delay_days", "price_revision")
    told = improve(OFFICE, Wish("38", kept)).improvement
    (planner,) = planners
    options = planner.options
    assert 5 <= len(options) <= 13
    ids = [option.id for option in options]
    cheapest = min(
        sum(option.effort for option in options if option.id in chosen)
        for count in range(len(ids) + 1)
        for chosen in combinations(ids, count)
        if may_stand(chosen, options)
        and not (outcome := planner._evaluate(frozenset(chosen))).blocking
        and (outcome.low or 0) >= 38
    )
    assert told.reached
    assert (told.effort, told.status) == (cheapest, "optimal")


def test_two_runs_say_the_same_to_the_byte() -> None:
    assert to_json(improve(ROADS, Wish("B")).improvement) == to_json(
        improve(ROADS, Wish("B")).improvement
    )


def test_a_tender_that_needs_nothing_is_left_alone() -> None:
    path = SAMPLES / "encombrants-lots-geographiques-exemplaire.yaml"
    found = improve(path)
    assert found.improvement.status == "nothing_to_change"
    assert found.tender == read(path).tender
    assert "Rien à changer" in found.improvement.reason


def test_a_breach_that_no_choice_mends_is_named() -> None:
    told = improve(DELAY).improvement
    assert not told.reached
    assert told.status == "unreachable"
    assert "DEL020" in told.reason
    assert told.after.law.verdict == "breach"


def test_a_target_out_of_reach_tells_the_most_points_and_what_hides_them() -> None:
    told = improve(OFFICE, Wish("100")).improvement
    assert not told.reached
    low = told.after.score.overall.low
    assert low is not None
    assert f"{low:.1f}".replace(".", ",").removesuffix(",0") in told.reason
    assert "faits manquants" in told.reason
    assert told.after.law.verdict == "lawful"


@pytest.mark.parametrize("kept", ["criteria", "application", "clauses", "lots", "advance.share"])
def test_what_is_to_be_kept_is_kept(kept: str) -> None:
    before, after = read(ROADS).tender, improve(ROADS, Wish("100", (kept,))).tender
    assert value_at(after, kept) == value_at(before, kept)


def test_nothing_can_be_done_where_the_cure_is_to_be_kept() -> None:
    told = improve(OFFICE, Wish(None, ("criteria",))).improvement
    assert not told.reached
    assert "CRI001" in told.reason
    assert "CRI002" in told.reason


def test_singles_come_first_by_what_they_mend_then_by_gain_for_effort() -> None:
    told = improve(OFFICE).improvement
    first = next(i for i, step in enumerate(told.singles) if "critère" not in step.where)
    assert first > 0
    rest = told.singles[first:]
    assert all(step.gain > 0 and step.note and step.where for step in rest)
    rates = [step.gain / step.effort for step in rest]
    assert rates == sorted(rates, reverse=True)


@pytest.mark.parametrize("target", ["Z", "E", "101", "-1", "beaucoup", "", "nan"])
def test_a_target_that_is_not_one_is_refused(target: str) -> None:
    with pytest.raises(InputError, match="--target"):
        improve(OFFICE, Wish(target))


def test_letters_and_points_are_understood() -> None:
    policy = _policy()
    assert target_points("b", policy) == float(policy.letters.B)
    assert target_points("62,5", policy) == 62.5
    assert target_points(None, policy) is None


@pytest.mark.parametrize("path", ["criterias", "lots[9]", "lots[x]", "advance.shares", "", "[0]"])
def test_a_path_to_keep_that_leads_nowhere_is_refused(path: str) -> None:
    with pytest.raises(InputError, match="--keep"):
        checked_path(path, Tender(id="t"))


def test_a_file_already_there_is_not_replaced(tmp_path: Path) -> None:
    found = improve(OFFICE)
    path = apply(found, tmp_path / "a.yaml", False)
    with pytest.raises(ProcureError, match="existe déjà"):
        apply(found, path, False)
    apply(found, path, True)


def test_a_tender_improved_needs_no_more_for_the_same_target(tmp_path: Path) -> None:
    path = apply(improve(ROADS, Wish("B")), tmp_path / "again.yaml", False)
    assert improve(path, Wish("B")).improvement.changes == ()


def test_the_json_has_what_other_programs_read() -> None:
    plain = json.loads(to_json(improve(OFFICE, Wish("C")).improvement))
    assert {"before", "after", "changes", "reached", "status", "reason"} <= plain.keys()
    assert set(plain["before"]) == {"score", "law"}
    assert plain["changes"]
    for step in plain["changes"]:
        assert set(step) == {"what", "where", "gain", "effort", "note"}


def test_an_unknown_number_of_lots_and_clauses_stays_unknown() -> None:
    path = SAMPLES / "projet-aire-de-jeux-a-completer.yaml"
    before, after = read(path).tender, improve(path, Wish("100")).tender
    assert after.lots == before.lots
    assert after.criteria == before.criteria
    if before.clauses is None and after.clauses:
        assert not after.clauses_are_complete


def test_the_written_tender_reads_back_the_same() -> None:
    found = improve(ROADS, Wish("A"))
    again = read_yaml(write_yaml(found.tender), "a.yaml", "")
    assert again.tender == found.tender
    report = score_reading(again, "a.yaml", found.day)
    assert report.score == found.improvement.after.score


def test_facts_are_told_from_choices() -> None:
    assert is_fact("sourcing.done")
    assert is_fact("due_on")
    assert not is_fact("advance.share")
    assert rulebook().rule("LOP022") is not None


def _policy():  # type: ignore[no-untyped-def]
    return profile("grand-poitiers")


def test_an_aim_is_declared_only_where_something_carries_it() -> None:
    told = improve(SAMPLES / "vetements-travail-delais-trop-courts.yaml").improvement
    assert any("objectif environnemental" in step.what for step in told.singles)
    bare = improve(SAMPLES / "reparation-vehicules-avant-avril-2026.yaml").improvement
    assert not any("objectif social" in step.what for step in bare.singles)
