import json

import pytest

from nosvidere.engine.darkfigure import CAVEAT, METHODS, CaptureTable, estimate

KEYS = [
    "verdict",
    "reasons",
    "observed",
    "lists",
    "methods",
    "sensitivity",
    "seed",
    "version",
    "input_sha256",
]


def test_the_json_has_the_promised_shape(uk):
    answer = estimate(uk, seed=7, replicates=50).as_json()

    assert list(answer) == KEYS
    assert list(answer["methods"]) == list(METHODS)
    for method in answer["methods"].values():
        assert list(method) == ["estimate", "interval_95", "model", "bic", "exists", "top"]
        assert len(method["interval_95"]) == 2
    assert len(answer["methods"]["bic"]["top"]) == 10
    assert list(answer["methods"]["bic"]["top"][0]) == ["model", "estimate", "bic"]
    assert answer["observed"] == 2_744
    assert answer["input_sha256"] == uk.sha256
    json.dumps(answer, allow_nan=False)


def test_the_same_seed_gives_the_same_answer(new_orleans):
    first, again = (estimate(new_orleans, seed=3, replicates=60).as_json() for _ in range(2))

    assert first == again


@pytest.mark.parametrize("method", METHODS)
def test_one_method_alone_says_what_it_says_among_all(method, new_orleans):
    alone = estimate(new_orleans, method=method, seed=3, replicates=60)
    among = estimate(new_orleans, seed=3, replicates=60)

    assert list(alone.methods) == [method]
    assert alone.methods[method] == among.methods[method]


def test_a_refusal_still_lists_the_methods(without_overlap):
    answer = estimate(without_overlap, seed=1, replicates=20)

    shown = answer.as_json()
    assert shown["verdict"] == "refused"
    assert list(shown["methods"]) == list(METHODS)
    assert not any(method["exists"] for method in shown["methods"].values())
    json.dumps(shown, allow_nan=False)
    assert "Inget band" in answer.as_text()
    assert answer.band is None


def test_progress_tells_each_method(new_orleans):
    told = []

    estimate(new_orleans, seed=1, replicates=20, progress=lambda *step: told.append(step))

    assert told == [("oberoende", 20, 20), ("stegvis", 20, 20), ("BIC", 20, 20)]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"method": "guess"}, "unknown method"), ({"replicates": 0}, "0 replicates")],
)
def test_wrong_requests_are_refused(wrong, words, uk):
    with pytest.raises(ValueError, match=words):
        estimate(uk, seed=1, **wrong)


def test_the_text_says_the_verdict_first_and_the_caveat_always(uk):
    answer = estimate(uk, seed=1, replicates=50)

    text = answer.as_text()

    assert text.startswith("Underlaget bär en skattning, men med försiktighet.\n– ")
    assert text.index("Band, alla metoder (95 %)") < text.index("Metoder:")
    assert "Sedda: 2\N{NO-BREAK SPACE}744 fall på 5 listor, 221 på två eller flera." in text
    assert "vi låtsades inte känna NG: rätt svar 567, metoden svarade 426" in text
    assert "vi låtsades inte känna GP: rätt svar 336, metoden svarade ingen skattning" in text
    assert CAVEAT in text
    assert uk.sha256 in text


def test_one_replicate_gives_no_interval(new_orleans):
    answer = estimate(new_orleans, method="stepwise", seed=1, replicates=1)

    assert answer.as_json()["methods"]["stepwise"]["interval_95"] is None
    assert "inget intervall" in answer.as_text()


def test_one_overlap_has_no_table_with_one_case_fewer_to_span():
    table = CaptureTable(("A", "B"), (0, 1, 0, 1))

    text = estimate(table, seed=1, replicates=20).as_text()

    assert "ett fall fler" in text


def test_changed_tables_without_an_estimate_are_said_to_have_none():
    table = CaptureTable(("A", "B", "C"), (0, 30, 25, 12, 40, 0, 0, 0))

    assert "utan A: ingen skattning" in estimate(table, seed=1, replicates=20).as_text()
