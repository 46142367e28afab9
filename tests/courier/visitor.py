"""A visitor of the running public host, and whoever looks through its files and its memory afterwards."""

import re
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

CREATED = 201
CODE = re.compile(r'<p class="code"><bdi[^>]*>([^<]+)<')
TOKEN = re.compile(r'name="token" value="([^"]+)"')
REGION = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+\s*(.*)")
OF_THE_KERNEL = frozenset({"[vvar]", "[vsyscall]", "[vvar_vclock]"})


@dataclass
class Visitor:
    """Somebody with a browser, on a line anew for each page."""

    port: int

    def ask(
        self, method: str, address: str, form: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """Return status and text of a page."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=20)
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        with closing(line):
            line.request(method, address, urlencode(form or {}).encode(), kind)
            with line.getresponse() as answer:
                return answer.status, answer.read().decode()

    def tell(self, **fields: str) -> str:
        """Send a tip and return the code that the visitor is thanked with."""
        token = TOKEN.search(self.ask("GET", "/tipsa/")[1])[1]
        form = {"at": "when", "token": token, "place": "Fyrgatan 3", "saw": "Något."} | fields
        status, page = self.ask("POST", "/tipsa/", form)
        assert status == CREATED
        return CODE.search(page)[1]


def found_in_files(folder: Path, marks: list[bytes]) -> list[tuple[str, bytes]]:
    """Return which marks lie in which files beneath a folder."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert {"db.sqlite3", "gunicorn.log"} <= {file.name for file in files}
    return [(file.name, mark) for file in files for mark in marks if mark in file.read_bytes()]


def found_in_memory(pids: list[int], marks: list[bytes]) -> list[tuple[int, str, bytes]]:
    """Return which marks lie in the mapped memory of the processes, and in which kind of region."""
    found = []
    for pid in pids:
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            for name, content in regions(pid, memory):
                found += [(pid, name, mark) for mark in marks if mark in content]
    return found


def regions(pid, memory):
    """Yield the name and content of each region of a process that can be read."""
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        start, end, rights, name = REGION.match(line).groups()
        if "r" in rights and name not in OF_THE_KERNEL:
            memory.seek(int(start, 16))
            yield name, memory.read(int(end, 16) - int(start, 16))


def processes_of(group: int) -> list[int]:
    """Return all processes of a group: the web server's master and its workers."""
    listed = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in listed if group_of(pid) == group]


def group_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[2])
    except OSError:
        return 0
