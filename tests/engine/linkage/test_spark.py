"""The same sentence on Spark: run for real where it is installed, else against a stand-in held to the same test."""

import shutil
import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType, SimpleNamespace

import duckdb
import numpy as np
import pytest

from nosvidere.engine.linkage import Hasher, SparkCluster, SparkMissing, on_duckdb, spark
from nosvidere.engine.linkage.candidates import candidates
from nosvidere.engine.linkage.ragged import Ragged

REAL = find_spec("pyspark") is not None and shutil.which("java") is not None
WHY = "Spark prövas inte: tillvalet spark eller Java 17 saknas; .ci/spark installerar och prövar"
real_spark = pytest.mark.skipif(not REAL, reason=WHY)


class StandIn:
    """What is used of a Spark session, on DuckDB."""

    def __init__(self) -> None:
        self.told = {}
        self.tables = {}
        self.is_stopped = False
        self.read = SimpleNamespace(parquet=self._table)

    def _table(self, path):
        return SimpleNamespace(
            createOrReplaceTempView=lambda name: self.tables.update({name: path})
        )

    def master(self, master):
        return self.config("spark.master", master)

    def config(self, name, value):
        self.told[name] = value
        return self

    def appName(self, name):  # noqa: N802 - Spark's name
        return self.config("spark.app.name", name)

    def getOrCreate(self):  # noqa: N802 - Spark's name
        return self

    def sql(self, sentence):
        def write(folder):
            with duckdb.connect() as connection:
                for name, path in self.tables.items():
                    connection.execute(f"CREATE TABLE {name} AS FROM read_parquet(?)", [path])
                quoted = folder.replace("'", "''")
                into = f"TO '{quoted}' (FORMAT parquet, PER_THREAD_OUTPUT)"
                connection.execute(f"COPY ({sentence}) {into}")

        return SimpleNamespace(
            write=SimpleNamespace(mode=lambda _: SimpleNamespace(parquet=write))
        )

    def stop(self):
        self.is_stopped = True


@pytest.fixture
def stand_in(monkeypatch, tmp_path):
    """A module called pyspark, and a Java that is never started."""
    session = StandIn()
    package, sql = ModuleType("pyspark"), ModuleType("pyspark.sql")
    package.__spec__ = ModuleSpec("pyspark", None)
    sql.SparkSession = SimpleNamespace(builder=session)
    monkeypatch.setitem(sys.modules, "pyspark", package)
    monkeypatch.setitem(sys.modules, "pyspark.sql", sql)
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(java.parent))
    return session


@pytest.fixture(params=["stand-in", pytest.param("spark", marks=[pytest.mark.spark, real_spark])])
def cluster(request):
    """A place to run set work."""
    if request.param == "stand-in":
        request.getfixturevalue("stand_in")
    return SparkCluster("local[2]")


def postings(seed: int) -> Ragged:
    rng = np.random.default_rng(seed)
    return Ragged.of(rng.integers(0, 300, int(n)).tolist() for n in rng.integers(0, 12, 400))


@pytest.mark.parametrize("rare", [0, 3])
def test_the_pairs_are_those_of_duckdb(cluster, rare):
    shingles = postings(rare)

    here = candidates(shingles, rare=rare, run=on_duckdb)
    with spark(cluster) as run:
        there = candidates(shingles, rare=rare, run=run)

    assert len(here) > 100
    assert here.left.dtype == here.right.dtype == np.int64
    assert there.left.tolist() == here.left.tolist()
    assert there.right.tolist() == here.right.tolist()


@pytest.mark.spark
@pytest.mark.slow
@real_spark
def test_ten_thousand_ads_give_the_same_pairs_and_groups(tmp_path, corpora):
    from datetime import date

    from nosvidere.engine.linkage import link_file

    ads = corpora.organisers(10_000, 12)
    corpora.write_csv(ads, tmp_path / "ads.csv")
    hasher = Hasher(b"a key for tests only, 32 bytes..")
    words = Ragged.of(hasher.words(text.split()) for text in ads.texts)
    shingles = hasher.shingles(words)

    with spark(SparkCluster("local[2]")) as run:
        there = candidates(shingles, rare=3, run=run)
        for name, way in (("here", on_duckdb), ("there", run)):
            link_file(
                tmp_path / "ads.csv",
                out=tmp_path / name,
                key=b"k" * 32,
                today=date(2021, 1, 1),
                run=way,
            )

    here = candidates(shingles, rare=3)
    assert np.array_equal(here.left, there.left)
    assert np.array_equal(here.right, there.right)
    assert (tmp_path / "here").read_bytes() == (tmp_path / "there").read_bytes()


def test_what_is_set_for_the_cluster_wins(stand_in):
    with spark(SparkCluster("spark://host:7077", None, {"spark.log.level": "WARN"})):
        pass

    assert stand_in.told["spark.master"] == "spark://host:7077"
    assert stand_in.told["spark.log.level"] == "WARN"
    assert "spark.driver.bindAddress" not in stand_in.told


def test_nothing_is_left_in_the_shared_folder(stand_in, tmp_path):
    shared = tmp_path / "shared's"
    shared.mkdir()

    with spark(SparkCluster(folder=shared)) as run:
        candidates(postings(1), rare=3, run=run)
        during = len(list(shared.iterdir()))

    assert (during, list(shared.iterdir())) == (1, [])
    assert stand_in.is_stopped


def test_without_the_part_one_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)

    with pytest.raises(SparkMissing, match=r"requirements/spark\.lock"), spark(SparkCluster()):
        pass


def test_without_java_one_is_told_what_to_install(stand_in, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)

    with pytest.raises(SparkMissing, match="openjdk-17"), spark(SparkCluster()):
        pass
