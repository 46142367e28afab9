"""Computation: pure, without clock, chance, settings or framework; engines do not know each other."""
