"""Addresses, buildings, dwellings and who lets them: what a place is."""
