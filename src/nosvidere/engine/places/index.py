"""The address index: built in one pass, saved as one file, opened by mapping it into memory."""

import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from nosvidere.engine.places import fold, storage
from nosvidere.engine.places.deletions import Neighbours
from nosvidere.engine.places.model import Address

REPORT_EVERY = 10_000
NO_NUMBER = -1
LEAST_TAIL = 3
"""Letters that must be left of a name whose first words are left out, its kind not counted."""


Keyed = list[tuple[str, int]]
"""Keys, each with the place of a name."""


def silent(_done: int) -> None:
    """Show no progress."""


def leading_number(number: str) -> int:
    """Return the number that a registered number begins with ("12-14" → 12), or -1."""
    digits = number[: len(number) - len(number.lstrip("0123456789"))]
    return min(int(digits), 2_000_000_000) if digits else NO_NUMBER


class Strings:
    """Strings kept once each, known by number; 0 is the empty string."""

    def __init__(self) -> None:
        """Begin with the empty string."""
        self.numbers: dict[str, int] = {"": 0}

    def number(self, text: str) -> int:
        """Return the number of the string, new or old."""
        return self.numbers.setdefault(text, len(self.numbers))


TEXT_FIELDS = ("street", "number", "letter", "postcode", "locality", "municipality", "district")


class Columns:
    """Addresses laid out by column while they stream in."""

    def __init__(self) -> None:
        """Begin empty."""
        self.texts = Strings()
        self.fields = {name: array("I") for name in TEXT_FIELDS}
        self.lat, self.lon = array("d"), array("d")
        self.ids, self.id_ends = bytearray(), array("q", [0])

    def add(self, address: Address) -> None:
        """Lay one address down."""
        for name, column in self.fields.items():
            column.append(self.texts.number(getattr(address, name)))
        self.lat.append(float("nan") if address.lat is None else address.lat)
        self.lon.append(float("nan") if address.lon is None else address.lon)
        self.ids += address.id.encode()
        self.id_ends.append(len(self.ids))

    def __len__(self) -> int:
        """Return how many addresses were laid down."""
        return len(self.lat)


def _says_something(words: tuple[str, ...]) -> bool:
    """Say whether the words are more than a kind of street ("gränd")."""
    return len("".join(words[:-1]) + fold.split_kind(words[-1])[0]) >= LEAST_TAIL


