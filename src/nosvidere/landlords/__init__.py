"""Notices to landlords, their answers and measures."""
