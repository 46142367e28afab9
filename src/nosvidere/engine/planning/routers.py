"""Which router is used when nobody says another."""

from nosvidere.engine.planning.routing import Router


def default_router() -> Router:
    """Return VROOM."""
    # Imported at call time: pyvroom pulls in pandas, a second that only planning should cost.
    from nosvidere.engine.planning.vroom_router import Vroom  # noqa: PLC0415 - see above

    return Vroom()
