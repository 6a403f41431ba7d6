"""WhatsApp, where an order is a conversation, and the personnel office's list."""

from __future__ import annotations

from .parts import Part, case, desk, laid, refusals
from .reading import Raw

__all__ = ["chat", "staff"]


def chat(raw: Raw, orders: object) -> Part:
    """Tie the messages of the order group to receipts and to the people who wrote them.

    The shop answers an order with its receipt number and total; both are laid against the till.

    Parameters
    ----------
    raw : Raw
    orders : pyarrow.Table
        The till's orders.

    Returns
    -------
    Part
        Tables ``messages`` (``order_id`` where the message names a receipt, ``agrees`` whether its total is the
        till's) and ``contacts``: who wrote, known by number, or by name and the number's last four digits.
    """
    import pandas as pd

    got = raw.chat
    table = got.table.assign(source_row=got.places)
    with desk(raw=table, orders=orders) as con:
        messages = con.sql(r"""
            SELECT row_number() OVER (ORDER BY m.source_row)::INTEGER AS message_id, sent_at, sender AS customer_key,
                kind, outgoing, m.order_id, said, CASE WHEN m.order_id IS NOT NULL THEN said = o.total END AS agrees,
                'whatsapp' AS source, m.source_row::INTEGER AS source_row
            FROM (SELECT *, CASE WHEN outgoing THEN
                        try_cast(regexp_extract(text, 'TRX(\d{8})', 1) AS INTEGER) END AS order_id,
                    CASE WHEN outgoing THEN try_cast(replace(
                        regexp_extract(text, 'total Rp([\d.]+)', 1), '.', '') AS BIGINT) END AS said
                FROM raw) m
            LEFT JOIN orders o ON o.order_id = m.order_id""").to_arrow_table()
        contacts = con.sql(r"""
            SELECT sender, any_value(phone) AS telepon,
                nullif(regexp_extract(any_value(name), '^(.*?) \d{4}$', 1), '') AS nama,
                nullif(regexp_extract(any_value(name), '(\d{4})$', 1), '') AS ekor, min(source_row) AS source_row
            FROM raw WHERE NOT outgoing AND sender IS NOT NULL GROUP BY sender ORDER BY min(source_row)
            """).to_arrow_table()
    lost = got.quarantine[["source_row", "reason"]].rename(columns={"source_row": "row"})
    lost = pd.DataFrame({"file": got.source.name, "sheet": None, **{c: lost[c] for c in lost}, "value": None})
    return Part("chat", got.source.name, None, got.facts["rows_read"], messages.num_rows, lost,
                {"messages": messages, "contacts": contacts})  # fmt: skip


def staff(raw: Raw) -> Part:
    """Type and check the list of employees.

    Parameters
    ----------
    raw : Raw

    Returns
    -------
    Part
        Table ``employees``.
    """
    from ...ingest import standardise

    table = laid(raw.staff)
    phones = standardise.phone(raw.staff.frame["NO_HP"]).values
    with desk(raw=table.append_column("phone", [phones.to_list()])) as con:
        con.execute(f"""
            CREATE TEMP TABLE judged AS
            SELECT *, CASE WHEN employee_id IS NULL THEN 'unreadable_number'
                WHEN born_on IS NULL OR hired_on IS NULL THEN 'unreadable_date'
                WHEN gender IS NULL OR job IS NULL OR unit IS NULL THEN 'unknown_code' END AS reason
            FROM (SELECT CASE WHEN starts_with(NIP, 'XYZ-') THEN try_cast(NIP[5:] AS INTEGER) END AS employee_id,
                    NIP AS employee_number, trim(NAMA) AS name, {case("JK", "hr", "gender")} AS gender,
                    try_strptime(TGL_LAHIR, '%d-%m-%Y')::DATE AS born_on, {case("JABATAN", "hr", "job")} AS job,
                    {case("BAGIAN", "hr", "unit")} AS unit,
                    try_cast(nullif(replace(KODE_TOKO, 'T', ''), '') AS INTEGER) AS store_id, phone,
                    try_strptime(TGL_MASUK, '%d-%m-%Y')::DATE AS hired_on,
                    try_strptime(nullif(TGL_KELUAR, ''), '%d-%m-%Y')::DATE AS left_on, 'hr' AS source, source_row
                FROM raw)""")
        employees = con.sql("SELECT * EXCLUDE (reason) FROM judged WHERE reason IS NULL ORDER BY employee_id")
        employees = employees.to_arrow_table()
        refused = refusals(
            con,
            raw.staff,
            "SELECT source_row AS row, reason, employee_number AS value FROM judged WHERE reason IS NOT NULL",
        )
    n = len(raw.staff.frame) + len(raw.staff.refused)
    return Part("staff", raw.staff.name, None, n, employees.num_rows, refused, {"employees": employees})
