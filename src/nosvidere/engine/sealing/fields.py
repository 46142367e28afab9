"""What a letter may hold: a flat list of allowed fields per kind, each a text with its greatest length."""

from collections.abc import Mapping

from nosvidere.engine.sealing.canonical import Unreadable
from nosvidere.kernel.refused import Refused


class FieldRefused(Refused):
    """A letter has a field that its kind does not take, or one that is too long."""


CODE = 40
LINE = 200
PLACE = 400
PARAGRAPH = 2000
CODES = 1000
BODY = 5000

# From the public: anonymous, tied to a mailbox.
PUBLIC_FIELDS: dict[str, dict[str, int]] = {
    "tip": {
        "saw": BODY,
        "place": PLACE,
        "street": LINE,
        "number": CODE,
        "entrance": CODE,
        "floor": CODE,
        "door": CODE,
        "postcode": CODE,
        "locality": LINE,
        "address_id": LINE,
        "area": CODE,
        "signs": CODES,
        "when": PLACE,
        "from_on": CODE,
        "until_on": CODE,
        "days": CODE,
        "basis": CODE,
        "relation": CODE,
        "danger": CODE,
        "dispute": CODE,
        "channel": CODE,
        "contact": LINE,
        "lane": CODE,
        "photo_place": CODE,
    },
    "followup": {"text": BODY, "lane": CODE, "photo_place": CODE},
    "withdraw": {"text": PARAGRAPH},
    "landlord": {
        "act": CODE,
        "text": BODY,
        "measure": CODE,
        "measures": CODES,
        "taken_on": CODE,
        "plan": PARAGRAPH,
        "contact_name": LINE,
        "contact": LINE,
        "victim": CODE,
        "lane": CODE,
    },
}
# From one inside party to the other: signed by its sender.
PARTY_FIELDS: dict[str, dict[str, int]] = {
    "referral": {
        "reference": CODE,
        "scope": CODE,
        "urgency": CODE,
        "needs": PARAGRAPH,
        "interpreter": CODE,
        "pseudonym": LINE,
        "contact": PLACE,
        "contact_time": LINE,
        "municipality": LINE,
        "text": BODY,
        "consent_version": CODE,
        "consent_hash": LINE,
        "consented_on": CODE,
        "due_at": CODE,
        "expires_on": CODE,
    },
    "referral_withdraw": {"reference": CODE, "withdrawn_on": CODE},
    "referral_status": {"reference": CODE, "status": CODE, "status_on": CODE, "reason": CODE},
    "referral_counts": {
        "month": CODE,
        "received": CODE,
        "accepted": CODE,
        "not_reached": CODE,
        "withdrawn": CODE,
        "closed": CODE,
    },
    "concern": {
        "reference": CODE,
        "urgency": CODE,
        "municipality": LINE,
        "place": PLACE,
        "text": BODY,
        "reported_on": CODE,
    },
}
FIELDS = PUBLIC_FIELDS | PARTY_FIELDS


def check_fields(kind: str, fields: Mapping[str, object]) -> None:
    """Raise FieldRefused unless the kind takes each of the fields as it is."""
    allowed = FIELDS.get(kind)
    if allowed is None:
        raise FieldRefused("Det finns inget brev av slaget {kind}.", kind=kind)
    for name, value in fields.items():
        if name not in allowed or not isinstance(value, str):
            raise FieldRefused("Brevet kan inte ha fältet {name}.", name=name)
        if len(value) > allowed[name]:
            reason = "Fältet {name} är för långt: {count} tecken, högst {longest}."
            raise FieldRefused(reason, name=name, count=len(value), longest=allowed[name])


def read_fields(kind: str, fields: object) -> dict[str, str]:
    """Return the fields of an opened letter; raise Unreadable where `check_fields` would have refused."""
    if not isinstance(fields, dict):
        message = "A letter without fields."
        raise Unreadable(message)
    try:
        check_fields(kind, fields)
    except FieldRefused as refused:
        raise Unreadable(str(refused)) from refused
    return fields
