"""Pages on what has come in."""
