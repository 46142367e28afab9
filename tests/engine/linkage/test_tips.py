from nosvidere.engine.linkage import near_identical

TIP = "det springer många okända i trappan på kvällarna och de stannar bara en liten stund varje gång"


def test_a_tip_sent_again_with_a_word_changed_has_the_label_of_the_first():
    assert near_identical([TIP, "något annat", TIP.replace("liten", "kort"), TIP.upper()]) == [
        0,
        1,
        0,
        0,
    ]


def test_two_neighbours_with_words_of_their_own_are_two_voices():
    other = "okända personer kommer och går på kvällarna i vår trappa, de stannar inte länge"

    assert near_identical([TIP, other]) == [0, 1]


def test_tips_without_words_are_like_no_other():
    assert near_identical(["", "…", ""]) == [0, 1, 2]


def test_no_tips_have_no_labels():
    assert near_identical([]) == []
