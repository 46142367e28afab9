"""State machines as tables: what may come after what."""

from collections.abc import Mapping
from dataclasses import dataclass

from nosvidere.kernel.refused import Refused


@dataclass(frozen=True, slots=True)
class Flow:
    """A named state machine: the states with their Swedish words, and for each the states that may follow."""

    name: str
    words: Mapping[str, str]
    following: Mapping[str, frozenset[str]]

    def __post_init__(self) -> None:
        """Raise ValueError unless every state has a word and a row."""
        named = set(self.words)
        if named != set(self.following) or not named >= set().union(*self.following.values()):
            message = f"The flow {self.name} is not complete."
            raise ValueError(message)

    def can(self, now: str, then: str) -> bool:
        """Say whether `then` may follow `now`."""
        return then in self.following[now]

    def check(self, now: str, then: str) -> None:
        """Raise Refused unless `then` may follow `now`."""
        if not self.can(now, then):
            raise Refused(
                "Det går inte från läget ”{now}” till ”{then}”.",
                now=self.words[now],
                then=self.words[then],
            )

    def ends(self) -> frozenset[str]:
        """Return the states that nothing follows."""
        return frozenset(state for state, following in self.following.items() if not following)

    def choices(self) -> list[tuple[str, str]]:
        """Return (state, word) in the table's order."""
        return list(self.words.items())

    def drawing(self) -> str:
        """Return the machine as a Mermaid state diagram, for the docs."""
        lines = [
            f"    {now} --> {then}" for now in self.words for then in sorted(self.following[now])
        ]
        return "\n".join(["stateDiagram-v2", *lines])


def flow(name: str, table: Mapping[str, tuple[str, tuple[str, ...]]]) -> Flow:
    """Return a Flow from {state: (Swedish word, states that may follow)}."""
    return Flow(
        name,
        {state: word for state, (word, _) in table.items()},
        {state: frozenset(following) for state, (_, following) in table.items()},
    )
