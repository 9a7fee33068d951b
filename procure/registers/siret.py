"""The door to python-stdnum: is a number a SIRET, the exception of La Poste included."""

from __future__ import annotations

from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.fr import siret as rule

from procure.domain.french import plural

LENGTH = 14


def compact(text: str) -> str:
    """The digits of a number, however they are spaced."""
    return rule.compact("".join(text.split()))


def mistake(text: str) -> str | None:
    """What is wrong with a number, in French; None where it is a SIRET."""
    try:
        rule.validate(compact(text))
    except InvalidLength:
        return f"il compte {plural(len(compact(text)), 'chiffre')} au lieu de {LENGTH}"
    except InvalidChecksum:
        return "sa clé de contrôle est fausse"
    except ValidationError:
        return "il contient autre chose que des chiffres"
    return None
