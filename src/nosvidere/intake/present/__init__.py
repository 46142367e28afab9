"""What the pages on tips and ads show."""
