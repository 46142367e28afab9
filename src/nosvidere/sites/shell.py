"""The frame around each staff page: who is signed in, where one can go, what the clock shows."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from nosvidere.courier.queries import is_late, unreadable_deliveries
from nosvidere.kernel.time import STOCKHOLM, is_shifted, now
from nosvidere.rules.access import Actor, can, names_of
from nosvidere.ui.components import NavItem, Notice, Shell
from nosvidere.ui.words import translated_list


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a site: its name, its first page and the permission that opens it."""

    label: object
    url_name: str
    permission: str


SECTIONS = {
    "police": (
        Section(_("Start"), "picture:start", "start"),
        Section(_("Tips"), "intake:tips", "tip.read_sanitised"),
        Section(_("Annonser"), "intake:ads", "ad.read"),
        Section(_("Uppslag"), "leads:leads", "lead.read"),
        Section(_("Insatser"), "operations:operations", "operation.read"),
        Section(_("Mitt pass"), "field:shift", "check.record"),
        Section(_("Hjälp"), "support:offers", "help.count"),
        Section(_("Hyresvärdar"), "landlords:notices", "notice.read"),
        Section(_("Lägesbild"), "picture:picture", "picture.read"),
        Section(_("Mörkertal"), "picture:estimates", "estimate.run"),
        Section(_("Register"), "register:imports", "register.read"),
        Section(_("Konton"), "accounts:accounts", "account.manage"),
        Section(_("Logg"), "accounts:log", "audit.read"),
    ),
    "services": (
        Section(_("Förmedlingar"), "services:referrals", "referral.receive"),
        Section(_("Konton"), "accounts:accounts", "account.manage"),
        Section(_("Logg"), "accounts:log", "audit.read"),
    ),
}
LETTERS = (
    "tip.read",
    "referral.receive",
    "keeping.read",
)  # who waits for the mailbox, or mends it
SITE_NAMES = {"police": _("Polisen"), "services": _("Socialtjänsten"), "every": _("Polisen")}


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Return the frame for the page asked for, as the template variable `shell`."""
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "shell": Shell(
            site=str(SITE_NAMES[settings.SITE]),
            account=actor.code if actor else "",
            role=translated_list(names_of(actor.roles)) if actor else "",
            sections=_sections(actor, request.path) if actor else (),
            notices=_notices(actor) if actor else (),
            clock_note=_clock_note(),
        )
    }


def _sections(actor: Actor, path: str) -> tuple[NavItem, ...]:
    """Return the parts of the site that the actor may open, the current one marked."""
    chosen = [s for s in SECTIONS[settings.PARTY] if can(actor, s.permission)]
    return tuple(
        NavItem(label=str(s.label), href=href, is_current=_is_current(href, path), count=None)
        for s in chosen
        if (href := _href(s.url_name))
    )


def _href(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _is_current(href: str, path: str) -> bool:
    return path == href if href == "/" else path.startswith(href)


def _notices(actor: Actor) -> tuple[Notice, ...]:
    """Return what those who read letters or keep the site running must know: nothing fetched, letters nobody can open."""
    if not any(can(actor, permission) for permission in LETTERS):
        return ()
    return (*_silence(), *_unreadable())


def _unreadable() -> tuple[Notice, ...]:
    count = len(unreadable_deliveries())
    if not count:
        return ()
    text = _(
        "{n} brev gick inte att öppna. De ligger kvar. Den tekniska administratören ser efter om en nyckel saknas."
    )
    title = _("Brev som inte går att läsa")
    return (Notice(str(text).format(n=count), kind="time", title=str(title)),)


def _silence() -> tuple[Notice, ...]:
    if not is_late(at=now()):
        return ()
    text = _(
        "Inga brev har hämtats från de öppna sidorna på en kvart. Tips kan ligga och vänta där. Den tekniska administratören startar om arbetaren."
    )
    return (Notice(str(text), kind="time", title=str(_("Brevlådan svarar inte"))),)


def _clock_note() -> str:
    """Return what the clock shows where it is not the machine's: in the demonstration."""
    if not is_shifted():
        return ""
    return now().astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")
