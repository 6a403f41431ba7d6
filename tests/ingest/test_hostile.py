"""Every hostile file ends in a table and its quarantine, or in one clear error: no traceback, no hang, no row lost."""

from __future__ import annotations

import pytest

from tests.ingest import hostile, trial

GROUPS = (
    "encodings",
    "separators",
    "structures",
    "values",
    "disguises",
    "workbooks",
    "parquets",
    "databases",
    "frames",
)


def test_there_are_more_than_three_hundred_kinds():
    names = [kind.name for kind in hostile.kinds()]
    assert len(names) == len(set(names)) > 1_000
    assert sum(len(list(getattr(hostile, group)())) for group in GROUPS) == len(names)


@pytest.mark.parametrize("group", GROUPS)
def test_every_kind_ends_well(group):
    names = [kind.name for kind in getattr(hostile, group)()]
    endings = trial.run(names)
    assert sorted(e.name for e in endings) == sorted(names)
    bad = [f"{e.how}: {e.name}: {e.detail}" for e in endings if not e.good]
    assert not bad, "\n".join(bad)
    # neither "everything is refused" nor "everything passes" would do
    assert {e.how for e in endings} == {"table", "refused"}


@pytest.mark.parametrize(
    ("name", "how", "detail"),
    [
        ("encoding utf-16", "table", "18 kept, 0 refused"),
        ("separators change half-way", "table", "9 kept, 9 refused"),
        ("all totals 19: '1.2.3.4'", "refused", "ingest.not_numbers"),
        ("workbook cut at 50 %", "refused", "ingest.unreadable_workbook"),
        ("workbook, encrypted flag", "refused", "ingest.old_workbook"),
        ("workbook, a bomb of two gigabytes", "refused", "ingest.too_many_bytes"),
        ("parquet cut at 50 %", "refused", "ingest.unreadable_parquet"),
        ("sqlite with a view without end", "refused", "ingest.too_slow"),
        ("duckdb with a view of a file", "refused", "ingest.query_failed"),
        ("duckdb cut in half", "refused", "ingest.unreadable_database"),
    ],
)
def test_some_kinds_end_as_they_should(name, how, detail):
    (ending,) = trial.run([name])
    assert (ending.how, ending.detail) == (how, detail)


def test_the_trial_tells_what_must_not_be(monkeypatch):
    """A trial that never fails would prove nothing: rows lost, crashes and hangs are seen."""
    table = hostile._lines(hostile.ROWS).encode()
    lost = hostile.Kind("lost", "jual.csv", lambda: table, len(hostile.ROWS) + 1)

    class Bent:
        columns = property(lambda self: 1 / 0)
        iloc = None

    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        assert trial.end_of(lost, Path(folder)).how == "lost"
        assert trial.end_of(hostile.Kind("bent", None, Bent), Path(folder)).how == "crash"
