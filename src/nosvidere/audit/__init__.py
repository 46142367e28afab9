"""Append-only, hash-chained record of acts, reads, searches and disclosures."""
