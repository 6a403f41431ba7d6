"""Who is who at PT XYZ: the till's customers, the finance book's cards, web accounts, chat contacts and employees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..combining import Combined, combine
from ..feeds import Feed
from ..matching import Match, match
from ..sources import Sources
from .parts import Part, codes
from .reading import Raw

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["FIELDS", "RULES", "WHO_WINS", "customers", "sources", "twice", "who_is_who"]

RULES = ("phone+name", "phone", "email", "name+born_on", "name+phone_tail")
"""By what people are found, the strongest first. ``phone_tail`` is what a chat contact's name ends with."""

WHO_WINS = {
    "name": ["pos", "finance", "web", "hr"],
    "gender": ["pos", "finance", "web", "hr"],
    "born_on": ["pos", "finance", "web", "hr"],
    "phone": ["pos", "finance", "web", "whatsapp", "hr"],
    "email": ["pos", "web"],
    "city": ["pos", "finance"],
}
"""The order of the sources, field by field. The till asks for a card with a birthday; the others copy."""

FIELDS = (
    *("name", "gender", "born_on", "phone", "email", "address", "city", "registered_on", "loyalty_member"),
    *("industry", "employees", "payment_term_days", "credit_limit"),
)


def twice(raw: Raw) -> dict[str, str]:
    """Find the till's second entries of a person: one phone number and one birthday, however the name is spelt.

    People of a household share a phone and not a birthday, so they stay apart. For any other file see
    :mod:`crmlab.duplicates`.

    Parameters
    ----------
    raw : Raw

    Returns
    -------
    dict of str to str
        Code of a further entry -> code of the first one.
    """
    from ...ingest import standardise

    table = raw.pos_customers.frame
    phone = standardise.phone(table["NO_HP"]).values
    first = table["KODE_PLG"].groupby([phone, table["TGL_LAHIR"]]).transform("min")
    more = first.notna() & (first != table["KODE_PLG"])
    return dict(zip(table.loc[more, "KODE_PLG"], first[more], strict=True))


def sources(raw: Raw, web: Part, chat: Part, *, same: Any = None) -> Sources:
    """Lay the five lists of people side by side, the till's first.

    Parameters
    ----------
    raw : Raw
    web, chat : Part
        What :func:`~crmlab.integration.xyz.web_sales` and :func:`~crmlab.integration.xyz.chat` found.
    same : Found or mapping, optional
        The till's second entries; by default :func:`twice`.

    Returns
    -------
    Sources
    """
    till, cards, staff = raw.pos_customers, raw.cards, raw.staff
    accounts, contacts = (part.tables[n].to_pandas() for part, n in ((web, "accounts"), (chat, "contacts")))
    known = till.frame.assign(_tail=till.frame["NO_HP"].str.replace(r"\D", "", regex=True).str[-4:])
    gender = {name: {"gender": maps["gender"]} for name, maps in codes().items()}
    sums = cards.frame["Kode"].isna().to_numpy()
    return Sources(
        Feed(
            "pos", known, "KODE_PLG",
            {"NAMA": "name", "JK": "gender", "TGL_LAHIR": "born_on", "NO_HP": "phone", "EMAIL": "email",
             "ALAMAT": "address", "KOTA": "city", "TGL_DAFTAR": "registered_on", "MEMBER": "loyalty_member",
             "_tail": "phone_tail"},
            {**gender["pos"], "loyalty_member": codes()["pos"]["member"]},
            same=twice(raw) if same is None else same, date_order="day",
            file=till.name, rows=till.rows, hash=till.hash,
        ),
        Feed(
            "finance", cards.frame[~sums].reset_index(drop=True), "Kode",
            {"Nama": "name", "P/W": "gender", "Tgl Lahir": "born_on", "No. HP": "phone", "Kota": "city",
             "Bidang Usaha": "industry", "Jml Karyawan": "employees", "Termin (hari)": "payment_term_days",
             "Plafon Kredit": "credit_limit"},
            {**gender["finance"], "industry": codes()["finance"]["industry"]},
            {"employees": "number", "payment_term_days": "number", "credit_limit": "money"},
            currency="IDR", date_order="day", file=cards.name, sheet=cards.sheet, rows=cards.rows[~sums],
            cells=raw.cells["Pelanggan"], hash=cards.hash,
        ),
        Feed(
            "web", accounts.drop(columns="source_row"), "id_akun",
            {"nama": "name", "email": "email", "telepon": "phone", "jenis_kelamin": "gender", "tgl_lahir": "born_on"},
            gender["web"], file=raw.web.name, rows=accounts["source_row"].to_numpy(), hash=raw.web.hash,
        ),
        Feed(
            "whatsapp", contacts.drop(columns="source_row"), "sender",
            {"nama": "name", "telepon": "phone", "ekor": "phone_tail"},
            file=raw.chat.source.name, rows=contacts["source_row"].to_numpy(), hash=raw.chat.source.hash,
        ),
        Feed(
            "hr", staff.frame[["NIP", "NAMA", "JK", "TGL_LAHIR", "NO_HP"]], "NIP",
            {"NAMA": "name", "JK": "gender", "TGL_LAHIR": "born_on", "NO_HP": "phone"}, gender["hr"],
            date_order="day", file=staff.name, rows=staff.rows, hash=staff.hash,
        ),
    )  # fmt: skip


