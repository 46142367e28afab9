"""Checks, observations and offence reports, also without a network."""
