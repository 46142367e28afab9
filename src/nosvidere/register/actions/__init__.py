"""Changes to the register: imports, the index file, nicknames, landlords; each by one person and in the log."""

from nosvidere.register.actions.importing import import_register
from nosvidere.register.actions.indexing import (
    build_index,
    import_and_index,
    keep_index,
    live_addresses,
    rebuild_index,
)
from nosvidere.register.actions.naming import (
    dwelling_at,
    load_streets_elsewhere,
    name_landlord,
    party_named,
    remove_nickname,
    set_nickname,
    tell_landlord,
)

__all__ = [
    "build_index",
    "dwelling_at",
    "import_and_index",
    "import_register",
    "keep_index",
    "live_addresses",
    "load_streets_elsewhere",
    "name_landlord",
    "party_named",
    "rebuild_index",
    "remove_nickname",
    "set_nickname",
    "tell_landlord",
]
