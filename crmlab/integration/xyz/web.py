"""The online shops: every line repeats what belongs to its order."""

from __future__ import annotations

from .parts import Part, case, desk, laid, refusals
from .reading import Raw

__all__ = ["web_sales"]


def web_sales(raw: Raw) -> Part:
    """Type and check the sales of the website and the marketplace.

    Dates are ISO, money is ``1234567.00``. An order whose lines tell different heads is refused whole.

    Parameters
    ----------
    raw : Raw

    Returns
    -------
    Part
        Tables ``orders``, ``lines``, and ``accounts``: one row per account, the website's where there is one, for the
        marketplace keeps mail, gender and birthday to itself.
    """
    with desk(raw=laid(raw.web), products=raw.master("dim_product")[["product_id"]]) as con:
        con.execute("""
            CREATE TEMP TABLE typed AS
            SELECT *, CASE
                WHEN order_id IS NULL OR quantity IS NULL OR unit_price IS NULL OR discount IS NULL OR amount IS NULL
                    THEN 'unreadable_number'
                WHEN product_id IS NULL OR product_id NOT IN (SELECT product_id FROM products) THEN 'unknown_product'
                WHEN quantity * unit_price - discount <> amount THEN 'amount_differs'
                END AS reason
            FROM (
                SELECT source_row, no_pesanan,
                    CASE WHEN no_pesanan[4] = '-' THEN try_cast(no_pesanan[5:] AS INTEGER) END AS order_id,
                    hash(kanal, waktu, id_akun, kota_kirim, status, metode_bayar, ongkir) AS head,
                    CASE WHEN starts_with(sku, 'SKU') THEN try_cast(sku[4:] AS INTEGER) END AS product_id,
                    try_cast(jumlah AS INTEGER) AS quantity,
                    try_cast(replace(harga, '.00', '') AS BIGINT) AS unit_price,
                    try_cast(replace(potongan, '.00', '') AS BIGINT) AS discount,
                    try_cast(replace(subtotal, '.00', '') AS BIGINT) AS amount
                FROM raw)""")
        con.execute(f"""
            CREATE TEMP TABLE heads AS
            SELECT *, CASE
                WHEN differ THEN 'order_differs'
                WHEN ordered_at IS NULL THEN 'unreadable_date'
                WHEN channel IS NULL OR status IS NULL THEN 'unknown_code'
                WHEN shipping IS NULL THEN 'unreadable_number'
                END AS head_reason
            FROM (
                SELECT order_id, head_row, differ, try_cast(waktu AS TIMESTAMP) AS ordered_at,
                    nullif(trim(id_akun), '') AS customer_key, {case("kanal", "web", "channel")} AS channel,
                    kota_kirim AS ship_city, {case("metode_bayar", "web", "method")} AS payment_method,
                    {case("status", "web", "status")} AS status,
                    try_cast(replace(ongkir, '.00', '') AS BIGINT) AS shipping
                FROM (SELECT order_id, min(source_row) AS head_row, min(head) <> max(head) AS differ
                    FROM typed WHERE order_id IS NOT NULL GROUP BY order_id) h
                JOIN raw ON raw.source_row = h.head_row)""")
        con.execute("""
            CREATE TEMP TABLE judged AS
            SELECT t.* EXCLUDE (reason, head),
                row_number() OVER (PARTITION BY order_id ORDER BY source_row)::INTEGER AS line,
                coalesce(t.reason, h.head_reason) AS reason
            FROM typed t LEFT JOIN heads h USING (order_id)""")
        refused = refusals(
            con,
            raw.web,
            "SELECT source_row AS row, reason, no_pesanan AS value FROM judged WHERE reason IS NOT NULL",
        )
        lines = con.sql("""
            SELECT order_id, line, product_id, quantity, unit_price, quantity * unit_price AS gross_amount, discount,
                amount, 'web' AS source, source_row
            FROM judged WHERE reason IS NULL""").to_arrow_table()
        orders = con.sql("""
            SELECT h.order_id, h.ordered_at, h.customer_key, h.channel, NULL::INTEGER AS store_id, h.ship_city,
                h.payment_method, s.gross_amount::BIGINT AS gross_amount, s.discount::BIGINT AS discount, h.shipping,
                (s.amount + h.shipping)::BIGINT AS total, h.status, s.lines::INTEGER AS lines,
                s.quantity::INTEGER AS quantity, 'web' AS source, h.head_row AS source_row
            FROM heads h JOIN (
                SELECT order_id, sum(quantity * unit_price) AS gross_amount, sum(discount) AS discount,
                    sum(amount) AS amount, count(*) AS lines, sum(quantity) AS quantity
                FROM judged WHERE reason IS NULL GROUP BY order_id) s USING (order_id)
            ORDER BY h.order_id""").to_arrow_table()
        accounts = con.sql("""
            SELECT raw.id_akun, nama, nullif(email, '') AS email, telepon, nullif(jenis_kelamin, '') AS jenis_kelamin,
                nullif(tgl_lahir, '') AS tgl_lahir, raw.source_row
            FROM (SELECT id_akun, arg_min(source_row, (kanal <> 'website')::INTEGER * 1000000000 + source_row) AS at
                FROM raw WHERE id_akun <> '' GROUP BY id_akun) a
            JOIN raw ON raw.source_row = a.at ORDER BY raw.source_row""").to_arrow_table()
    n = len(raw.web.frame) + len(raw.web.refused)
    tables = {"orders": orders, "lines": lines, "accounts": accounts}
    return Part("web_sales", raw.web.name, None, n, lines.num_rows, refused, tables)
