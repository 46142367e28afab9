"""The expected no."""

from nosvidere.kernel.refused import Refused


def test_a_refusal_reads_as_a_sentence_and_keeps_its_parts():
    refused = Refused("Vänta till {day}.", day="2020-10-20")

    assert str(refused) == "Vänta till 2020-10-20."
    assert refused.reason == "Vänta till {day}."
    assert refused.values == {"day": "2020-10-20"}
