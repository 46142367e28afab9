"""Who is asking, and whether a second factor stands behind it."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from nosvidere.accounts.models import Account
from nosvidere.accounts.queries import actor_for
from nosvidere.kernel.time import today

OPEN_WITHOUT_SECOND_FACTOR = ("/konto/",)


class ActorMiddleware:
    """Sets `request.actor` for a signed-in account, and leads whoever lacks a second factor to setting one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the page, or a way to the page where the second factor is set up."""
        account = request.user
        if isinstance(account, Account):
            if self._must_set_up(request, account):
                return redirect(reverse("mfa_activate_totp"))
            request.actor = actor_for(account, on=today())  # type: ignore[attr-defined]  # see access.StaffRequest
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest, account: Account) -> bool:
        """Say whether the account has no second factor where one is required."""
        if not settings.SECOND_FACTOR_REQUIRED or request.path.startswith(
            OPEN_WITHOUT_SECOND_FACTOR
        ):
            return False
        return not is_mfa_enabled(account)
