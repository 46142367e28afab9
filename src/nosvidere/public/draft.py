"""A tip while it is written: what was typed on all three screens, carried in the page and nowhere else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from nosvidere.engine.signs import contact_spans, screen
from nosvidere.public.forms import WhatForm, WhenForm, WhereForm
from nosvidere.rules.evidence import calls_for_help
from nosvidere.ui.forms import PageForm

SCREENS = ("where", "what", "when")
NAMES = {
    "where": tuple(WhereForm.base_fields),
    "what": tuple(WhatForm.base_fields),
    "when": tuple(WhenForm.base_fields),
}
MANY = frozenset({"signs", "danger_signs"})
NOT_EXACT = "Vet inte exakt var."


@dataclass(frozen=True, slots=True)
class Draft:
    """What was posted, and the day on which it is read."""

    posted: QueryDict
    on: date

    @property
    def at(self) -> str:
        """Return the screen that was sent."""
        return self._screen("at") or SCREENS[0]

    @property
    def goes_to(self) -> str:
        """Return the screen that was asked for; empty for the end."""
        return self._screen("go")

    def _screen(self, name: str) -> str:
        value = self.posted.get(name, "")
        return value if value in SCREENS else ""

    @property
    def is_begun(self) -> bool:
        """Whether anything at all was sent."""
        return "at" in self.posted

    def form(self, name: str, *, checked: bool) -> PageForm:
        """Return a screen's form as it was filled in; `checked` puts the errors on it."""
        if checked:
            return self._make(name, self.posted)
        form = self._make(name, None)
        form.initial = {field: self._value(field) for field in NAMES[name] if field in self.posted}
        return form

    def _make(self, name: str, posted: QueryDict | None) -> PageForm:
        if name == "when":
            return WhenForm(posted, today=self.on)
        return WhereForm(posted) if name == "where" else WhatForm(posted)

    def _value(self, field: str) -> str | list[str]:
        return self.posted.getlist(field) if field in MANY else self.posted.get(field, "")

    def first_wrong(self, *, before: str = "") -> str:
        """Return the first screen with something to put right, of those before one or of all; empty when none has."""
        last = SCREENS.index(before) if before else len(SCREENS)
        wrong = (name for name in SCREENS[:last] if not self.form(name, checked=True).is_valid())
        return next(wrong, "")

    def beside(self, name: str) -> Iterator[tuple[str, str]]:
        """Yield what the other screens hold, for the page to carry along."""
        for screen_name in SCREENS:
            for field in NAMES[screen_name] if screen_name != name else ():
                for value in self.posted.getlist(field):
                    yield field, value

    @property
    def signs(self) -> tuple[str, ...]:
        """Return the codes of all chosen signs."""
        return (*self.posted.getlist("signs"), *self.posted.getlist("danger_signs"))

    @property
    def is_danger(self) -> bool:
        """Whether one of the signs says that somebody may be in danger now."""
        return calls_for_help(self.posted.getlist("danger_signs"))

    def warnings(self) -> dict[str, list[str]]:
        """Return what the text says of who people are, and numbers or addresses of persons; each once, as written."""
        text = self._text()
        return {
            "excluded_words": list(dict.fromkeys(found.text for found in screen(text))),
            "contact_words": list(dict.fromkeys(found.text for found in contact_spans(text))),
        }

    def _text(self) -> str:
        return "\n".join(self.posted.get(name, "") for name in ("saw", "when"))

    def letter(self) -> dict[str, str]:
        """Return the fields of the letter; the draft must be without errors."""
        values: dict[str, Any] = {}
        for name in SCREENS:
            form = self.form(name, checked=True)
            form.full_clean()
            values |= form.cleaned_data
        place = (values["place"], NOT_EXACT if values["place_unknown"] else "")
        fields = {
            "place": "\n".join(part for part in place if part),
            "saw": values["saw"],
            "signs": ",".join(self.signs),
            "danger": "yes" if self.is_danger else "",
            "basis": values["basis"],
            "days": str(values["days"] or ""),
            "from_on": _iso(values["from_on"]),
            "until_on": _iso(values["until_on"]),
            "when": values["when"],
            "dispute": values["dispute"],
            "channel": "web",
        }
        return {name: value for name, value in fields.items() if value}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
