"""What the public templates may call."""
