"""Situation picture, effect, dark figure, reports and the public summary; reads all, writes only its own."""
