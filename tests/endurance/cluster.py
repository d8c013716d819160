"""
Three PostgreSQL servers, of which Patroni makes a cluster with one leader.

Debian's packages ``patroni``, ``etcd-server`` and ``postgresql`` have to be there.
All of it runs on this machine; each node has a port of its own.
"""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep
from urllib.request import urlopen

import attrs
from sqlalchemy import URL


NODES = 3
#: Seconds after which a leader that is not heard of is no leader any more; the
#: least that Patroni takes.
TTL = 20

ETCD_PORT = 23790
POSTGRESQL_PORT = 55000
API_PORT = 58000

#: What a server is that leads or follows.
_FOLLOWING = {"running", "streaming"}

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


@attrs.frozen
class Node:
    """
    A server, and the Patroni that looks after it.
    """

    number: int
    folder: Path

    @property
    def name(self) -> str:
        """
        Return the name that the others know it by.
        """
        return f"node{self.number}"

    def settings(self) -> Mapping[str, object]:
        """
        Return what its Patroni is told; JSON is YAML too.
        """
        login = {"username": "postgres", "password": "of the endurance test"}
        return {
            "scope": "winbooks",
            "name": self.name,
            "restapi": {
                "listen": f"127.0.0.1:{API_PORT + self.number}",
                "connect_address": f"127.0.0.1:{API_PORT + self.number}",
            },
            "etcd3": {"hosts": f"127.0.0.1:{ETCD_PORT}"},
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
                    "host all all 127.0.0.1/32 trust",
                    "host replication all 127.0.0.1/32 trust",
                ],
            },
            "postgresql": {
                "listen": f"127.0.0.1:{POSTGRESQL_PORT + self.number}",
                "connect_address": f"127.0.0.1:{POSTGRESQL_PORT + self.number}",
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


@attrs.define
class Cluster:
    """
    The nodes, and the store in which they agree who leads.
    """

    folder: Path
    nodes: Sequence[Node]
    started: list[subprocess.Popen[bytes]] = attrs.field(factory=list)

    @property
    def address(self) -> URL:
        """
        Return the address of the node that writes, whichever it is.
        """
        hosts = [f"127.0.0.1:{POSTGRESQL_PORT + node.number}" for node in self.nodes]
        return URL.create(
            "postgresql+psycopg",
            username="postgres",
            database="postgres",
            query={"host": hosts, "target_session_attrs": "read-write"},
        )

    def start(self, node: Node) -> None:
        """
        Start *node*, which takes up its place in the cluster by itself.
        """
        settings = self.folder / f"{node.name}.json"
        settings.write_text(json.dumps(node.settings()))
        log = self.folder / f"{node.name}.log"
        self.started.append(run_as_postgres(["/usr/bin/patroni", str(settings)], log))

    def end(self) -> None:
        """
        End every node at once.
        """
        for node in self.nodes:
            node.signal(signal.SIGKILL)
        for process in self.started:
            process.wait()

    def leader(self) -> Node | None:
        """
        Return the node that a synchronous standby follows, if there is one.
        """
        roles = {each["name"]: each for each in self._members()}
        leaders = [
            node
            for node in self.nodes
            if roles.get(node.name, {}).get("role") == "leader"
            and roles[node.name].get("state") == "running"
        ]
        is_followed = any(
            each.get("role") == "sync_standby" and each.get("state") in _FOLLOWING
            for each in roles.values()
        )
        return leaders[0] if leaders and is_followed else None

    def wait_for_another(self, former: Node) -> Node:
        """
        Return the leader as soon as it is another than *former*.
        """

        def found() -> Node | None:
            leader = self.leader()
            return leader if leader != former else None

        return wait_until(found, seconds=300)

    def wait_for_leader(self) -> Node:
        """
        Return the leader as soon as all nodes are there and it is followed.
        """

        def found() -> Node | None:
            states = [each.get("state") for each in self._members()]
            are_well = len(states) == NODES and set(states) <= _FOLLOWING
            return self.leader() if are_well else None

        return wait_until(found, seconds=300)

    def _members(self) -> Sequence[Mapping[str, str]]:
        for node in self.nodes:
            address = f"http://127.0.0.1:{API_PORT + node.number}/cluster"
            with suppress(OSError), urlopen(address, timeout=1) as answer:
                members: list[dict[str, str]] = json.load(answer)["members"]
                return members
        return []


def programs() -> Path:
    """
    Return the folder with the newest PostgreSQL of the system.
    """
    return max(Path("/usr/lib/postgresql").iterdir()) / "bin"


def run_as_postgres(command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    """
    Start *command* as the user of Debian's packages, since root may not.
    """
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603  Our own words.
            command,
            env=ENVIRONMENT,
            stdout=output,
            stderr=output,
            user=None if os.getuid() else "postgres",
            cwd="/",
            start_new_session=True,
        )


def wait_until(found: Callable[[], Node | None], *, seconds: float) -> Node:
    """
    Return what *found* returns as soon as that is not `None`.
    """
    ends = monotonic() + seconds
    while monotonic() < ends:
        if node := found():
            return node
        sleep(0.2)
    raise TimeoutError("the cluster has no leader that is followed")


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """
    Start a cluster, and end it with everything that it wrote.
    """
    folder = Path(mkdtemp(prefix="winbooks-cluster-"))
    folder.chmod(0o700)
    if not os.getuid():
        shutil.chown(folder, "postgres")
    cluster = Cluster(folder, [Node(number, folder) for number in range(NODES)])
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        url = f"http://127.0.0.1:{ETCD_PORT}"
        etcd = run_as_postgres(
            [
                *("/usr/bin/etcd", "--data-dir", str(folder / "etcd")),
                *("--listen-client-urls", url, "--advertise-client-urls", url),
                *("--listen-peer-urls", f"http://127.0.0.1:{ETCD_PORT + 1}"),
            ],
            folder / "etcd.log",
        )
        stack.callback(etcd.wait)
        stack.callback(etcd.kill)
        stack.callback(cluster.end)
        for node in cluster.nodes:
            cluster.start(node)
        yield cluster
