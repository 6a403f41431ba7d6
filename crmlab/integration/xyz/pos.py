"""The till: receipts whose head stands on their first line only."""

from __future__ import annotations

from .parts import Part, case, desk, laid, refusals
from .reading import Raw

__all__ = ["pos_sales"]

_MONEY = r"\d{1,3}(\.\d{3})*"


def pos_sales(raw: Raw) -> Part:
    """Type and check the till's sales.

    Dates are dd/mm/yyyy, money is ``1.234.567``; what a receipt says once stands on its first line. A line is refused
    when it can't be read, when its amount is not pieces x price - discount, when it comes twice, or when the head of
    its receipt is missing or can't be read.

    Parameters
    ----------
    raw : Raw

    Returns
    -------
    Part
        Tables ``orders`` and ``lines``.
    """
    with desk(raw=laid(raw.pos), products=raw.master("dim_product")[["product_id"]]) as con:
        con.execute(rf"""
            CREATE TEMP TABLE typed AS
            SELECT *, CASE
                WHEN order_id IS NULL OR line IS NULL THEN 'unreadable_number'
                WHEN quantity IS NULL OR NOT written THEN 'unreadable_number'
                WHEN product_id IS NULL OR product_id NOT IN (SELECT product_id FROM products) THEN 'unknown_product'
                WHEN quantity * unit_price - discount <> amount THEN 'amount_differs'
                END AS reason
            FROM (
                SELECT source_row,
                    CASE WHEN starts_with(NO_STRUK, 'TRX') THEN try_cast(NO_STRUK[4:] AS INTEGER) END AS order_id,
                    try_cast(BARIS AS INTEGER) AS line,
                    CASE WHEN starts_with(SKU, 'SKU') THEN try_cast(SKU[4:] AS INTEGER) END AS product_id,
                    try_cast(QTY AS INTEGER) AS quantity,
                    try_cast(replace(HARGA, '.', '') AS BIGINT) AS unit_price,
                    try_cast(replace(DISKON, '.', '') AS BIGINT) AS discount,
                    try_cast(replace(JUMLAH, '.', '') AS BIGINT) AS amount,
                    regexp_full_match(HARGA || ' ' || DISKON || ' ' || JUMLAH, '{_MONEY} {_MONEY} {_MONEY}') AS written
                FROM raw)""")
        con.execute(f"""
            CREATE TEMP TABLE heads AS
            SELECT *, CASE
                WHEN ordered_at IS NULL THEN 'unreadable_date'
                WHEN channel IS NULL OR status IS NULL THEN 'unknown_code'
                WHEN shipping IS NULL THEN 'unreadable_number'
                WHEN count(*) OVER (PARTITION BY order_id) > 1 THEN 'two_heads'
                END AS head_reason
            FROM (
                SELECT source_row AS head_row, try_cast(NO_STRUK[4:] AS INTEGER) AS order_id,
                    try_strptime(TGL || ' ' || JAM, '%d/%m/%Y %H:%M:%S') AS ordered_at,
                    nullif(trim(KODE_PLG), '') AS customer_key,
                    {case("SALURAN", "pos", "channel")} AS channel,
                    try_cast(nullif(replace(KODE_TOKO, 'T', ''), '') AS INTEGER) AS store_id,
                    {case("STATUS", "pos", "status")} AS status,
                    try_cast(replace(ONGKIR, '.', '') AS BIGINT) AS shipping
                FROM raw WHERE TGL <> '')""")
        con.execute("""
            CREATE TEMP TABLE judged AS
            SELECT t.* EXCLUDE (reason), coalesce(t.reason, h.head_reason,
                CASE WHEN h.order_id IS NULL THEN 'no_head' WHEN d.line IS NOT NULL THEN 'repeated_line' END) AS reason
            FROM typed t
            LEFT JOIN (SELECT DISTINCT ON (order_id) order_id, head_reason FROM heads) h USING (order_id)
            LEFT JOIN (SELECT order_id, line FROM typed GROUP BY ALL HAVING count(*) > 1) d USING (order_id, line)""")
        refused = refusals(
            con,
            raw.pos,
            "SELECT j.source_row AS row, j.reason, r.NO_STRUK || ' ' || r.BARIS AS value FROM judged j "
            "JOIN raw r USING (source_row) WHERE j.reason IS NOT NULL",
        )
        lines = con.sql("""
            SELECT order_id, line, product_id, quantity, unit_price, quantity * unit_price AS gross_amount, discount,
                amount, 'pos' AS source, source_row
            FROM judged WHERE reason IS NULL""").to_arrow_table()
        orders = con.sql("""
            SELECT h.order_id, h.ordered_at, h.customer_key, h.channel, h.store_id, NULL::VARCHAR AS ship_city,
                NULL::VARCHAR AS payment_method, s.gross_amount::BIGINT AS gross_amount, s.discount::BIGINT AS discount,
                h.shipping, (s.amount + h.shipping)::BIGINT AS total, h.status, s.lines::INTEGER AS lines,
                s.quantity::INTEGER AS quantity, 'pos' AS source, h.head_row AS source_row
            FROM heads h JOIN (
                SELECT order_id, sum(quantity * unit_price) AS gross_amount, sum(discount) AS discount,
                    sum(amount) AS amount, count(*) AS lines, sum(quantity) AS quantity
                FROM judged WHERE reason IS NULL GROUP BY order_id) s USING (order_id)
            ORDER BY h.order_id""").to_arrow_table()
    n = len(raw.pos.frame) + len(raw.pos.refused)
    return Part("pos_sales", raw.pos.name, None, n, lines.num_rows, refused, {"orders": orders, "lines": lines})
