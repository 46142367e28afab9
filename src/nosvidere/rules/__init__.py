"""Decisions: who may, what is refused and why, what state comes next, how long a thing is kept."""
