"""Pages on accounts and the log."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from nosvidere.accounts.access import StaffRequest, needs
from nosvidere.accounts.present import account_row, log_row
from nosvidere.accounts.queries import accounts_for
from nosvidere.audit.actions import record
from nosvidere.audit.queries import events_for, verify_chain
from nosvidere.kernel.time import now
from nosvidere.ui.components import pager_for

ROWS = 50


@needs("account.manage")
def accounts(request: StaffRequest) -> HttpResponse:
    """List the accounts with their posts."""
    rows = [account_row(account) for account in accounts_for(reader=request.actor)]
    return render(request, "accounts/accounts.html", {"rows": rows})


@needs("audit.read")
def log(request: StaffRequest) -> HttpResponse:
    """Show the log, newest first, and whether its chain is whole; looking is itself logged."""
    act, actor = request.GET.get("act", "").strip(), request.GET.get("actor", "").strip()
    record(by=request.actor, act="audit.search", at=now(), fields={"act": act, "actor": actor})
    page = Paginator(events_for(reader=request.actor, act=act, actor=actor), ROWS).get_page(
        request.GET.get("page")
    )
    query = urlencode({name: value for name, value in (("act", act), ("actor", actor)) if value})
    shown = {
        "rows": [log_row(e) for e in page],
        "pager": pager_for(
            number=page.number,
            pages=page.paginator.num_pages,
            count=page.paginator.count,
            query=query,
        ),
        "chain": verify_chain(),
        "act": act,
        "actor": actor,
    }
    return render(request, "accounts/log.html", shown)
