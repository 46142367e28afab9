"""How the public site is served: gunicorn reads these names (`--config python:nosvidere.sites.serving`).

The numbers hold without a proxy in front. No access log: it would hold addresses of visitors.
"""

import resource
from typing import Any

worker_class = "nosvidere.sites.patience.PatientWorker"
threads = 16
# Fewer than the 1,024 open files that a process has as a rule; beyond them the oldest unfinished request makes room.
worker_connections = 800
keepalive = 5
timeout = 60
graceful_timeout = 15
limit_request_line = 2048
limit_request_fields = 40
limit_request_field_size = 4096

# What a visitor wrote is overwritten in memory as soon as it is freed: glibc fills it, and Python frees nothing to itself.
CLEAN_MEMORY = {
    "PYTHONMALLOC": "malloc",
    "GLIBC_TUNABLES": "glibc.malloc.perturb=170:glibc.malloc.tcache_count=0",
}


def post_fork(server: Any, worker: Any) -> None:
    """Let no crash write the worker's memory to a file."""
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
