"""Made-up supply: the same for a seed, marked as such, and nobody's."""

from procure.domain.supply import Commune, Trade
from procure.planning.synthetic import draw_supply

TRADES = [
    Trade(id=name, title=name.capitalize(), family=family, nature="works", cpv=(), naf=("43.34Z",))
    for name, family in [("peinture", "second-oeuvre"), ("platrerie", "second-oeuvre"),
                         ("voirie", "voirie-reseaux")]
]  # fmt: skip
COMMUNES = [
    Commune.model_validate(
        {"insee": code, "name": code, "population": people, "latitude": 46, "longitude": 0}
    )
    for code, people in [("86194", 90_000), ("86027", 2_000)]
]


def test_the_same_seed_gives_the_same_firms_and_another_does_not() -> None:
    first = draw_supply(50, TRADES, COMMUNES, seed=3)
    assert draw_supply(50, TRADES, COMMUNES, seed=3) == first
    assert draw_supply(50, TRADES, COMMUNES, seed=4).firms != first.firms


def test_the_first_firms_do_not_depend_on_how_many_follow() -> None:
    assert draw_supply(10, TRADES, COMMUNES).firms == draw_supply(90, TRADES, COMMUNES).firms[:10]


def test_synthetic_firms_are_marked_and_have_no_siret() -> None:
    supply = draw_supply(30, TRADES, COMMUNES)
    assert supply.is_synthetic and "fictive" in supply.name
    assert all(firm.siret is None for firm in supply.firms)
    assert all(firm.id.startswith("FICTIF-") for firm in supply.firms)
    assert all("fictive" in (firm.name or "") for firm in supply.firms)


def test_every_trade_is_held_and_more_firms_live_where_more_people_do() -> None:
    firms = draw_supply(200, TRADES, COMMUNES).firms
    assert {trade for firm in firms for trade in firm.trades or ()} == {t.id for t in TRADES}
    at = [firm.commune for firm in firms]
    assert at.count("86194") > 5 * at.count("86027") > 0


def test_a_firm_holds_trades_of_one_family() -> None:
    family = {trade.id: trade.family for trade in TRADES}
    for firm in draw_supply(200, TRADES, COMMUNES).firms:
        assert len({family[trade] for trade in firm.trades or ()}) == 1


def test_some_facts_are_unknown_as_in_real_files() -> None:
    firms = draw_supply(200, TRADES, COMMUNES).firms
    for name in ("turnover_excl_tax", "reach_km", "running"):
        unknown = sum(getattr(firm, name) is None for firm in firms)
        assert 0 < unknown < len(firms)
