"""Facts of what follows the bids: standstill, signature, notices and data."""

from __future__ import annotations

from procure.engine.views import TenderView
from procure.engine.vocabulary.fact import fact
from procure.engine.vocabulary.procedure import field_of


def _award_notice_days(view: TenderView) -> int | None:
    notified, sent = view.tender.notified_on, view.tender.award_notice_sent_on
    return None if notified is None or sent is None else (sent - notified).days


def _publication_months(view: TenderView) -> int | None:
    """The months begun between notification and publication of the data; none on the very day."""
    notified, published = view.tender.notified_on, view.tender.essential_data_published_on
    if notified is None or published is None:
        return None
    months = 12 * (published.year - notified.year) + published.month - notified.month
    return max(0, months + (1 if published.day > notified.day else 0))


FACTS = (
    fact("procedure.single_bid", "bool", "une seule offre reçue",
         lambda v: v.tender.bids_received == 1, "bids_received",
         description="Vrai si le dossier dit qu'une seule offre a été reçue ; avant la remise des "
         "offres, le cas général vaut."),
    fact("procedure.standstill_days", "days", "délai de suspension avant signature",
         field_of("standstill_days"), "standstill_days"),
    fact("procedure.electronic_rejections", "bool",
         "candidats évincés informés par voie électronique",
         field_of("rejections_sent_electronically"), "rejections_sent_electronically"),
    fact("procedure.sent_to_prefect", "bool", "transmission au préfet", field_of("sent_to_prefect"),
         "sent_to_prefect"),
    fact("contract.is_written", "bool", "marché conclu par écrit", field_of("is_written"),
         "is_written"),
    fact("award_notice.delay_days", "days", "délai d'envoi de l'avis d'attribution",
         _award_notice_days, "award_notice_sent_on", "notified_on",
         description="De la notification à l'envoi de l'avis ; la signature précède la "
         "notification."),
    fact("data.publication_months", "months", "mois entamés avant la publication des données",
         _publication_months, "essential_data_published_on", "notified_on"),
)  # fmt: skip
