"""Nos Videre: from a neighbour's tip to a measure that holds."""

__version__ = "0.1.0"
