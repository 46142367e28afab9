"""Who may do what: roles are data about a post, permissions are acts, and this table joins them."""

from collections.abc import Iterable
from dataclasses import dataclass

from nosvidere.kernel.refused import Refused

SOURCE_HANDLER = "source_handler"
ANALYST = "analyst"
OPERATION_LEAD = "operation_lead"
FIELD_OFFICER = "field_officer"
LEGAL_REVIEWER = "legal_reviewer"
REGIONAL_COORDINATOR = "regional_coordinator"
PRESS_OFFICER = "press_officer"
DATA_PROTECTION_OFFICER = "data_protection_officer"
TECHNICAL_ADMINISTRATOR = "technical_administrator"
SERVICES_WORKER = "services_worker"

ROLES = {
    SOURCE_HANDLER: "källhandläggare",
    ANALYST: "analytiker",
    OPERATION_LEAD: "polisinsatschef",
    FIELD_OFFICER: "polis i yttre tjänst",
    LEGAL_REVIEWER: "jurist",
    REGIONAL_COORDINATOR: "regionkoordinator",
    PRESS_OFFICER: "presstalesperson",
    DATA_PROTECTION_OFFICER: "dataskyddsombud",
    TECHNICAL_ADMINISTRATOR: "teknisk administratör",
    SERVICES_WORKER: "socialsekreterare",
}

_POLICE_READERS = (ANALYST, OPERATION_LEAD)

PERMISSIONS: dict[str, frozenset[str]] = {
    permission: frozenset(roles)
    for permission, roles in {
        "start": tuple(ROLES),
        "tip.read": (SOURCE_HANDLER,),
        "tip.grade": (SOURCE_HANDLER,),
        "tip.ask": (SOURCE_HANDLER,),
        "tip.read_sanitised": (SOURCE_HANDLER, *_POLICE_READERS),
        "ad.import": (SOURCE_HANDLER,),
        "ad.read": (SOURCE_HANDLER, ANALYST),
        "place.read": (SOURCE_HANDLER, *_POLICE_READERS),
        "place.confirm": (ANALYST,),
        "link.judge": (ANALYST,),
        "lead.read": (SOURCE_HANDLER, *_POLICE_READERS),
        "lead.assess": (ANALYST,),
        "lead.approve": _POLICE_READERS,
        "operation.read": (*_POLICE_READERS, LEGAL_REVIEWER),
        "operation.plan": (OPERATION_LEAD,),
        "operation.approve": (OPERATION_LEAD, LEGAL_REVIEWER),
        "pack.read": (FIELD_OFFICER, OPERATION_LEAD),
        "check.record": (FIELD_OFFICER,),
        "check.read": _POLICE_READERS,
        "report.register": (FIELD_OFFICER,),
        "help.offer": (FIELD_OFFICER, REGIONAL_COORDINATOR),
        "help.count": (OPERATION_LEAD, REGIONAL_COORDINATOR, ANALYST),
        "notice.read": (*_POLICE_READERS, LEGAL_REVIEWER),
        "notice.draft": (ANALYST,),
        "notice.review": (LEGAL_REVIEWER,),
        "notice.serve": (ANALYST, LEGAL_REVIEWER),
        "picture.read": (
            *_POLICE_READERS,
            REGIONAL_COORDINATOR,
            PRESS_OFFICER,
            DATA_PROTECTION_OFFICER,
        ),
        "estimate.run": (ANALYST,),
        "summary.publish": (PRESS_OFFICER,),
        "audit.read": (DATA_PROTECTION_OFFICER,),
        "keeping.read": (DATA_PROTECTION_OFFICER, TECHNICAL_ADMINISTRATOR),
        "register.read": (ANALYST, TECHNICAL_ADMINISTRATOR),
        "register.import": (TECHNICAL_ADMINISTRATOR,),
        "account.manage": (TECHNICAL_ADMINISTRATOR,),
        "referral.receive": (SERVICES_WORKER,),
    }.items()
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts or asks: a service code with the roles and the unit that it holds now; never a name."""

    code: str
    roles: frozenset[str]
    unit: str = ""

    def __str__(self) -> str:
        """Return the service code."""
        return self.code


SYSTEM = Actor("system", frozenset(), "")


def can(actor: Actor, permission: str) -> bool:
    """Say whether one of the actor's roles carries the permission."""
    return not actor.roles.isdisjoint(PERMISSIONS[permission])


def check_may(actor: Actor, permission: str) -> None:
    """Raise Refused unless the actor holds a role with the permission, or is the system's own work."""
    if actor is not SYSTEM and not can(actor, permission):
        raise Refused(
            "Din roll får inte göra det här. Det får: {roles}.",
            roles=names_of(PERMISSIONS[permission]),
        )


def names_of(roles: Iterable[str]) -> str:
    """Return the Swedish names of roles, in the order of the table."""
    chosen = set(roles)
    return ", ".join(name for role, name in ROLES.items() if role in chosen)
