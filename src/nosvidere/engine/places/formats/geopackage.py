"""Lantmäteriet Belägenhetsadress Nedladdning, vektor: a GeoPackage of points in SWEREF 99 TM."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from pyproj import Transformer

from nosvidere.engine.places.fold import fold
from nosvidere.engine.places.formats.gate import Raw, Reject, unusable
from nosvidere.engine.places.formats.wkb import NO_POINT, geopackage_point, no_point

LAYER = "belagenhetsadress"
IDS = ("belagenhetsadress_objektidentitet", "objektidentitet")
NEEDED = ("adressomrade_faststalltnamn", "adressplatsnummer")
FETCH = "hämta ”Belägenhetsadress Nedladdning, vektor” på nytt från Lantmäteriet"
DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)

ToDegrees = Callable[[float, float], tuple[float, float]]


def raws(path: Path, rejected: Reject) -> Iterator[Raw]:
    """Yield the addresses of the layer; raise UnusableFile when the file or the layer is not as it should be."""
    try:
        with closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        ) as database:
            yield from _rows(path, database, rejected)
    except DAMAGE as error:
        raise unusable(
            path.name, None, f"filen är ingen hel GeoPackage ({error})", FETCH
        ) from None


def _rows(path: Path, database: sqlite3.Connection, rejected: Reject) -> Iterator[Raw]:
    table, geometry, epsg = _layer(path, database)
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({_quoted(table)})")]
    identity = _identity(path, table, {fold(name): name for name in columns})
    to_degrees = Transformer.from_crs(epsg, 4326, always_xy=True).transform
    database.row_factory = sqlite3.Row
    for line, row in enumerate(database.execute(f"SELECT * FROM {_quoted(table)}"), start=1):  # noqa: S608 - name read from the file's own catalogue and quoted
        values = {fold(name): row[name] for name in columns if name != geometry}
        try:
            degrees = _degrees(row[geometry], to_degrees)
        except NO_POINT:
            rejected(no_point(path, line, str(row[identity])))
            continue
        yield _raw(values, line, degrees, str(row[identity] or ""))


def _identity(path: Path, table: str, names: Mapping[str, str]) -> str:
    """Return the column of the id; raise UnusableFile when it or another needed column is missing."""
    missing = [name for name in NEEDED if name not in names]
    identities = [names[name] for name in IDS if name in names]
    if missing or not identities:
        absent = ", ".join(missing or IDS[:1])
        raise unusable(path.name, None, f"kolumner saknas i lagret {table}: {absent}", FETCH)
    return identities[0]


def _layer(path: Path, database: sqlite3.Connection) -> tuple[str, str, int]:
    """Return (table, geometry column, EPSG code) of the address layer."""
    query = (
        "SELECT g.table_name, g.column_name, s.organization_coordsys_id FROM gpkg_geometry_columns g "
        "JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id"
    )
    layers = {
        fold(table): (table, column, epsg) for table, column, epsg in database.execute(query)
    }
    fitting = [name for name in layers if name.startswith(LAYER)]
    if not fitting:
        have = ", ".join(sorted(layers)) or "inga"
        raise unusable(path.name, None, f"lagret {LAYER} saknas (lager i filen: {have})", FETCH)
    table, column, epsg = layers[min(fitting, key=len)]
    return str(table), str(column), int(epsg)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _degrees(blob: bytes, to_degrees: ToDegrees) -> tuple[float, float]:
    lon, lat = to_degrees(*geopackage_point(blob))
    return round(lat, 7), round(lon, 7)


def _street(values: Mapping[str, object]) -> str:
    """Return the name that people write: street or village, with the farm's name after it."""
    parts = (
        values.get("adressomrade_faststalltnamn"),
        values.get("gardsadressomrade_faststalltnamn"),
    )
    return " ".join(str(part).strip() for part in parts if part)


def _raw(
    values: Mapping[str, object], line: int, degrees: tuple[float, float], identity: str
) -> Raw:
    def text(name: str) -> str:
        value = values.get(name)
        return "" if value is None else str(value).strip()

    addition = text("lagestillagg") + text("lagestillaggsnummer").removesuffix(".0")
    return Raw(
        line,
        ",".join(str(value) for value in values.values() if value is not None),
        identity,
        _street(values),
        text("adressplatsnummer"),
        letter=f"{text('bokstavstillagg')} {addition}".strip(),
        postcode=text("postnummer"),
        locality=text("postort").title(),
        municipality=text("kommunnamn"),
        district=text("kommundel_faststalltnamn") or text("distriktsnamn"),
        lat=degrees[0],
        lon=degrees[1],
        status=text("statusforbelagenhetsadress"),
        popular_name=text("popularnamn"),
        needs_number=False,
    )
