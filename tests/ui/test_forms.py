"""Forms render the components and say what to do."""

from django import forms
from django.forms import BoundField

from nosvidere.ui.forms import PageForm
from nosvidere.ui.samples import SampleForm
from nosvidere.ui.templatetags.ui import group
from nosvidere.ui.widgets import CheckboxChoice, RadioChoice, Textarea


class EveryField(PageForm):
    """One of each kind."""

    name = forms.CharField(label="Namn", help_text="Som på dörren.")
    count = forms.IntegerField(label="Antal")
    at = forms.DateTimeField(label="När", widget=forms.DateTimeInput)
    kind = forms.ChoiceField(label="Slag", choices=(("a", "A"), ("b", "B")))
    file = forms.FileField(label="Fil")
    signs = forms.MultipleChoiceField(
        label="Tecken:",
        widget=CheckboxChoice(hints={"x": "ofta"}),
        choices=(("Grupp", (("x", "X"), ("y", "Y"))),),
        required=False,
    )
    why = forms.CharField(
        label="Varför?", widget=Textarea({"rows": 3}), error_messages={"required": "Skriv varför."}
    )
    agrees = forms.BooleanField(label="Jag har läst", help_text="Det tar en minut.")
    secret = forms.CharField(widget=forms.HiddenInput, initial="s")


def html(field: BoundField) -> str:
    return " ".join(str(group(field)).split())


def test_a_field_ties_label_hint_and_error_together():
    form = EveryField({})

    text = html(form["name"])

    assert '<label for="id_name">Namn</label>' in text
    assert 'aria-describedby="id_name_helptext id_name_error"' in text
    assert '<p class="field-error" id="id_name_error">Fyll i det här.</p>' in text
    assert 'aria-invalid="true"' in text
    assert 'class="input"' in text


def test_a_field_that_may_be_left_says_so():
    assert "(frivilligt)" in html(SampleForm()["on"])


def test_a_field_with_its_own_error_text_keeps_it():
    assert "Skriv varför." in html(EveryField({})["why"])


def test_each_kind_of_field_says_what_to_write():
    form = EveryField({"count": "tre", "at": "i går", "kind": "c"})

    assert "Skriv ett helt tal med siffror." in form.errors["count"]
    assert "Skriv dag och tid så här: 2020-10-20 21:30." in form.errors["at"]
    assert "Välj något av det som står i listan." in form.errors["kind"]
    assert "Välj en fil." in form.errors["file"]
    assert "Kryssa i rutan för att gå vidare." in form.errors["agrees"]


def test_djangos_own_sizes_do_not_follow_into_our_widgets():
    assert 'rows="5"' in html(SampleForm()["seen"])
    assert 'rows="3"' in html(EveryField()["why"])


def test_a_choice_is_a_group_with_a_legend_and_hints():
    text = html(SampleForm({"often": "days"})["often"])

    assert "<legend>Hur ofta?</legend>" in text
    assert 'id="id_often_1" checked aria-describedby="id_often_1_hint"' in text


def test_a_choice_of_many_may_be_in_named_groups_and_left_open():
    text = html(EveryField()["signs"])

    assert '<p class="choices-name">Grupp</p>' in text
    assert "(frivilligt)" in text
    assert "ofta" in text


def test_a_wrong_choice_ties_its_error_to_the_group():
    text = html(SampleForm({})["often"])

    assert '<fieldset class="field field-wrong" aria-describedby="id_often_error">' in text
    assert "Välj ett svar." in text


def test_a_tick_has_its_text_beside_it():
    text = html(EveryField({})["agrees"])

    assert '<label class="choice"><input type="checkbox" name="agrees"' in text
    assert 'id="id_agrees_helptext">Det tar en minut.' in text
    assert 'id="id_agrees_error"' in text


def test_a_hidden_field_is_only_itself():
    assert html(EveryField()["secret"]).startswith('<input type="hidden"')


def test_a_whole_form_renders_its_fields_and_what_is_hidden():
    form = EveryField({})
    form.add_error(None, "Det går inte ihop.")

    text = str(form)

    assert '<p class="field-error">Det går inte ihop.</p>' in text
    assert 'name="secret"' in text
    assert " required" not in text


def test_the_error_summary_leads_to_each_field_first_the_whole():
    form = EveryField({"name": "x", "signs": "z"})
    form.add_error(None, "Det går inte ihop.")

    items = form.error_items()

    assert items[0].text == "Det går inte ihop."
    assert ("Varför? Skriv varför.", "#id_why") in [(i.text, i.href) for i in items]
    assert ("Antal: Fyll i det här.", "#id_count") in [(i.text, i.href) for i in items]
    assert "#id_signs_0" in [i.href for i in items]


def test_choices_without_hints_have_none():
    class Bare(PageForm):
        pick = forms.ChoiceField(label="Vad?", widget=RadioChoice(), choices=(("a", "A"),))

    text = html(Bare()["pick"])

    assert "choice-hint" not in text
