"""The finance book: invoices with all their items in one cell, and the transfers of consumers."""

from __future__ import annotations

from .parts import Part, desk, laid, refusals
from .reading import Raw

__all__ = ["finance_receipts", "finance_sales"]

_RUPIAH = r"Rp \d{1,3}(\.\d{3})*,-"


def _money(column: str) -> str:
    """An SQL expression that reads ``Rp 1.234.567,-``; NULL for anything else."""
    digits = f"""regexp_replace("{column}", '[^0-9]', '', 'g')"""
    return f"""CASE WHEN regexp_full_match("{column}", '{_RUPIAH}') THEN try_cast({digits} AS BIGINT) END"""


def finance_sales(raw: Raw) -> Part:
    """Type and check the invoices, and take their items apart.

    The book tells an invoice's discount, not its lines'. Where a rate in whole percent, rounded line by line, gives the
    invoice's discount to the rupiah, the lines have that rate; otherwise the discount is shared out by the lines' worth
    and the crumbs go to the largest.

    Parameters
    ----------
    raw : Raw

    Returns
    -------
    Part
        Tables ``orders``, ``lines`` and ``payments``. An invoice has a day, no time of day.
    """
    with desk(raw=laid(raw.invoices), products=raw.master("dim_product")[["product_id"]]) as con:
        con.execute(f"""
            CREATE TEMP TABLE invoices AS
            SELECT source_row, "No. Faktur" AS number,
                CASE WHEN starts_with("No. Faktur", 'INV/') THEN try_cast("No. Faktur"[5:] AS INTEGER) END AS order_id,
                "Tanggal"::TIMESTAMP AS ordered_at, "Kode" AS customer_key, "Nama Pelanggan" AS who, "Sales" AS rep,
                "Rincian" AS items, {_money("Bruto")} AS gross_amount, {_money("Diskon")} AS discount,
                {_money("Nilai Faktur")} AS total, "Jatuh Tempo"::DATE AS due_on,
                try_strptime("Tgl Bayar", '%d-%m-%Y')::DATE AS paid_on, "Status" AS state
            FROM raw""")
        con.execute(r"""
            CREATE TEMP TABLE items AS
            SELECT source_row, line, try_cast(part[1] AS INTEGER) AS product_id,
                try_cast(part[2] AS INTEGER) AS quantity, try_cast(replace(part[3], '.', '') AS BIGINT) AS unit_price
            FROM (SELECT source_row, line::INTEGER AS line,
                    regexp_extract_all(item, '\d[\d.]*') AS part
                FROM (SELECT source_row, unnest(string_split(items, '; ')) AS item,
                        generate_subscripts(string_split(items, '; '), 1) AS line FROM invoices))""")
        con.execute("""
            CREATE TEMP TABLE judged AS
            SELECT i.*, CASE
                WHEN number IS NULL AND who = 'JUMLAH' THEN 'total_row'
                WHEN order_id IS NULL THEN 'unreadable_number'
                WHEN ordered_at IS NULL OR due_on IS NULL THEN 'unreadable_date'
                WHEN customer_key IS NULL THEN 'missing_value'
                WHEN total IS NULL OR gross_amount IS NULL OR discount IS NULL THEN 'unreadable_number'
                WHEN state NOT IN ('LUNAS', 'BELUM LUNAS', 'MACET') THEN 'unknown_code'
                WHEN s.lost OR s.lost IS NULL THEN 'unknown_product'
                WHEN s.gross <> gross_amount OR gross_amount - discount <> total THEN 'amount_differs'
                WHEN count(*) OVER (PARTITION BY order_id) > 1 THEN 'repeated_line'
                END AS reason, round(100.0 * discount / nullif(gross_amount, 0))::BIGINT AS percent
            FROM invoices i LEFT JOIN (
                SELECT source_row, sum(quantity * unit_price) AS gross,
                    bool_or(quantity IS NULL OR unit_price IS NULL OR product_id IS NULL
                        OR product_id NOT IN (SELECT product_id FROM products)) AS lost
                FROM items GROUP BY source_row) s USING (source_row)""")
        con.execute("""
            CREATE TEMP TABLE shared AS
            SELECT i.order_id, l.line, l.product_id, l.quantity, l.unit_price,
                l.quantity * l.unit_price AS gross_amount, i.discount AS whole, i.gross_amount AS worth, i.source_row,
                (l.quantity * l.unit_price * i.percent + 50) // 100 AS by_rate,
                (l.quantity * l.unit_price * i.discount) // nullif(i.gross_amount, 0) AS by_worth
            FROM judged i JOIN items l USING (source_row) WHERE i.reason IS NULL""")
        lines = con.sql("""
            SELECT order_id, line, product_id, quantity, unit_price, gross_amount, discount,
                gross_amount - discount AS amount, 'finance' AS source, source_row
            FROM (SELECT *, (CASE WHEN sum(by_rate) OVER one = whole THEN by_rate
                    ELSE by_worth + CASE WHEN row_number() OVER (PARTITION BY order_id ORDER BY gross_amount DESC, line)
                        <= whole - sum(by_worth) OVER one THEN 1 ELSE 0 END END)::BIGINT AS discount
                FROM shared WINDOW one AS (PARTITION BY order_id)) ORDER BY order_id, line""").to_arrow_table()
        orders = con.sql("""
            SELECT i.order_id, i.ordered_at, i.customer_key, 'field_sales' AS channel, NULL::INTEGER AS store_id,
                NULL::VARCHAR AS ship_city, 'invoice' AS payment_method, i.gross_amount, i.discount,
                0::BIGINT AS shipping, i.total, 'completed' AS status, l.lines, l.quantity, 'finance' AS source,
                i.source_row
            FROM judged i JOIN (SELECT source_row, count(*)::INTEGER AS lines, sum(quantity)::INTEGER AS quantity
                FROM items GROUP BY source_row) l USING (source_row)
            WHERE reason IS NULL ORDER BY order_id""").to_arrow_table()
        payments = con.sql("""
            SELECT order_id, 'invoice' AS method, total AS amount, due_on, paid_on, state = 'MACET' AS defaulted,
                rep AS sales_rep, 'finance' AS source, source_row
            FROM judged WHERE reason IS NULL ORDER BY order_id""").to_arrow_table()
        refused = refusals(
            con,
            raw.invoices,
            "SELECT source_row AS row, reason, coalesce(number, who) AS value FROM judged WHERE reason IS NOT NULL",
        )
    tables = {"orders": orders, "lines": lines, "payments": payments}
    n = len(raw.invoices.frame) + len(raw.invoices.refused)
    return Part("finance_sales", raw.invoices.name, raw.invoices.sheet, n, orders.num_rows, refused, tables)


