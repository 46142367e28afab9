"""What whoever reads the chain's results must know about them; the same words on the terminal, page and report."""

from nosvidere.sites.chain.results import Results


def remarks(results: Results) -> list[str]:
    """Return the sentences that apply to these results."""
    unmapped = sum(place.address.lat is None for place in results.ranked)
    undated = results.gathered.undated_ads
    plan = results.plan
    said = (
        (not results.ranked, "Ingen uppgift pekar säkert på en registrerad adress; se mentions.jsonl för det som lästes."),
        (unmapped, f"{_several(unmapped, 'plats', 'platser')} saknar punkt i registret och kan inte läggas på karta eller i en rutt."),
        (undated, f"{_several(undated, 'annons', 'annonser')} saknar datum och vägs inte, men länkas."),
        (plan.stops and plan.fallback, f"Restiderna är gissade: {plan.travel_name}. Med ett vägnät blir planen bättre."),
        (plan.unserved, f"{len(plan.unserved)} besök ryms inte i passen; skälen står i plan.json."),
        (results.laid.faults, f"Planen har {len(results.laid.faults)} fel; de står i plan.json under faults."),
    )  # fmt: skip
    return [sentence for is_so, sentence in said if is_so]


def _several(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"
