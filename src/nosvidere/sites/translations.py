"""Translations made ready when a site starts: no gettext program is needed on the machine."""

import os
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent


def compile_all(root: Path = PACKAGE) -> list[Path]:
    """Compile every .po under an app's locale folder whose .mo is missing or older; return those compiled."""
    sources = sorted(root.glob("*/locale/*/LC_MESSAGES/*.po"))
    stale = [source for source in sources if _is_stale(source)]
    for source in stale:
        _compile(source)
    return stale


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> None:
    """Write the .mo whole or not at all: several processes may start at once."""
    own = source.with_name(f".{source.stem}.{os.getpid()}.mo")
    polib.pofile(str(source)).save_as_mofile(str(own))
    own.replace(source.with_suffix(".mo"))
