"""Form widgets that render the components."""

from collections.abc import Mapping
from typing import Any

from django import forms

from nosvidere.ui.words import translated

Hints = Mapping[str, Any]  # a text or a lazily translated one, by value


class TextInput(forms.TextInput):
    """One line of text."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Take attributes, with the component's class."""
        super().__init__({"class": "input", **(attrs or {})})


class NumberInput(forms.NumberInput):
    """A number, typed with the digits' keyboard."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Take attributes, with the component's class."""
        super().__init__({"class": "input", "inputmode": "decimal", **(attrs or {})})


class Textarea(forms.Textarea):
    """Several lines of text."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Take attributes, with the component's class."""
        super().__init__({"class": "input", "rows": 5, **(attrs or {})})


class DateInput(forms.DateInput):
    """A date, by the browser's own picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Take attributes, with the component's class."""
        super().__init__({"class": "input", **(attrs or {})}, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """A date and hour, by the browser's own picker."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Take attributes, with the component's class."""
        super().__init__({"class": "input", **(attrs or {})}, format="%Y-%m-%dT%H:%M")


class FileInput(forms.FileInput):
    """A file."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Take attributes, with the component's class."""
        super().__init__({"class": "input", **(attrs or {})})


class Select(forms.Select):
    """One of many; for five or fewer choose RadioChoice."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        """Take attributes, with the component's class."""
        super().__init__({"class": "input", **(attrs or {})}, choices)

    def create_option(
        self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Return an alternative, named in the reader's language."""
        return super().create_option(name, value, translated(label), *args, **kwargs)


class _Hinted(forms.widgets.ChoiceWidget):
    """Alternatives that are all visible; `hints` gives a line under one, by its value."""

    template_name = "ui/choices.html"

    def __init__(
        self, *, hints: Hints | None = None, attrs: dict[str, Any] | None = None, choices: Any = ()
    ) -> None:
        """Take the hints by value."""
        super().__init__(attrs, choices)
        self.hints = hints or {}

    def create_option(
        self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Return an alternative, named in the reader's language, with its hint."""
        option = super().create_option(name, value, translated(label), *args, **kwargs)
        return {**option, "hint": self.hints.get(str(value), "")}


class RadioChoice(_Hinted, forms.RadioSelect):
    """One of a few, all visible."""


class CheckboxChoice(_Hinted, forms.CheckboxSelectMultiple):
    """Any of a few, all visible."""


class Tick(forms.CheckboxInput):
    """One thing to agree to, with its text beside it."""
