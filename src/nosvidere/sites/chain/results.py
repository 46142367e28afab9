"""All that a run of the chain found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nosvidere.engine.planning import Plan
from nosvidere.sites.chain.gather import Gathered
from nosvidere.sites.chain.lay import Laid
from nosvidere.sites.chain.rank import RankedPlace


@dataclass(frozen=True, slots=True)
class Results:
    """What the files held, how the places rank on a day, and the plan with what its checker said."""

    on: date
    gathered: Gathered
    ranked: Sequence[RankedPlace]
    laid: Laid
    unmapped: Sequence[str]

    @property
    def plan(self) -> Plan:
        """Return the plan itself."""
        return self.laid.plan
