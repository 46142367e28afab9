"""Write small GeoPackages laid out as Lantmäteriet's, by GDAL, an independent writer: run once, the files are kept.

`python tests/engine/places/make_gpkg.py` writes both variants that occur: the geometry column named `adressplatspunkt`
with the id `belagenhetsadress_objektidentitet` and the status `Gällande`, and `geom`, `objektidentitet`, `Gallande`.
"""

from pathlib import Path

import numpy as np
import pyogrio
import pyproj
import shapely

FILES = Path(__file__).with_name("files")
MUNICIPALITY, CODE = "Videhamn", "9901"
TO_SWEREF = pyproj.Transformer.from_crs(4326, 3006, always_xy=True)
COLUMNS = (
    "adressomrade_faststalltnamn", "gardsadressomrade_faststalltnamn", "kommundel_faststalltnamn", "adressplatsnummer",
    "bokstavstillagg", "lagestillagg", "lagestillaggsnummer", "popularnamn", "postnummer", "postort", "kommunkod",
    "kommunnamn", "distriktsnamn", "statusforbelagenhetsadress",
)  # fmt: skip
ROWS = (
    # id, street, farm, part, number, letter, addition, its number, popular name, postcode, town, district, status, lon, lat
    (1, "Storgatan", "", "Innerstaden", "4", "", "", None, "", 99101, "VIDEHAMN", "Domkyrkan", "Gällande", 11.40, 57.00),
    (2, "Storgatan", "", "Innerstaden", "4", "B", "", None, "", 99101, "VIDEHAMN", "Domkyrkan", "Gällande", 11.401, 57.00),
    (3, "Storgatan", "", "Hamnen", "4", "", "", None, "", 99102, "VIDEHAMN", "Hamnen", "Gällande", 11.42, 57.01),
    (4, "Storgatan", "", "Innerstaden", "6", "A", "U", 1, "", 99101, "VIDEHAMN", "Domkyrkan", "Gällande", 11.402, 57.00),
    (5, "Lid", "Nygård", "Landet", "1", "", "", None, "Gamla prästgården", 99103, "LIDA BY", "Lid", "Gällande", 11.5, 57.05),
    (6, "Kvarnbacken", "", "Landet", "", "", "", None, "", 99103, "LIDA BY", "Lid", "Gällande", 11.51, 57.05),
    (7, "Hamngatan", "", "Hamnen", "1", "", "", None, "", 99102, "VIDEHAMN", "Hamnen", "Reserverad", 11.43, 57.01),
    (8, "Hamngatan", "", "Hamnen", "3", "", "", None, "", None, "", "", "Gällande", 11.44, 57.01),
)  # fmt: skip


def uuid(number: int) -> str:
    """Return the identity of a row."""
    return f"00000000-0000-7000-8000-{number:012}"


def point(number: int, lon: float, lat: float) -> shapely.Geometry:
    """Return the place in SWEREF 99 TM; the third is a multipoint, the fourth has a height."""
    east, north = TO_SWEREF.transform(lon, lat)
    if number == 3:
        return shapely.MultiPoint([(east, north), (east + 5, north)])
    return shapely.Point(east, north, 12.0) if number == 4 else shapely.Point(east, north)


def write(name: str, *, geometry: str, identity: str, in_force: str) -> None:
    """Write one variant."""
    cells = [
        (
            *row[1:5],
            row[5],
            row[6],
            row[7],
            row[8],
            row[9],
            row[10],
            CODE,
            MUNICIPALITY,
            row[11],
            row[12].replace("Gällande", in_force),
        )
        for row in ROWS
    ]
    fields = [identity, *COLUMNS]
    values = [np.array([uuid(row[0]) for row in ROWS], dtype=object)]
    for place, column in enumerate(COLUMNS):
        kind = np.float64 if column in {"postnummer", "lagestillaggsnummer"} else object
        values.append(np.array([row[place] for row in cells], dtype=kind))
    shapes = np.array(
        [shapely.to_wkb(point(row[0], row[13], row[14])) for row in ROWS], dtype=object
    )
    path = FILES / name
    path.unlink(missing_ok=True)
    pyogrio.raw.write(
        path, geometry=shapes, field_data=values, fields=fields, driver="GPKG", layer="belagenhetsadress", crs="EPSG:3006",
        geometry_type="Unknown", layer_options={"GEOMETRY_NAME": geometry},
    )  # fmt: skip


if __name__ == "__main__":
    FILES.mkdir(exist_ok=True)
    write("belagenhetsadresser_kn9901.gpkg", geometry="adressplatspunkt",
          identity="belagenhetsadress_objektidentitet", in_force="Gällande")  # fmt: skip
    write(
        "belagenhetsadresser_kn9902.gpkg",
        geometry="geom",
        identity="objektidentitet",
        in_force="Gallande",
    )
