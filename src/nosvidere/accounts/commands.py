"""Accounts and the log from the shell."""

import getpass
import sys

import click

from nosvidere.accounts import actions
from nosvidere.accounts.models import Account, OrgUnit
from nosvidere.audit.queries import verify_chain
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import now, today
from nosvidere.rules.access import ROLES, SYSTEM


@click.command()
@click.argument("code")
@click.option("--name", required=True, help="Namnet på den som kontot är till.")
@click.option("--role", required=True, type=click.Choice(list(ROLES)), help="Rollen.")
@click.option("--unit", required=True, help="Enhetens kod; läggs till om den inte finns.")
def add_user(code: str, name: str, role: str, unit: str) -> None:
    """Lägg till ett konto med en befattning; lösenordet frågas efter eller läses från standard in."""
    at = now()
    password = _ask_password()
    where = OrgUnit.objects.filter(code=unit).first() or actions.add_unit(
        code=unit, name=unit, kind="group", parent=None, by=SYSTEM, at=at
    )
    account = actions.add_account(code=code, name=name, password=password, by=SYSTEM, at=at)
    actions.give_post(account=account, role=role, unit=where, from_on=today(), by=SYSTEM, at=at)
    click.echo(f"{code}: {ROLES[role]}, {where.name}.")


def _ask_password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Lösenord (minst 12 tecken): ")
    return sys.stdin.readline().strip()


def _account(code: str) -> Account:
    found = Account.objects.filter(service_code=code).first()
    if found is None:
        raise Refused("Tjänstekoden {code} finns inte.", code=code)
    return found


@click.command()
@click.argument("code")
def close_user(code: str) -> None:
    """Stäng ett konto: befattningarna slutar i dag, och den som är inloggad loggas ut."""
    actions.close_account(account=_account(code), by=SYSTEM, at=now())
    click.echo(f"{code} är stängt.")


@click.command()
@click.argument("code")
def reset_user(code: str) -> None:
    """Ge ett konto nytt lösenord och låt det lägga in sin andra faktor på nytt."""
    account = _account(code)
    actions.reset_account(account=account, password=_ask_password(), by=SYSTEM, at=now())
    click.echo(
        f"{code} har ett nytt lösenord och lägger in sin andra faktor vid nästa inloggning."
    )


@click.command()
def verify_log() -> None:
    """Pröva att loggens kedja är hel; slutar med 1 om den är bruten."""
    found = verify_chain()
    if found.broken_at is not None:
        click.echo(f"Kedjan är bruten vid rad {found.broken_at}. {found.reason}", err=True)
        sys.exit(1)
    click.echo(f"Kedjan är hel: {found.events} rader.")
