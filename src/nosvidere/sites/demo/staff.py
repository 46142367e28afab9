"""Who can sign in to the demonstration, and as what."""

from nosvidere.rules import access

# (service code, name, role, unit) on the police site. Names are made up.
POLICE: tuple[tuple[str, str, str, str], ...] = (
    ("kalla-1", "Kim Strand", access.SOURCE_HANDLER, "VB-UN"),
    ("analys-1", "Alex Holm", access.ANALYST, "VB-UN"),
    ("analys-2", "Robin Sund", access.ANALYST, "VB-UN"),
    ("chef-1", "Mio Berg", access.OPERATION_LEAD, "VB-VID-SYD"),
    ("jurist-1", "Noa Lind", access.LEGAL_REVIEWER, "VB"),
    ("koord-1", "Tove Sjö", access.REGIONAL_COORDINATOR, "VB"),
    ("press-1", "Sam Dal", access.PRESS_OFFICER, "VB"),
    ("dso-1", "Ida Ek", access.DATA_PROTECTION_OFFICER, "VB"),
    ("it-1", "Lo Ström", access.TECHNICAL_ADMINISTRATOR, "VB"),
)
# (service code, name, role) on the services site.
SERVICES: tuple[tuple[str, str, str], ...] = (
    ("soc-1", "Samira Vass", access.SERVICES_WORKER),
    ("soc-it", "Teo Rönn", access.TECHNICAL_ADMINISTRATOR),
    ("soc-dso", "Vera Alm", access.DATA_PROTECTION_OFFICER),
)
FIRST_OFFICER = "yttre-1"

STAFF_LINES: tuple[tuple[str, str, str], ...] = (
    *((code, access.ROLES[role], "police") for code, _, role, _ in POLICE),
    (FIRST_OFFICER, access.ROLES[access.FIELD_OFFICER], "police"),
    *((code, access.ROLES[role], "services") for code, _, role in SERVICES),
)
