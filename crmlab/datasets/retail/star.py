"""The star layer: dimensions and facts ready for a cube."""

import numpy as np

from crmlab.datasets.columns import category, dates, masked, text
from crmlab.datasets.retail import aftersales, customers, planted, segments, star_relations
from crmlab.datasets.retail.description import NO_PROMOTION, NO_STORE, NOT_APPLICABLE

SATISFIED_FROM = 4  # of 5


def build(world):
    """Make the tables of the star.

    Returns
    -------
    dict of str to dict
        Columns by table.
    """
    return {
        **_dimensions(world),
        **_facts(world),
        **star_relations.dimensions(world),
        **star_relations.facts(world),
    }


def _take(column, positions):
    return (
        column.take(positions) if hasattr(column, "take") and not isinstance(column, np.ndarray) else column[positions]
    )


def _dimensions(world):
    tables = world.tables
    stores, promotions = tables["stores"], tables["promotions"]
    cities = np.append(0, stores["city_id"])
    return {
        "dim_date": tables["dates"],
        "dim_region": tables["regions"],
        "dim_store": {
            "store_id": np.arange(len(cities), dtype=np.int32),
            "store": text([NO_STORE, *stores["store"].to_pylist()]),
            "store_city": text([NO_STORE, *(world.places.city[k - 1] for k in cities[1:])]),
            "floor_area_m2": masked(np.append(0, stores["floor_area_m2"]).astype(np.int32), cities == 0),
        },
        "dim_product": {
            name: tables["products"][name]
            for name in (
                "product_id",
                "product",
                "subcategory",
                "category",
                "department",
                "brand",
                "price_tier",
                "unit",
            )
        },
        "dim_supplier": {
            "supplier_id": tables["suppliers"]["supplier_id"],
            "supplier": tables["suppliers"]["supplier"],
            "supplier_city": _take(tables["regions"]["city"], tables["suppliers"]["city_id"] - 1),
            "quality_score": tables["suppliers"]["quality_score"],
        },
        "dim_channel": tables["channels"],
        "dim_customer": _customers(world),
        "dim_promotion": {
            "promotion_id": np.arange(len(promotions["promotion_id"]) + 1, dtype=np.int32),
            "promotion": text([NO_PROMOTION, *promotions["promotion"].to_pylist()]),
            "promotion_kind": text([NO_PROMOTION, *promotions["promotion_kind"].to_pylist()]),
            "benefit_share": np.append(0.0, promotions["benefit_share"]),
        },
    }


def _customers(world):
    table, people = world.tables["customers"], world.people
    who = table["customer_id"] - 1
    corporate = people.corporate[who]
    age = (planted.N_DAYS - np.concatenate([people.born, np.zeros(people.n_corporates, dtype=np.int64)])) / 365.25
    band, bands = customers.age_band(age[who])
    known = np.concatenate([people.gender_known, np.ones(people.n_corporates, dtype=bool)])[who]
    female = np.concatenate([people.female, np.zeros(people.n_corporates, dtype=bool)])[who]

    def consumer(values, names):
        codes = np.concatenate([values, np.full(people.n_corporates, len(names))])[who]
        return category(codes, (*names, NOT_APPLICABLE))

    def account(values, names):
        codes = np.concatenate([np.full(people.n_consumers, len(names)), values])[who]
        return category(codes, (*names, NOT_APPLICABLE))

    return {
        "customer_key": table["customer_key"],
        "customer_id": table["customer_id"],
        "customer": table["name"],
        "customer_type": table["customer_type"],
        "segment": category(world.segments[who], segments.NAMES),
        "gender": category(
            np.where(corporate, 2, female.astype(np.int64)), (*customers.GENDERS, NOT_APPLICABLE), missing=~known
        ),
        "age_band": category(np.where(corporate, len(bands), band), (*bands, NOT_APPLICABLE)),
        "occupation": consumer(people.occupation, customers.OCCUPATIONS),
        "acquisition_source": consumer(people.source, customers.SOURCES),
        "loyalty_member": table["loyalty_member"],
        "industry": account(people.industry, customers.INDUSTRIES),
        "company_size": account(people.size_class, customers.SIZES),
        "city": _take(world.tables["regions"]["city"], table["city_id"] - 1),
        "registered_on": table["registered_on"],
        "closed_on": table["closed_on"],
        "valid_from": table["valid_from"],
        "valid_to": table["valid_to"],
    }


def _keys(world, order, store=True):
    """Give the keys that facts share, for some orders; what is delivered has passed no store."""
    orders, people = world.orders, world.people
    who, day = orders.customer[order], orders.day[order]
    keys = {
        "customer_key": (people.first_version[who] + (day >= people.moved[who]) + 1).astype(np.int32),
        "customer_id": people.ids[who],
        "city_id": (orders.city[order] + 1).astype(np.int32),
        "channel_id": (orders.channel[order] + 1).astype(np.int32),
        "store_id": orders.store[order].astype(np.int32),
        "promotion_id": (world.offers.first[order] + 1).astype(np.int32),
    }
    if not store:
        del keys["store_id"]
    return keys


