"""The reference way from the raw POS export to clean tables, with which students compare their own.

It gives what the POS holds: consumers as they registered, and the sales of stores and WhatsApp. The habits of the till
are described in `crmlab.datasets.retail.raw`.
"""

import re

_GENDERS = {"L": "male", "P": "female"}
_CHANNELS = {"TOKO": "store", "WA": "whatsapp"}
_STATUSES = {"SELESAI": "completed", "BATAL": "cancelled", "RETUR": "returned"}
_ON_THE_FIRST_LINE = ["TGL", "JAM", "KODE_PLG", "SALURAN", "KODE_TOKO", "STATUS", "ONGKIR"]


def canonical_phone(text):
    """Write an Indonesian phone number the canonical way.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> canonical_phone("0800-0123-4567"), canonical_phone("62 800 0123 4567")
    ('+6280001234567', '+6280001234567')
    """
    digits = re.sub(r"\D", "", text)
    return "+62" + digits.removeprefix("62").removeprefix("0")


def merge_map(customers):
    """Tell which entries of the customer file are one person.

    One phone number and one birthday make one person, however the name is spelt. People of one household share a
    phone but not a birthday, so they stay apart.

    Parameters
    ----------
    customers : pandas.DataFrame
        ``pos_pelanggan`` as it was read.

    Returns
    -------
    pandas.Series
        By entry code, the code of the person's first entry.
    """
    keys = [customers["NO_HP"].map(canonical_phone), customers["TGL_LAHIR"]]
    first = customers["KODE_PLG"].groupby(keys).transform("min")
    return first.set_axis(customers["KODE_PLG"])


def clean_customers(customers, regions):
    """Clean the customer file.

    Parameters
    ----------
    customers : pandas.DataFrame
        ``pos_pelanggan`` as it was read.
    regions : pandas.DataFrame

    Returns
    -------
    pandas.DataFrame
        One row a person, by customer id.
    """
    import pandas as pd

    first = merge_map(customers)
    kept = customers[customers["KODE_PLG"].isin(first)]
    cities = regions.set_index("city")["city_id"]
    return pd.DataFrame(
        {
            "customer_id": _number(kept["KODE_PLG"]),
            "name": kept["NAMA"].str.title(),
            "gender": kept["JK"].map(_GENDERS),
            "born_on": pd.to_datetime(kept["TGL_LAHIR"], format="%d/%m/%Y"),
            "phone": kept["NO_HP"].map(canonical_phone),
            "email": kept["EMAIL"],
            "address": kept["ALAMAT"],
            "city_id": kept["KOTA"].map(cities),
            "registered_on": pd.to_datetime(kept["TGL_DAFTAR"], format="%d/%m/%Y"),
            "loyalty_member": kept["MEMBER"] == "Y",
        }
    ).sort_values("customer_id", ignore_index=True)


def clean_sales(sales, customers):
    """Clean the sales file.

    Parameters
    ----------
    sales, customers : pandas.DataFrame
        ``pos`` and ``pos_pelanggan`` as they were read.

    Returns
    -------
    tuple of pandas.DataFrame
        Orders and order lines.
    """
    import pandas as pd

    table = sales.copy()
    # what a receipt says once stands on its first line only
    table[_ON_THE_FIRST_LINE] = table[_ON_THE_FIRST_LINE].where(table["TGL"] != "").ffill()
    lines = pd.DataFrame(
        {
            "order_id": _number(table["NO_STRUK"]),
            "line": table["BARIS"].astype("int32"),
            "product_id": _number(table["SKU"]),
            "quantity": table["QTY"].astype("int32"),
            "unit_price": _money(table["HARGA"]),
            "discount": _money(table["DISKON"]),
            "amount": _money(table["JUMLAH"]),
        }
    )
    lines.insert(5, "gross_amount", lines["quantity"] * lines["unit_price"])
    heads = table[table["BARIS"] == "1"]
    sums = lines.groupby("order_id")[["gross_amount", "discount"]].sum()
    orders = pd.DataFrame(
        {
            "order_id": _number(heads["NO_STRUK"]),
            "ordered_at": pd.to_datetime(heads["TGL"] + " " + heads["JAM"], format="%d/%m/%Y %H:%M:%S"),
            "customer_id": _number(heads["KODE_PLG"].map(merge_map(customers))),
            "channel": heads["SALURAN"].map(_CHANNELS),
            "store_id": pd.to_numeric(heads["KODE_TOKO"].str.removeprefix("T")),
            "shipping": _money(heads["ONGKIR"]),
            "status": heads["STATUS"].map(_STATUSES),
        }
    ).merge(sums, left_on="order_id", right_index=True)
    orders["total"] = orders["gross_amount"] - orders["discount"] + orders["shipping"]
    return orders.reset_index(drop=True), lines


def _number(codes):
    return codes.str.extract(r"(\d+)", expand=False).astype("int32")


def _money(texts):
    return texts.str.replace(".", "", regex=False).astype("int64")
