"""The same seed gives the same bytes, whatever machine, order or library version is under it."""

import hashlib
import json
import lzma
import os
import subprocess
import sys
from statistics import NormalDist

import numpy as np
import pyarrow.parquet as pq
import pytest
from scipy.special import betaincinv, gammaincinv

from crmlab.datasets import columns, draws, files, load_retail, make_retail
from crmlab.datasets.retail import planted


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    return make_retail("S", out=tmp_path_factory.mktemp("again") / "S")


def _manifest(folder):
    return json.loads((folder / "manifest.json").read_text())


def test_the_committed_files_are_made_again(again):
    shipped = files.shipped("retail") / "S"
    assert _manifest(again)["hash"] == _manifest(shipped)["hash"]
    assert _manifest(again) == _manifest(shipped)
    for name, facts in _manifest(shipped)["tables"].items():
        path = shipped / name
        there = path.read_bytes() if path.is_file() else lzma.decompress(files.packed(path).read_bytes())
        assert hashlib.sha256(there).hexdigest() == facts["file"], name
        assert (again / name).read_bytes() == there, name


def test_content_hashes_are_of_what_the_files_say():
    shipped = files.shipped("retail") / "S"
    for name, facts in _manifest(shipped)["tables"].items():
        if name.endswith(".parquet"):
            assert columns.content_hash(pq.read_table(shipped / name)) == facts["content"], name


@pytest.mark.parametrize("size", ["S", "M"])
def test_every_size_has_its_recorded_hash(size):
    recorded = json.loads((files.shipped("retail") / "truths.json").read_text())
    assert load_retail(size).hash == recorded["hashes"][size]
    assert load_retail(size).seed == recorded["seed"]


def test_a_plainer_processor_makes_the_same(again, tmp_path):
    """Switch off what numpy uses of a modern processor, and shuffle Python's hashes."""
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    modern = [name for name in __cpu_dispatch__ if __cpu_features__.get(name)]
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from crmlab.datasets import make_retail; make_retail('S', out=sys.argv[1])"]
        + [str(tmp_path / "plain")],
        env={
            **os.environ,
            "NPY_DISABLE_CPU_FEATURES": " ".join(modern),
            "PYTHONHASHSEED": "1",
            "LC_ALL": "C",
            "TZ": "UTC",
        },
        check=True,
    )
    assert done.returncode == 0
    assert _manifest(tmp_path / "plain") == _manifest(again)


def test_another_seed_gives_another_world(again, tmp_path):
    other = make_retail("S", seed=1, out=tmp_path / "other")
    assert _manifest(other)["hash"] != _manifest(again)["hash"]
    same = {"clean/dates.parquet", "clean/channels.parquet", "clean/regions.parquet", "clean/stores.parquet"}
    for name in same:
        assert _manifest(other)["tables"][name] == _manifest(again)["tables"][name]


def test_tables_of_quantiles_are_rounded_far_from_a_tie():
    """A machine whose logarithm is off in the last bit must round to the same sixth digit."""
    p = (np.arange(1 << 16) + 0.5) / (1 << 16)
    exact = {
        "exponential": -np.log1p(-p),
        **{
            f"lognormal {sigma}": np.exp(sigma * np.array([NormalDist().inv_cdf(x) for x in p]))
            for sigma in (0.15, 0.35, 0.40, 1.0)
        },
        "gamma of the lab": gammaincinv(planted.LAB_BTYD[0], p),
        "beta of the lab": betaincinv(*planted.LAB_BTYD[2:], p),
    }
    for name, values in exact.items():
        distance = abs((values * 1e6) % 1 - 0.5) * 1e-6
        assert (distance > 1e-13 * values).all(), name


def test_draws_have_the_distributions_they_claim():
    n = 200_000
    some = draws.Draws(7, "test")
    uniform = some.uniform(n)
    assert uniform.min() >= 0 and uniform.max() < 1
    assert abs(uniform.mean() - 0.5) < 0.003
    assert abs(some.exponential(n).mean() - 1) < 0.01
    assert abs(np.median(some.lognormal(n, 0.4)) - 1) < 0.01
    gamma = some.gamma(n, 4)
    assert abs(gamma.mean() - 1) < 0.01
    assert abs(gamma.var() - 0.25) < 0.01
    beta = some.beta(20_000, 14, 6)
    assert abs(beta.mean() - 0.7) < 0.01
    assert abs(beta.var() - 14 * 6 / (20**2 * 21)) < 0.001
    counts = np.bincount(some.arrivals(np.full(5_000, 20.0)), minlength=5_000)
    assert abs(counts.mean() - 20) < 0.3
    assert abs(counts.var() / counts.mean() - 1) < 0.1
    chosen = np.bincount(some.choose(n, (1, 0, 3)), minlength=3) / n
    assert chosen[1] == 0
    assert abs(chosen[2] - 0.75) < 0.01


def test_streams_of_two_subjects_differ():
    assert draws.Draws(1, "a").uniform(3).tolist() != draws.Draws(1, "b").uniform(3).tolist()
