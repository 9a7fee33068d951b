"""A message has four parts, in French, with French spaces."""

from __future__ import annotations

import inspect

from procure.domain import errors
from procure.domain.errors import Fault, InputError, InvalidTender, ProcureError

NB, NARROW = "\u00a0", "\u202f"


def test_a_fault_reads_where_what_expected_and_what_to_do() -> None:
    fault = Fault("f.yaml, ligne 3", "« nature » vaut « travaux »", "works", "Écrivez « works »")
    assert str(fault) == (
        f"f.yaml, ligne 3{NB}: «{NB}nature{NB}» vaut «{NB}travaux{NB}». "
        f"Attendu{NB}: works. Écrivez «{NB}works{NB}»."
    )


def test_a_question_is_not_closed_with_a_full_stop() -> None:
    said = str(Fault("f", "la clé est inconnue", advice="Vouliez-vous écrire « title » ?"))
    assert said.endswith(f"«{NB}title{NB}»{NARROW}?")


def test_parts_that_are_not_there_leave_no_trace() -> None:
    assert str(Fault("f", "le fichier n'existe pas")) == f"f{NB}: le fichier n'existe pas."


def test_the_name_of_a_file_is_said_as_it_is() -> None:
    assert str(Fault("dossier : a ;b", "rien")).startswith(f"dossier : a ;b{NB}: ")


def test_an_error_of_several_faults_says_one_a_line() -> None:
    error = ProcureError(Fault("a", "un"), Fault("b", "deux"))
    assert str(error).split("\n") == [f"a{NB}: un.", f"b{NB}: deux."]
    assert len(error.faults) == 2


def test_an_error_made_of_faults_keeps_its_kind() -> None:
    assert isinstance(InvalidTender.of([Fault("a", "un")]), InputError)


def test_the_tree_of_the_docstring_names_every_error() -> None:
    tree = inspect.getdoc(errors) or ""
    kinds = [kind for kind in vars(errors).values() if inspect.isclass(kind)]
    assert all(kind.__name__ in tree for kind in kinds if issubclass(kind, ProcureError))
