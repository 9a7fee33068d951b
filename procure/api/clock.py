"""The day of use: the one place that reads the clock."""

from __future__ import annotations

import os
from datetime import date

from procure.domain.errors import Fault, ProcureError

VARIABLE = "PROCURE_USED_ON"
"""An environment variable that holds another day, to print the same thing whenever it runs."""


def today() -> date:
    """
    The day the rules are used, unless it is given.

    Raises:
        ProcureError: the variable holds something else than a day.
    """
    text = os.environ.get(VARIABLE)
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        what = f"« {text} » n'est pas un jour"
        raise ProcureError(Fault(VARIABLE, what, "par exemple 2026-11-22")) from None
