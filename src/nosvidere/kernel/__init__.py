"""What everything stands on: the clock, identities and the word for an expected no."""
