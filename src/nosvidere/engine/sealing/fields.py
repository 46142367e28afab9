"""What a letter may hold: a flat list of allowed fields per kind, each with its greatest length."""

from collections.abc import Mapping
from dataclasses import dataclass

from nosvidere.engine.sealing.canonical import Unreadable
from nosvidere.kernel.refused import Refused

Value = str | bool | int | list[str]
Fields = Mapping[str, Value]
CODE_LENGTH = 40
NUMBER_LIMIT = 1_000_000_000


class FieldRefused(Refused):
    """A letter has a field that its kind does not take, or one that is too long."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of at most so many characters."""

    longest: int


@dataclass(frozen=True, slots=True)
class Codes:
    """A list of at most so many short codes."""

    most: int


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from zero."""


Rule = Text | Codes | Flag | Number
LINE = Text(200)
SHORT = Text(40)
PARAGRAPH = Text(2000)
BODY = Text(6000)

PUBLIC_FIELDS: dict[str, dict[str, Rule]] = {
    "tip": {
        "text": BODY,
        "place": Text(400),
        "street": LINE,
        "number": SHORT,
        "entrance": SHORT,
        "floor": SHORT,
        "door": SHORT,
        "postcode": SHORT,
        "locality": LINE,
        "address_id": Text(80),
        "area": SHORT,
        "is_place_unknown": Flag(),
        "signs": Codes(40),
        "when": Text(400),
        "since": SHORT,
        "until": SHORT,
        "how_often": SHORT,
        "basis": SHORT,
        "relation": SHORT,
        "is_urgent": Flag(),
        "is_child": Flag(),
        "wants_answer": Flag(),
        "channel": SHORT,
        "contact": LINE,
        "lane": SHORT,
        "keeps_place_and_time": Flag(),
        "excluded_words": Number(),
    },
    "follow_up": {"text": BODY, "lane": SHORT, "seq": Number(), "keeps_place_and_time": Flag()},
    "withdrawal": {"text": PARAGRAPH},
    "landlord_reply": {
        "text": BODY,
        "answer": SHORT,
        "measures": Codes(20),
        "measured_on": SHORT,
        "plan": PARAGRAPH,
        "contest": PARAGRAPH,
        "contact_name": LINE,
        "contact": LINE,
        "tenant_may_be_victim": Flag(),
        "lane": SHORT,
    },
}
PARTY_FIELDS: dict[str, dict[str, Rule]] = {
    "referral": {
        "reference": Text(80),
        "scope": SHORT,
        "urgency": SHORT,
        "needs": Codes(20),
        "language": SHORT,
        "needs_interpreter": Flag(),
        "pseudonym": LINE,
        "safe_contact": Text(400),
        "safe_time": LINE,
        "municipality": LINE,
        "text": BODY,
        "consent_version": SHORT,
        "consent_hash": Text(80),
        "consented_on": SHORT,
        "due_on": SHORT,
        "expires_on": SHORT,
    },
    "referral_withdrawal": {"reference": Text(80), "withdrawn_on": SHORT},
    "referral_status": {
        "reference": Text(80),
        "status": SHORT,
        "status_on": SHORT,
        "reason": SHORT,
    },
    "referral_counts": {
        "month": SHORT,
        "received": Number(),
        "accepted": Number(),
        "not_reached": Number(),
        "withdrawn": Number(),
        "closed": Number(),
    },
    "concern_report": {
        "reference": Text(80),
        "urgency": SHORT,
        "municipality": LINE,
        "place": Text(400),
        "text": BODY,
        "reported_on": SHORT,
    },
}
FIELDS = PUBLIC_FIELDS | PARTY_FIELDS


def check_fields(kind: str, fields: Mapping[str, object]) -> None:
    """Raise FieldRefused unless the kind takes each of the fields as it is."""
    allowed = FIELDS.get(kind)
    if allowed is None:
        raise FieldRefused("Det finns inget brev av slaget {kind}.", kind=kind)
    for name, value in fields.items():
        if name not in allowed:
            raise FieldRefused("Brevet har inget fält som heter {name}.", name=name)
        _check_value(name, value, allowed[name])


def read_fields(kind: str, fields: object) -> dict[str, Value]:
    """Return the fields of an opened letter; raise Unreadable where `check_fields` would have refused."""
    if not isinstance(fields, dict):
        message = "A letter without fields."
        raise Unreadable(message)
    try:
        check_fields(kind, fields)
    except FieldRefused as refused:
        raise Unreadable(str(refused)) from refused
    return fields


def _check_value(name: str, value: object, rule: Rule) -> None:
    if not _is_of(value, rule):
        raise FieldRefused("Fältet {name} har fel slags innehåll.", name=name)
    if isinstance(rule, Text) and isinstance(value, str) and len(value) > rule.longest:
        reason = "Fältet {name} är för långt: {count} tecken, högst {longest}."
        raise FieldRefused(reason, name=name, count=len(value), longest=rule.longest)


def _is_of(value: object, rule: Rule) -> bool:
    match rule:
        case Text():
            return isinstance(value, str)
        case Codes(most=most):
            return isinstance(value, list) and len(value) <= most and all(map(_is_code, value))
        case Flag():
            return isinstance(value, bool)
        case Number():
            return isinstance(value, int) and _is_count(value)


def _is_count(value: int) -> bool:
    return not isinstance(value, bool) and 0 <= value <= NUMBER_LIMIT


def _is_code(value: object) -> bool:
    return isinstance(value, str) and len(value) <= CODE_LENGTH
