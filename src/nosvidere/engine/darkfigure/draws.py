"""Tables drawn anew from a table, the same ones that R draws from the same seed.

So an interval published with R can be repeated to its last digits. Uniform numbers by Matsumoto & Nishimura 1998,
binomial ones by inversion or by algorithm BTPE (Kachitvichyanukul & Schmeiser 1988, steps 0 to 6), multinomial ones
cell by cell. A thousand tables take some 50 ms.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nosvidere.engine.darkfigure.fitting import Floats, Ints

FIRST_SEED = 1234  # the seed of SparseMSE when none is given
LARGEST_SEED = 2**31 - 1  # R takes no larger
_WORDS = 624  # of the generator's state
_STIRRED = 51  # times R stirs a seed before it fills the state with it
_UNIT = 2.3283064365386963e-10  # 2**-32, as R writes it
_AT_A_TIME = 4096
_INVERTED_BELOW = 30  # expected number from which BTPE takes over (its section 5)
_FARTHEST = 110  # an inversion that has come so far begins again
_NEAR = 20  # this near the mode the chance is computed term by term

Uniform = Iterator[float]


def draw(
    counts: Floats, replicates: int, *, seed: int, order: Sequence[int] | None = None
) -> Floats:
    """Draw tables of as many cases with replacement: (2**k,) to (replicates, 2**k).

    The cells are drawn in the order given, or by how many lists they hold and then by the lists; the numbers
    drawn hang on that order, not their chances. Equal to R's `set.seed(seed); rmultinom(...)`.
    """
    cells = [cell for cell in order or drawing_order(len(counts)) if counts[cell] > 0]
    drawn = np.zeros((replicates, len(counts)))
    drawn[:, cells] = _tables(tuple(int(counts[cell]) for cell in cells), replicates, seed)
    return drawn


def drawing_order(cells: int) -> list[int]:
    """Give the 2**k cells by how many lists they hold, then by the lists, the first list first."""
    lists = range(cells.bit_length() - 1)
    held = [tuple(i for i in lists if cell >> i & 1) for cell in range(cells)]
    return sorted(range(cells), key=lambda cell: (len(held[cell]), held[cell]))


@lru_cache(maxsize=4)
def _tables(counts: tuple[int, ...], replicates: int, seed: int) -> Ints:
    """Draw the cells with cases, (replicates, cells); the methods of one answer all ask for the same."""
    uniform, shares = _uniform(seed), _shares(counts)
    return np.array([_multinomial(sum(counts), shares, uniform) for _ in range(replicates)])


def _shares(counts: Sequence[int]) -> list[float]:
    """Give each cell's share of what the cells before it leave, in R's precision."""
    chances = np.array(counts, dtype=np.float64) / sum(counts)
    left = chances.cumsum(dtype=np.longdouble)[-1]
    shares = []
    for chance in chances:
        shares.append(float(chance / left))
        left -= np.longdouble(chance)
    return shares


def _uniform(seed: int) -> Uniform:
    """Yield numbers from 0 to 1 of 32 bits each."""
    words = np.empty(_STIRRED + _WORDS, dtype=np.uint32)
    for at in range(len(words)):
        seed = (69069 * seed + 1) & 0xFFFFFFFF
        words[at] = seed
    twister = np.random.MT19937()
    twister.state = {
        "bit_generator": "MT19937",
        "state": {"key": words[_STIRRED:], "pos": _WORDS},
    }
    while True:
        raw = twister.random_raw(_AT_A_TIME) * _UNIT
        yield from np.clip(raw, 0.5 * _UNIT, 1 - 0.5 * _UNIT).tolist()


def _multinomial(total: int, shares: Sequence[float], uniform: Uniform) -> list[int]:
    """Draw one cell after the other out of the cases that are left; the last cell gets the rest."""
    drawn = [0] * len(shares)
    for at, share in enumerate(shares[:-1]):
        drawn[at] = _binomial(total, share, uniform) if share < 1 else total
        total -= drawn[at]
        if total == 0:
            return drawn
    drawn[-1] = total
    return drawn


def _binomial(n: int, chance: float, uniform: Uniform) -> int:
    """Draw the number of successes in n trials."""
    p = min(chance, 1 - chance)
    successes = (
        _inverted(n, p, uniform) if n * p < _INVERTED_BELOW else _Hat.over(n, p).drawn(uniform)
    )
    return successes if p == chance else n - successes


def _inverted(n: int, p: float, uniform: Uniform) -> int:
    """Draw by walking up the distribution."""
    odds = p / (1 - p)
    none = (1 - p) ** n
    while True:
        left, chance = next(uniform), none
        for successes in range(_FARTHEST + 2):
            if left < chance:
                return successes
            left -= chance
            chance *= odds * (n + 1) / (successes + 1) - odds


@dataclass(frozen=True, slots=True)
class _Hat:
    """The curve over the binomial distribution: a triangle, two parallelograms and two exponential tails."""

    n: int
    p: float
    mode: int
    variance: float
    half: float  # half the triangle's width, and its area
    left: float
    right: float
    side: float  # area of the parallelograms over the triangle's, halved
    left_rate: float
    right_rate: float

    @classmethod
    def over(cls, n: int, p: float) -> "_Hat":
        """Set the curve up (step 0)."""
        q = 1 - p
        mean = n * p + p
        mode = int(mean)
        variance = n * p * q
        half = int(2.195 * math.sqrt(variance) - 4.6 * q) + 0.5
        left, right = mode + 0.5 - half, mode + 0.5 + half
        side = 0.134 + 20.5 / (15.3 + mode)
        left_slope = (mean - left) / (mean - left * p)
        right_slope = (right - mean) / (right * q)
        left_rate = left_slope * (1 + 0.5 * left_slope)
        right_rate = right_slope * (1 + 0.5 * right_slope)
        return cls(n, p, mode, variance, half, left, right, side, left_rate, right_rate)

    def drawn(self, uniform: Uniform) -> int:
        """Draw under the curve until a number lies under the distribution (steps 1 to 6)."""
        sides = self.half * (1 + 2 * self.side)
        left_tail = sides + self.side / self.left_rate
        whole = left_tail + self.side / self.right_rate
        while True:
            at, height = next(uniform) * whole, next(uniform)
            if at <= self.half:
                return int(self.mode + 0.5 - self.half * height + at)
            if at <= sides:
                x = self.left + (at - self.half) / self.side
                height = height * self.side + 1 - abs(self.mode + 0.5 - x) / self.half
                number = int(x) if 0 < height <= 1 else -1
            elif at <= left_tail:
                number = int(self.left + math.log(height) / self.left_rate)
                height *= (at - sides) * self.left_rate
            else:
                number = int(self.right - math.log(height) / self.right_rate)
                height *= (at - left_tail) * self.right_rate
            if 0 <= number <= self.n and self._is_under(number, height):
                return number

    def _is_under(self, number: int, height: float) -> bool:
        """Say whether the height lies under the distribution at the number, its mode's height being 1."""
        apart = abs(number - self.mode)
        if apart <= _NEAR or apart >= self.variance / 2 - 1:
            return height <= self._ratio(number)
        squeeze = (apart / self.variance) * (
            (apart * (apart / 3 + 0.625) + 0.1666666666666) / self.variance + 0.5
        )
        normal = -(apart * apart) / (2 * self.variance)
        log = math.log(height)
        if abs(log - normal) > squeeze:
            return log < normal
        return log <= self._log_ratio(number)

    def _ratio(self, number: int) -> float:
        """Give the chance of the number over the mode's, term by term."""
        odds = self.p / (1 - self.p)
        low, high = sorted((number, self.mode))
        ratio = 1.0
        for at in range(low + 1, high + 1):
            term = odds * (self.n + 1) / at - odds
            ratio = ratio * term if number > self.mode else ratio / term
        return ratio

    def _log_ratio(self, number: int) -> float:
        """Give the logarithm of the same by Stirling's formula, all corrections added as R does.

        Two should be taken away; the chance is then off by under a thousandth.
        """
        q = 1 - self.p
        at_mode, over_mode = self.mode + 1.0, self.n + 1.0 - self.mode
        at, over = number + 1.0, self.n - number + 1.0
        return (
            (self.mode + 0.5) * math.log(at_mode / at)
            + (self.n - self.mode + 0.5) * math.log(over_mode / over)
            + (number - self.mode) * math.log(over * self.p / (at * q))
            + sum(map(_stirling, (at_mode, over_mode, at, over)))
        )


def _stirling(x: float) -> float:
    """Give the correction of Stirling's formula at x."""
    square = x * x
    series = 13860 - (462 - (132 - (99 - 140 / square) / square) / square) / square
    return series / x / 166320
