"""What the pages show, in frozen shapes."""

from nosvidere.public.present.dialogue import Dialogue, Letter, dialogue_of, letters_of
from nosvidere.public.present.picture import Picture, Row, picture_of
from nosvidere.public.present.receipt import Receipt, receipt_of, reminder

__all__ = [
    "Dialogue",
    "Letter",
    "Picture",
    "Receipt",
    "Row",
    "dialogue_of",
    "letters_of",
    "picture_of",
    "receipt_of",
    "reminder",
]
