"""Tips and ads in: pull, open, grade, resolve."""
