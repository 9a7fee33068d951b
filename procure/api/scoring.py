"""Scores a tender from its file, and computes a report again from its receipt."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from procure import __version__
from procure.api.clock import today
from procure.api.rules import judge_on, profile, rulebook
from procure.domain import french
from procure.domain.errors import EngineError, Fault, InvalidTender, UnreadableFile
from procure.domain.report import Receipt, Report
from procure.domain.tender import Tender
from procure.engine.judge import EngineName, Judge, Judgement
from procure.engine.prose import ProseReading, has_prose
from procure.engine.reporting import Subject, report
from procure.exchange.reader import read
from procure.exchange.reading import Reading
from procure.rulebook.schema import Profile

DEFAULT_PROFILE = "grand-poitiers"


@dataclass(frozen=True, slots=True)
class Scored:
    """A report with what its reader had to say of the file."""

    report: Report
    reading: Reading


def score(
    path: Path,
    on: date | None = None,
    profile_name: str = DEFAULT_PROFILE,
    engine: EngineName = "auto",
    used_on: date | None = None,
) -> Scored:
    """
    Read, judge and score the tender of a file.

    Args:
        profile_name: the name of a profile, or the path of its file.
        used_on: the day the rules are used, which tells what was read too long ago; today by
            default.
        on: the day judged; by default the day its notice was sent or its consultation engaged,
            else that of the notice itself (an award notice does not say the day of its call).

    Raises:
        InputError: the file cannot be read, is not a tender, or says no day while `on` is None.
        EngineError: the engine asked for cannot be used.
    """
    reading = read(path)
    report = score_reading(reading, path.name, on, profile_name, engine, used_on)
    return Scored(report, reading)


def score_reading(
    reading: Reading,
    name: str,
    on: date | None = None,
    profile_name: str = DEFAULT_PROFILE,
    engine: EngineName = "auto",
    used_on: date | None = None,
) -> Report:
    """Judge and score a tender already read; see `score`."""
    tender, policy, used_on = reading.tender, profile(profile_name), used_on or today()
    day = on or tender.consultation_on or reading.dated_on
    if day is None:
        raise _no_day(name)
    if day < rulebook().law_known_from:
        raise before_the_law(name, day)
    receipt = Receipt(
        version=__version__,
        rulebook=rulebook().digest,
        profile=policy.name,
        day=day,
        input=reading.digest,
        law_read_up_to=rulebook().law_read_up_to,
        used_on=used_on,
        overlay=policy.overlay,
    )
    prose = read_prose(tender, policy)
    judgement = _judged(prose.tender, day, policy, engine, used_on)
    return report(judgement, Subject(prose, reading.origins, policy, receipt))


def read_prose(tender: Tender, policy: Profile) -> ProseReading:
    """What the words of a tender say; the lexicon is loaded only where there are words."""
    if not has_prose(tender):
        return ProseReading(tender, tender)
    from procure.engine.prose import read_prose as read_words
    from procure.wording.spotting import default

    return read_words(tender, default(), policy.least_confidence)


def _judged(
    tender: Tender, day: date, policy: Profile, engine: EngineName, used_on: date
) -> Judgement:
    """The judgement of one engine; `auto` turns to the plain one if durable-rules fails."""
    share = policy.unchecked_clause_share

    def judge(name: EngineName) -> Judge:
        return judge_on(day, tender.notified_on, name, used_on, policy.settings)

    try:
        return judge(engine).judge(tender, share)
    except EngineError:
        if engine != "auto":
            raise
        return judge("python").judge(tender, share)


def to_json(result: Report) -> str:
    """The report as JSON, the same bytes for the same report."""
    return json.dumps(result.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def to_line(result: Report) -> str:
    """The report as one line of JSON, for many reports in one stream."""
    return json.dumps(result.model_dump(mode="json"), ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether a report comes out the same again, and in what it differs."""

    is_same: bool
    differences: tuple[str, ...]


def verify(report_path: Path, tender_path: Path, profile_path: Path | None = None) -> Verified:
    """
    Compute a report again from the tender's file and compare it to the byte.

    Args:
        profile_path: the file of the profile, where it is not one of `rules/`.

    Raises:
        InputError: one of the files cannot be read; the profile's is needed and not given.
    """
    from procure.resources.text import decode, read_bytes

    written = decode(read_bytes(report_path), report_path.name)
    try:
        receipt = Receipt.model_validate(json.loads(written)["receipt"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableFile(
            Fault(
                report_path.name,
                "ce n'est pas un rapport de procure",
                "un rapport JSON avec son reçu",
            )
        ) from error
    if receipt.overlay and profile_path is None:
        raise _no_profile(report_path.name, receipt.profile)
    policy = str(profile_path) if receipt.overlay and profile_path else receipt.profile
    again = score(tender_path, receipt.day, policy, used_on=receipt.used_on).report
    differences = [
        label
        for label, field in _RECEIPT_LABELS.items()
        if getattr(receipt, field) != getattr(again.receipt, field)
    ]
    is_same = to_json(again) == written
    if not is_same and not differences:
        differences = ["le contenu du rapport a été modifié"]
    return Verified(is_same, tuple(differences))


_RECEIPT_LABELS = {
    "le dossier n'est pas celui du rapport": "input",
    "les règles ont changé": "rulebook",
    "la version de procure a changé": "version",
    "la date de lecture du droit a changé": "law_read_up_to",
    "le fichier du profil n'est pas celui du rapport": "overlay",
}


_ANOTHER_DAY = "Vérifiez la date du dossier, ou donnez un autre jour avec --on"


def before_the_law(where: str, day: date, advice: str = _ANOTHER_DAY) -> InvalidTender:
    """The error for a day before the first one whose law the rules know."""
    start = french.day(rulebook().law_known_from)
    return InvalidTender(
        Fault(
            where,
            f"les règles ne connaissent pas le droit du {french.day(day)}",
            f"un jour à partir du {start}, entrée en vigueur du code de la commande publique",
            advice,
        )
    )


def _no_profile(name: str, profile_name: str) -> UnreadableFile:
    return UnreadableFile(
        Fault(
            name,
            f"le rapport tient au profil « {profile_name} », qui n'est pas livré avec procure",
            "le fichier de ce profil",
            "Donnez-le avec --profile",
        )
    )


def _no_day(name: str) -> InvalidTender:
    return InvalidTender(
        Fault(
            name,
            "le jour de la consultation n'est pas indiqué, et le droit dépend du jour",
            "« notice_sent_on » (envoi de l'avis) ou « launched_on » (consultation engagée)",
            "Complétez le dossier, ou donnez le jour avec --on 2026-09-01",
        )
    )
