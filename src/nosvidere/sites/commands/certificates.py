"""`keys authority`, `keys certificate`, `keys expiry`: mutual TLS between the inside and the drop."""

from datetime import timedelta
from pathlib import Path

import click

from nosvidere.kernel.files import write_once
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import local_date, now
from nosvidere.sites.certificates import (
    AUTHORITY_DAYS,
    CERTIFICATE_DAYS,
    CLIENTS,
    RELAY,
    SOON_DAYS,
    Signed,
    expires_at,
    make_authority,
    make_certificate,
)

FOLDER = click.Path(file_okay=False, path_type=Path)
AUTHORITY = "authority"


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--name", default="Nos Videre", show_default=True, help="Utfärdarens namn.")
@click.option("--days", default=AUTHORITY_DAYS, show_default=True, help="Hur länge den gäller.")
def authority(folder: Path, name: str, days: int) -> None:
    """Skapa en egen utfärdare av certifikat i en mapp som förvaras utan nät."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(folder, AUTHORITY, make_authority(name, at=now(), days=days))


@click.command()
@click.argument("folder", type=FOLDER)
@click.argument("holder", type=click.Choice([RELAY, *CLIENTS]))
@click.option("--name", "names", multiple=True, help="Brevlådans namn eller adress; flera går.")
@click.option("--days", default=CERTIFICATE_DAYS, show_default=True, help="Hur länge det gäller.")
def certificate(folder: Path, holder: str, names: tuple[str, ...], days: int) -> None:
    """Utfärda ett certifikat: till brevlådan (relay) eller till den som hämtar (police, services).

    Ett som redan finns läggs åt sidan med dagens datum.
    """
    issuer = Signed(_read(folder / f"{AUTHORITY}.pem"), _read(folder / f"{AUTHORITY}-key.pem"))
    signed = make_certificate(issuer, holder, names=names, at=now(), days=days)
    for file in (folder / f"{holder}.pem", folder / f"{holder}-key.pem"):
        if file.exists():
            file.rename(file.with_name(f"{file.name}.{now():%Y%m%d%H%M%S}"))
    _write(folder, holder, signed)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
def expiry(files: tuple[Path, ...]) -> None:
    """Visa när certifikat går ut; de som gör det inom trettio dagar ger felkod."""
    soon = now() + timedelta(days=SOON_DAYS)
    ends = {file: expires_at(file) for file in files}
    for file, end in ends.items():
        click.echo(f"{file.name}: går ut {local_date(end)}{' – snart' if end < soon else ''}")
    if any(end < soon for end in ends.values()):
        raise SystemExit(1)


def _write(folder: Path, name: str, signed: Signed) -> None:
    """Write a certificate and its key; one that is there already is never written over."""
    file, key = folder / f"{name}.pem", folder / f"{name}-key.pem"
    if file.exists() or key.exists():
        raise Refused("Det finns redan ett certifikat: {file}.", file=file.name)
    write_once(key, signed.key)
    write_once(file, signed.certificate)
    click.echo(f"{file} går ut {local_date(expires_at(file))}. Nyckeln ligger i {key}.")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refused("Utfärdaren saknas: {file}.", file=file.name) from error
