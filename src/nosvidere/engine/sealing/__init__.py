"""Receipt codes, sealed letters, signed answers, attachments and key epochs."""

from nosvidere.engine.sealing.attachment import AttachmentKey, open_attachment, seal_attachment
from nosvidere.engine.sealing.canonical import Unreadable
from nosvidere.engine.sealing.envelope import (
    Letter,
    Sender,
    open_bytes,
    open_letter,
    seal_bytes,
    seal_letter,
)
from nosvidere.engine.sealing.epochs import (
    Epoch,
    EpochList,
    epoch_number,
    epochs_to_destroy,
    epochs_to_hold,
    new_intake_key,
    new_signing_key,
    open_epochs,
    public_key_of,
    sign_epochs,
    verify_key_of,
)
from nosvidere.engine.sealing.fields import FIELDS, FieldRefused, check_fields
from nosvidere.engine.sealing.mailbox import Mailbox, derive, tag
from nosvidere.engine.sealing.receipt import Code, CodeError, new_code, parse_code, word_list
from nosvidere.engine.sealing.reply import (
    FIRST,
    Answer,
    AnswerRefused,
    answer_hash,
    is_acknowledged,
    open_answers,
    sign_acknowledgement,
    sign_answer,
)

__all__ = [
    "FIELDS",
    "FIRST",
    "Answer",
    "AnswerRefused",
    "AttachmentKey",
    "Code",
    "CodeError",
    "Epoch",
    "EpochList",
    "FieldRefused",
    "Letter",
    "Mailbox",
    "Sender",
    "Unreadable",
    "answer_hash",
    "check_fields",
    "derive",
    "epoch_number",
    "epochs_to_destroy",
    "epochs_to_hold",
    "is_acknowledged",
    "new_code",
    "new_intake_key",
    "new_signing_key",
    "open_answers",
    "open_attachment",
    "open_bytes",
    "open_epochs",
    "open_letter",
    "parse_code",
    "public_key_of",
    "seal_attachment",
    "seal_bytes",
    "seal_letter",
    "sign_acknowledgement",
    "sign_answer",
    "sign_epochs",
    "tag",
    "verify_key_of",
    "word_list",
]