def _tails(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return what may be left of a name when its first word, or its first two, are left out."""
    return [words[cut:] for cut in range(1, min(3, len(words))) if _says_something(words[cut:])]


def _aliases(names: Sequence[str]) -> tuple[Keyed, Keyed, Keyed]:
    """Return (whole, tail, stem) keys of the names, each with the name's place."""
    whole: Keyed = []
    tails: Keyed = []
    stems: Keyed = []
    for place, name in enumerate(names):
        words = fold.spelled_out(fold.words_of(name)) or (fold.fold(name) or "?",)
        whole.append((fold.canon(words), place))
        tails.extend((fold.canon(part), place) for part in _tails(words))
        stem, kind = fold.split_kind(words[-1])
        if kind and (stem or len(words) > 1):
            bare = "".join(words[:-1]) + stem
            stems.extend({(bare, place), (bare.removesuffix("s"), place)})
    return whole, tails, stems


def _forms(names: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return (forms that spelling is compared in, the name of each); the first ones are the names' own, in order."""
    words = [fold.spelled_out(fold.words_of(name)) or ("?",) for name in names]
    forms, owners = [fold.full_form(parts) for parts in words], list(range(len(names)))
    for name, parts in enumerate(words):
        if (raw := "".join(parts)) != forms[name]:
            forms.append(raw)
            owners.append(name)
    return forms, owners


def _grouped(name: str, pairs: list[tuple[str, int]]) -> dict[str, storage.AnyArray]:
    pairs.sort()
    keys = sorted({key for key, _ in pairs})
    starts = np.searchsorted(np.array([key for key, _ in pairs] or [""]), np.array(keys or [""]))
    return {
        **storage.as_arrays(f"{name}.keys", keys),
        f"{name}.starts": np.append(starts[: len(keys)], len(pairs)).astype(np.uint32),
        f"{name}.names": np.array([place for _, place in pairs], np.uint32),
    }


class Names:
    """Keys of one sort → the street names they stand for."""

    def __init__(self, arrays: Mapping[str, storage.AnyArray], sort: str) -> None:
        """Read the keys of one sort from an index."""
        keys = storage.strings_of(arrays, f"{sort}.keys")
        self.places = dict(zip(keys, range(len(keys)), strict=True))
        self.starts, self.names = (
            _view(arrays[f"{sort}.starts"]),
            _view(arrays[f"{sort}.names"]),
        )

    def get(self, key: str) -> list[int]:
        """Return the street names that the key stands for."""
        place = self.places.get(key)
        if place is None:
            return []
        return self.names[self.starts[place] : self.starts[place + 1]].tolist()


def _arranged(columns: Columns) -> dict[str, storage.AnyArray]:
    """Return the columns in the order street, municipality, number, letter, with the groups' starts."""
    texts = list(columns.texts.numbers)
    rank = np.empty(len(texts), np.uint32)
    rank[np.argsort(np.array(texts))] = np.arange(len(texts), dtype=np.uint32)
    fields = {name: np.frombuffer(column, np.uint32) for name, column in columns.fields.items()}
    values = np.array([leading_number(text) for text in texts], np.int32)[fields["number"]]
    order = np.lexsort(
        (rank[fields["letter"]], values, rank[fields["municipality"]], rank[fields["street"]])
    )
    arranged: dict[str, storage.AnyArray] = {
        f"field.{name}": column[order] for name, column in fields.items()
    }
    arranged["value"] = values[order]
    arranged["lat"], arranged["lon"] = (
        np.frombuffer(columns.lat)[order],
        np.frombuffer(columns.lon)[order],
    )
    arranged |= _ids_in_order(columns, order)
    return arranged | _groups(arranged) | storage.as_arrays("texts", texts)


def _ids_in_order(columns: Columns, order: storage.AnyArray) -> dict[str, storage.AnyArray]:
    ends = np.frombuffer(columns.id_ends, np.int64)
    raw = bytes(columns.ids)
    froms, tos = ends[:-1][order], ends[1:][order]
    ids = [raw[start:end] for start, end in zip(froms.tolist(), tos.tolist(), strict=True)]
    hashes = np.fromiter(map(zlib.crc32, ids), np.uint32, len(ids))
    by_hash = np.argsort(hashes, kind="stable").astype(np.uint32)
    return {
        "ids.bytes": np.frombuffer(b"".join(ids), np.uint8),
        "ids.ends": np.append(0, np.cumsum(tos - froms)).astype(np.int64),
        "ids.hashes": hashes[by_hash],
        "ids.rows": by_hash,
    }


def _groups(arranged: Mapping[str, storage.AnyArray]) -> dict[str, storage.AnyArray]:
    street, town = arranged["field.street"], arranged["field.municipality"]
    new_name = np.append(True, street[1:] != street[:-1]) if len(street) else np.zeros(0, bool)
    new_street = new_name | np.append(True, town[1:] != town[:-1]) if len(street) else new_name
    streets = np.flatnonzero(new_street)
    return {
        "streets.starts": np.append(streets, len(street)).astype(np.uint32),
        "streets.towns": town[streets],
        "names.starts": np.append(np.flatnonzero(new_name[streets]), len(streets)).astype(
            np.uint32
        ),
        "names.texts": street[new_name],
    }


def _view(array: storage.AnyArray) -> "memoryview[int]":
    """Return the whole numbers of an array, quick to read one by one."""
    return memoryview(array.data)


class Index:
    """Addresses by street name, number and letter; rows are numbered in that order."""

    def __init__(self, arrays: Mapping[str, storage.AnyArray]) -> None:
        """Take the arrays as `build` makes them or a file holds them."""
        self.arrays = arrays
        self.texts = storage.strings_of(arrays, "texts")
        self.names = [self.texts[place] for place in arrays["names.texts"].tolist()]
        self.forms = storage.strings_of(arrays, "forms")
        self.whole, self.tails, self.stems = (
            Names(arrays, sort) for sort in ("whole", "tails", "stems")
        )
        self.form_names = _view(arrays["forms.names"])
        self.neighbours = Neighbours(arrays["near.starts"], arrays["near.owners"])
        self.street_starts = _view(arrays["streets.starts"])
        self.street_towns = _view(arrays["streets.towns"])
        self.name_starts = _view(arrays["names.starts"])
        self.values = _view(arrays["value"])
        self.columns = {name: _view(arrays[f"field.{name}"]) for name in TEXT_FIELDS}

    @classmethod
    def build(
        cls, addresses: Iterable[Address], *, progress: Callable[[int], None] = silent
    ) -> "Index":
        """Return the index of the addresses, read once; an empty register makes an empty index."""
        columns = Columns()
        for address in addresses:
            columns.add(address)
            if len(columns) % REPORT_EVERY == 0:
                progress(len(columns))
        progress(len(columns))
        arrays = _arranged(columns)
        texts = list(columns.texts.numbers)
        names = [texts[place] for place in arrays["names.texts"].tolist()]
        forms, owners = _forms(names)
        near = Neighbours.of(forms)
        for sort, pairs in zip(("whole", "tails", "stems"), _aliases(names), strict=True):
            arrays |= _grouped(sort, pairs)
        arrays |= {
            **storage.as_arrays("forms", forms),
            "near.starts": near.starts,
            "near.owners": near.owners,
            "forms.names": np.array(owners, np.uint32),
        }
        return cls(arrays)

    def save(self, path: Path, *, stamp: str = "") -> None:
        """Write the index to one file, whole or not at all; the stamp says which register it was built of."""
        storage.write_arrays(path, self.arrays, {"addresses": len(self), "stamp": stamp})

    @classmethod
    def open(cls, path: Path) -> "Index":
        """Return the index that a file holds; raise UnusableFile when it holds none."""
        return cls(storage.open_arrays(path))

    def __len__(self) -> int:
        """Return how many addresses are registered."""
        return len(self.values)

    def text(self, field: str, row: int) -> str:
        """Return one text field of the address at the row."""
        return self.texts[self.columns[field][row]]

    def id_at(self, row: int) -> str:
        """Return the id of the address at the row."""
        ends = self.arrays["ids.ends"]
        return self.arrays["ids.bytes"][ends[row] : ends[row + 1]].tobytes().decode()

    def at(self, row: int) -> Address:
        """Return the address at the row."""
        lat, lon = float(self.arrays["lat"][row]), float(self.arrays["lon"][row])
        return Address(
            id=self.id_at(row),
            lat=None if np.isnan(lat) else lat,
            lon=None if np.isnan(lon) else lon,
            **{name: self.text(name, row) for name in TEXT_FIELDS},
        )

    def address(self, address_id: str) -> Address:
        """Return the address with the id; raise KeyError when there is none."""
        hashes, wanted = self.arrays["ids.hashes"], zlib.crc32(address_id.encode())
        place = int(np.searchsorted(hashes, np.uint32(wanted)))
        while place < len(hashes) and hashes[place] == wanted:
            row = int(self.arrays["ids.rows"][place])
            if self.id_at(row) == address_id:
                return self.at(row)
            place += 1
        raise KeyError(address_id)

    def streets(self, name: int) -> range:
        """Return the streets that bear the name, one per municipality."""
        return range(self.name_starts[name], self.name_starts[name + 1])

    def rows(self, street: int, number: int) -> range:
        """Return the rows of one street with the number, all letters."""
        start, end = self.street_starts[street], self.street_starts[street + 1]
        first = bisect_left(self.values, number, start, end)
        return range(first, bisect_left(self.values, number + 1, first, end))

    def places(self) -> Iterator[tuple[str, str, int]]:
        """Yield (folded name, field, text number) of each municipality, locality and district registered."""
        for field in ("municipality", "locality", "district"):
            for number in np.unique(self.arrays[f"field.{field}"]).tolist():
                if self.texts[number]:
                    yield fold.fold(self.texts[number]), field, number
