"""Units, people who log in, their posts and roles."""
