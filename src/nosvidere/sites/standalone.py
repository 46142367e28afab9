"""Pages that are files of their own: written by a command, opened anywhere, without script or any other request."""

from collections.abc import Mapping
from pathlib import Path

from django.template import Context, Engine

TEMPLATES = Path(__file__).resolve().parent / "templates"


def rendered(template: str, shown: Mapping[str, object]) -> str:
    """Return a page as HTML; needs no site and no settings."""
    engine = Engine(dirs=[str(TEMPLATES)], autoescape=True)
    return engine.get_template(template).render(Context(dict(shown), use_l10n=False))
