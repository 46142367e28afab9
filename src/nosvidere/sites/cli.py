"""The command line: one program, each command loaded only when it is called."""

import os
import sys
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from nosvidere import __version__
from nosvidere.kernel.refused import Refused

UNUSABLE = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives, and which site's settings it needs (none for those that work on files alone)."""

    target: str
    summary: str
    site: str = ""


class Commands(click.Group):
    """A group whose commands are imported when they are called, with the right site behind them."""

    def __init__(self, *, entries: Mapping[str, Entry], **attributes: Any) -> None:
        """Keep the table of commands."""
        super().__init__(**attributes)
        self.entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the table's order."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, its site set up first."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        if entry.site:
            set_up(os.environ.get("NOSVIDERE_SITE", entry.site))
        module, _, attribute = entry.target.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return _on_a_database(command) if entry.site else command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list from the table, without importing anything."""
        with formatter.section("Kommandon"):
            formatter.write_dl([(name, entry.summary) for name, entry in self.entries.items()])


def set_up(site: str) -> None:
    """Make Django ready with the settings of a site: public, police or services."""
    import django  # noqa: PLC0415 - most commands on files never need it

    os.environ["DJANGO_SETTINGS_MODULE"] = f"nosvidere.sites.{site}"
    django.setup()


def _on_a_database(command: click.Command) -> click.Command:
    """Return the command as one that makes the site's database first if there is none: the first on a new machine."""
    ready, run = copy(command), command.callback

    def callback(*words: Any, **options: Any) -> Any:
        from django.db import connection  # noqa: PLC0415 - needs a site

        if not connection.introspection.table_names():
            import_module("nosvidere.sites.commands.running").prepare_site()
        return run(*words, **options) if run else None

    ready.callback = callback
    return ready


def _group(name: str, summary: str, entries: Mapping[str, Entry]) -> Commands:
    return Commands(name=name, help=summary, entries=entries)


COMMANDS = "nosvidere.sites.commands"


register = _group(
    "register",
    "Adressregistret: läs in och bygg index.",
    {
        "import": Entry(
            "nosvidere.register.commands:import_register", "läs in ett adressregister", "police"
        ),
        "index": Entry(
            "nosvidere.register.commands:index_register",
            "bygg indexfilen av en registerfil eller databasen",
            "police",
        ),
    },
)
tips = _group(
    "tips",
    "Tips.",
    {"add": Entry("nosvidere.intake.commands:add_tips", "lägg in tips från en fil", "police")},
)
ads = _group(
    "ads",
    "Annonser.",
    {
        "import": Entry(
            "nosvidere.intake.commands:import_ads", "läs in en laglig annonsfil", "police"
        )
    },
)
users = _group(
    "users",
    "Konton.",
    {
        "add": Entry(
            "nosvidere.accounts.commands:add_user", "lägg till ett konto med en roll", "police"
        ),
        "close": Entry("nosvidere.accounts.commands:close_user", "stäng ett konto", "police"),
        "reset": Entry(
            "nosvidere.accounts.commands:reset_user",
            "nytt lösenord och ny andra faktor",
            "police",
        ),
    },
)
keys = _group(
    "keys",
    "Nycklar för brevlådan.",
    {
        "make": Entry("nosvidere.courier.commands:make", "skapa sajtens nycklar", "police"),
        "publish": Entry(
            "nosvidere.courier.commands:publish", "visa de öppna nycklarna för brevlådan", "police"
        ),
        "rotate": Entry(
            "nosvidere.courier.commands:rotate",
            "byt mottagningsnyckel och förstör utgångna",
            "police",
        ),
        "authority": Entry(
            "nosvidere.sites.commands.certificates:authority",
            "skapa en egen utfärdare av certifikat",
        ),
        "certificate": Entry(
            "nosvidere.sites.commands.certificates:certificate",
            "utfärda ett certifikat till brevlådan eller till en som hämtar",
        ),
        "expiry": Entry(
            "nosvidere.sites.commands.certificates:expiry", "visa när certifikat går ut"
        ),
    },
)
audit = _group(
    "audit",
    "Loggen.",
    {
        "verify": Entry(
            "nosvidere.accounts.commands:verify_log", "pröva att loggens kedja är hel", "police"
        )
    },
)

main_entries: dict[str, Entry] = {
    "demo": Entry(
        f"{COMMANDS}.demo:demo",
        "gör staden och säsongen, kör hela kedjan, starta de tre sajterna",
    ),
    "test": Entry(f"{COMMANDS}.testing:test", "kör alla prov"),
    "chain": Entry(f"{COMMANDS}.chain:chain", "hela kedjan på egna filer"),
    "resolve": Entry(f"{COMMANDS}.resolve:resolve", "text till registrerad adress"),
    "link": Entry(f"{COMMANDS}.link:link", "vilka annonser som hör ihop"),
    "plan": Entry(f"{COMMANDS}.plan:plan", "besök till pass, lag och rutter"),
    "estimate": Entry(f"{COMMANDS}.estimate:estimate", "mörkertalet ur en tabell"),
    "effect": Entry(f"{COMMANDS}.effect:effect", "effekten av en insats ur en tabell"),
    "town": Entry(f"{COMMANDS}.town:town", "den påhittade staden, en säsong och facit"),
    "serve": Entry(
        f"{COMMANDS}.running:serve",
        "kör en sajt: public, police, services eller brevlådan för sig (relay)",
    ),
    "worker": Entry(f"{COMMANDS}.running:worker", "kör en sajts återkommande arbete"),
    "register": Entry("nosvidere.sites.cli:register", "adressregistret"),
    "tips": Entry("nosvidere.sites.cli:tips", "tips"),
    "ads": Entry("nosvidere.sites.cli:ads", "annonser"),
    "users": Entry("nosvidere.sites.cli:users", "konton"),
    "keys": Entry("nosvidere.sites.cli:keys", "nycklar"),
    "audit": Entry("nosvidere.sites.cli:audit", "loggen"),
    "backup": Entry(f"{COMMANDS}.care:backup", "säkerhetskopia av en sajt"),
    "restore": Entry(f"{COMMANDS}.care:restore", "återställ en säkerhetskopia"),
    "purge": Entry(f"{COMMANDS}.care:purge", "gallra det som inte längre ska finnas", "police"),
    "check": Entry(f"{COMMANDS}.care:check", "pröva inställningarna (--deploy inför drift)"),
    "manage": Entry(f"{COMMANDS}.care:manage", "Djangos egna kommandon för en sajt"),
}


@click.command(
    cls=Commands,
    entries=main_entries,
    help="Nos Videre: från en grannes tips till en åtgärd som håller.",
)
def program() -> None:
    """Do nothing by itself: the table holds the commands."""


def main() -> None:
    """Run the program; an expected no is told in one line with exit status 2."""
    if sys.argv[1:] == ["--version"]:
        click.echo(__version__)
        return
    try:
        program(prog_name="nosvidere")
    except Refused as refused:
        click.echo(f"Det går inte: {refused}", err=True)
        sys.exit(UNUSABLE)


if __name__ == "__main__":
    main()