def who_is_who(people: Sources) -> Match:
    """Match the five lists by :data:`RULES`; a name or a birthday that contradicts forbids a link."""
    return match(people, RULES)


def customers(people: Sources, matched: Match, cities: pd.DataFrame) -> tuple[pa.Table, Combined, pd.DataFrame]:
    """Make one row per customer, and say which customer each source's number means.

    Who is in the till keeps the number of its first code; others get the next free numbers, in the order of the
    sources. Employees and chat contacts who are nobody's customer are no customers.

    Parameters
    ----------
    people : Sources
    matched : Match
    cities : pandas.DataFrame
        ``dim_region``.

    Returns
    -------
    tuple
        ``customers``, what :func:`~crmlab.integration.combine` decided, and the links with ``customer_id``.
    """
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    one = combine(people, matched, WHO_WINS, fields=FIELDS)
    table, links = one.table, matched.links
    buyer = links["source"].isin(["pos", "finance", "web"])
    till = links[links["source"] == "pos"].drop_duplicates("entity_id")
    number = pd.Series(till["unit"].str.extract(r"(\d+)$", expand=False).astype("int64").array, till["entity_id"])
    new = np.setdiff1d(links.loc[buyer, "entity_id"].unique(), number.index.to_numpy())
    start = int(number.max()) if len(number) else 0
    doubles = links.loc[links["source"] == "pos", "key"].str.extract(r"(\d+)$", expand=False).astype("int64")
    start = max(start, int(doubles.max()) if len(doubles) else 0)  # a second code's number is taken as well
    ids = pd.concat([number, pd.Series(start + 1 + np.arange(len(new)), new)])
    links = links.assign(customer_id=links["entity_id"].map(ids).astype("Int64"))
    table = table[table["entity_id"].isin(ids.index)]
    corporate = table["industry"].notna()
    city = cities.set_index("city")["city_id"]
    whole = {c: table[c].astype("Int64") for c in ("employees", "payment_term_days", "credit_limit")}
    out = pd.DataFrame(
        {
            "customer_id": table["entity_id"].map(ids).astype("int32"),
            "entity_id": table["entity_id"],
            "customer_type": np.where(corporate, "corporate", "consumer"),
            **{c: table[c] for c in ("name", "gender", "born_on", "phone", "email", "address")},
            "city_id": table["city"].map(city).astype("Int32"),
            "registered_on": table["registered_on"],
            "loyalty_member": table["loyalty_member"].map({"true": True, "false": False}).astype("boolean"),
            "industry": table["industry"],
            **whole,
            "sources": table["sources"],
        }
    ).sort_values("customer_id", ignore_index=True)
    for column in ("born_on", "registered_on"):
        out[column] = out[column].astype("datetime64[s]")
    arrow = pa.Table.from_pandas(out, preserve_index=False)
    for column in ("born_on", "registered_on"):
        at = arrow.schema.get_field_index(column)
        arrow = arrow.set_column(at, column, arrow[column].cast(pa.date32()))
    return arrow.replace_schema_metadata(None), one, links


def spoken(links: Any, source: str) -> Any:
    """The customer behind each key of a source, for joining."""
    import pyarrow as pa

    mine = links[(links["source"] == source) & links["customer_id"].notna()].drop_duplicates("key")
    return pa.table(
        {"customer_key": pa.array(mine["key"]), "customer_id": pa.array(mine["customer_id"].astype("int32"))}
    )
