from pathlib import Path

import numpy as np
import pytest

from nosvidere.engine.darkfigure import UnusableTable, one_list, read_frequencies
from nosvidere.engine.darkfigure.onelist import chao, zelterman, zero_truncated_poisson

KNOWN = {1: 1645, 2: 183, 3: 37, 4: 13, 5: 1, 6: 1}


def test_the_known_frequencies_give_the_known_answers():
    answer = one_list(KNOWN, seed=1)

    assert answer.estimates == pytest.approx(
        {
            "zero_truncated_poisson": 7_079.928,
            "zelterman": 9_424.555,
            "chao": 9_273.511,
            "chao_robust": 2_874.804,
        },
        abs=5e-4,
    )
    assert answer.observed == 1_880
    assert not answer.is_refused


def test_every_estimate_lies_in_its_interval():
    answer = one_list(KNOWN, seed=1)

    for name, estimate in answer.estimates.items():
        assert answer.intervals[name].low < estimate < answer.intervals[name].high


def test_few_seen_twice_or_thrice_are_refused_with_the_number_needed():
    answer = one_list({1: 100, 2: 9, 3: 4}, seed=1)

    assert answer.is_refused
    assert answer.reasons == (
        "9 fall har setts precis två gånger, minst 10 behövs.",
        "4 fall har setts precis tre gånger, minst 5 behövs.",
    )


def test_all_seen_once_have_no_estimate():
    answer = one_list({1: 20}, seed=1)

    assert set(answer.estimates.values()) == {None}
    assert set(answer.intervals.values()) == {None}


def test_a_poisson_table_gives_back_its_whole_number():
    rate, whole = 1.3, 1e6
    chances = [np.exp(-rate)]
    for j in range(1, 15):
        chances.append(chances[-1] * rate / j)
    counts = whole * np.array([chances[1:]])

    for formula in (zero_truncated_poisson, zelterman, chao):
        assert formula(counts)[0] == pytest.approx(whole, rel=1e-6)


@pytest.mark.parametrize(
    ("frequencies", "words"),
    [
        ({0: 4, 1: 3}, "0 gånger"),
        ({1: -3}, "negativt"),
        ({1: 0}, "tabellen har 0 fall"),
        ({}, "tabellen har 0 fall"),
        ({2_000: 1}, "2000 gånger"),
    ],
)
def test_what_is_no_frequency_table_is_refused(frequencies, words):
    with pytest.raises(UnusableTable, match=words):
        one_list(frequencies, seed=1)


def test_a_frequency_table_is_read_from_csv(tmp_path: Path):
    file = tmp_path / "f.csv"
    file.write_text("gånger;antal\n1;1645\n2;183\n", encoding="utf-8")

    assert read_frequencies(file) == {1: 1645, 2: 183}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("gånger,namn\n1,2\n", "rubriken ska vara times och count"),
        ("times,count,extra\n1,2,3\n", "rubriken ska vara times och count"),
        ("times,count\n1,2\n1,3\n", "rad 3: 1 finns redan"),
        ("times,count\n1\n", "rad 2: 1 värden"),
        ("times,count\n1,-2\n", "inte ett helt tal"),
    ],
)
def test_a_bad_frequency_file_is_refused_with_its_line(text, words, tmp_path: Path):
    file = tmp_path / "f.csv"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(UnusableTable, match=words):
        read_frequencies(file)
