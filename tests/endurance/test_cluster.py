"""
A cluster loses its leader again and again, and no one who was confirmed.

Not part of the usual run, since Patroni and etcd come with a system only, and a
network can be cut by root only:
``pytest -n0 -s tests/endurance/test_cluster.py``.
"""

import signal
from collections.abc import Iterator
from datetime import timedelta
from time import monotonic, sleep

import pytest

from endurance.cluster import Cluster, running_cluster
from endurance.node import Node
from endurance.office_at_work import Office, insist
from winbooks_identity.adapters.sqlalchemy import (
    Timeouts,
    migrations,
    open_postgresql,
)


SECOND = timedelta(seconds=1)

#: A pool that is replaced while others work leaves theirs to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)


def kill(cluster: Cluster, leader: Node) -> None:
    """
    Let the power of *leader* fail, and come back when another leads.
    """
    leader.signal(signal.SIGKILL)
    cluster.wait_for_another(leader)
    cluster.start(leader)


def freeze(cluster: Cluster, leader: Node) -> None:
    """
    Let *leader* stand still, and go on as if nothing had been when another leads.
    """
    leader.signal(signal.SIGSTOP)
    cluster.wait_for_another(leader)
    sleep(2)
    leader.signal(signal.SIGCONT)


def cut(cluster: Cluster, leader: Node) -> None:
    """
    Let no one hear of *leader*, nor it of them, until another has led for a while.
    """
    leader.line.cut()
    cluster.wait_for_another(leader)
    sleep(5)
    leader.line.mend()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """
    Return a cluster that has a leader.
    """
    with running_cluster() as cluster:
        cluster.wait_for_leader()
        yield cluster


def test_leaders_are_lost(cluster: Cluster) -> None:
    """
    Confirmed users and mails lost: none.  Second winners of one ID: none.
    """
    engine = open_postgresql(
        cluster.address,
        timeouts=Timeouts(
            connect=2 * SECOND,
            lock=5 * SECOND,
            statement=5 * SECOND,
            idle_transaction=5 * SECOND,
            reply=6 * SECOND,
        ),
    )
    insist(lambda: migrations.upgrade(engine))
    office = Office(engine)
    office.register()
    office.begin()
    for fail in (kill, freeze, cut, kill, freeze, cut):
        leader = cluster.wait_for_leader()
        sleep(5)
        failed_at, earlier = monotonic(), len(office.refused)
        fail(cluster, leader)
        cluster.wait_for_leader()
        sleep(5)
        stale = len(office.refused) - earlier
        gap = office.longest_gap(since=failed_at)
        print(  # noqa: T201  Figures to read.
            f"{fail.__name__} of {leader.name} at {failed_at:.1f}:"
            f" {gap:.1f} s without a confirmation, {stale} stale"
        )
        assert not stale or fail is not kill
    office.end()

    print(office.check())  # noqa: T201  A figure to read.
    engine.dispose()
