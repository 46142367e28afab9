"""The inside's half of the drop: keys, pull, acknowledge, answer, send."""
