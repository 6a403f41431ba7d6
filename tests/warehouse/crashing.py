"""A load in a process of its own, which can be told to die. Used by the tests and by the benchmark of kills.

``python crashing.py FOLDER NUMBER [POINT]`` loads batch ``NUMBER`` into the warehouse and dies, as by SIGKILL, at the
``POINT``-th step that touches the disk; without a point it lives.
"""

from __future__ import annotations

import datetime as dt
import importlib
import os
import sys

ROWS = 400


def batch(number: int) -> dict:
    """A batch in which customers move, sales are new, and sales of the batch before are corrected."""
    start, first = dt.datetime(2020, 1, 1) + dt.timedelta(days=30 * number), number * ROWS
    orders = [*range(max(0, first - 20), first), *range(first, first + ROWS)]
    return {
        "customers": {
            "customer_id": list(range(40)),
            "city": [f"city {(i + number) % 7}" for i in range(40)],
            "since": [start] * 40,
        },
        "sales": {
            "order_id": orders,
            "customer_id": [o % 40 for o in orders],
            "day": [start + dt.timedelta(days=o % 28) for o in orders],
            "amount": [o * 7 + number for o in orders],
        },
    }


def load(folder: str, number: int):
    """Load one batch."""
    from crmlab.warehouse import Warehouse

    return Warehouse(folder).load(
        batch(number),
        loaded_at=dt.datetime(2020, 2, 1) + dt.timedelta(days=30 * number),
        keys={"customers": "customer_id", "sales": "order_id"},
        history={"customers": {"valid_from": "since"}},
        links={"sales": {"customer_id": {"to": "customers", "on": "day"}}},
        wait_seconds=30,
    )


def mined(point: int) -> list[str]:
    """Count every step that touches the disk, and die at the ``point``-th, half of the time just after it."""
    steps: list[str] = []

    def armed(owner, name):
        real = getattr(owner, name)

        def step(*args, **options):
            steps.append(name)
            if len(steps) == point and point % 2:
                os._exit(9)
            done = real(*args, **options)
            if len(steps) == point:
                os._exit(9)
            return done

        setattr(owner, name, step)

    from crmlab.warehouse import folder
    from crmlab.warehouse.loading import Store

    for name in ("replace", "fsync", "unlink"):
        armed(os, name)
    armed(folder.shutil, "rmtree")
    armed(folder, "digest")
    armed(Store, "run")
    return steps


if __name__ == "__main__":
    point = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    steps = mined(point) if point else []
    # what a load will import is imported before it begins: a kill is to hit the load, not Python
    for name in ("pandas", "crmlab.warehouse.warehouse"):
        importlib.import_module(name)
    importlib.import_module("crmlab.star.store").Store().close()
    print("ready", flush=True)
    load(sys.argv[1], int(sys.argv[2]))
    print("loaded", len(steps), flush=True)
