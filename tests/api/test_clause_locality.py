"""The local clauses help small firms by lawful means: our own reading of prose agrees."""

from __future__ import annotations

import pytest

from procure.documents.library import filled, load
from procure.domain.library import LibraryClause
from procure.wording.lexicon import ReadAs
from procure.wording.spotting import default

LOCAL = [clause for clause in load().clauses if clause.axis == "local"]


def ids(clause: LibraryClause) -> str:
    return clause.id


@pytest.mark.parametrize("clause", LOCAL, ids=ids)
def test_no_local_clause_reads_as_a_preference_for_nearby_firms(clause: LibraryClause) -> None:
    read_as: ReadAs = "criterion" if clause.kind == "criterion" else "condition"
    spotted = default().spot(filled(clause), read_as)
    assert spotted.summary.local_preference in ("none", "lawful")


@pytest.mark.parametrize("clause", LOCAL, ids=ids)
def test_a_local_clause_says_what_would_make_it_unlawful_or_unwise(clause: LibraryClause) -> None:
    assert len(clause.vigilance.split()) >= 15


def test_each_lever_for_small_firms_has_its_clause() -> None:
    subjects = {clause.subject for clause in LOCAL}
    assert subjects == {"direct_supply", "response_time", "small_firm_access", "payment"}
