"""Places as the register knows them, who lets them, and each import with what it changed."""

from typing import ClassVar

from django.db import models

from nosvidere.rules.keeping import IMPORT_REPORT, WITH_PLACE, Keep

PLACE_KINDS = {"entrance": "entré", "dwelling": "lägenhet", "room": "rum", "venue": "lokal"}
PARTY_KINDS = {
    "housing_company": "bostadsbolag",
    "housing_coop": "bostadsrättsförening",
    "private_owner": "privat fastighetsägare",
    "hotel": "hotell",
    "short_let_broker": "förmedlare av korttidsuthyrning",
}
TENURES = {
    "RENTAL": "hyresrätt",
    "COOP": "bostadsrätt",
    "PREMISES": "lokal",
    "SHORT_LET": "korttidsuthyrning",
    "HOTEL": "hotell",
}
# What an import compares, in the order of the register's own address.
COMPARED = (
    "street",
    "number",
    "letter",
    "postcode",
    "locality",
    "municipality",
    "district",
    "lat",
    "lon",
    "popular_name",
)
WITH_NOTICE = Keep(
    "with the notice: one year after it is closed",
    personal="a landlord must be reached with a notice",
)


class Registered(models.Model):
    """What a register says of an address, as imports compare it; the cell follows from the point."""

    street = models.CharField(max_length=120)
    number = models.CharField(max_length=10, blank=True)
    letter = models.CharField(max_length=12, blank=True)
    postcode = models.CharField(max_length=6, blank=True)
    locality = models.CharField(max_length=80, blank=True)
    municipality = models.CharField(max_length=80, blank=True)
    district = models.CharField(max_length=80, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    popular_name = models.CharField(max_length=120, blank=True)
    cell = models.CharField(max_length=16, blank=True)

    class Meta:
        abstract = True


class Place(Registered):
    """A registered address or a dwelling behind it; a vanished one stays as history with an end date.

    One that an import has not switched in yet is `arriving`, and counts as ended until it is.
    """

    external_id = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=list(PLACE_KINDS.items()), default="entrance")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="dwellings"
    )
    dwelling_no = models.CharField(max_length=4, blank=True)
    floor = models.CharField(max_length=4, blank=True)
    valid_from_on = models.DateField()
    valid_until_on = models.DateField(null=True, blank=True)
    arriving = models.ForeignKey(
        "ImportRun", null=True, on_delete=models.CASCADE, related_name="arriving", db_index=False
    )

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        (
            "id",
            "external_id",
            "kind",
            "parent",
            "street",
            "number",
            "letter",
            "dwelling_no",
            "floor",
            "postcode",
            "locality",
            "municipality",
            "district",
            "lat",
            "lon",
            "popular_name",
            "cell",
            "valid_from_on",
            "valid_until_on",
            "arriving",
        ),
        WITH_PLACE,
    )

    class Meta:
        indexes = (models.Index(fields=["street", "number"]), models.Index(fields=["cell"]))
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=list(PLACE_KINDS)), name="place_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(lat__isnull=True, lon__isnull=True, cell="")
                | models.Q(lat__isnull=False, lon__isnull=False),
                name="place_point_is_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="dwelling") | models.Q(parent__isnull=False),
                name="dwelling_has_an_entrance",
            ),
            models.CheckConstraint(
                condition=models.Q(arriving__isnull=True) | models.Q(valid_until_on__isnull=False),
                name="arriving_place_is_hidden",
            ),
        )

    def __str__(self) -> str:
        """Return the address as written: street, number with letter, dwelling."""
        dwelling = f" lgh {self.dwelling_no}" if self.dwelling_no else ""
        return f"{self.street} {self.number}{self.letter}{dwelling}"

    @property
    def is_mappable(self) -> bool:
        """Say whether the register gives the place a point."""
        return self.lat is not None


class Party(models.Model):
    """Who owns or lets a place, as an organisation or an owner to be served with a notice; never a tenant."""

    kind = models.CharField(max_length=20, choices=list(PARTY_KINDS.items()))
    name = models.CharField(max_length=120)
    org_no = models.CharField(max_length=20, blank=True)
    service_address = models.CharField(max_length=240, blank=True)
    is_verified = models.BooleanField(default=False)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        ("id", "kind", "name", "org_no", "service_address", "is_verified"), WITH_NOTICE
    )

    def __str__(self) -> str:
        """Return the party's name."""
        return self.name


class Tenure(models.Model):
    """In what form a party lets a place, and since when."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="tenures")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="tenures")
    form = models.CharField(max_length=12, choices=list(TENURES.items()))
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        ("id", "place", "party", "form", "from_on", "until_on"), WITH_NOTICE
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(form__in=list(TENURES)), name="tenure_form_is_known"
            ),
        )

    def __str__(self) -> str:
        """Return the form of tenure in Swedish."""
        return TENURES[self.form]


class ImportRun(models.Model):
    """One import of a register file and what it did."""

    file_name = models.CharField(max_length=120)
    form = models.CharField(max_length=40, blank=True)
    attribution = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=40)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    vanished = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    without_point = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        (
            "id",
            "file_name",
            "form",
            "attribution",
            "sha256",
            "started_at",
            "finished_at",
            "by",
            "added",
            "changed",
            "unchanged",
            "vanished",
            "rejected",
            "without_point",
            "report",
        ),
        IMPORT_REPORT,
    )

    def __str__(self) -> str:
        """Return the file's name."""
        return self.file_name


class StagedChange(Registered):
    """What an import will write over a known entrance when it is switched in; gone when it is."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="staged")
    place = models.ForeignKey(
        Place, on_delete=models.CASCADE, related_name="staged", db_index=False
    )

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(
        ("id", "run", "place", *COMPARED, "cell"),
        Keep("until the import is switched in or given up"),
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["run", "place"], name="place_is_staged_once"),
        )

    def __str__(self) -> str:
        """Return the address as the import will write it."""
        return f"{self.street} {self.number}{self.letter}"


class Nickname(models.Model):
    """What people call a street, beside its registered name; edited by the deployer."""

    nickname = models.CharField(max_length=120, unique=True)
    street = models.CharField(max_length=120)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(("id", "nickname", "street"), WITH_PLACE)

    def __str__(self) -> str:
        """Return the nickname."""
        return self.nickname


class StreetElsewhere(models.Model):
    """A street name that is real somewhere in the country: not a typing error for one of ours."""

    name = models.CharField(max_length=120, unique=True)

    KEPT: ClassVar[dict[str, Keep]] = dict.fromkeys(("id", "name"), WITH_PLACE)

    def __str__(self) -> str:
        """Return the name."""
        return self.name
