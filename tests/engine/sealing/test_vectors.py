"""The published test vectors are what the code makes and reads."""

import json

from tools import protocol_vectors


def test_the_published_vectors_hold():
    held = json.loads(protocol_vectors.FILE.read_text())

    assert held["fixed"] == protocol_vectors.fixed()
    assert protocol_vectors.opened(held["sealed"]) == protocol_vectors.expected(held["sealed"])


def test_new_vectors_hold_too():
    made = protocol_vectors.sealed()

    assert protocol_vectors.opened(made) == protocol_vectors.expected(made)
