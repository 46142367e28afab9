"""Readers of the register formats; each yields addresses and names what it could not take."""
