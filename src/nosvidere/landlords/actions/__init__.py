"""What is done with a notice: written, reviewed, served, answered, followed up."""

from nosvidere.landlords.actions.answering import take_in_replies
from nosvidere.landlords.actions.following import note_told, step_notice, verify_measure
from nosvidere.landlords.actions.serving import Served, print_letter, serve_notice, write_again
from nosvidere.landlords.actions.writing import (
    approve_notice,
    ask_review,
    draft_notice,
    reject_notice,
    revise_notice,
)

__all__ = [
    "Served",
    "approve_notice",
    "ask_review",
    "draft_notice",
    "note_told",
    "print_letter",
    "reject_notice",
    "revise_notice",
    "serve_notice",
    "step_notice",
    "take_in_replies",
    "verify_measure",
    "write_again",
]