def finance_receipts(raw: Raw, orders: object) -> Part:
    """Type and check the transfers, and lay each against its receipt at the till.

    Parameters
    ----------
    raw : Raw
    orders : pyarrow.Table
        The till's orders.

    Returns
    -------
    Part
        Table ``payments``. A transfer whose receipt the till does not know, or whose amount is another, is refused.
    """
    with desk(raw=laid(raw.transfers), orders=orders) as con:
        con.execute(f"""
            CREATE TEMP TABLE judged AS
            SELECT t.*, CASE
                WHEN receipt IS NULL AND who = 'JUMLAH' THEN 'total_row'
                WHEN t.order_id IS NULL OR amount IS NULL THEN 'unreadable_number'
                WHEN paid_on IS NULL THEN 'unreadable_date'
                WHEN o.order_id IS NULL THEN 'unknown_receipt'
                WHEN o.total <> amount THEN 'amount_differs'
                END AS reason
            FROM (SELECT source_row, "Nama Pengirim" AS who, "No. Struk" AS receipt, "Kode" AS customer_key,
                    CASE WHEN starts_with("No. Struk", 'TRX') THEN try_cast("No. Struk"[4:] AS INTEGER) END AS order_id,
                    {_money("Jumlah")} AS amount, "Tanggal"::DATE AS paid_on
                FROM raw) t
            LEFT JOIN orders o USING (order_id)""")
        payments = con.sql("""
            SELECT order_id, 'bank_transfer' AS method, amount, paid_on AS due_on, paid_on, false AS defaulted,
                NULL::VARCHAR AS sales_rep, 'transfer' AS source, source_row
            FROM judged WHERE reason IS NULL ORDER BY order_id""").to_arrow_table()
        refused = refusals(
            con,
            raw.transfers,
            "SELECT source_row AS row, reason, coalesce(receipt, who) AS value FROM judged WHERE reason IS NOT NULL",
        )
    n = len(raw.transfers.frame) + len(raw.transfers.refused)
    return Part("finance_receipts", raw.transfers.name, raw.transfers.sheet, n, payments.num_rows, refused,
                {"payments": payments})  # fmt: skip
