"""Whether a maximum likelihood estimate exists and is the only one.

A fit whose steps settle with a well conditioned information matrix proves it. A fit that runs away proves the
opposite when its direction, rounded to whole numbers, lowers only cells without cases. What is left is decided
by a linear program (Fienberg & Rinaldo 2012), once per model and set of cells with cases.
"""

from functools import lru_cache

import numpy as np
from scipy.optimize import linprog

from nosvidere.engine.darkfigure.fitting import NO_TERM, Bools, Fits, Floats, Ints, fit, subsets
from nosvidere.engine.darkfigure.models import Model, is_hierarchical
from nosvidere.engine.darkfigure.tables import CaptureTable

PATIENT_STEPS = 300  # for the rare fit that exists but is slow
CLEARLY_LOWER = -0.5  # the program's optimum is 0 when the estimate exists, else -1 or less


def has_estimate(table: CaptureTable, model: Model) -> bool:
    """Say whether the model has one finite estimate for the table, pairs without cases set aside.

    Decided by the linear program alone. Raises ValueError for a model that is not hierarchical.
    """
    if not is_hierarchical(model):
        reason = f"the model {model} lacks a part of one of its terms"
        raise ValueError(reason)
    return decide(len(table.lists), tuple(sorted(model)), _support(table.as_array()))


def settle(counts: Floats, terms: Ints, fits: Fits) -> tuple[Fits, Bools]:
    """Give the fits, slow ones finished, and whether each row's estimate exists; shapes as in `fit`."""
    exists = fits.is_settled.copy()
    doubtful = np.flatnonzero(~exists)
    if len(doubtful):
        runs_away = _runs_away(counts[doubtful], terms[doubtful], fits.last_step[doubtful])
        doubtful = doubtful[~runs_away]
    slow = [row for row in doubtful.tolist() if _is_decided(counts[row], terms[row])]
    if slow:
        patient = fit(counts[slow], terms[slow], steps=PATIENT_STEPS)
        fits = _replace_rows(fits, slow, patient)
        exists[slow] = patient.is_settled
    return fits, exists


def _replace_rows(fits: Fits, rows: list[int], patient: Fits) -> Fits:
    """Give the fits with some rows fitted anew."""
    whole = [getattr(fits, name).copy() for name in Fits.__slots__]
    for values, name in zip(whole, Fits.__slots__, strict=True):
        values[rows] = getattr(patient, name)
    return Fits(*whole)


def _runs_away(counts: Floats, terms: Ints, step: Floats) -> Bools:
    """Prove non-existence from the direction of the last step, where that direction is in whole numbers.

    In a direction that keeps every cell with cases and lowers one without, the likelihood never stops rising.
    """
    inside = subsets(counts.shape[1].bit_length() - 1)
    is_live, is_open = _reduced(counts, terms)
    rows = np.arange(len(counts))[:, None]
    spread = np.zeros_like(counts)
    spread[rows, terms] = np.where(is_live, np.round(step), 0.0)
    change = (spread @ inside) * is_open
    keeps = (change * (counts > 0) == 0).all(axis=1) & (change <= 0).all(axis=1)
    return np.asarray(keeps & (change < 0).any(axis=1))


def _reduced(counts: Floats, terms: Ints) -> tuple[Bools, Bools]:
    """Give the terms with a positive margin, and the cells left when the other terms' cells are closed."""
    inside = subsets(counts.shape[1].bit_length() - 1)
    margins = np.take_along_axis(counts @ inside.T, terms, axis=1)
    is_live = (terms != NO_TERM) & (margins > 0)
    closed = np.zeros_like(counts)
    row, column = np.nonzero((terms != NO_TERM) & (margins == 0))
    closed[row, terms[row, column]] = 1.0
    is_open = closed @ inside == 0
    is_open[:, 0] = False
    return is_live, is_open


def _is_decided(counts: Floats, terms: Ints) -> bool:
    """Ask the linear program about one row."""
    model = tuple(sorted(int(t) for t in terms if t != NO_TERM))
    return decide(len(counts).bit_length() - 1, model, _support(counts))


def _support(counts: Floats) -> int:
    """Pack which cells have cases into one whole number."""
    return sum(1 << int(cell) for cell in np.flatnonzero(counts))


@lru_cache(maxsize=20_000)
def decide(k: int, model: Model, support: int) -> bool:
    """Say whether the model has one finite estimate for any table with cases in exactly these cells.

    `support` holds a bit per cell. The program looks for the direction that keeps the cells with cases and
    lowers those without; there is none exactly when the margins lie inside their cone, that is when the
    maximum exists. The rank says whether it is the only one.
    """
    counts = np.array([[float(support >> cell & 1) for cell in range(1 << k)]])
    terms = np.array([model], dtype=np.int64)
    is_live, is_open = _reduced(counts, terms)
    design = subsets(k)[terms[0][is_live[0]]].T[is_open[0]]
    has_cases = counts[0][is_open[0]] > 0
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return False
    return _lowest(design, has_cases) > CLEARLY_LOWER


def _lowest(design: Floats, has_cases: Bools) -> float:
    """Give how far a direction can lower the cells without cases, each by at most one."""
    lowered = design[~has_cases]
    kept = design[has_cases]
    if not len(lowered):
        return 0.0
    answer = linprog(
        lowered.sum(axis=0), A_eq=kept, b_eq=np.zeros(len(kept)),
        A_ub=np.vstack([lowered, -lowered]),
        b_ub=np.concatenate([np.zeros(len(lowered)), np.ones(len(lowered))]),
        bounds=(None, None), method="highs",
    )  # fmt: skip
    if answer.fun is None:
        reason = f"the linear program gave no answer: {answer.message}"
        raise ArithmeticError(reason)
    return float(answer.fun)
