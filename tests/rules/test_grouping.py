"""When the texts of a group may be read side by side."""

import pytest

from nosvidere.kernel.refused import Refused
from nosvidere.rules.grouping import check_open_texts


@pytest.mark.parametrize(
    ("is_on", "kept", "said"), [(False, 2, "avstängt"), (True, 0, "gallrade"), (True, 41, "41")]
)
def test_texts_that_cannot_be_read_side_by_side_are_refused_with_why(is_on, kept, said):
    with pytest.raises(Refused) as refused:
        check_open_texts(is_on=is_on, kept=kept, most=40)

    assert said in str(refused.value)


def test_as_many_texts_as_fit_are_read():
    assert check_open_texts(is_on=True, kept=40, most=40) is None
