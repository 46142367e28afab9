"""The relay of sealed letters on the public host."""
