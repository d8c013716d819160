"""
Three PostgreSQL servers, of which Patroni makes a cluster with one leader.

Debian's packages ``patroni``, ``etcd-server`` and ``postgresql`` have to be there.
All of it runs on this machine; each node has a network of its own.
"""

import json
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

from endurance.network import HERE, network
from endurance.node import API_PORT, AS_POSTGRES, ETCD_PORT, PATRONI, Node, run


NODES = 3
#: What a server is that leads or follows.
_FOLLOWING = {"running", "streaming"}


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
        hosts = [node.address for node in self.nodes]
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
        command = [*node.line.enter, *AS_POSTGRES, PATRONI, str(settings)]
        self.started.append(run(command, log))

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
            members = self._members()
            # One that has yet to hear of a new leader speaks of an older timeline.
            are_well = {
                (each.get("state") in _FOLLOWING, each.get("timeline"))
                for each in members
            }
            is_whole = len(members) == NODES and len(are_well) == 1
            return self.leader() if is_whole and next(iter(are_well))[0] else None

        return wait_until(found, seconds=300)

    def _members(self) -> Sequence[Mapping[str, str]]:
        for node in self.nodes:
            address = f"http://{node.line.address}:{API_PORT}/cluster"
            with suppress(OSError), urlopen(address, timeout=1) as answer:
                members: list[dict[str, str]] = json.load(answer)["members"]
                return members
        return []


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
    shutil.chown(folder, "postgres")
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        lines = stack.enter_context(network(NODES))
        cluster = Cluster(folder, [Node(line, folder) for line in lines])
        url = f"http://{HERE}:{ETCD_PORT}"
        command = [
            *("/usr/bin/etcd", "--data-dir", str(folder / "etcd")),
            *("--listen-client-urls", url, "--advertise-client-urls", url),
            *("--listen-peer-urls", f"http://127.0.0.1:{ETCD_PORT + 1}"),
        ]
        etcd = run([*AS_POSTGRES, *command], folder / "etcd.log")
        stack.callback(etcd.wait)
        stack.callback(etcd.kill)
        stack.callback(cluster.end)
        for node in cluster.nodes:
            cluster.start(node)
        yield cluster
