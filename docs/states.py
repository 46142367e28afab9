"""Draw every state machine into docs/states.md from the tables themselves."""

from pathlib import Path

from nosvidere.rules.flows import FLOWS

PAGE = Path(__file__).with_suffix(".md")


def page() -> str:
    """Return the page: each machine as a diagram and its states with their Swedish words."""
    parts = [
        "# Tillstånd",
        "",
        "Ritade ur `rules/flows.py` av `docs/states.py`; ett prov håller sidan lika med tabellerna.",
    ]
    for flow in FLOWS:
        words = "\n".join(f"| `{state}` | {word} |" for state, word in flow.words.items())
        parts += [
            "",
            f"## {flow.name.capitalize()}",
            "",
            "```mermaid",
            flow.drawing(),
            "```",
            "",
            "| Läge | Ord |",
            "|---|---|",
            words,
        ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
