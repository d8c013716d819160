"""
A PostgreSQL server, and the Patroni that looks after it.
"""

import os
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import attrs

from endurance.network import HERE, Line


#: Seconds after which a leader that is not heard of is no leader any more; the
#: least that Patroni takes.
TTL = 20

#: Before 3.0.3 a leader that stood still takes the lead back from the one that took
#: over, and what that one confirmed is lost; Debian 12 has 3.0.2.
PATRONI = os.environ.get("PATRONI", "/usr/bin/patroni")

ETCD_PORT = 23790
POSTGRESQL_PORT = 5432
API_PORT = 8008

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}

#: The user of Debian's packages, since PostgreSQL refuses to work for root.
AS_POSTGRES = (
    *("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"),
    "--",
)


@attrs.frozen
class Node:
    """
    A server, and the Patroni that looks after it.
    """

    line: Line
    folder: Path

    @property
    def name(self) -> str:
        """
        Return the name that the others know it by.
        """
        return f"node{self.line.number}"

    @property
    def address(self) -> str:
        """
        Return where its server is asked; their sockets stand in one folder.
        """
        return f"{self.line.address}:{POSTGRESQL_PORT + self.line.number}"

    def settings(self) -> Mapping[str, object]:
        """
        Return what its Patroni is told; JSON is YAML too.
        """
        login = {"username": "postgres", "password": "of the endurance test"}
        return {
            "scope": "winbooks",
            "name": self.name,
            "restapi": {
                "listen": f"{self.line.address}:{API_PORT}",
                "connect_address": f"{self.line.address}:{API_PORT}",
            },
            "etcd3": {"hosts": f"{HERE}:{ETCD_PORT}"},
            "bootstrap": {
                "dcs": {
                    "ttl": TTL,
                    "loop_wait": 2,
                    "retry_timeout": 3,
                    "synchronous_mode": True,
                    # Else a leader that stood still, and finds no standby, confirms
                    # by itself until it hears that another leads.
                    "synchronous_mode_strict": True,
                    "postgresql": {"use_pg_rewind": True},
                },
                "initdb": [{"encoding": "UTF8"}, "data-checksums"],
                "pg_hba": [
                    "local all all trust",
                    f"host all all {HERE}/24 trust",
                    f"host replication all {HERE}/24 trust",
                ],
            },
            "postgresql": {
                "listen": self.address,
                "connect_address": self.address,
                "data_dir": str(self.folder / self.name),
                "bin_dir": str(programs()),
                "parameters": {
                    "unix_socket_directories": str(self.folder),
                    "wal_log_hints": "on",
                },
                "authentication": {"superuser": login, "replication": login},
            },
        }

    def processes(self) -> Sequence[int]:
        """
        Return Patroni, the server, and every process of theirs.
        """
        return [
            int(folder.name)
            for folder in Path("/proc").iterdir()
            if folder.name.isdigit() and self._owns(folder)
        ]

    def _owns(self, process: Path) -> bool:
        with suppress(FileNotFoundError, ProcessLookupError):
            command = (process / "cmdline").read_text()
            if command.startswith("postgres: "):
                parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
                command = Path(f"/proc/{parent}/cmdline").read_text()
            return f"{self.folder / self.name}" in command
        return False

    def signal(self, number: int) -> None:
        """
        Send *number* to all of them.
        """
        for process in self.processes():
            with suppress(ProcessLookupError):
                os.kill(process, number)


def programs() -> Path:
    """
    Return the folder with the newest PostgreSQL of the system.
    """
    return max(Path("/usr/lib/postgresql").iterdir()) / "bin"


def run(command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    """
    Start *command*, which writes what it has to say to *log*.
    """
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603  Our own words.
            command,
            env=ENVIRONMENT,
            stdout=output,
            stderr=output,
            cwd="/",
            start_new_session=True,
        )
