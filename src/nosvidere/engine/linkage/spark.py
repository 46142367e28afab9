"""The set work on Spark, when one machine is outgrown: the same sentence, run by the workers of a cluster.

The table goes to the workers, and the answer comes back, as Parquet files in a folder that all of them
can reach. Only SQL runs there, so a worker needs neither Python nor any part of ours.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb

from nosvidere.engine.linkage.candidates import Columns, SetWork

_HERE = "local"
_SILENT = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
# One machine needs neither 200 parts nor an address that others can reach.
_ALONE = {
    "spark.sql.shuffle.partitions": "8",
    "spark.driver.memory": "3g",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


class SparkMissing(RuntimeError):
    """Spark cannot start here; the message says what to install."""


@dataclass(frozen=True, slots=True)
class SparkCluster:
    """Where Spark runs and what it is told."""

    master: str = "local[*]"
    folder: Path | None = None
    """A folder that the driver and all workers can reach; None for one of the driver's own."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Spark's own settings, by Spark's own names; they win over ours."""


@contextmanager
def spark(cluster: SparkCluster) -> Iterator[SetWork]:
    """Give a way to run set work on the cluster; its files are gone and it is let go of at the end.

    Raises SparkMissing when the part or Java is not installed.
    """
    session = _session(cluster)
    folder = Path(mkdtemp(prefix="linkage-", dir=cluster.folder))
    try:
        yield _runner(session, folder)
    finally:
        session.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _runner(session: Any, folder: Path) -> Callable[[str, Columns], Columns]:
    def run(sentence: str, posting: Columns) -> Columns:
        asked, answer = folder / "posting.parquet", folder / "answer"
        with duckdb.connect() as connection:
            connection.register("posting", dict(posting))
            connection.execute(f"COPY posting TO '{_quoted(asked)}' (FORMAT parquet)")
            session.read.parquet(str(asked)).createOrReplaceTempView("posting")
            session.sql(sentence).write.mode("overwrite").parquet(str(answer))
            found = connection.execute("SELECT * FROM read_parquet(?)", [f"{answer}/*.parquet"])
            return dict(found.fetchnumpy())

    return run


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _session(cluster: SparkCluster) -> Any:
    if find_spec("pyspark") is None:
        msg = (
            "Spark är inte installerat. Gör så här: installera tillvalet spark "
            "(pip install --require-hashes -r requirements/spark.lock) och Java 17."
        )
        raise SparkMissing(msg)
    if not (shutil.which("java") or cluster.settings.get("spark.driver.java")):
        msg = "Java finns inte. Gör så här: installera Java 17 (openjdk-17-jre-headless), som Spark körs med."
        raise SparkMissing(msg)
    own = _SILENT | (_ALONE if cluster.master.startswith(_HERE) else {})
    builder = import_module("pyspark.sql").SparkSession.builder.master(cluster.master)
    for name, value in {**own, **cluster.settings}.items():
        builder = builder.config(name, value)
    return builder.appName("nosvidere link").getOrCreate()
