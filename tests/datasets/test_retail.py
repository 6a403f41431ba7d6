"""Opening and making PT XYZ."""

import json
import subprocess
import sys

import pytest

import crmlab as crm
from crmlab.datasets import files, is_ready, load_retail, make_retail, shipping
from crmlab.datasets.retail import RECIPE, build
from crmlab.errors import InternalError, UserError


def test_a_path_needs_no_heavy_library():
    code = (
        "import sys; from crmlab.datasets import load_retail; shop = load_retail('S');"
        "shop.path('fact_sales_line'), shop.star, shop.hash, shop.rows('fact_order'), shop.sheet, shop.truths;"
        "print(sorted({'pandas', 'numpy', 'pyarrow', 'duckdb', 'statsmodels'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_committed_files_are_small_and_complete():
    folder = files.shipped("retail")
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 2_000_000
    manifest = json.loads((folder / "S" / "manifest.json").read_text())
    there = {path.relative_to(folder / "S").as_posix().removesuffix(".xz") for path in (folder / "S").glob("*/*")}
    assert there == set(manifest["tables"])


@pytest.mark.parametrize("layer", ["star", "clean", "raw", "truth"])
def test_rows_are_counted_without_opening(layer):
    shop = load_retail("S", layer)
    assert {name: shop.rows(name) for name in shop.names} == {name: len(shop.tables[name]) for name in shop.names}


def test_what_is_shipped_packed_is_unpacked_once_and_checked(tmp_path, monkeypatch):
    monkeypatch.setenv("CRMLAB_CACHE", str(tmp_path))
    raw = load_retail("S", "raw")
    path = raw.path("pos")
    assert path.is_relative_to(tmp_path)
    first = path.stat().st_mtime_ns
    assert raw.path("pos") == path and path.stat().st_mtime_ns == first
    path.write_text("somebody wrote into it")
    assert raw.path("pos").read_bytes().startswith(b"NO_STRUK;")
    assert [entry.name for entry in path.parent.iterdir()] == ["pos.csv"]


def test_packed_files_need_no_cache_that_can_be_written(tmp_path, monkeypatch):
    (tmp_path / "cache").write_text("a file where the folder should be")
    monkeypatch.setenv("CRMLAB_CACHE", str(tmp_path / "cache"))
    assert load_retail("S", "raw").path("hr").read_bytes().startswith(b"\xef\xbb\xbfNIP;")


def test_a_damaged_packed_file_is_not_handed_out(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a")
    files.pack(path)
    with pytest.raises(InternalError, match="damaged"):
        files.unpacked(path, "0" * 64)


def test_shipping_is_repeatable(tmp_path):
    for _ in range(2):
        assert shipping.ship(RECIPE, tmp_path) == load_retail("S").hash
    shipped = files.shipped("retail") / "S"
    for path in (tmp_path / "S").rglob("*.parquet"):
        assert path.read_bytes() == (shipped / path.relative_to(tmp_path / "S")).read_bytes()


def test_duckdb_reads_what_pandas_reads():
    import duckdb

    shop = load_retail("S")
    for name in shop.names:
        rows = duckdb.sql(f"SELECT * FROM '{shop.path(name).as_posix()}'").df()
        table = shop.tables[name]
        assert list(rows.columns) == list(table.columns)
        assert len(rows) == len(table)
        for column in table.columns:
            assert rows[column].isna().equals(table[column].isna()), (name, column)
        numbers = table.select_dtypes("number").columns
        assert (rows[numbers].sum() == table[numbers].sum()).all(), name


def test_whether_a_table_is_there_may_be_asked():
    shop = load_retail("S")
    assert "dim_product" in shop.tables
    assert "products" not in shop.tables and None not in shop.tables


def test_unknown_names_get_suggestions():
    with pytest.raises(UserError) as unknown:
        load_retail("S").path("fact_sale_line")
    assert unknown.value.near[0] == "fact_sales_line"
    assert "fact_sales_line" in unknown.value.render("en")
    with pytest.raises(UserError, match="XL"):
        load_retail("XL")
    with pytest.raises(UserError, match="cleaned"):
        load_retail("S", layer="cleaned")


def test_a_folder_that_exists_is_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    with pytest.raises(UserError, match="mine"):
        make_retail("S", out=tmp_path / "mine")
    assert not list((tmp_path / "mine").iterdir())


def test_sizes_are_made_on_first_use_in_the_chosen_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CRMLAB_CACHE", str(tmp_path))
    assert is_ready("S")
    assert not is_ready("M")
    made = []

    def make_small(size, seed, folder, progress):
        made.append(size)
        (folder / "manifest.json").write_text('{"tables": {}, "hash": "", "seed": 0}')

    monkeypatch.setattr(build, "make", make_small)
    load_retail("M")
    load_retail("M")
    assert made == ["M"]
    assert is_ready("M")
    assert [path.parent for path in tmp_path.glob("*/manifest.json")] == [files.cache() / next(tmp_path.iterdir()).name]


def test_a_world_that_fails_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("CRMLAB_CACHE", str(tmp_path))

    def fail(size, seed, folder, progress):
        (folder / "half").write_text("half")
        raise RuntimeError("power cut")

    monkeypatch.setattr(build, "make", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        make_retail("M")
    assert not list(tmp_path.iterdir())
    assert not is_ready("M")


def test_what_a_cleaner_of_caches_left_is_made_again(tmp_path, monkeypatch):
    monkeypatch.setenv("CRMLAB_CACHE", str(tmp_path))
    made = []

    def make_small(size, seed, folder, progress):
        made.append(size)
        (folder / "star").mkdir()
        (folder / "star" / "a.parquet").write_text("a")
        (folder / "manifest.json").write_text('{"tables": {"star/a.parquet": {}}, "hash": "", "seed": 0}')

    monkeypatch.setattr(build, "make", make_small)
    folder = make_retail("M")
    make_retail("M")
    assert made == ["M"]
    (folder / "star" / "a.parquet").unlink()
    assert not is_ready("M")
    load_retail("M")
    assert made == ["M", "M"]
    assert is_ready("M")


def test_the_first_of_two_makers_wins(tmp_path):
    target = tmp_path / "world"
    with files.whole_or_nothing(target) as slow:
        with files.whole_or_nothing(target) as fast:
            (fast / "who").write_text("fast")
        (slow / "who").write_text("slow")
    assert (target / "who").read_text() == "fast"
    assert [path.name for path in tmp_path.iterdir()] == ["world"]


def test_progress_is_told_and_has_words(tmp_path):
    heard = []
    make_retail("S", out=tmp_path / "xyz", progress=lambda *said: heard.append(said))
    done, totals, keys = zip(*heard, strict=True)
    assert list(done) == list(range(totals[0] + 1))
    for key in keys:
        for lang in crm.labels.LANGUAGES:
            assert crm.labels.text(f"datasets.step_{key}", lang)


def test_the_description_fits_the_tables():
    shop = load_retail("S")
    star = shop.star
    dimensions = {dimension["name"]: dimension for dimension in star["dimensions"]}
    columns = {name: set(shop.tables[name].columns) for name in shop.names}
    for dimension in star["dimensions"]:
        table = shop.tables[dimension["table"]]
        assert table[dimension["key"]].is_unique
        levels = {level for levels in dimension["hierarchies"].values() for level in levels}
        assert levels | {*dimension["attributes"], *dimension["personal"]} <= columns[dimension["table"]]
        for hierarchy in dimension["hierarchies"].values():
            for parent, child in zip(hierarchy, hierarchy[1:], strict=False):
                assert (table.groupby(child)[parent].nunique(dropna=False) == 1).all(), (parent, child)
        for column, members in dimension["order"].items():
            assert set(table[column].dropna()) <= set(members), column
    for fact in star["facts"]:
        table = shop.tables[fact["table"]]
        assert not table.duplicated(fact["grain"]).any()
        assert set(fact["attributes"]) <= columns[fact["table"]]
        for name, key in fact["keys"].items():
            dimension = dimensions[name]
            # nobody knows who writes on social media
            assert set(table[key].dropna()) <= set(shop.tables[dimension["table"]][dimension["key"]]), (
                fact["name"],
                name,
            )
    facts = {fact["name"]: fact["table"] for fact in star["facts"]}
    names = {measure["name"] for measure in star["measures"]}
    assert len(names) == len(star["measures"])
    for measure in star["measures"]:
        if measure["kind"] == "ratio":
            assert {measure["numerator"], measure["denominator"]} <= names
        elif measure["kind"] != "calc" and measure["column"] is not None:
            assert measure["column"] in columns[facts[measure["fact"]]]


def test_everything_that_is_seen_has_a_name():
    import tomllib

    with open(crm.labels.__path__[0] + "/catalogue/names.toml", "rb") as catalogue:
        known = set(tomllib.load(catalogue)["names"])
    shop = load_retail("S")
    star = shop.star
    wanted = {measure["name"] for measure in star["measures"]}
    for kind in ("facts", "dimensions"):
        wanted |= {thing["name"] for thing in star[kind]}
    for thing in star["dimensions"]:
        wanted |= {*thing["hierarchies"], *thing["attributes"]}
        wanted |= {level for levels in thing["hierarchies"].values() for level in levels}
    own_names = {
        "product",
        "brand",
        "promotion",
        "supplier",
        "supplier_city",
        "store",
        "store_city",
        "city",
        "province",
        "campaign",
        "sales_rep",
    }
    own_names |= {"province_code", "time_zone", "customer", "quarter", "month", "week"}
    for name in shop.names:
        table = shop.tables[name]
        for column in set(table.select_dtypes("str").columns) - own_names:
            wanted |= set(table[column].dropna()) - {""}
    wanted |= {"no_store", "no_promotion"}
    assert not wanted - known
