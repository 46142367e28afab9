"""The one door of every staff page, which asks who is there and whether they may."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from nosvidere.rules.access import PERMISSIONS, Actor, can

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class StaffRequest(HttpRequest):
    """A request that has passed the door: it knows who is asking."""

    actor: Actor


def needs(
    permission: str,
) -> Callable[[Callable[Concatenate[StaffRequest, P], HttpResponse]], View[P]]:
    """Let a view be opened only by someone signed in who holds the permission; others sign in, or get 403."""
    if permission not in PERMISSIONS:
        message = f"No such permission: {permission}"
        raise ValueError(message)

    def decorate(view: Callable[Concatenate[StaffRequest, P], HttpResponse]) -> View[P]:
        @wraps(view)
        def guarded(
            request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            actor: Actor | None = getattr(request, "actor", None)
            if actor is None:
                return redirect_to_login(request.get_full_path())
            if not can(actor, permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)  # type: ignore[arg-type]  # the middleware has set .actor

        guarded.needs = permission  # type: ignore[attr-defined]  # read by the house rules' test
        return guarded

    return decorate
