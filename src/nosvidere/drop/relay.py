"""The door of the relay: a request is served once, and only when an inside party has signed it."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from nosvidere.drop.actions import use_nonce
from nosvidere.drop.parties import NoParty, party_named
from nosvidere.engine.sealing import Request, Unreadable, check_request
from nosvidere.kernel.refused import Refused

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
BOTH = ("police", "services")
POLICE = ("police",)


class PartyRequest(HttpRequest):
    """A request that has passed the door: it knows which party asks."""

    party: str


def for_parties(
    *parties: str, method: str
) -> Callable[[Callable[Concatenate[PartyRequest, P], HttpResponse]], View[P]]:
    """Let a view be opened only by signed requests of these parties, with this method; others get 403 or 405."""

    def decorate(view: Callable[Concatenate[PartyRequest, P], HttpResponse]) -> View[P]:
        @wraps(view)
        def guarded(
            request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            if request.method != method:
                return HttpResponse(status=405)
            party = _signer(request)
            if party not in parties:
                return HttpResponse(status=403)
            request.party = party  # type: ignore[attr-defined]  # makes it a PartyRequest
            return _answered(view, request, *args, **kwargs)

        guarded.needs = "relay." + "|".join(parties)  # type: ignore[attr-defined]  # read by the house rules' test
        door: View[P] = guarded
        return csrf_exempt(never_cache(door))

    return decorate


def _answered(
    view: Callable[Concatenate[PartyRequest, P], HttpResponse],
    request: HttpRequest,
    *args: P.args,
    **kwargs: P.kwargs,
) -> HttpResponse:
    """Return the view's answer; what it refuses, or cannot read, becomes a short reason."""
    try:
        return view(request, *args, **kwargs)  # type: ignore[arg-type]  # the party is set
    except Refused as refused:
        return JsonResponse({"refused": str(refused)}, status=409)
    except Unreadable as error:
        return JsonResponse({"unreadable": str(error)}, status=400)


def _signer(request: HttpRequest) -> str:
    """Return the party that signed the request just now and for the first time, or an empty text."""
    at = int(
        time.time()
    )  # between machines the real clock counts, also where the season's is shown
    try:
        signed = Request(
            party=request.headers["X-Nv-Party"],
            method=str(request.method),
            path=request.get_full_path(),
            body=request.body,
            at=int(request.headers["X-Nv-At"]),
            nonce=request.headers["X-Nv-Nonce"],
        )
        signature = request.headers["X-Nv-Signature"]
        check_request(signed, signature, verify_key=party_named(signed.party).verify, at=at)
    except (KeyError, ValueError, NoParty):
        return ""
    return signed.party if use_nonce(nonce=signed.nonce, at=at) else ""
