"""`procure doctor`: what this installation can do."""

from __future__ import annotations

from procure.cli import output


def doctor() -> int:
    """Dit ce que cette installation sait faire : moteur, règles, droit lu jusqu'à quel jour."""
    from procure.api.health import examine

    checks = examine()
    output.table(
        "État de l'installation",
        ("", "Point", "Constat"),
        [("oui" if check.is_fine else "non", check.what, check.found) for check in checks],
    )
    return 0 if all(check.is_fine or not check.is_needed for check in checks) else 2
