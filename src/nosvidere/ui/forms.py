"""The base of every form: our components, and errors that say what to do."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer, DjangoTemplates
from django.utils.translation import gettext_lazy as _

from nosvidere.ui import widgets
from nosvidere.ui.components import ErrorItem

# What to do, by Django's own error codes; a field's own message wins.
ERRORS = {
    "required": _("Fyll i det här."),
    "invalid": _("Skriv om det: vi förstår inte det som står här."),
    "null_characters_not_allowed": _("Skriv om det: vi förstår inte det som står här."),
    "invalid_choice": _("Välj något av det som står i listan."),
    "invalid_list": _("Välj något av det som står i listan."),
    "max_length": _("Skriv kortare: högst %(limit_value)s tecken."),
    "min_length": _("Skriv mer: minst %(limit_value)s tecken."),
    "min_value": _("Skriv ett tal som är minst %(limit_value)s."),
    "max_value": _("Skriv ett tal som är högst %(limit_value)s."),
}
ERRORS_BY_FIELD: dict[type[forms.Field], dict[str, Any]] = {
    forms.DateTimeField: {"invalid": _("Skriv dag och tid så här: 2020-10-20 21:30.")},
    forms.DateField: {"invalid": _("Skriv dagen så här: 2020-10-20.")},
    forms.TimeField: {"invalid": _("Skriv tiden så här: 21:30.")},
    forms.IntegerField: {"invalid": _("Skriv ett helt tal med siffror.")},
    forms.ChoiceField: {"required": _("Välj ett svar.")},
    forms.FileField: {"required": _("Välj en fil."), "empty": _("Filen är tom. Välj en annan.")},
    forms.BooleanField: {"required": _("Kryssa i rutan för att gå vidare.")},
}
WIDGETS: dict[type[forms.Widget], type[forms.Widget]] = {
    forms.TextInput: widgets.TextInput,
    forms.NumberInput: widgets.NumberInput,
    forms.Textarea: widgets.Textarea,
    forms.DateInput: widgets.DateInput,
    forms.DateTimeInput: widgets.DateTimeInput,
    forms.Select: widgets.Select,
    forms.ClearableFileInput: widgets.FileInput,
    forms.FileInput: widgets.FileInput,
    forms.CheckboxInput: widgets.Tick,
}


class PageRenderer(DjangoTemplates):
    """Renders forms and fields with our templates."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


class ComponentsMixin:
    """Gives a form our widgets, renderer, error texts and error summary."""

    # One for all forms: it keeps the templates that it has compiled.
    default_renderer: BaseRenderer | type[BaseRenderer] | None = PageRenderer()
    use_required_attribute = False  # the server says what to do, in our words
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Dress the fields."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _dress(field)

    def error_items(self) -> list[ErrorItem]:
        """Return what to do about each error, first those about the whole form, with the way to the field."""
        form: Any = self
        whole = [ErrorItem(str(text)) for text in form.non_field_errors()]
        return whole + [
            ErrorItem(_about(str(form[name].label), text), f"#{first_id(form[name])}")
            for name in form.fields
            for text in form[name].errors
        ]


class PageForm(ComponentsMixin, forms.Form):
    """A form of ours."""


def first_id(field: forms.BoundField) -> str:
    """Return the id of what can be typed or chosen first in a field."""
    return field.id_for_label or f"{field.auto_id}_0"


def _about(label: str, text: str) -> str:
    return f"{label} {text}" if label.endswith((".", "?", "!")) else f"{label}: {text}"


def _dress(field: forms.Field) -> None:
    """Give a field its component and error texts, where the form has not chosen its own."""
    ours = WIDGETS.get(type(field.widget))
    if ours:
        field.widget = _replace(field.widget, ours)
    texts = {**ERRORS, **_texts_for(field)}
    defaults = _default_errors(type(field))
    for code, text in texts.items():
        if field.error_messages.get(code) == defaults.get(code):
            field.error_messages[code] = text


def _replace(widget: forms.Widget, ours: type[forms.Widget]) -> forms.Widget:
    new = ours()
    defaults = type(widget)().attrs
    own = {name: text for name, text in widget.attrs.items() if defaults.get(name) != text}
    new.attrs = {**new.attrs, **own}
    new.is_required, new.is_localized = widget.is_required, widget.is_localized
    if isinstance(widget, forms.Select) and isinstance(new, forms.Select):
        new.choices = widget.choices
    return new


def _texts_for(field: forms.Field) -> dict[str, Any]:
    return next((texts for kind, texts in ERRORS_BY_FIELD.items() if isinstance(field, kind)), {})


def _default_errors(kind: type[forms.Field]) -> dict[str, Any]:
    """Return Django's own messages for a field class."""
    messages: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        messages |= getattr(base, "default_error_messages", {})
    return messages
