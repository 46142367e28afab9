"""Tip pages, guides, help pages and the published picture."""
