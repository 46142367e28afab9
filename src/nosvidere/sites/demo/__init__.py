"""The demonstration: the town's season played through the same actions as real work, on three real sites."""
