"""Which figures of an operation may be told, and as what."""

from collections.abc import Mapping, Sequence

from nosvidere.engine.disclosure import publish_count
from nosvidere.picture.figures import Figure
from nosvidere.rules.summary import SMALL, Why, pointing_out

NOT_TOLD = "visas inte"


def reasons_to_hide(figures: Sequence[Figure], *, earlier: Mapping[str, int]) -> dict[str, Why]:
    """Return {figure's key: why it could point somebody out} of the figures about people."""
    people = {figure.key: figure.value for figure in figures if figure.is_about_people}
    return pointing_out(people, earlier=earlier)


def screened(
    figures: Sequence[Figure], *, earlier: Mapping[str, int], decision: str
) -> list[dict[str, str]]:
    """Return the figures as published: each value as text, or that it is held back."""
    hidden = {} if decision.strip() else reasons_to_hide(figures, earlier=earlier)
    return [
        {
            "key": figure.key,
            "label": figure.label,
            "definition": figure.definition,
            "value": _shown(figure, is_hidden=figure.key in hidden),
        }
        for figure in figures
    ]


def _shown(figure: Figure, *, is_hidden: bool) -> str:
    """Return what is told of a figure: the least and greatest only over enough reports, whatever is decided."""
    if figure.counted_over is not None and figure.counted_over < SMALL:
        return NOT_TOLD
    if not is_hidden:
        return str(figure.value)
    return publish_count(figure.value).shown if figure.value < SMALL else NOT_TOLD
