"""A report is told in the order people act on it, in sentences that rest on its findings."""

from __future__ import annotations

from sample_report import finding, report, reward

from procure.domain.outline import Outline, is_blocked, law_sentence, score_sentence
from procure.domain.report import Law, OverallScore, Report


def judged(verdict: str, *findings: object) -> Report:
    law = Law(verdict=verdict, read_up_to=report().law.read_up_to)  # type: ignore[arg-type]
    return report(law=law, findings=findings)


def sentence(one: Report) -> str:
    return law_sentence(Outline(one)).replace("\u00a0", " ")


def test_blocking_breaches_come_before_warnings_and_advice() -> None:
    told = [one.first.severity for one in Outline(report()).breaches]
    assert told == ["blocking", "warning", "advice"]


def test_the_best_points_come_first_and_places_share_them() -> None:
    lots = [reward("LOT002", 0, 0, at=f"lots[{i}]", where=f"lot {i + 1}") for i in (0, 1)]
    (both,) = Outline(report(findings=lots)).gains
    assert (both.gain, both.overall_gain) == (10, 12.5)
    (one,) = Outline(report(findings=(lots[0], reward("LOT002", 10, 10, at="lots[1]")))).gains
    assert one.gain == 5
    assert [told.first.rule for told in Outline(report()).gains] == ["GAI001", "GAI002"]


def test_many_places_are_counted() -> None:
    lots = [finding("LOT003", at=f"lots[{i}]", where=f"lot {i + 1}") for i in range(9)]
    (told,) = Outline(report(findings=lots)).breaches
    assert told.places.replace("\u00a0", " ") == "lot 1, lot 2, lot 3, lot 4 et 5 autres endroits"


def test_the_sentence_of_law_counts_what_blocks_and_what_waits() -> None:
    waits = finding("UNK001", verdict="unknown")
    asks = finding("ASK001", verdict="to_judge", severity="warning")
    assert sentence(judged("breach", finding("BLO001"), waits)) == (
        "1 manquement bloquant. En outre, 1 règle attend des faits."
    )
    assert sentence(judged("to_complete", waits, asks)) == (
        "Aucun manquement bloquant constaté, mais 1 règle attend des faits et 1 question attend "
        "une réponse avant de conclure."
    )
    assert sentence(judged("lawful", finding("AVE001", severity="warning"))) == (
        "Aucun manquement bloquant parmi les règles de droit appliquées. 1 avertissement à lire."
    )


def test_a_question_that_only_advises_holds_no_verdict_back() -> None:
    advice = finding("ASK002", verdict="to_judge", severity="advice")
    waits = finding("UNK001", verdict="unknown")
    assert "question" not in sentence(judged("to_complete", waits, advice))


def test_the_sentence_of_the_score_says_what_is_earned_and_what_may_be() -> None:
    def said(low: float, high: float, letter: str, letter_high: str) -> str:
        overall = OverallScore(low=low, high=high, letter=letter, letter_high=letter_high)
        return score_sentence(report(score=report().score.model_copy(update={"overall": overall})))

    assert said(54.3, 54.3, "C", "C") == "54,3 sur 100 : lettre C."
    assert said(51, 60, "C", "C").endswith("lettre C, quels que soient les faits manquants.")
    assert said(42.5, 55, "D", "C") == (
        "De 42,5 à 55 sur 100 : lettre D acquise, C possible selon les faits manquants."
    )


def test_what_the_profile_adds_is_told_apart_from_the_law() -> None:
    own = finding("PRO901", by_profile=True)
    assert sentence(judged("lawful", own)) == (
        "Aucun manquement bloquant parmi les règles de droit appliquées. "
        "Le profil grand-poitiers, plus strict que le droit, ajoute 1 manquement bloquant."
    )
    assert sentence(judged("breach", finding("BLO001"), own)).startswith(
        "1 manquement bloquant. Le"
    )
    assert is_blocked(judged("lawful", own))
    assert not is_blocked(judged("lawful", finding("AVE001", severity="warning")))
    waits = finding("UNK001", verdict="unknown", by_profile=True)
    assert "attend" not in sentence(judged("lawful", waits))
