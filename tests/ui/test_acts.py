"""A refusal becomes an error on the form, with its reason."""

from nosvidere.kernel.refused import Refused
from nosvidere.ui.acts import attempt
from nosvidere.ui.samples import SampleForm

FILLED = {"place": "Fyrgränd 7", "seen": "Många besök.", "often": "days"}


def test_an_act_is_done_with_the_forms_values():
    done: list[str] = []

    is_done = attempt(SampleForm(FILLED), lambda values: done.append(values["place"]))

    assert is_done
    assert done == ["Fyrgränd 7"]


def test_a_wrong_form_does_nothing():
    done: list[object] = []

    assert not attempt(SampleForm({}), done.append)
    assert done == []


def test_a_refusal_is_shown_on_the_form():
    form = SampleForm(FILLED)

    def refuse(_values: object) -> None:
        raise Refused("Vänta {days} dagar.", days=14)

    assert not attempt(form, refuse)
    assert form.non_field_errors() == ["Vänta 14 dagar."]