def _facts(world):
    orders, lines, sums, goods = world.orders, world.lines, world.totals, world.shelf
    sold_line = np.flatnonzero(~orders.cancelled[lines.order])
    at, product = lines.order[sold_line], lines.product[sold_line]
    sold = np.flatnonzero(~orders.cancelled)
    back, paid, parcels = world.returns, world.payments, world.parcels
    back_order, back_product = lines.order[back["line"]], lines.product[back["line"]]
    return {
        "fact_sales_line": {
            "order_id": orders.ids[at],
            "line": lines.line[sold_line].astype(np.int32),
            "date": dates(orders.day[at]),
            **_keys(world, at),
            "product_id": (product + 1).astype(np.int32),
            "supplier_id": goods.supplier[product].astype(np.int32),
            "quantity": lines.quantity[sold_line].astype(np.int32),
            "gross_amount": lines.gross[sold_line],
            "discount": lines.discount[sold_line],
            "amount": lines.amount[sold_line],
            "cost": lines.cost[sold_line],
            "margin": lines.amount[sold_line] - lines.cost[sold_line],
        },
        "fact_order": {
            "order_id": orders.ids[sold],
            "date": dates(orders.day[sold]),
            "hour": (orders.second[sold] // 3_600).astype(np.int32),
            **_keys(world, sold),
            "lines": sums["lines"][sold].astype(np.int32),
            "quantity": sums["quantity"][sold].astype(np.int32),
            "gross_amount": sums["gross"][sold],
            "discount": sums["discount"][sold],
            "shipping": sums["shipping"][sold],
            "total": sums["total"][sold],
        },
        "fact_return": {
            "return_id": np.arange(1, len(back_order) + 1, dtype=np.int32),
            "order_id": orders.ids[back_order],
            "line": lines.line[back["line"]].astype(np.int32),
            "date": dates(back["day"]),
            **_keys(world, back_order),
            "product_id": (back_product + 1).astype(np.int32),
            "supplier_id": goods.supplier[back_product].astype(np.int32),
            "reason": category(back["reason"], aftersales.REASONS),
            "quantity": back["quantity"].astype(np.int32),
            "amount": back["amount"],
        },
        "fact_payment": {
            "order_id": orders.ids[paid["order"]],
            "date": dates(orders.day[paid["order"]]),
            **_keys(world, paid["order"]),
            "payment_method": category(paid["method"], aftersales.METHODS),
            "amount": sums["total"][paid["order"]],
            "late_days": masked(paid["late_days"].astype(np.int32), paid["defaulted"]),
            "late": ((paid["late_days"] > 0) & ~paid["defaulted"]).astype(np.int32),
            "defaulted": paid["defaulted"].astype(np.int32),
        },
        "fact_delivery": {
            "order_id": orders.ids[parcels.order],
            "date": dates(orders.day[parcels.order]),
            **_keys(world, parcels.order, store=False),
            "lateness": category(parcels.lateness, planted.LATENESS, missing=parcels.refused),
            "late_days": masked(parcels.late_days.astype(np.int32), parcels.refused),
            "late": ((parcels.late_days > 0) & ~parcels.refused).astype(np.int32),
            "refused": parcels.refused.astype(np.int32),
        },
        **_survey_facts(world),
        "order_promotion": world.tables["order_promotions"],
    }


def _survey_facts(world):
    survey = world.survey
    ids = np.arange(1, len(survey["order"]) + 1, dtype=np.int32)
    yes = np.flatnonzero(survey["answered"])
    nps, csat, ces = survey["nps"][yes], survey["csat"][yes], survey["ces"][yes]
    easy = np.where(survey["ces_version"][yes] == 1, ces <= 3, ces >= 5)
    return {
        "fact_survey_invitation": {
            "survey_id": ids,
            "order_id": world.orders.ids[survey["order"]],
            "date": dates(survey["asked"]),
            **_keys(world, survey["order"]),
            "answered": survey["answered"].astype(np.int32),
        },
        "fact_survey": {
            "survey_id": ids[yes],
            "order_id": world.orders.ids[survey["order"][yes]],
            "date": dates(survey["answered_on"][yes]),
            **_keys(world, survey["order"][yes]),
            "nps_score": nps.astype(np.int32),
            "promoter": (nps >= 9).astype(np.int32),
            "detractor": (nps <= 6).astype(np.int32),
            "csat_score": csat.astype(np.int32),
            "satisfied": (csat >= SATISFIED_FROM).astype(np.int32),
            "ces_score": ces.astype(np.int32),
            "ces_version": survey["ces_version"][yes].astype(np.int32),
            "easy": easy.astype(np.int32),
        },
    }
